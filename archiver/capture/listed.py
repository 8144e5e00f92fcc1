"""Inside the child: the rows of a case list, as texts. CSV in any of the encodings in use, or a
spreadsheet.

Run as `python -m archiver.capture.listed FD`, see `unpacking`. Answers are batches of rows; a row
with a cell that no honest list has is named instead of given.
"""

import csv
import datetime
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from archiver.capture.sheets import Request
from archiver.capture.unpacking import main
from archiver.errors import DamagedFile
from archiver.i18n import N_

CSV: Final = "text/csv"
SPREADSHEET: Final = "application/vnd.ms-excel"
MOST_LETTERS: Final = 2_000  # of a cell
MOST_CELLS: Final = 200  # of a row
_LETTERS: Final = 50_000  # of an answer, and of a row: six bytes each at worst
_ROWS: Final = 1_000
_DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 20
# What decides how a text looks without being seen; the two joiners belong to good spelling.
_HIDDEN: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def listed(request: Request) -> Iterator[dict[str, Any]]:
    """`{"how": {...}}` once, then `{"rows": [[number, cells]], "refused": [[number, why, fact]]}`.

    Row numbers are those of the file, from 1. Raises DamagedFile.
    """
    if request.media_type == SPREADSHEET:
        how, rows = _spreadsheet(request.source)
    else:
        how, rows = _text(request.source)
    yield {"how": how}
    numbered = ((n, cells) for n, cells in enumerate(rows, 1) if any(cells))
    batch = _Batch()
    for number, cells in numbered:
        if batch.add(number, cells):
            yield batch.answer()
            batch = _Batch()
    yield batch.answer()


class _Batch:
    """As many rows as fit into one answer: a line of JSON has its bound."""

    def __init__(self) -> None:
        self._rows: list[list[Any]] = []
        self._refused: list[list[Any]] = []
        self._letters = 0

    def add(self, number: int, cells: list[str]) -> bool:
        """Whether it is full."""
        why = _complaint(cells)
        if why:
            self._refused.append([number, *why])
        else:
            self._rows.append([number, cells])
            self._letters += sum(map(len, cells))
        return self._letters > _LETTERS or len(self._rows) + len(self._refused) > _ROWS

    def answer(self) -> dict[str, Any]:
        return {"rows": self._rows, "refused": self._refused}


def _complaint(cells: Sequence[str]) -> tuple[str, str] | None:
    if len(cells) > MOST_CELLS:
        return "cells", str(len(cells))
    longest, together = max(map(len, cells)), sum(map(len, cells))
    if longest > MOST_LETTERS or together > _LETTERS:
        return "letters", str(longest if longest > MOST_LETTERS else together)
    hidden = next(filter(None, map(_HIDDEN.search, cells)), None)
    return ("hidden", f"U+{ord(hidden[0]):04X}") if hidden else None


def _text(source: str) -> tuple[dict[str, str], Iterator[list[str]]]:
    content = Path(source).read_bytes()
    encoding = encoding_of(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DamagedFile(detail=N_("its text cannot be decoded")) from error
    csv.field_size_limit(len(text) + 1)
    delimiter = delimiter_of(list(islice(StringIO(text, newline=""), _SAMPLE)))
    lines = StringIO(text, newline="")
    rows = ([cell.strip() for cell in row] for row in csv.reader(lines, delimiter=delimiter))
    return {"encoding": encoding, "delimiter": delimiter}, _sound(rows)


def _sound(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error as error:
        raise DamagedFile(detail=N_("a row cannot be told from the next")) from error


def encoding_of(content: bytes) -> str:
    """utf-8-sig, utf-16, utf-16-le, utf-16-be, or else cp1256, in which any bytes are letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = content[:4096]
    if b"\0" in head:  # the line ends and figures of UTF-16 hold it, no other encoding does
        return "utf-16-le" if head[1::2].count(0) >= head[0::2].count(0) else "utf-16-be"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1256"
    return "utf-8-sig"


def delimiter_of(lines: Sequence[str]) -> str:
    """The mark that parts the first lines into the most columns, the same for most of them."""

    def evenness(mark: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=mark) if row]
        usual = max(counts, key=counts.count, default=1)
        return (counts.count(usual) if usual > 1 else 0, usual)

    return max(_DELIMITERS, key=evenness)


def _spreadsheet(source: str) -> tuple[dict[str, str], Iterator[list[str]]]:
    try:
        book = CalamineWorkbook.from_path(source)
        for name in book.sheet_names:
            found = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(any(cell != "" for cell in row) for row in found):
                rows = ([shown(cell) for cell in row] for row in found)
                return {"encoding": "", "delimiter": "", "sheet": name[:100]}, rows
    except (CalamineError, ValueError) as error:
        raise DamagedFile(detail=N_("it is no whole spreadsheet")) from error
    return {"encoding": "", "delimiter": "", "sheet": ""}, iter(())


def shown(cell: object) -> str:
    """A cell of a spreadsheet as the text that a person sees in it."""
    match cell:
        case bool():
            return "1" if cell else "0"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime.datetime():
            return cell.date().isoformat()
        case datetime.date():
            return cell.isoformat()
        case _:
            return str(cell).strip()


if __name__ == "__main__":
    main(listed)
