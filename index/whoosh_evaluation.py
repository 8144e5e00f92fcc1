"""A plan, answered from the arrays of one segment.

Whoosh's own matchers walk page by page in Python; whole posting lists, joined as arrays, are some
twenty times quicker and count as the plan says.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis import TEXT_FIELDS, Kept
from index.plan import All, Any, Begins, Between, OneOf, Part, Sequence, Term
from index.whoosh_schema import number_term, places
from index.whoosh_segment import Docs, Segment, Weights

_K1: Final = 1.2
_B: Final = 0.75
_BEGINNINGS: Final = 500  # terms that a beginning stands for: the most frequent ones
_OF_PAGE_LENGTH: Final = ("exact", "stem")


@dataclass(frozen=True, slots=True)
class Found:
    """Documents, ascending, and the score of each."""

    docs: Docs
    scores: Weights


@dataclass(frozen=True, slots=True)
class Whole:
    """What BM25 needs to know of all segments."""

    pages: int
    mean_length: float
    frequency: "dict[tuple[str, str], int]"


class Evaluation:
    """Of one search in one segment."""

    def __init__(self, segment: Segment, whole: Whole) -> None:
        self.segment = segment
        self.whole = whole

    def found(self, part: Part) -> Found:
        match part:
            case Term():
                return self._term(part)
            case Any(parts):
                return self._best([self.found(each) for each in parts])
            case All():
                return self._all(part)
            case OneOf() | Begins() | Sequence() | Between():
                return _flat(self._holding(part), part.weight)

    def _holding(self, part: OneOf | Begins | Sequence | Between) -> Docs:
        match part:
            case OneOf(field, terms):
                return self._one_of(field, terms)
            case Begins(field, start):
                return self._one_of(field, self.segment.beginning(field, start, _BEGINNINGS))
            case Sequence(field, terms):
                return self._sequence(field, terms)
            case Between(field, low, high):
                low_term, high_term = number_term(low), number_term(high)
                return self._one_of(field, self.segment.between(field, low_term, high_term))

    def _term(self, term: Term) -> Found:
        docs, counts = self.segment.postings(term.field, term.term)
        if term.flat or TEXT_FIELDS[term.field] is Kept.PRESENCE:
            return _flat(docs, term.weight)
        return Found(docs, self._bm25(term, docs, counts) * np.float32(term.weight))

    def _bm25(self, term: Term, docs: Docs, counts: Weights) -> Weights:
        """Source: Robertson and Zaragoza 2009, with the idf of Lucene."""
        on = self.whole.frequency.get((term.field, term.term), len(docs))
        rarity = math.log(1 + (self.whole.pages - on + 0.5) / (on + 0.5))
        relative: NDArray[np.float32] | float = 1.0
        if term.field in _OF_PAGE_LENGTH:
            lengths = self.segment.figures("length")[docs].astype(np.float32)
            relative = lengths / np.float32(self.whole.mean_length)
        damped = counts + _K1 * (1 - _B + _B * relative)
        return (rarity * (_K1 + 1) * counts / damped).astype(np.float32)

    def _one_of(self, field: str, terms: Iterable[str]) -> Docs:
        seen = np.zeros(self.segment.size, bool)
        for term in terms:
            seen[self.segment.postings(field, term)[0]] = True
        return np.flatnonzero(seen)

    def _best(self, found: list[Found]) -> Found:
        if len(found) == 1:
            return found[0]
        seen = np.zeros(self.segment.size, bool)
        scores = np.zeros(self.segment.size, np.float32)
        for each in found:
            seen[each.docs] = True
            scores[each.docs] = np.maximum(scores[each.docs], each.scores)
        docs = np.flatnonzero(seen)
        return Found(docs, scores[docs])

    def _all(self, part: All) -> Found:
        found = [self.found(each) for each in part.parts]
        times = np.zeros(self.segment.size, np.int32)
        scores = np.zeros(self.segment.size, np.float32)
        for each in found:
            times[each.docs] += 1
            scores[each.docs] += each.scores
        wanted = len(found) if part.wanted is None else part.wanted
        held = times >= wanted
        for refused in part.without:
            held[self.found(refused).docs] = False
        docs = np.flatnonzero(held)
        return Found(docs, scores[docs])

    def _sequence(self, field: str, terms: tuple[str, ...]) -> Docs:
        lists = [self.segment.postings(field, term)[0] for term in dict.fromkeys(terms)]
        docs = lists[0]
        for other in lists[1:]:
            docs = np.intersect1d(docs, other, assume_unique=True)
        if len(terms) == 1 or not len(docs):
            return docs
        kept = {term: self.segment.values(field, term) for term in dict.fromkeys(terms)}
        return np.array([doc for doc in docs.tolist() if _in_order(kept, terms, doc)], np.int64)


def _in_order(kept: dict[str, dict[int, bytes]], terms: tuple[str, ...], doc: int) -> bool:
    starts = set(places(kept[terms[0]][doc]))
    for step, term in enumerate(terms[1:], 1):
        starts &= {place - step for place in places(kept[term][doc])}
        if not starts:
            return False
    return True


def _flat(docs: Docs, score: float) -> Found:
    return Found(docs, np.full(len(docs), score, np.float32))
