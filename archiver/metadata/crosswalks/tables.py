"""Descriptions as rows of a table, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from archiver.metadata.crosswalks.described import Described

SEPARATOR: Final = " | "  # between the values of one field
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
EXCEL_MARK: Final = "\ufeff"
FIRST: Final = ("profile", "reference", "uid", "pages")


def cell(text: str) -> str:
    """`text` as a spreadsheet may have it: what would be a formula there is marked as text."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def line(cells: Iterable[str]) -> str:
    """One line of CSV as RFC 4180 has it, every cell safe."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([cell(text) for text in cells])
    return out.getvalue()


def columns(profiles: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The fields of several profiles, each once, in the order they come."""
    return tuple(dict.fromkeys(name for names in profiles for name in names))


def row(described: Described, names: Sequence[str]) -> Iterator[str]:
    """The cells of FIRST, then those of the fields `names`."""
    yield from (
        described.profile.id, described.reference, described.uid, str(described.pages)
    )  # fmt: skip
    for name in names:
        field = described.profile.field(name)
        values = described.values.get(name, ()) if field else ()
        yield SEPARATOR.join(described.text(field, value) for value in values) if field else ""
