"""A page as engines take it in: its terms, and what it is sorted, counted and known by."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from index.analysis import analysed
from index.arabic import fold_text
from index.page import IndexedPage

ENTRY_VERSION: Final = 1  # raised by hand whenever an entry carries other values
NO_NUMBER: Final = 2**61  # stands behind every case number
APART: Final = "\t"
_SUGGESTED_WORDS: Final = 6  # a name is suggested from any of its first words on
_PAGES: Final = 100_000  # more than a case file has
_NUMBERS: Final = 1_000_000 * _PAGES


@dataclass(frozen=True, slots=True)
class Entry:
    """What an engine keeps of a page.

    terms, numbers: as AnalysedPage has them. facets: the values by which hits are counted, as
    they were given. suggested: "folded beginning, TAB, kind, TAB, as written"; only on the first
    page of a case file.
    """

    page_id: int
    case_id: int
    terms: Mapping[str, str]
    numbers: Mapping[str, tuple[int, ...]]
    facets: Mapping[str, tuple[str, ...]]
    access: str
    day_order: int  # its newest day, 19510314; 0 without one
    case_order: int  # judicial year, number, page
    suggested: tuple[str, ...]
    stamp: int  # 63 bits of a hash of all that the page was given with


def entry(page: IndexedPage) -> Entry:
    """`page`, analysed."""
    found = analysed(page)
    return Entry(
        page_id=page.page_id,
        case_id=page.case_id,
        terms={field: terms for field, terms in found.terms.items() if terms},
        numbers=found.numbers,
        facets=_facets(page, found.numbers["year"]),
        access=page.access,
        day_order=max(map(_day_order, page.dates), default=0),
        case_order=_case_order(page),
        suggested=tuple(_suggested(page)) if page.position <= 1 else (),
        stamp=stamp(page),
    )


def entries(pages: Iterable[IndexedPage]) -> list[Entry]:
    """A batch, as a task for a process pool."""
    return [entry(page) for page in pages]


def stamp(page: IndexedPage) -> int:
    """Another one wherever anything that `page` is found by is another."""
    told = repr(tuple(getattr(page, name) for name in IndexedPage.__dataclass_fields__))
    digest = hashlib.blake2b(told.encode("utf-8", "backslashreplace"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _facets(page: IndexedPage, years: tuple[int, ...]) -> dict[str, tuple[str, ...]]:
    codes = ("circuit", "kind", "series", "lot", "station")
    found: dict[str, tuple[str, ...]]
    found = {name: (value,) for name in codes if (value := getattr(page, name))}
    found["checked"] = ("yes" if page.checked else "no",)
    if years:
        found["year"] = tuple(map(str, years))
    return found


def _day_order(written: str) -> int:
    year, month, day = (*map(int, written.split("-")), 0, 0)[:3]
    return year * 10_000 + month * 100 + day


def _case_order(page: IndexedPage) -> int:
    if not page.keys:
        return NO_NUMBER + page.case_id * _PAGES + page.position
    number, _, year = page.keys[0].partition("/")
    return int(year) * _NUMBERS + int(number) * _PAGES + page.position


def _suggested(page: IndexedPage) -> Iterable[str]:
    for key in page.keys:
        yield f"{key}{APART}case{APART}{key}"
    for kind, texts in (("party", page.parties), ("subject", page.subjects)):
        for text in dict.fromkeys(" ".join(text.split()) for text in texts):
            words = fold_text(text).split()
            for at in range(min(len(words), _SUGGESTED_WORDS)):
                yield f"{' '.join(words[at:])}{APART}{kind}{APART}{text}"
