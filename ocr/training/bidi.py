"""The order of letters on paper, left to right, in a right-to-left line.

A network reads a line from one side to the other, so its targets stand in the order of the print.
Source: Unicode Standard Annex 9, rules W1-W7, N1, N2, I1, I2, L2, base direction right to left;
without embedding controls and bracket pairs (N0), which court papers do not need.
"""

import unicodedata
from itertools import groupby

STRONG = {"L", "R", "AL"}
NEUTRAL = {"B", "S", "WS", "ON"}
RTL_LEVEL = 1
LTR_LEVEL = 2


def visual(text: str) -> str:
    """`text` from left to right; a mark stands before its letter; nothing is mirrored."""
    levels = _levels(_neutral(_weak([unicodedata.bidirectional(letter) for letter in text])))
    order = list(range(len(text)))
    for level in (LTR_LEVEL, RTL_LEVEL):
        order = _turned(order, [levels[place] >= level for place in order])
    return "".join(text[place] for place in order)


def _turned(order: list[int], chosen: list[bool]) -> list[int]:
    turned: list[int] = []
    for is_chosen, run in groupby(zip(chosen, order, strict=True), key=lambda pair: pair[0]):
        places = [place for _, place in run]
        turned += reversed(places) if is_chosen else places
    return turned


def _weak(kinds: list[str]) -> list[str]:
    """Rules W1 to W7."""
    kinds = _marks(kinds)
    kinds = _after_strong(kinds, "AL", {"EN": "AN"})  # W2
    kinds = ["R" if kind == "AL" else kind for kind in kinds]  # W3
    kinds = _separators(kinds)
    kinds = _terminators(kinds)
    kinds = ["ON" if kind in {"ES", "ET", "CS"} else kind for kind in kinds]  # W6
    return _after_strong(kinds, "L", {"EN": "L"})  # W7


def _marks(kinds: list[str]) -> list[str]:
    """W1: a mark is what its letter is."""
    settled: list[str] = []
    for kind in kinds:
        settled.append((settled[-1] if settled else "R") if kind in {"NSM", "BN"} else kind)
    return settled


def _after_strong(kinds: list[str], after: str, change: dict[str, str]) -> list[str]:
    last, settled = "R", []
    for kind in kinds:
        last = kind if kind in STRONG else last
        settled.append(change.get(kind, kind) if last == after else kind)
    return settled


def _separators(kinds: list[str]) -> list[str]:
    """W4: one separator between two numbers of a kind joins them."""
    settled = list(kinds)
    for place in range(1, len(kinds) - 1):
        before, kind, after = settled[place - 1], kinds[place], kinds[place + 1]
        if before == after and (
            (kind == "CS" and before in {"EN", "AN"}) or (kind == "ES" and before == "EN")
        ):
            settled[place] = before
    return settled


def _terminators(kinds: list[str]) -> list[str]:
    """W5: per cent signs and the like go with the European number they touch."""
    runs = [(kind, len(list(run))) for kind, run in groupby(kinds)]
    settled: list[str] = []
    for place, (kind, length) in enumerate(runs):
        beside = {runs[p][0] for p in (place - 1, place + 1) if 0 <= p < len(runs)}
        settled += ["EN" if kind == "ET" and "EN" in beside else kind] * length
    return settled


def _neutral(kinds: list[str]) -> list[str]:
    """N1 and N2: between two of a direction its direction, else that of the line."""
    settled: list[str] = []
    runs = [(key, list(run)) for key, run in groupby(kinds, key=lambda kind: kind in NEUTRAL)]
    for place, (is_neutral, run) in enumerate(runs):
        if not is_neutral:
            settled += run
            continue
        before = runs[place - 1][1][-1] if place else "R"
        after = runs[place + 1][1][0] if place + 1 < len(runs) else "R"
        settled += ["L" if before == after == "L" else "R"] * len(run)
    return settled


def _levels(kinds: list[str]) -> list[int]:
    return [RTL_LEVEL if kind == "R" else LTR_LEVEL for kind in kinds]
