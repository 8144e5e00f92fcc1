"""A page made into the terms of every field: the one analysis behind every engine."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from index.arabic import case_terms, code_terms, terms
from index.days import day_number
from index.page import IndexedPage
from index.variants import likely_numbers, near_numbers, variant_terms
from index.word import name_of, word_of

# Raised by hand whenever folding, stemming, variants or the case-number parser give other terms.
ANALYSIS_VERSION: Final = 4


class Kept(StrEnum):
    """What an engine keeps of a field's terms."""

    POSITIONS = "positions"  # where each stands, and how often
    COUNTS = "counts"  # how often
    PRESENCE = "presence"  # that it is there


TEXT_FIELDS: Final[Mapping[str, Kept]] = {
    "exact": Kept.POSITIONS,
    "stem": Kept.COUNTS,
    "variant": Kept.PRESENCE,
    "title": Kept.POSITIONS,
    "party": Kept.POSITIONS,
    "party_variant": Kept.PRESENCE,
    "judge": Kept.POSITIONS,
    "judge_variant": Kept.PRESENCE,
    "subject": Kept.POSITIONS,
    "key": Kept.PRESENCE,
    "named": Kept.PRESENCE,
    "near_number": Kept.PRESENCE,
    "series": Kept.PRESENCE,
    "kind": Kept.PRESENCE,
    "circuit": Kept.PRESENCE,
    "access": Kept.PRESENCE,
    "lot": Kept.PRESENCE,
    "box": Kept.PRESENCE,
    "station": Kept.PRESENCE,
    "checked": Kept.PRESENCE,
}
"""Fields of terms; no term has white space in it."""

NUMBER_FIELDS: Final = ("page", "case", "year", "day")
"""Fields of whole numbers from 0 on, several a page; a day is written 19510314."""

_FILES: Final = 64  # case files whose names are remembered: their pages come one behind the other
CODES: Final = ("series", "kind", "circuit", "access", "lot", "box", "station")


@dataclass(frozen=True, slots=True)
class AnalysedPage:
    """terms: of each of TEXT_FIELDS, parted by spaces, in order, those of a field that is kept by
    presence each once, but for variants. numbers: of each of NUMBER_FIELDS."""

    terms: Mapping[str, str]
    numbers: Mapping[str, tuple[int, ...]]


def analysed(page: IndexedPage) -> AnalysedPage:
    """What every engine indexes of `page`."""
    read = terms(page.text)
    words = [*map(word_of, read)]
    named = case_terms(page.text)
    found: dict[str, Iterable[str]] = {
        "exact": read,
        "stem": [each.stem for each in words],
        "variant": (variant_terms(words),),
        "title": terms(page.title),
        "party": _all_terms(page.parties),
        "party_variant": _misread_names(page.parties),
        "judge": _all_terms(page.judges),
        "judge_variant": _misread_names(page.judges),
        "subject": _all_terms(page.subjects),
        "key": page.keys,
        "named": named,
        "near_number": dict.fromkeys(
            near_numbers((*page.keys, *named, *likely_numbers(page.text)))
        ),
        **{code: code_terms(getattr(page, code)) for code in CODES},
        "checked": ("yes" if page.checked else "no",),
    }
    return AnalysedPage({field: " ".join(each) for field, each in found.items()}, _numbers(page))


@lru_cache(_FILES)
def _misread_names(names: tuple[str, ...]) -> tuple[str, ...]:
    return (variant_terms([*map(name_of, _all_terms(names))]),)


@lru_cache(_FILES)
def _all_terms(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(term for text in texts for term in terms(text))


def _numbers(page: IndexedPage) -> dict[str, tuple[int, ...]]:
    return {
        "page": (page.page_id,),
        "case": (page.case_id,),
        "year": tuple(sorted(_years(page))),
        "day": tuple(sorted({day for written in page.dates for day in _days(written)})),
    }


def _years(page: IndexedPage) -> set[int]:
    """The judicial years of its numbers and its own further year."""
    years = {int(key.rpartition("/")[2]) for key in page.keys}
    return years if page.year is None else years | {page.year}


def _days(written: str) -> Iterator[int]:
    """The day of a date; every day of a month without a day, of a year each month's first."""
    year, month, day = (*(int(part) for part in written.split("-")), 0, 0)[:3]
    months = [month] if month else range(1, 13)
    days = [day] if day else range(1, 32) if month else [1]
    yield from (day_number(year, month, day) for month in months for day in days)
