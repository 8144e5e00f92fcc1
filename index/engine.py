"""What every search engine does for the station, none of it in the engine's own words.

An index is disposable: the pages are kept elsewhere, and whoever meets IndexOutdated or
IndexDamaged makes a new one and adds them again. One process writes at a time; any number read,
and see a commit of another process at their next search. An open engine may be used by several
threads at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal, Protocol, get_args

from index.entry import Entry
from index.match import Match
from index.page import IndexedPage
from index.tree import Node

FacetName = Literal["year", "circuit", "kind", "series", "lot", "station", "checked"]
FACETS: Final[tuple[FacetName, ...]] = get_args(FacetName)
SURE: Final = frozenset({Match.OWN_NUMBER, Match.NAMED_NUMBER, Match.EXACT, Match.STEM})
"""The matches that are what was asked for; all others are probable misreadings of it."""
FACET_VALUES: Final = 50  # the most frequent of a facet; the others are not told
SuggestionKind = Literal["case", "party", "subject"]
Levels = frozenset[str] | None
"""Access levels that may be seen, counted and suggested; None for all."""


class Sort(StrEnum):
    """The order of hits, within what matches and within what was probably misread."""

    RELEVANCE = "relevance"
    DATE = "date"  # the newest first, pages without a date last
    CASE = "case"  # by judicial year, number and page; items without a number last


@dataclass(frozen=True, slots=True)
class Hit:
    page_id: int
    case_id: int
    score: float  # comparable within one search only; 0 where hits are sorted otherwise
    why: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Count:
    value: str  # of the facet: a code, or a figure
    pages: int


@dataclass(frozen=True, slots=True)
class Hits:
    total: int  # all pages that match, whatever limit and offset
    hits: tuple[Hit, ...]  # surest first
    sure: int = 0  # of the total, those that stand before the probable misreadings
    facets: Mapping[str, tuple[Count, ...]] = field(default_factory=dict)  # most frequent first


@dataclass(frozen=True, slots=True)
class Suggestion:
    kind: SuggestionKind
    text: str  # as written
    files: int  # case files that have it


class Engine(Protocol):
    """An open index. All calls raise IndexDamaged where the index is no longer whole."""

    @property
    def version(self) -> str:
        """Engine, schema and analysis in one line; another line means: rebuild."""

    def add(self, pages: Iterable[IndexedPage | Entry], *, new: bool = False) -> None:
        """Add pages, replacing those of the same id; seen and safe after `commit`.

        new: none of the ids is in it yet, which is quicker.
        Raises IndexBusy where another process writes, IndexNotWritten where the disk refuses.
        """

    def delete(self, page_ids: Iterable[int]) -> None:
        """Take pages out; ids that are not there are ignored. Raises IndexBusy."""

    def commit(self, *, more: bool = False) -> None:
        """Make everything added and deleted durable, then visible.

        more: this process goes on writing; else other writers are let in.
        """

    def search(
        self,
        query: Node,
        *,
        limit: int = 20,
        offset: int = 0,
        levels: Levels = None,
        exact: bool = False,
        sort: Sort = Sort.RELEVANCE,
        facets: Sequence[FacetName] = (),
    ) -> Hits:
        """Pages that match, then those whose words were probably misread.

        exact: neither stems nor similar words. facets: which to count, over all hits.
        """

    def suggest(self, typed: str, *, limit: int = 10, levels: Levels = None) -> list[Suggestion]:
        """Case numbers, parties and subject headings with a word that begins as typed."""

    def similar(self, page: IndexedPage, *, limit: int = 10, levels: Levels = None) -> Hits:
        """Pages of other case files that share the telling words of `page`."""

    def count(self, *, levels: Levels = None) -> int:
        """How many pages are in it, of these access levels."""

    def held(self, first: int, last: int) -> dict[int, int]:
        """The pages with ids from `first` to `last`, and the stamp each was added with."""

    def close(self) -> None:
        """Let go of the writer; what was not committed is dropped."""
