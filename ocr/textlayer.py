"""The invisible words of a page as PDF operators, so that extractors get them in logical order.

PDF has no notion of direction: extractors take letters by their place on the page, from left to
right, and turn right-to-left runs round again, each with simplified bidi rules of its own. So:

- words stand where they are on the page, their letters in visual order, numbers from the left;
- boxes that overlap are cut apart and every gap holds a space, or words grow together;
- in an Arabic line a direction mark follows what is not an Arabic letter (numbers, stops) where
  poppler would otherwise carry it past the next space, and stretches over wide gaps, where it
  would otherwise start a new column;
- brackets are set between two marks, or PDFium would mirror them;
- a line has one level baseline, also where it is skewed: sloping lines are torn apart by both.
  Price: on a page skewed by 3 degrees the ends of a line are marked half a line too high or low.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ocr import direction
from ocr.page import Line, PageText, Word

LRM, RLM = "\u200e", "\u200f"
UNSEEN = frozenset({" ", LRM, RLM})
"""What the layer holds beside the letters of the text."""

ADVANCE = 0.5  # of the font size: the one width of the glyphless font
MIDDLE = 0.3  # of the font size: middle of the glyph's box above the baseline
SPACE = 0.12  # of the font size: narrower than 0.1 is no gap to poppler
WIDE = 1.0  # of the font size: a wider gap is a column to poppler
THINNEST_PT = 0.1
_BRACKETS = frozenset("()[]{}<>«»‹›")
_ELEMENT = re.compile(
    r"[0-9٠-٩]+(?:[.,/:٫٬-][0-9٠-٩]+)*[%٪]?"  # a number as a whole
    r"|[A-Za-zÀ-ÖØ-öø-ÿ]+"
    r"|.",
    re.DOTALL,
)
_WEAK = frozenset({"L", "EN", "AN", "ES", "CS", "ET"})


@dataclass(slots=True)
class _Cell:
    """A word on its stretch of the line, points from the left edge."""

    number: int  # in logical order
    word: Word
    left: float
    right: float


def operators(text: PageText) -> bytes:
    """The content stream's text object; units are points, origin at the foot of the page."""
    scale = 72 / text.dpi
    height = text.height_px * scale
    rows = [row for line in text.lines if line.words for row in _line(line, scale, height)]
    return "\n".join(["BT", "3 Tr", *rows, "ET"]).encode("ascii")


def codes(text: PageText) -> set[int]:
    """The UTF-16 units of the text, each of which the font must know."""
    units = text.text.replace("\n", " ").encode("utf-16-be")
    return {high << 8 | low for high, low in zip(units[::2], units[1::2], strict=True)}


def _line(line: Line, scale: float, page_height: float) -> Iterator[str]:
    size = max(1.0, scale * median(word.box.height for word in line.words))
    middle = scale * median(word.box.y + word.box.height / 2 for word in line.words)
    foot = page_height - middle - MIDDLE * size
    yield f"/F {size:.3f} Tf"
    before: _Cell | None = None
    for cell in _cells(line, scale, SPACE * size):
        if before is not None:
            for shown, left, right in _gap(before, cell, line, size):
                yield _show(shown, left, right, foot, size)
        yield _show(visual(cell.word, line), cell.left, cell.right, foot, size)
        before = cell


def _show(shown: str, left: float, right: float, foot: float, size: float) -> str:
    """`shown`, stretched to fill left..right."""
    stretch = 100 * max(right - left, THINNEST_PT) / (len(shown) * ADVANCE * size)
    codes = shown.encode("utf-16-be").hex().upper()
    return f"{stretch:.3f} Tz 1 0 0 1 {left:.3f} {foot:.3f} Tm <{codes}> Tj"


def _cells(line: Line, scale: float, gap: float) -> list[_Cell]:
    """The words from left to right, at least `gap` between them."""
    cells = [
        _Cell(number, word, word.box.x * scale, (word.box.x + word.box.width) * scale)
        for number, word in enumerate(line.words)
    ]
    cells.sort(key=lambda cell: cell.left + cell.right)
    for one, other in pairwise(cells):
        if other.left - one.right < gap:
            _cut_apart(one, other, gap)
    return cells


def _cut_apart(one: _Cell, other: _Cell, gap: float) -> None:
    lowest, highest = (one.left + one.right) / 2, (other.left + other.right) / 2
    cut = min(max((one.right + other.left) / 2, lowest), highest)
    one.right = max(cut - gap / 2, one.left + THINNEST_PT)
    other.left = max(min(cut + gap / 2, other.right - THINNEST_PT), one.right + THINNEST_PT / 2)
    other.right = max(other.right, other.left + THINNEST_PT)


def _gap(left: _Cell, right: _Cell, line: Line, size: float) -> Iterator[tuple[str, float, float]]:
    """A space, with a mark where the extractors need one: text, from, to."""
    start, end = left.right, right.left
    if end - start > WIDE * size:
        yield " ", start, start + SPACE * size
        yield RLM if line.direction == "rtl" else LRM, start + SPACE * size, end
    elif line.direction == "rtl" and right.number < left.number and _is_weak(right.word.text[-1]):
        yield " " + RLM, start, end
    else:
        yield " ", start, end


def visual(word: Word, line: Line) -> str:
    """The letters of a word from left to right, as they stand on paper, marks between them."""
    elements = _ELEMENT.findall(word.text)
    if line.direction == "ltr":
        return "".join(reversed(elements)) if word.direction == "rtl" else word.text
    return "".join(reversed(list(_marked(elements))))


def _marked(elements: list[str]) -> Iterator[str]:
    """Elements in logical order, with the marks that keep each in its place."""
    for number, element in enumerate(elements):
        if element in _BRACKETS:
            yield from (LRM, element, RLM)
            continue
        yield element
        follows = elements[number + 1 : number + 2]
        if follows and _is_weak(element[-1]) and not _is_arabic(follows[0][0]):
            yield RLM


def _is_weak(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in _WEAK


def _is_arabic(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in direction.RIGHT_TO_LEFT
