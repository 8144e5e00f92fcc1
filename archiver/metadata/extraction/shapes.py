"""A page's letters made ready for words that were misread, split or run together."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from rapidfuzz.distance.Levenshtein import distance

from archiver.metadata.extraction.page import PageText
from index.arabic import Folded, fold, fold_text

HEAD_LETTERS: Final = 1600  # of the stream: longer than any heading
_EXACT_BELOW: Final = 6  # shorter cues have to stand as they are
_LETTERS_PER_SLIP: Final = 7
# One capital for the letters that differ by dots alone. Capitals, because folded text has none;
# ASCII, because searching a string of one-byte letters is thirty times faster.
_CLASSES: Final = str.maketrans("ابتثنيجحخدذرزسشصضطظعغفقكلمهو", "ABBBBBJJJDDRRSSCCTTEEFFKLMHW", "")
_ARABIC: Final = re.compile(r"[\u0600-\u06FF]+")
_WORD: Final = re.compile(r"\w+")
_INSIDE: Final = "_"  # stands for the hamza, which scans lose, so that lengths stay
_KEEP_LENGTH: Final = _CLASSES | {ord("ء"): _INSIDE}


@dataclass(frozen=True, slots=True)
class Span:
    """Where a cue stands in a stream, and by how many letters it differs."""

    start: int
    end: int
    slips: int


def stream_of(text: str) -> str:
    """Folded letters and digits without dots and without spaces."""
    return "".join(filter(str.isalnum, fold_text(text).translate(_KEEP_LENGTH)))


@cache
def pattern(arabic: str) -> re.Pattern[str]:
    """A pattern written in Arabic letters, made to match `Shapes.classes`, dots or none.

    Its classes and escapes stay as they are; no Arabic letter may follow a backslash.
    """
    letters = _ARABIC.sub(lambda run: fold_text(run.group()).translate(_KEEP_LENGTH), arabic)
    return re.compile(letters, re.MULTILINE)


def slips_allowed(shape: str) -> int:
    """How many letters of a cue may be wrong: one in seven, none in short ones."""
    return 0 if len(shape) < _EXACT_BELOW else 1 + (len(shape) - _EXACT_BELOW) // _LETTERS_PER_SLIP


@dataclass(frozen=True)
class Shapes:
    """The letters of a page: `stream` has no spaces, so that a split or run-on word is none.

    Dots are taken off, because a poor scan loses them first. `places[i]` is the offset in
    `folded.text` of the letter `stream[i]`.
    """

    page: PageText

    @cached_property
    def folded(self) -> Folded:
        return fold(self.page.text)

    @cached_property
    def classes(self) -> str:
        """The folded text with its spaces, dots taken off, as long as it."""
        return self.folded.text.translate(_KEEP_LENGTH)

    @cached_property
    def _ready(self) -> tuple[str, tuple[int, ...], frozenset[int]]:
        letters: list[str] = []
        places: list[int] = []
        beginnings: list[int] = []
        for match in _WORD.finditer(self.classes):
            beginnings.append(len(places))
            letters.append(match.group())
            places += (
                (n for n in range(match.start(), match.end()) if self.classes[n] != _INSIDE)
                if _INSIDE in letters[-1]
                else range(match.start(), match.end())
            )
        return "".join(letters).replace(_INSIDE, ""), tuple(places), frozenset(beginnings)

    @property
    def stream(self) -> str:
        return self._ready[0]

    @property
    def places(self) -> tuple[int, ...]:
        return self._ready[1]

    @property
    def beginnings(self) -> frozenset[int]:
        """The places in the stream where a word begins."""
        return self._ready[2]

    def origin(self, span: Span) -> tuple[int, int]:
        """Offsets in the page's text."""
        return self.folded.origin(*self.in_folded(span))

    def in_folded(self, span: Span) -> tuple[int, int]:
        """Offsets in the folded text."""
        return self.places[span.start], self.places[span.end - 1] + 1

    def at(self, folded_place: int) -> int:
        """The place in the stream of the first letter at or after one of the folded text."""
        return bisect_left(self.places, folded_place)

    def folded_place(self, offset: int) -> int:
        """The place in the folded text of an offset in the page's text."""
        return bisect_left(self.folded.offsets, offset)

    def whole(self, span: Span) -> bool:
        """Whether the cue ends where its word ends."""
        return self._ends(span.end)

    def _ends(self, place: int) -> bool:
        return place == len(self.stream) or place in self.beginnings

    def find(self, shape: str, start: int = 0, end: int | None = None) -> list[Span]:
        """Where the cue of that shape stands between two places of the stream, in order.

        Where it stands exactly, what only resembles it is not sought.
        """
        end = len(self.stream) if end is None else min(end, len(self.stream))
        found = self.exactly(shape, start, end)
        allowed = slips_allowed(shape)
        return found if found or not allowed else self._nearly(shape, allowed, start, end)

    def exactly(self, shape: str, start: int = 0, end: int | None = None) -> list[Span]:
        """As `find`, but for dots no letter may differ."""
        stream, _, beginnings = self._ready
        end = len(stream) if end is None else end
        found = []
        at = stream.find(shape, start, end)
        while at >= 0:
            last = at + len(shape)
            glued = len(shape) >= _EXACT_BELOW and last in beginnings
            run_on = glued or len(shape) >= 2 * _EXACT_BELOW
            if at in beginnings or (run_on and beginnings.isdisjoint((at + 1, at + 2))):
                found.append(Span(at, last, 0))
            at = stream.find(shape, at + 1, end)
        return found

    def _nearly(self, shape: str, allowed: int, start: int, end: int) -> list[Span]:
        """Matches that share one of `allowed` + 1 pieces of the cue untouched."""
        stream, size = self.stream, len(shape) // (allowed + 1)
        candidates: set[int] = set()
        for number in range(allowed + 1):
            offset = number * size
            piece = shape[offset : offset + size] if number < allowed else shape[offset:]
            at = stream.find(piece, start, end)
            while at >= 0:
                candidates.add(at - offset)
                at = stream.find(piece, at + 1, end)
        loosely = 2 * allowed + 1
        near = (
            self._nearest(shape, at, allowed, start, end)
            for at in candidates
            if distance(shape, stream[max(0, at) : at + len(shape)], score_cutoff=loosely)
            <= loosely
        )
        return _apart([span for span in near if span is not None])

    def _nearest(self, shape: str, at: int, allowed: int, low: int, high: int) -> Span | None:
        stream, _, beginnings = self._ready
        best: Span | None = None
        most = allowed
        for first in range(max(low, at - allowed), min(at + allowed, high) + 1):
            if first not in beginnings:
                continue
            for length in range(len(shape) - allowed, len(shape) + allowed + 1):
                last = first + length
                if last > high:
                    break
                if len(shape) < 2 * _EXACT_BELOW and not self._ends(last):
                    continue
                slips = distance(shape, stream[first:last], score_cutoff=most)
                if slips <= most and (best is None or slips < best.slips):
                    best, most = Span(first, last, slips), slips
        return best


def _apart(spans: list[Span]) -> list[Span]:
    """The best of those that overlap, in order."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.slips, each.start)):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda each: each.start)
