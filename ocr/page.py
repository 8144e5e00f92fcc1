"""What a reader found on one page: lines of words with boxes, confidences and directions.

All coordinates are pixels of the *upright* page: the master turned by a multiple of 90
degrees and nothing else, so that a box can be drawn on the master as people see it.
Lines and words stand in reading (logical) order; text is in logical order, digits as printed.
"""

from dataclasses import dataclass
from typing import Literal

Direction = Literal["rtl", "ltr"]
Review = Literal["", "checked", "illegible"]
"""What a person said of a word: nothing; that the paper says so; that nobody can read it."""


@dataclass(frozen=True, slots=True)
class Box:
    """Left, top, width and height, pixels of the upright page."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    box: Box
    confidence: float  # 0..1, the reader's own; 1 where a person checked it, 0 if illegible
    direction: Direction
    review: Review = ""
    probability: float | None = None  # of being right, 0..1, calibrated; None where never judged


@dataclass(frozen=True, slots=True)
class Line:
    words: tuple[Word, ...]
    box: Box
    direction: Direction

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class PageText:
    width_px: int
    height_px: int
    dpi: int
    lines: tuple[Line, ...]
    engine: str  # name and version of the reader
    language: str  # ISO 639-2: ara, fra, ita, eng

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for line in self.lines for word in line.words)

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def confidence(self) -> float:
        """Mean confidence of the words, 0..1; 0 for a page without words."""
        words = self.words
        return sum(word.confidence for word in words) / len(words) if words else 0.0
