"""Which words of a page a query meant: to box them on the image and to show them in a snippet.

Needs only the page's text, so it serves every engine. The tolerance is the engines' own: a
word is found as typed, by its stem, and where it looks nearly the same; only where the page has
none of these, in the wider sense of Match.SIMILAR. Titles, kinds and dates are not on the page and
mark nothing.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from index.arabic import Token, find_case_numbers, light_stem, tokens
from index.arabic_particles import PARTICLES
from index.attached import attached
from index.match import Match
from index.plan import OneOf
from index.planning import word_ways
from index.tree import Days, Field, Fuzzy, Leaf, Names, Node, Number, Phrase, Prefix, Word, leaves
from index.variants import edited, variants
from index.word import name_of, word_of

STEM_FROM_LETTERS: Final = 3
_NEARLY: Final = (Match.EXACT, Match.SHAPE, Match.STEM)
_TOLERANT: Final = (*_NEARLY, Match.SIMILAR)
_REMEMBERED: Final = 128
_RUNS: Final = 20_000  # remembered: those of some hundred pages
_RUN: Final = re.compile(r"\S+")
_SPACE: Final = re.compile(r"\s")
_CONTEXT: Final = 4  # a quarter of the snippet stands before its first match

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a page's text around its matches, line ends made spaces."""

    text: str
    spans: tuple[Span, ...]  # of the matches, offsets in `text`
    start: int  # offset of `text` in the page's text


def match_spans(text: str, query: Node, *, exact: bool = False) -> tuple[Span, ...]:
    """Where in `text` the words of `query` stand: offsets of the original, sorted, apart."""
    return _match_spans(text, query, exact)


@lru_cache(_REMEMBERED)
def _match_spans(text: str, query: Node, exact: bool) -> tuple[Span, ...]:
    page, asked = _Words(text), [*leaves(query)]
    small = [leaf for leaf in asked if isinstance(leaf, Word) and leaf.term in PARTICLES]
    telling = [leaf for leaf in asked if leaf not in small]
    found = [span for leaf in telling for span in _leaf_spans(text, page, leaf, exact)]
    beside = [span for leaf in small for span in _leaf_spans(text, page, leaf, exact=True)]
    return _apart([*found, *(page.touching(beside, found) if telling else beside)])


class _Words:
    """The words of a page; where they stand, and what they may be misread from, only if needed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._runs = [_tokens(run) for run in text.split()]  # no word goes over white space
        self.terms = [word.term for run in self._runs for word in run]

    @cached_property
    def spans(self) -> list[Span]:
        return [
            (match.start() + word.start, match.start() + word.end)
            for match, run in zip(_RUN.finditer(self._text), self._runs, strict=True)
            for word in run
        ]

    @cached_property
    def misread(self) -> list[tuple[str, int, int]]:
        return list(variants([*map(word_of, self.terms)]))

    @cached_property
    def misread_names(self) -> list[tuple[str, int, int]]:
        return list(variants([*map(name_of, self.terms)]))

    def touching(self, some: Iterable[Span], found: Iterable[Span]) -> Iterator[Span]:
        """Those of `some` that stand beside a word found: a lone «في» tells nothing."""
        starts, ends = {start for start, _ in found}, {end for _, end in found}
        for span in some:
            at = self.spans.index(span)
            before, behind = self.spans[max(at - 1, 0)], self.spans[at + 1 : at + 2]
            if before[1] in ends or any(start in starts for start, _ in behind):
                yield span

    def of(self, first: int, end: int) -> Span:
        return self.spans[first][0], self.spans[end - 1][1]


@lru_cache(_RUNS)
def _tokens(run: str) -> tuple[Token, ...]:
    return tuple(tokens(run))


def matching_words(words: Sequence[str], query: Node, *, exact: bool = False) -> tuple[int, ...]:
    """Which of a page's words, in reading order, the query meant: their indices."""
    starts: list[int] = []
    at = 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    found: set[int] = set()
    for start, end in match_spans(" ".join(words), query, exact=exact):
        found.update(range(bisect_right(starts, start) - 1, bisect_left(starts, end)))
    return tuple(sorted(found))


