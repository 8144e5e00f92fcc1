"""One search in one state of a Whoosh index: its hits in order, and what they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.engine import FACET_VALUES, Count, FacetName, Hit, Hits, Levels, Sort
from index.match import Match
from index.plan import All, Any, Part, Plan, Term
from index.ranking import groups, one_page, reasons, sure_part
from index.tree import Node
from index.whoosh_evaluation import Evaluation, Found, Whole
from index.whoosh_segment import Segment

_BEGINNINGS = 1000  # suggested terms looked at


@dataclass(frozen=True, slots=True)
class Row:
    segment: int
    doc: int
    score: float


class Snapshot:
    """The segments of one commit, for one thread."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments

    @cached_property
    def pages(self) -> int:
        return sum(int(segment.alive.sum()) for segment in self.segments)

    @cached_property
    def mean_length(self) -> float:
        words = sum(int(segment.figures("length").sum()) for segment in self.segments)
        return max(words / max(sum(segment.size for segment in self.segments), 1), 1.0)

    def frequency(self, field: str, term: str) -> int:
        return sum(segment.frequency(field, term) for segment in self.segments)

    def whole(self, parts: Sequence[Part]) -> Whole:
        asked = {(t.field, t.term) for part in parts for t in _terms(part) if not t.flat}
        frequency = {of: self.frequency(*of) for of in asked}
        return Whole(self.pages, self.mean_length, frequency)


class Search:
    """What a person with these access levels finds."""

    def __init__(self, snapshot: Snapshot, levels: Levels) -> None:
        self.segments = snapshot.segments
        self.snapshot = snapshot
        self._answers: dict[Part, list[Found]] = {}  # tiers and groups share their parts
        self._seen = [_seen(segment, levels) for segment in snapshot.segments]

    def count(self) -> int:
        return sum(int(seen.sum()) for seen in self._seen)

    def hits(
        self,
        asked: Node,
        plan: Plan,
        limit: int,
        offset: int,
        sort: Sort,
        facets: Sequence[FacetName],
    ) -> Hits:
        parts = list(groups(plan, by_tier=sort is Sort.RELEVANCE))
        found = [self.found(part) for part in parts]
        every = found[-1]
        if wider := plan.widened(_size(every)):
            return self.hits(asked, wider, limit, offset, sort, facets)
        sure = every if sure_part(plan) == parts[-1] else self.found(sure_part(plan))
        orders = [self._order(found, group, sort) for group in range(len(parts))]
        page = one_page(
            len(parts),
            limit,
            offset,
            lambda group, limit, offset: orders[group][offset : offset + limit],
            lambda group: len(orders[group]),
        )
        rows = [row for _, row in page]
        return Hits(
            _size(every),
            self._told(asked, plan, rows, sort),
            _size(sure),
            {facet: self._facet(facet, every) for facet in facets},
        )

    def found(self, part: Part) -> list[Found]:
        """What `part` finds in each segment, of what may be seen."""
        if part not in self._answers:
            whole = self.snapshot.whole([part])
            answers = []
            for segment, seen in zip(self.segments, self._seen, strict=True):
                found = Evaluation(segment, whole).found(part)
                held = seen[found.docs]
                answers.append(Found(found.docs[held], found.scores[held]))
            self._answers[part] = answers
        return self._answers[part]

    def beginnings(self, field: str, start: str) -> list[tuple[str, int]]:
        """The terms that begin so, and on how many pages each stands, the most frequent first."""
        counts: Counter[str] = Counter()
        for segment, seen in zip(self.segments, self._seen, strict=True):
            for term in segment.beginning(field, start, _BEGINNINGS):
                counts[term] += int(seen[segment.postings(field, term)[0]].sum())
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return [(term, pages) for term, pages in ordered if pages]

    def rows(self, found: list[Found]) -> list[Row]:
        """By score, the best first."""
        return self._order([found], 0, Sort.RELEVANCE)

    def hit(self, row: Row, why: tuple[Match, ...] = ()) -> Hit:
        segment = self.segments[row.segment]
        page, case = (int(segment.figures(name)[row.doc]) for name in ("page_id", "case_id"))
        return Hit(page, case, row.score, why)

    def _order(self, found: list[list[Found]], group: int, sort: Sort) -> list[Row]:
        rows: list[tuple[float, Row]] = []
        for number, segment in enumerate(self.segments):
            here = found[group][number]
            docs, scores = here.docs, here.scores
            if group:
                fresh = ~np.isin(docs, found[group - 1][number].docs, assume_unique=True)
                docs, scores = docs[fresh], scores[fresh]
            keys = _keys(segment, docs, scores, sort)
            told = scores if sort is Sort.RELEVANCE else np.zeros(len(docs))
            rows += [
                (key, Row(number, doc, score))
                for key, doc, score in zip(keys.tolist(), docs.tolist(), told.tolist(), strict=True)
            ]
        rows.sort(key=lambda row: row[0])
        return [row for _, row in rows]

    def _told(self, asked: Node, plan: Plan, rows: list[Row], sort: Sort) -> tuple[Hit, ...]:
        facts = [(tier.match, self.found(tier.part)) for tier in plan.facts] if rows else []
        tiers = [(tier.match, self.found(tier.part)) for tier in plan.tiers] if rows else []
        hits = []
        for row in rows:
            fact = [match for match, found in facts if _holds(found, row)][:1]
            tier = next(match for match, found in tiers if _holds(found, row))
            hits.append(self.hit(row, reasons(asked, tier, fact)))
        return tuple(hits)

    def _facet(self, facet: FacetName, found: list[Found]) -> tuple[Count, ...]:
        counts: Counter[str] = Counter()
        for segment, here in zip(self.segments, found, strict=True):
            held = np.zeros(segment.size, bool)
            held[here.docs] = True
            for value, docs in segment.facet(facet):
                counts[value] += int(held[docs].sum())
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Count(value, pages) for value, pages in ordered[:FACET_VALUES] if pages)


def _keys(
    segment: Segment, docs: NDArray[np.int64], scores: NDArray[np.float32], sort: Sort
) -> NDArray[np.float64] | NDArray[np.int64] | NDArray[np.float32]:
    """The smaller, the earlier a document stands."""
    match sort:
        case Sort.RELEVANCE:
            return -scores
        case Sort.DATE:
            return -segment.figures("day_order")[docs]
        case Sort.CASE:
            return segment.figures("case_order")[docs]


def _seen(segment: Segment, levels: Levels) -> NDArray[np.bool_]:
    if levels is None:
        return segment.alive
    seen = np.zeros(segment.size, bool)
    for level in levels:
        seen[segment.postings("access_level", level)[0]] = True
    return seen & segment.alive


def _holds(found: list[Found], row: Row) -> bool:
    docs = found[row.segment].docs
    at = int(np.searchsorted(docs, row.doc))
    return at < len(docs) and int(docs[at]) == row.doc


def _size(found: list[Found]) -> int:
    return sum(len(each.docs) for each in found)


def _terms(part: Part) -> list[Term]:
    if isinstance(part, Term):
        return [part]
    if isinstance(part, Any | All):
        return [term for each in part.parts for term in _terms(each)]
    return []
