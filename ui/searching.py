"""What the Search screen asks, off the event loop."""

from collections.abc import Mapping
from dataclasses import dataclass

from archiver.model.casefile import CaseFile, Page
from archiver.workflow import queries
from archiver.workflow.access import levels_seen
from archiver.workflow.narrowing import counted_beside, finding, narrowed
from archiver.workflow.open_case import open_case
from archiver.workflow.search import FacetValue, SearchResult, search, suggest, words_on
from archiver.workflow.station import Station
from index.engine import FACETS, FacetName, Sort, Suggestion
from ocr.page import PageText
from ui.models.hits import HitRow, hit_rows
from ui.models.pages import PageRow, page_rows
from ui.words import translate

LIMIT = 50
OFFERED = 8

Choice = Mapping[FacetName, frozenset[str]]


def sorts() -> dict[str, str]:
    return {
        Sort.RELEVANCE: translate("Search", "Surest first"),
        Sort.DATE: translate("Search", "Newest hearing first"),
        Sort.CASE: translate("Search", "By case number"),
    }


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search as it is asked; `choice` narrows it."""

    typed: str
    choice: Choice
    sort: str = Sort.RELEVANCE
    exact: bool = False

    @property
    def query(self) -> str:
        """All of it as one text. Raises BadQuery."""
        return narrowed(self.typed, self.choice)


@dataclass(frozen=True, slots=True)
class Found:
    wanted: Wanted
    result: SearchResult
    rows: tuple[HitRow, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]  # empty where more of the same was asked for


def find(
    station: Station, person: str, wanted: Wanted, offset: int = 0, *, parted: bool = False
) -> Found:
    """parted: the hits before `offset` reach into those that are only likely.

    Raises BadQuery, IndexLost.
    """
    levels = levels_seen(station, person)
    result = search(
        station,
        wanted.query,
        limit=LIMIT,
        offset=offset,
        levels=levels,
        sort=wanted.sort,
        exact=wanted.exact,
        facets=() if offset else FACETS,
    )
    facets = dict(result.facets)
    if not offset:
        beside = counted_beside(
            station, wanted.typed, wanted.choice, levels=levels, exact=wanted.exact
        )
        facets.update(beside)
    return Found(wanted, result, hit_rows(station, result, wanted.sort, parted=parted), facets)


@dataclass(frozen=True, slots=True)
class Offer:
    suggestion: Suggestion
    query: str  # that finds it


def offers(station: Station, person: str, typed: str) -> tuple[Offer, ...]:
    """What may be meant by what is typed so far. Raises IndexLost."""
    levels = levels_seen(station, person)
    found = suggest(station, typed, limit=OFFERED, levels=levels)
    return tuple(Offer(each, finding(each)) for each in found)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as it lies on the desk of the Search screen."""

    case: CaseFile
    row: PageRow
    read: PageText | None
    words: tuple[int, ...]  # that match
    leaves: tuple[int, ...]  # page ids of its case file, without blank backs


def leaf(station: Station, page: Page, wanted: Wanted) -> Leaf:
    """`page` with the words that `wanted` finds on it. Raises BadQuery, NoSuchCase."""
    view = open_case(station, page.case_id)
    here = page_rows(view)[view.pages.place(page.id)]
    read = queries.page_text(station, here.page)
    words = words_on(here.page, wanted.query, exact=wanted.exact) if read else ()
    leaves = tuple(row.id for row in view.pages.outline if not row.blank or row.id == page.id)
    return Leaf(view.case, here, read, words, leaves)
