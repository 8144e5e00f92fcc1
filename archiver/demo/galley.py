"""Lines and paragraphs of words on a sheet, set from its top down."""

import re
from dataclasses import dataclass, field
from typing import Final

from archiver.demo.lettering import Word, is_rtl, width_px
from archiver.demo.manifest import Typeface

_WIDEST_GAP: Final = 2.8  # times the space between words: beyond it a line stays ragged
_TOGETHER: Final = re.compile(r"(?<=\d) (?=/ \d)|(?<=\d /) (?=\d)|(?<=\d) (?=ق\b)")


class PageFull(Exception):
    """The text does not fit the sheet at this size."""


@dataclass
class Galley:
    """The sheet while it is set: what was placed so far and how far down the pen is. All in px."""

    size: int
    type: Typeface
    left: int
    right: int
    top: int
    bottom: int
    by_hand: bool  # every line one pitch high and none justified, as in a ruled register
    pen: float = 0.0  # top of the next line
    words: list[Word] = field(default_factory=list)
    rules: list[tuple[int, int, int, int]] = field(default_factory=list)

    def pitch(self, scale: float = 1.0) -> float:
        return self.size * self.type.leading * (1.0 if self.by_hand else scale)

    def advance(self, height: float) -> None:
        """Raises PageFull where that is below the sheet's foot."""
        self.pen += height
        if self.pen > self.bottom:
            raise PageFull

    def put(self, words: list[str], file: str, size: int, start: float, gap: float) -> None:
        """One line of words from their beginning at `start`, `gap` apart."""
        rtl = is_rtl(" ".join(words))
        baseline = self.pen + self.pitch(size / self.size) * 0.72
        for word in words:
            self.words.append(Word(start, baseline, word, file, size, rtl))
            step = width_px(word, file, size) + gap
            start += -step if rtl else step


def words_of(text: str) -> list[str]:
    """The words of a line; a date, and a year with its ق, are never broken."""
    return [word.replace("\u00a0", " ") for word in _TOGETHER.sub("\u00a0", text).split(" ")]


def wrap(text: str, file: str, size: int, first: float, width: float) -> list[list[str]]:
    """The words of each line; the first line is `first` px wide, the others `width`."""
    lines: list[list[str]] = [[]]
    space, used = width_px(" ", file, size), 0.0
    for word in words_of(text):
        length = width_px(word, file, size)
        if lines[-1] and used + length > (first if len(lines) == 1 else width):
            lines.append([])
            used = 0.0
        lines[-1].append(word)
        used += length + space
    return lines


def length(words: list[str], file: str, size: int) -> float:
    spaces = (len(words) - 1) * width_px(" ", file, size)
    return sum(width_px(word, file, size) for word in words) + spaces


def centre(galley: Galley, text: str, file: str, size: int, left: float, right: float) -> None:
    for words in wrap(text, file, size, right - left, right - left):
        long = length(words, file, size)
        start = (left + right + (long if is_rtl(text) else -long)) / 2
        galley.put(words, file, size, start, width_px(" ", file, size))
        galley.advance(galley.pitch(size / galley.size))


def paragraph(galley: Galley, text: str, left: float, right: float, indent: float) -> None:
    """Justified, its first line indented; one that fits a line is neither."""
    file, size, rtl = galley.type.regular, galley.size, is_rtl(text)
    full = right - left
    inset = 0.0 if length(words_of(text), file, size) <= full else indent
    *lines, last = wrap(text, file, size, full - inset, full)
    for words in lines:
        gap = _justified_gap(galley, words, full - inset)
        galley.put(words, file, size, right - inset if rtl else left + inset, gap)
        galley.advance(galley.pitch())
        inset = 0.0
    galley.put(last, file, size, right - inset if rtl else left + inset, width_px(" ", file, size))
    galley.advance(galley.pitch())


def _justified_gap(galley: Galley, words: list[str], width: float) -> float:
    file, size = galley.type.regular, galley.size
    space = width_px(" ", file, size)
    gap = space + (width - length(words, file, size)) / max(1, len(words) - 1)
    return space if galley.by_hand or gap > _WIDEST_GAP * space else gap


def far(galley: Galley, text: str) -> None:
    """One line at the side where lines end."""
    file, size = galley.type.regular, galley.size
    long = length(words_of(text), file, size)
    start = galley.left + long if is_rtl(text) else galley.right - long
    galley.put(words_of(text), file, size, start, width_px(" ", file, size))
    galley.advance(galley.pitch())


def spread(galley: Galley, parts: tuple[str, ...]) -> None:
    """Parts over the whole line. Raises PageFull where they would touch."""
    file, size = galley.type.regular, galley.size
    space, rtl = width_px(" ", file, size), is_rtl(" ".join(parts))
    lengths = [length(words_of(part), file, size) for part in parts]
    between = (galley.right - galley.left - sum(lengths)) / max(1, len(parts) - 1)
    if between < 2 * space:
        raise PageFull
    used = 0.0
    for part, long in zip(parts, lengths, strict=True):
        galley.put(
            words_of(part), file, size, galley.right - used if rtl else galley.left + used, space
        )
        used += long + between
    galley.advance(galley.pitch())