def snippet(text: str, query: Node, width: int = 160, *, exact: bool = False) -> Snippet:
    """The piece of `text`, about `width` letters long, that holds most matches; its beginning
    where nothing matches."""
    spans = match_spans(text, query, exact=exact)
    before = width // _CONTEXT
    starts = [max(0, start - before) for start, _ in spans] or [0]
    best = max(starts, key=lambda start: (len(_inside(spans, start, start + width)), -start))
    start, end = _whole_words(text, best, min(len(text), best + width))
    held = tuple((a - start, b - start) for a, b in _inside(spans, start, end))
    return Snippet(_SPACE.sub(" ", text[start:end]), held, start)


def _leaf_spans(text: str, page: _Words, leaf: Leaf, exact: bool) -> list[Span]:
    if isinstance(leaf, Number):
        numbers = find_case_numbers(text)
        return [(n.start, n.end) for n in numbers if n.canonical == leaf.canonical]
    return _word_leaf_spans(page, leaf, exact)


def _word_leaf_spans(
    page: _Words, leaf: Word | Prefix | Fuzzy | Phrase | Field | Names | Days, exact: bool
) -> list[Span]:
    match leaf:
        case Phrase(terms):
            return _phrase_spans(page, terms)
        case Names(_, terms):
            return [span for term in terms for span in _name_spans(page, term, exact)]
        case Word(term):
            return _word_spans(page, term, exact)
        case Prefix(term):
            return _where(page, lambda word: word.startswith(term))
        case Fuzzy(term):
            near = {term, *edited(term)}
            return _where(page, near.__contains__)
        case Field() | Days():
            return []


def _word_spans(page: _Words, wanted: str, exact: bool) -> list[Span]:
    if exact or len(wanted) < STEM_FROM_LETTERS:  # "في" does not mean every "فيه"
        return _where(page, lambda term: term == wanted)
    stem, forms = light_stem(wanted), {wanted, *attached(wanted)}
    sure = _where(page, lambda term: term in forms or word_of(term).stem == stem)
    found = sure + _among(page, page.misread, _terms_of(wanted, _NEARLY, "variant"))
    if found:
        return found
    slips = _where(page, _terms_of(wanted, _TOLERANT, "exact").__contains__)
    return slips + _among(page, page.misread, _terms_of(wanted, _TOLERANT, "variant"))


def _name_spans(page: _Words, wanted: str, exact: bool) -> list[Span]:
    found = _where(page, lambda term: term == wanted)
    if found or exact or not wanted.isalpha():
        return found
    return _among(page, page.misread_names, _terms_of(wanted, _NEARLY, "variant"))


@lru_cache(_REMEMBERED)
def _terms_of(wanted: str, allowed: tuple[Match, ...], field: str) -> frozenset[str]:
    """The terms that the plan of a word looks for in the field."""
    ways = (way for way in word_ways(wanted, allowed) if isinstance(way, OneOf))
    return frozenset(term for way in ways if way.field == field for term in way.terms)


def _among(page: _Words, misread: list[tuple[str, int, int]], wanted: frozenset[str]) -> list[Span]:
    """Where the terms that the index holds for a misread word are among those looked for."""
    return [page.of(first, end) for term, first, end in misread if term in wanted]


def _where(page: _Words, fits: Callable[[str], bool]) -> list[Span]:
    fitting = {term for term in set(page.terms) if fits(term)}
    return [page.of(at, at + 1) for at, term in enumerate(page.terms) if term in fitting]


def _phrase_spans(page: _Words, wanted: tuple[str, ...]) -> list[Span]:
    length, terms = len(wanted), page.terms
    return [
        page.of(at, at + length)
        for at in range(len(terms) - length + 1)
        if terms[at] == wanted[0] and tuple(terms[at : at + length]) == wanted
    ]


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _inside(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    return [(a, b) for a, b in spans if start <= a and b <= end]


def _whole_words(text: str, start: int, end: int) -> Span:
    """The span with its cut words left out, where spaces allow it."""
    if start > 0 and not text[start - 1].isspace():
        space = _SPACE.search(text, start, end)
        start = space.end() if space else start
    if end < len(text) and not text[end].isspace():
        cut = max((at for at in range(start, end) if text[at].isspace()), default=end)
        end = cut
    return start, end
