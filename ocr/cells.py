"""The order people read in, where it is not the reader's: cells of tables, leaves of a book."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import groupby

from ocr import direction
from ocr.imaging.arrays import Size
from ocr.imaging.rules import Table
from ocr.page import Box, Direction, Line, Word
from ocr.tsv import around

OVERLAP = 0.5  # of the lower of two words: what shares so much height stands on one line

Cell = tuple[int, int]
"""Row from the head, column in reading order."""


def in_cells(
    lines: Sequence[Line], tables: Sequence[Table], page: Size, usual: Direction
) -> tuple[Line, ...]:
    """`lines` with the words of each table put cell after cell, in place of its first line.

    lines, page: in pixels of the page that `tables` were found on. usual: which column comes
    first. A row whose cells hold one line each stays one line; else every line of every cell
    is a line of its own, for a line has one height.
    """
    found = list(lines)
    for table in tables:
        found = _with_table(found, table, page, usual)
    return tuple(found)


def by_leaves(
    lines: Sequence[Line], gutter: float, page: Size, usual: Direction
) -> tuple[Line, ...]:
    """The lines of one leaf, then of the other; the right one first where `usual` is rtl.

    gutter: in shares of the width. A line that was read across the gutter is cut there.
    """
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        for leaf, is_left in ((left, True), (right, False)):
            words = [w for w in line.words if _is_left(w.box, gutter, page) == is_left]
            if words:
                whole = len(words) == len(line.words)
                leaf.append(line if whole else _line(words, line.direction))
    return (*right, *left) if usual == "rtl" else (*left, *right)


def _is_left(box: Box, gutter: float, page: Size) -> bool:
    return box.x + box.width / 2 < gutter * page.width


def _with_table(lines: list[Line], table: Table, page: Size, usual: Direction) -> list[Line]:
    outside: list[Line] = []
    cells: dict[Cell, list[list[Word]]] = {}
    place: int | None = None
    for line in lines:
        rest: list[Word] = []
        parts: dict[Cell, list[Word]] = {}
        for word in line.words:
            cell = _cell(word.box, table, page, usual)
            (rest if cell is None else parts.setdefault(cell, [])).append(word)
        for cell, words in parts.items():
            cells.setdefault(cell, []).append(words)
            place = len(outside) if place is None else place
        if rest:
            outside.append(_line(rest, line.direction) if parts else line)
    if place is None:
        return lines
    return [*outside[:place], *_rows(cells, usual), *outside[place:]]


def _cell(box: Box, table: Table, page: Size, usual: Direction) -> Cell | None:
    row = bisect(table.across, (box.y + box.height / 2) / page.height)
    column = bisect(table.down, (box.x + box.width / 2) / page.width)
    if not (0 < row < len(table.across) and 0 < column < len(table.down)):
        return None
    return row, -column if usual == "rtl" else column


def _rows(cells: dict[Cell, list[list[Word]]], usual: Direction) -> Iterator[Line]:
    for _, row in groupby(sorted(cells), key=lambda cell: cell[0]):
        pieces = [_by_height(cells[cell]) for cell in row]
        if all(len(piece) == 1 for piece in pieces):
            yield _line([word for piece in pieces for word in piece[0]], usual)
        else:
            yield from (_line(words, usual) for piece in pieces for words in piece)


def _by_height(pieces: list[list[Word]]) -> list[list[Word]]:
    """Pieces of lines in one cell from the head down; those of one height are one line.

    A reader may have torn a line in two, or read a wide cell after a narrow one.
    """
    lines: list[list[Word]] = []
    for piece in sorted(pieces, key=lambda words: around([w.box for w in words]).y):
        if lines and _level(lines[-1], piece):
            lines[-1].extend(piece)
        else:
            lines.append(list(piece))
    return lines


def _level(one: list[Word], other: list[Word]) -> bool:
    a, b = (around([word.box for word in words]) for words in (one, other))
    shared = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    return shared > OVERLAP * min(a.height, b.height)


def _line(words: list[Word], usual: Direction) -> Line:
    way = direction.of_line([word.text for word in words], usual)
    return Line(tuple(words), around([word.box for word in words]), way)
