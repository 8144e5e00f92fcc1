"""The fields of a Whoosh index, and a page as a document of them.

Whoosh is told terms as they are: its own analysis never runs. Places are kept as plain numbers,
since its own formats pickle them word by word.
"""

import struct
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from whoosh import columns, fields, formats

from index.analysis import NUMBER_FIELDS, TEXT_FIELDS, Kept
from index.engine import FACETS
from index.entry import Entry

SCHEMA_VERSION: Final = 1
FACET: Final = "by_"
FIGURES: Final = ("page_id", "case_id", "day_order", "case_order", "stamp", "length")
"""Kept as columns; length: words of the page."""
_DIGITS: Final = 12

Posting = tuple[bytes, int, float, bytes]


class Places(formats.Format):  # type: ignore[misc]  # whoosh has no types
    """Where a term stands: its places as 32-bit numbers."""

    posting_size = -1

    def __init__(self) -> None:
        super().__init__()

    def decode_frequency(self, value: bytes) -> int:
        return len(value) // 4

    decode_weight = decode_frequency


class Terms(fields.FieldType):  # type: ignore[misc]
    """A field of terms; keeps as much of each as `kept` says."""

    def __init__(self, kept: Kept) -> None:
        placed = kept is Kept.POSITIONS
        super().__init__(Places() if placed else formats.Existence(), None, scorable=False)
        self.kept = kept

    def index(self, value: list[str], **how: Any) -> Iterator[Posting]:
        del how
        if self.kept is Kept.POSITIONS:
            return _placed(value)
        return ((term.encode(), n, float(n), b"") for term, n in Counter(value).items())


def _placed(terms: Iterable[str]) -> Iterator[Posting]:
    places: dict[str, array[int]] = {}
    for place, term in enumerate(terms):
        places.setdefault(term, array("I")).append(place)
    for term, found in places.items():
        yield term.encode(), len(found), float(len(found)), found.tobytes()


def schema() -> fields.Schema:
    made = fields.Schema()
    for name, kept in TEXT_FIELDS.items():
        made.add(name, Terms(kept))
    for name in (*NUMBER_FIELDS, "access_level", "suggested", *(FACET + f for f in FACETS)):
        made.add(name, Terms(Kept.PRESENCE))
    for name in FIGURES:
        made.add(name, fields.COLUMN(columns.NumericColumn("q")))
    return made


def document(entry: Entry) -> dict[str, object]:
    """The fields of a page, as Whoosh's writer takes them."""
    made: dict[str, object] = {field: terms.split(" ") for field, terms in entry.terms.items()}
    for field, numbers in entry.numbers.items():
        made[field] = [number_term(number) for number in numbers]
    for facet, values in entry.facets.items():
        made[FACET + facet] = list(values)
    figures = (entry.page_id, entry.case_id, entry.day_order, entry.case_order, entry.stamp)
    made.update(zip(FIGURES, (*figures, entry.terms.get("exact", "").count(" ") + 1), strict=True))
    made["access_level"] = [entry.access]
    made["suggested"] = list(entry.suggested)
    return made


def number_term(number: int) -> str:
    """A number as a term, so that terms stand in the order of their numbers."""
    return f"{number:0{_DIGITS}d}"


def places(value: bytes) -> tuple[int, ...]:
    """The places in a posting of a field that keeps them."""
    return struct.unpack(f"={len(value) // 4}I", value)
