"""The invisible words of a page as PDF operators, so that extractors get them in logical order.

PDF has no notion of direction: extractors take letters by their place on the page, from left to
right, and turn right-to-left runs round again, each with simplified bidi rules of its own. So:

- words stand where they are on the page, their letters in visual order, numbers from the left;
- boxes that overlap are cut apart and every gap holds a space, or words grow together;
- a line that mixes both scripts, or Arabic and numbers, is set in the direction of most letters of
  its page, because poppler reads all lines of a page one way; any other line keeps its own;
- words follow the line, those of the other script too: where boxes contradict that order, the
  words share the place that they have together. PDFium turns each word, never a phrase: set as
  printed, "Cour de cassation" in an Arabic line would come out as "cassation de Cour".
  Price: in such a phrase the marked word may be its neighbour;
- lines that lie over one another (a torn line, read twice) get half the height each, or both
  extractors would shuffle their words together;
- in an Arabic line a direction mark follows what is not an Arabic letter (numbers, stops) where
  poppler would otherwise carry it past the next space, and stretches over wide gaps, where it
  would otherwise start a new column;
- brackets are set between two marks, or PDFium would mirror them;
- a line has one level baseline, also where it is skewed: sloping lines are torn apart by both.
  Price: on a page skewed by 3 degrees the ends of a line are marked half a line too high or low.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ocr import direction
from ocr.page import Box, Direction, Line, PageText, Word

LRM, RLM = "\u200e", "\u200f"

ADVANCE = 0.5  # of the font size: the one width of the glyphless font
MIDDLE = 0.3  # of the font size: middle of the glyph's box above the baseline
SPACE = 0.12  # of the font size: narrower than 0.1 is no gap to poppler
WIDE = 1.0  # of the font size: a wider gap is a column to poppler
THINNEST_PT = 0.1
OVER = 0.6  # of the height: lines whose middles are nearer lie over one another
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


@dataclass(slots=True)
class _Row:
    """A line at its height, points from the head of the page."""

    line: Line
    middle: float
    size: float
    left: float
    right: float


def operators(text: PageText, code: Callable[[str], int]) -> bytes:
    """The content stream's text object; units are points, origin at the foot of the page.

    code: the font's two-byte code of a letter.
    """
    scale = 72 / text.dpi
    page = _direction(text)
    rows = [_row(_following(line, page), scale) for line in text.lines if line.words]
    _part(rows)
    height = text.height_px * scale
    shown = (part for row in rows for part in _operators(row, scale, height, code))
    return "\n".join(["BT", "3 Tr", *shown, "ET"]).encode("ascii")


def _direction(text: PageText) -> Direction:
    """That of most letters of the page, as poppler counts them."""
    classes = Counter(map(unicodedata.bidirectional, text.text))
    right = sum(classes[kind] for kind in direction.RIGHT_TO_LEFT)
    return "rtl" if right > classes["L"] else "ltr"


def _following(line: Line, page: Direction) -> Line:
    """The line, set in the direction of the page where it mixes both."""
    classes = set(map(unicodedata.bidirectional, line.text))
    mixed = classes & direction.RIGHT_TO_LEFT and classes & direction.LEFT_TO_RIGHT
    return replace(line, direction=page) if mixed else line


def _row(line: Line, scale: float) -> _Row:
    boxes = [word.box for word in line.words]
    return _Row(
        line,
        middle=scale * median(box.y + box.height / 2 for box in boxes),
        size=max(1.0, scale * median(box.height for box in boxes)),
        left=scale * min(box.x for box in boxes),
        right=scale * max(box.x + box.width for box in boxes),
    )


def _part(rows: list[_Row]) -> None:
    """Share out the height that several lines lay claim to."""
    waiting = sorted(rows, key=lambda row: row.middle)
    while waiting:
        pile = [waiting.pop(0)]
        while over := next((r for r in waiting if _is_over(pile[-1], r)), None):
            pile.append(over)
            waiting.remove(over)
        if len(pile) == 1:
            continue
        top = min(row.middle - row.size / 2 for row in pile)
        share = (max(row.middle + row.size / 2 for row in pile) - top) / len(pile)
        for place, row in enumerate(pile):
            row.middle, row.size = top + (place + 0.5) * share, share


def _is_over(one: _Row, other: _Row) -> bool:
    near = abs(one.middle - other.middle) < OVER * max(one.size, other.size)
    return near and one.left < other.right and other.left < one.right


def _operators(
    row: _Row, scale: float, page_height: float, code: Callable[[str], int]
) -> Iterator[str]:
    size, line = row.size, row.line
    foot = page_height - row.middle - MIDDLE * size

    def show(shown: str, left: float, right: float) -> str:
        """`shown`, stretched to fill left..right."""
        stretch = 100 * max(right - left, THINNEST_PT) / (len(shown) * ADVANCE * size)
        codes = "".join(f"{code(letter):04X}" for letter in shown)
        return f"{stretch:.3f} Tz 1 0 0 1 {left:.3f} {foot:.3f} Tm <{codes}> Tj"

    yield f"/F {size:.3f} Tf"
    before: _Cell | None = None
    cells = _cells(line, scale, SPACE * size)
    for cell in cells:
        if before is not None:
            for part in _gap(before, cell, line, size):
                yield show(*part)
        shown = visual(cell.word, line)
        if line.direction == "ltr":  # or signs at its ends change sides on an Arabic page
            shown = LRM * (cell is cells[0]) + shown + LRM * (cell is cells[-1])
        yield show(shown, cell.left, cell.right)
        before = cell


def _cells(line: Line, scale: float, gap: float) -> list[_Cell]:
    """The words from left to right, at least `gap` between them."""
    cells = [
        _Cell(number, word, word.box.x * scale, (word.box.x + word.box.width) * scale)
        for number, word in enumerate(line.words)
    ]
    _put_in_order(cells, line)
    cells.sort(key=lambda cell: cell.left + cell.right)
    for one, other in pairwise(cells):
        if other.left - one.right < gap:
            _cut_apart(one, other, gap)
    return cells


def _put_in_order(cells: list[_Cell], line: Line) -> None:
    """Let words that contradict the order of their boxes share the place of all of them."""
    groups: list[list[_Cell]] = []
    for cell in cells:
        groups.append([cell])
        while len(groups) > 1 and _contradict(groups[-2][-1], groups[-1][0], line):
            last = groups.pop()
            groups[-1] += last
            _share(groups[-1], line)


def _contradict(one: _Cell, other: _Cell, line: Line) -> bool:
    one_at, other_at = one.left + one.right, other.left + other.right
    return other_at >= one_at if line.direction == "rtl" else other_at <= one_at


def _share(group: list[_Cell], line: Line) -> None:
    at, end = min(cell.left for cell in group), max(cell.right for cell in group)
    letter = (end - at) / sum(len(cell.word.text) for cell in group)
    for cell in reversed(group) if line.direction == "rtl" else group:
        cell.left, at = at, at + letter * len(cell.word.text)
        cell.right = at


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
        return _island(elements) if word.direction == "rtl" else word.text
    return "".join(reversed(list(_marked(elements))))


def _island(elements: list[str]) -> str:
    """A right-to-left word in a left-to-right line, the brackets around it left where they are."""
    inner = [number for number, element in enumerate(elements) if element not in _BRACKETS]
    start, end = (inner[0], inner[-1] + 1) if inner else (0, 0)
    core = "".join(reversed(elements[start:end]))
    return f"{''.join(elements[:start])}{LRM}{core}{LRM}{''.join(elements[end:])}"


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


def plain(text: PageText) -> PageText:
    """The same words on even lines down the page, one for each line, nothing overlapping.

    For pages whose places defeat the extractors: the words come out right and stand wrong.
    """
    page = _direction(text)
    lines = [_following(line, page) for line in text.lines if line.words]
    pitch = text.height_px / (len(lines) + 1)
    height = max(1, round(pitch / 2))
    return replace(
        text,
        lines=tuple(
            _plain_line(line, Box(0, round((number + 0.5) * pitch), text.width_px, height))
            for number, line in enumerate(lines)
        ),
    )


def _plain_line(line: Line, place: Box) -> Line:
    letters = sum(len(word.text) + 1 for word in line.words)
    letter = min(place.width / letters, place.height / 2)  # no gap as wide as a column's
    at, words = place.width - letter * letters, list(line.words)
    order = range(len(words))
    for number in reversed(order) if line.direction == "rtl" else order:
        width = letter * len(words[number].text)
        box = Box(round(at), place.y, max(1, round(width)), place.height)
        words[number], at = replace(words[number], box=box), at + width + letter
    return replace(line, words=tuple(words), box=place)
