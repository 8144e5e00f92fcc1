"""Proposals against their truth: precision, recall, and what was wrong though it was sure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from rapidfuzz.distance.Levenshtein import distance

from archiver.metadata.dates.reading import read_dates
from archiver.metadata.extraction.names import sorting_key
from archiver.metadata.extraction.proposal import CONFIDENT, Proposal
from archiver.metadata.extraction.shapes import stream_of
from index.arabic import fold_text

FIELDS: Final = (
    "kind", "case_key", "series", "circuit", "circuit_day", "hearing_date", "hearing_date_hijri",
    "filing_date", "bench", "prosecution_member", "clerk", "party", "counsel", "lower_court",
    "lower_case", "lower_date", "disposition", "to_year", "to_part", "to_page", "rule_no",
    "subject_heading", "laws_cited",
)  # fmt: skip
_PEOPLE: Final = frozenset({"prosecution_member", "clerk", "counsel"})
_NAMES: Final = _PEOPLE | {"bench", "party"}


@dataclass(slots=True)
class Tally:
    right: int = 0
    wrong: int = 0
    missed: int = 0
    sure_and_wrong: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    def row(self) -> dict[str, Any]:
        return {
            "precision": round(100 * self.precision, 1),
            "recall": round(100 * self.recall, 1),
            "values": self.right + self.missed,
            "wrong": self.wrong,
            "sure_and_wrong": self.sure_and_wrong,
        }


Tallies = dict[str, Tally]


def empty() -> Tallies:
    return defaultdict(Tally)


def score(
    truth: Mapping[str, tuple[str, ...]],
    found: Iterable[Proposal],
    tallies: Tallies,
    name: str,
    *,
    damaged: bool = False,
) -> None:
    """Count what was found.

    Of a `damaged` text a name is right if it is the right stretch of the page with the letters
    that stand there: one in five may differ from the truth. No rule can know a person's name.
    """
    said: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for each in found:
        said[each.field].append((_said(each), each.probability))
        if each.field == "case_key" and "series" in truth:
            said["series"] = [(each.value["series"], 0.0)]
    for of in FIELDS:
        if of != "kind" and (of != "series" or said.get("series")):
            wanted = [_true(of, value) for value in truth.get(of, ())]
            _count(of, wanted, said.get(of, []), tallies[of], name, damaged and of in _NAMES)


def _count(
    of: str, left: list[str], said: list[tuple[str, float]], tally: Tally, name: str, near: bool
) -> None:
    for value, probability in said:
        same = next((each for each in left if each == value or (near and _near(each, value))), None)
        if same is not None:
            left.remove(same)
            tally.right += 1
            continue
        tally.wrong += 1
        tally.sure_and_wrong += probability >= CONFIDENT
        tally.examples.append(f"{name}: {of} {value!r} ({probability})")
    tally.missed += len(left)
    tally.examples += [f"{name}: {of} misses {value!r}" for value in left]


def _near(true: str, said: str) -> bool:
    role, _, wanted = true.rpartition(":")
    said_role, _, found = said.rpartition(":")
    wanted, found = stream_of(wanted), stream_of(found)
    return role == said_role and distance(wanted, found) <= max(1, len(wanted) // 5)


def count_kind(wanted: str, found: str, probability: float, tallies: Tallies, name: str) -> None:
    tally = tallies["kind"]
    if wanted == found:
        tally.right += 1
        return
    tally.wrong += 1
    tally.missed += 1
    tally.sure_and_wrong += probability >= CONFIDENT
    tally.examples.append(f"{name}: kind {found} ({probability:.2f}), not {wanted}")


def _true(of: str, value: str) -> str:
    if of in ("bench", "party"):
        role, _, name = value.partition(":")
        return f"{role}:{sorting_key(name)}"
    return sorting_key(value) if of in _PEOPLE else fold_text(value).rstrip(":")


def _said(each: Proposal) -> str:  # noqa: PLR0911 - one form a field
    value = each.value
    if each.field == "case_key":
        return f"{value['number']}/{value['judicial_year']}"
    if each.field in ("bench", "party"):
        return f"{value['role']}:{value['name_sort']}"
    if each.field in _PEOPLE:
        return str(value["name_sort"])
    if each.field == "circuit_day":
        return f"{value['day']}:{value['letter']}".rstrip(":")
    if each.field == "subject_heading":
        return fold_text(f"{value['heading']}:{value['sub']}").rstrip(":")
    if each.field == "hearing_date_hijri":
        return _hijri(value["written"])
    return str(value["edtf"]) if isinstance(value, dict) else fold_text(str(value))


def _hijri(written: str) -> str:
    dates = read_dates(written)
    return f"{dates[0].year}-{dates[0].month:02}-{dates[0].day:02}" if dates else ""
