"""What several pages say together: agreement makes a value surer, disagreement less sure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import prod
from typing import Final

from rapidfuzz.distance.Levenshtein import distance
from rapidfuzz.fuzz import partial_ratio

from archiver.metadata.extraction.finding import Finding
from archiver.metadata.extraction.page import PageText
from archiver.metadata.extraction.proposal import Proposal

LISTS: Final = frozenset(
    {
        "case_key",
        "hearing_date",
        "hearing_date_hijri",
        "bench",
        "party",
        "counsel",
        "lower_case",
        "subject_heading",
        "laws_cited",
    }
)
_NAMES: Final = frozenset({"bench", "party", "counsel", "prosecution_member", "clerk"})
_MOST: Final = 0.995
_LEAST: Final = 0.25
_RIVAL_SHARE: Final = 0.25  # a number with less support than this, beside another, is not proposed
_CONTAINED, _ALIKE = 12, 88
_NAME_SLIPS: Final = 4  # letters of a name, one of which may differ
_SINGLE: Final = 0.89  # what one page alone may claim: two readings of a number have to agree
_EXACT: Final = _NAMES | {"case_key", "lower_case", "filing_date", "lower_date"}
_NUMBERS: Final = frozenset({"case_key", "lower_case"})
_FIGURES: Final = _NUMBERS | {"hearing_date", "hearing_date_hijri"}


@dataclass(frozen=True, slots=True)
class Said:
    """A finding and the page that has it."""

    finding: Finding
    page: PageText
    rank: int  # its place among the findings of its page and field


@dataclass(slots=True)
class _Group:
    said: list[Said]

    @property
    def support(self) -> float:
        return sum(each.finding.probability for each in self.said)

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(sorted({each.page.position for each in self.said}))

    @property
    def best(self) -> Said:
        alike = Counter(each.finding.sameness for each in self.said)
        return max(
            self.said,
            key=lambda each: (
                alike[each.finding.sameness], each.finding.probability, -each.page.position
            ),
        )  # fmt: skip

    @property
    def said_twice(self) -> bool:
        """Whether two pages have it in the same letters."""
        alike: dict[str, set[int]] = {}
        for each in self.said:
            alike.setdefault(each.finding.sameness, set()).add(each.page.position)
        return any(len(pages) > 1 for pages in alike.values())

    @property
    def together(self) -> float:
        """The probability that at least one page is right, each page counted once."""
        best: dict[int, float] = {}
        for each in self.said:
            page = each.page.position
            best[page] = max(best.get(page, 0.0), each.finding.probability)
        return 1 - prod(1 - chance for chance in best.values())


def proposals(said: Sequence[Said]) -> tuple[Proposal, ...]:
    """One proposal for each field, or for each item of a list, from what all pages said."""
    ordered = sorted(said, key=lambda each: each.finding.field)
    found: list[Proposal] = []
    for field, of_field in groupby(ordered, key=lambda each: each.finding.field):
        groups = _groups(field, list(of_field))
        found += _listed(field, groups) if field in LISTS else _one(groups)
    return tuple(found)


def _groups(field: str, said: Iterable[Said]) -> list[_Group]:
    groups: dict[str, _Group] = {}
    for each in said:
        same = each.finding.sameness
        if field in _NAMES and same not in groups:
            same = next((known for known in groups if _same_name(known, same)), same)
        groups.setdefault(same, _Group([])).said.append(each)
    return list(groups.values())


def _same_name(one: str, other: str) -> bool:
    """Whether two names are one but for misread letters; of parties, one may contain the other."""
    role, _, one_name = one.rpartition("|")
    other_role, _, other_name = other.rpartition("|")
    if role != other_role:
        return False
    short, long_ = sorted((one_name, other_name), key=len)
    if role and len(short) >= _CONTAINED and partial_ratio(short, long_) >= _ALIKE:
        return True
    allowed = max(1, min(len(one), len(other)) // _NAME_SLIPS)
    return distance(one, other, score_cutoff=allowed) <= allowed


def _one(groups: list[_Group]) -> list[Proposal]:
    """The value with most support; the others take from its probability."""
    best = max(groups, key=lambda group: (group.support, group.best.finding.probability))
    others = sum(group.support for group in groups if group is not best)
    return [_proposal(best, best.together * best.support / (best.support + others))]


def _listed(field: str, groups: list[_Group]) -> list[Proposal]:
    """The items in the order of the page that has most of them, what others add after it."""
    if field in _FIGURES:
        groups = _without_misreadings(groups)
    if field in _NUMBERS:
        groups = _numbers(groups)
    first = _fullest(groups)
    order = sorted(groups, key=lambda group: _place(group, first))
    rivals = {id(group): _rivals(field, group, groups) for group in groups}
    return [
        proposal
        for group in order
        if (proposal := _proposal(group, group.together * _share(group, rivals[id(group)])))
        .probability >= _LEAST
    ]  # fmt: skip


def _without_misreadings(groups: list[_Group]) -> list[_Group]:
    """Without what differs by a figure from something that more pages say."""
    return [
        group
        for group in groups
        if not any(other.support > group.support and _one_figure(group, other) for other in groups)
    ]


def _one_figure(one: _Group, other: _Group) -> bool:
    same, known = one.best.finding.sameness, other.best.finding.sameness
    apart = set(one.pages).isdisjoint(other.pages)
    return apart and distance(same, known, score_cutoff=1) <= 1


def _fullest(groups: list[_Group]) -> int:
    """The page with the most items, the surest of those with as many."""
    weight: dict[int, float] = {}
    for group in groups:
        for position in group.pages:
            weight[position] = weight.get(position, 0.0) + group.together
    return max(weight, key=lambda position: (weight[position], -position)) if weight else 0


def _place(group: _Group, first: int) -> tuple[int, int, int]:
    here = [each.rank for each in group.said if each.page.position == first]
    return (0, min(here), 0) if here else (1, group.pages[0], min(e.rank for e in group.said))


def _numbers(groups: list[_Group]) -> list[_Group]:
    """Numbers without those that stand on few pages beside others that stand on many."""
    most = max(group.support for group in groups)
    kept = [group for group in groups if group.support >= _RIVAL_SHARE * most]
    together = {each.finding.start for group in kept for each in group.said}
    return [group for group in groups if group in kept or _beside(group, together)]


def _beside(group: _Group, starts: set[int]) -> bool:
    return len(group.said) > 1 and any(each.finding.start in starts for each in group.said)


def _rivals(field: str, group: _Group, groups: list[_Group]) -> float:
    """The support of what cannot be true beside the group: another number on another page."""
    if field not in _NUMBERS:
        return 0.0
    own = set(group.pages)
    return sum(other.support for other in groups if own.isdisjoint(other.pages))


def _share(group: _Group, rivals: float) -> float:
    return group.support / (group.support + rivals)


def _proposal(group: _Group, probability: float) -> Proposal:
    best = group.best
    finding, page = best.finding, best.page
    pages = group.pages
    alone = finding.field in _EXACT and not group.said_twice
    most = _SINGLE if alone else _MOST
    return Proposal(
        field=finding.field,
        value=finding.value,
        as_written=" ".join(page.text[finding.start : finding.end].split()),
        probability=round(min(most, probability), 3),
        rule=finding.rule,
        page=page.position,
        words=page.words(finding.start, finding.end),
        pages=pages,
    )


def weakened(said: Said, factor: float) -> Said:
    """The same, less sure."""
    finding = replace(said.finding, probability=said.finding.probability * factor)
    return replace(said, finding=finding)
