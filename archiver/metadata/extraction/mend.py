"""Puts right what a reader spoils around case numbers, so that the one parser can take them.

Only words with a fixed place are put right («رقم», «لسنة», «ق» around figures), and figures that a
space tore apart. No figure is ever changed.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from archiver.metadata.dates.reading import SHAPES
from index.arabic import CaseMention, Folded, find_case_mentions

_TORN: Final = r"[0-9](?: ?[0-9]){0,5}"
_NEAR: Final = re.compile(
    rf"(?<![0-9/.])(?P<number>{_TORN})(?P<gap>\s{{0,2}}[^\W0-9]{{1,5}}\s?[^\W0-9]{{0,3}}\s{{0,2}}|"
    r"\s?[^\W0-9]{1,3}\s[^\W0-9]{1,4}\s?)"
    r"(?P<year>[0-9] ?[0-9]|[0-9])(?![0-9/])(?:(?P<space>\s{0,2})(?P<unit>[^\W0-9]{1,9}))?"
)
_LEAD: Final = re.compile(
    r"(?P<first>[^\W0-9]+)(?P<glue>[\s:(]+)(?P<second>[^\W0-9]{2,8})\s*[:(]?\s*$"
)
_RUN_ON: Final = re.compile(r"(?P<first>[^\W0-9]{5,12})\s*[:(]?\s*$")
_YEAR_WORDS: Final = ("لسنه", "سنه")
_UNITS: Final = ("قضاييه", "القضاييه")
_NUMBER_WORDS: Final = ("رقم", "برقم", "رقما", "رقمي", "ارقام", "بارقام", "نمره")
_HEADS: Final = (
    "الطعن", "طعن", "الطعنان", "الطعنين", "الطعون", "القضيه", "القضيتان", "الطلب", "الطلبات",
    "الطلبين", "المحكمه", "بالجدول",
)  # fmt: skip
_OTHERS: Final = (
    "الاستيناف", "الدعوي", "القانون", "الجنحه", "الجنايه", "التوكيل", "الحكم", "المحضر", "القرار",
    "توكيل", "بطاقه", "عقد", "ماده", "الماده",
)  # fmt: skip
_LOOK_BACK: Final = 40


@dataclass(frozen=True, slots=True)
class MendedMention:
    """A naming of cases; `start` and `end` are offsets in the folded text."""

    mention: CaseMention
    start: int
    end: int
    mended: bool


def case_mentions(folded: Folded) -> list[MendedMention]:
    """The namings of cases in a folded text, read as they stand where that is possible."""
    patched, offsets = _patched(folded.text)
    found = []
    for mention in find_case_mentions(patched):
        start, end = offsets[mention.start], offsets[mention.end]
        as_read = folded.text[start:end]
        words = patched[mention.start : mention.end]
        found.append(MendedMention(mention, start, end, as_read != words))
    return found


def _patched(text: str) -> tuple[str, list[int]]:
    """The text with its patches, and for each of its letters the offset in `text`."""
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for start, end, instead in _patches(text):
        parts += [text[at:start], instead]
        offsets += range(at, start)
        offsets += [start + min(n, max(0, end - start - 1)) for n in range(len(instead))]
        at = end
    parts.append(text[at:])
    offsets += range(at, len(text) + 1)
    return "".join(parts), offsets


def _patches(text: str) -> list[tuple[int, int, str]]:
    patches: list[tuple[int, int, str]] = []
    for match in _NEAR.finditer(text):
        done = patches[-1][1] if patches else 0
        if not is_year_word(re.sub(r"\s", "", match["gap"])):
            continue
        if " " in match["number"] and not _one_number(text, match):
            continue
        docketed = _docketed(text, match.start(), done)
        patches += [docketed] if docketed else _lead_patch(text, match.start())
        patches.append((match.start(), match.end("number"), match["number"].replace(" ", "")))
        patches.append((match.start("gap"), match.end("gap"), " لسنه "))
        patches.append((match.start("year"), match.end("year"), match["year"].replace(" ", "")))
        if match["unit"] and _is_unit(match["unit"]):
            word = "ق" if len(match["unit"]) <= 2 else "قضاييه"
            patches.append((match.start("space"), match.end("unit"), f" {word}"))
    return [patch for patch in patches if text[patch[0] : patch[1]] != patch[2]]


def _one_number(text: str, match: re.Match[str]) -> bool:
    """Whether torn figures are one number: only after «رقم», where one is promised."""
    lead = _LEAD.search(text, max(0, match.start() - _LOOK_BACK), match.start())
    return lead is not None and _nearest(lead["second"], _NUMBER_WORDS[:2]) is not None


_LIST: Final = re.compile(r"(?:[0-9]{1,6}[\s,;و–-]{1,5})*$")
_ENTERED: Final = tuple(
    words.replace(" ", "").translate(SHAPES)
    for words in (
        "المقيد في جدول المحكمه برقم", "المقيد بجدول المحكمه برقم",
        "المقيدين في جدول المحكمه برقمي", "المقيده في جدول المحكمه بارقام",
        "المقيده بجدول المحكمه رقم",
    )
)  # fmt: skip
_ENTERED_LETTERS: Final = 48
_ENTERED_ALIKE: Final = 82


def _docketed(text: str, end: int, low: int) -> tuple[int, int, str] | None:
    """«… المقيد في جدول المحكمة برقم» before a number or a list, however it was misread."""
    lists = _LIST.search(text, max(low, end - _ENTERED_LETTERS), end)
    begin = lists.start() if lists else end
    start = max(low, begin - _ENTERED_LETTERS)
    letters = re.sub(r"\W", "", text[start:begin]).translate(SHAPES)
    for entered in _ENTERED:
        tail = letters[-len(entered) - 1 :]
        if len(tail) >= len(entered) - 3 and ratio(tail, entered) >= _ENTERED_ALIKE:
            first = text.rfind(" ", start, max(start + 1, begin - len(entered) + 4)) + 1 or start
            return (max(start, first), begin, "الطعن ارقام ")
    return None


def _lead_patch(text: str, end: int) -> list[tuple[int, int, str]]:
    """What the two words before the figures were: «الطعن رقم»."""
    lead = _LEAD.search(text, max(0, end - _LOOK_BACK), end)
    if lead is None or _nearest(lead["second"], _OTHERS):
        return []
    number_word = _nearest(lead["second"], _NUMBER_WORDS)
    if number_word and lead["second"][0] == "و" and _is_unit(lead["first"]):
        return [(lead.start("second"), end, "و")]  # «… القضائية ورقم 12 سنة 14»
    head = _nearest(lead["first"], _HEADS)
    if number_word is None:
        return _run_on_patch(text, end)
    if _nearest(lead["first"], _OTHERS) or (head is None and len(lead["first"]) > 1):
        return [(lead.start("second"), end, f"{number_word} ")]
    head = head or lead["first"]
    return [(lead.start("first"), end, f"{head}{lead['glue']}{number_word} ")]


def _run_on_patch(text: str, end: int) -> list[tuple[int, int, str]]:
    """«الطعنرقم» for «الطعن رقم»."""
    lead = _RUN_ON.search(text, max(0, end - _LOOK_BACK), end)
    if lead is None or _nearest(lead["first"], ("الطعنرقم",), 2) is None:
        return []
    return [(lead.start("first"), end, "الطعن رقم ")]


@lru_cache(maxsize=8192)
def is_year_word(word: str) -> bool:
    """Whether a folded word between a number and a year was «لسنة» or «سنة»."""
    if word in _YEAR_WORDS or word in ("س", "ل"):
        return word != "ل"
    if len(word) < 3:
        return word in ("سه", "له", "نه", "سن", "لس")
    return _nearest(word, _YEAR_WORDS) is not None


@lru_cache(maxsize=8192)
def _is_unit(word: str) -> bool:
    if len(word) <= 2:
        return word in ("ق", "ف", "فق", "قق")
    return len(word) >= 5 and _nearest(word, _UNITS, 2) is not None


@lru_cache(maxsize=16384)
def _nearest(word: str, among: tuple[str, ...], most: int = 1) -> str | None:
    """The one of `among` that the word was, but for its dots and `most` letters."""
    if word in among:
        return word
    shape = word.translate(SHAPES)
    ranked = sorted((Levenshtein.distance(shape, each.translate(SHAPES)), each) for each in among)
    distance, best = ranked[0]
    return best if distance <= (most if len(best) > 3 else min(most, 1)) else None
