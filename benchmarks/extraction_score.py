"""Proposals against their truth: precision, recall, and what was wrong though it was sure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from archiver.metadata.dates.reading import read_dates
from archiver.metadata.extraction.names import sorting_key
from archiver.metadata.extraction.proposal import CONFIDENT, Proposal
from index.arabic import fold_text

FIELDS: Final = (
    "kind", "case_key", "series", "circuit", "circuit_day", "hearing_date", "hearing_date_hijri",
    "filing_date", "bench", "prosecution_member", "clerk", "party", "counsel", "lower_court",
    "lower_case", "lower_date", "disposition", "to_year", "to_part", "to_page", "rule_no",
    "subject_heading", "laws_cited",
)  # fmt: skip
_PEOPLE: Final = frozenset({"prosecution_member", "clerk", "counsel"})


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
    truth: Mapping[str, tuple[str, ...]], found: Iterable[Proposal], tallies: Tallies, name: str
) -> None:
    """Count what was found; a person's name counts as right with the letters of a scan."""
    said: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for each in found:
        said[each.field].append((_said(each), each.probability))
        if each.field == "case_key" and "series" in truth:
            said["series"] = [(each.value["series"], 0.0)]
    for of in FIELDS:
        if of != "kind" and (of != "series" or said.get("series")):
            _count(of, truth.get(of, ()), said.get(of, []), tallies[of], name)


def _count(
    of: str, truth: tuple[str, ...], said: list[tuple[str, float]], tally: Tally, name: str
) -> None:
    left = Counter(_true(of, value) for value in truth)
    for value, probability in said:
        if left[value] > 0:
            left[value] -= 1
            tally.right += 1
            continue
        tally.wrong += 1
        tally.sure_and_wrong += probability >= CONFIDENT
        tally.examples.append(f"{name}: {of} {value!r} ({probability})")
    missing = list(left.elements())
    tally.missed += len(missing)
    tally.examples += [f"{name}: {of} misses {value!r}" for value in missing]


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


def _said(each: Proposal) -> str:
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
