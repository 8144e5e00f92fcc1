"""What every search engine does for the station: eight calls, none in the engine's own words.

An index is disposable: the pages are kept elsewhere, and whoever meets IndexOutdated or
IndexDamaged makes a new one and adds them again. One process writes at a time; any number read,
and see a commit of another process at their next search.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from index.match import Match
from index.tree import Node

SIMILAR_FROM_LETTERS: Final = 5  # a shorter word has too many real neighbours one letter apart


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """One page as it is searched."""

    page_id: int
    case_id: int
    text: str
    keys: tuple[str, ...] = ()  # canonical case numbers of its file: "1234/56"
    series: str = ""  # docket series code of those numbers
    kind: str = ""  # document kind code
    title: str = ""  # of its case file or document
    access: str = ""  # access level code
    year: int | None = None  # a further year to be found by, beside those of the keys
    parties: tuple[str, ...] = ()  # names as written, of the file and of this page's heading
    judges: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()  # hearings and documents: 1951-12-04, 1951-12, 1951
    circuit: str = ""  # circuit code
    subjects: tuple[str, ...] = ()  # subject headings, as written
    lot: str = ""
    box: str = ""
    station: str = ""  # where it was scanned
    checked: bool = False  # a second person checked its file
    position: int = 0  # in its case file, from 1: the order of a file's pages


@dataclass(frozen=True, slots=True)
class Hit:
    page_id: int
    case_id: int
    score: float  # comparable within one search only
    why: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    total: int  # all pages that match, whatever limit and offset
    hits: tuple[Hit, ...]  # surest first


class Engine(Protocol):
    """An open index. All calls raise IndexDamaged where the index is no longer whole."""

    @property
    def version(self) -> str:
        """Engine, schema and analysis in one line; another line means: rebuild."""

    def add(self, pages: Iterable[IndexedPage]) -> None:
        """Add pages, replacing those of the same id; seen and safe after `commit`.

        Raises IndexBusy where another process writes.
        """

    def delete(self, page_ids: Iterable[int]) -> None:
        """Take pages out; ids that are not there are ignored. Raises IndexBusy."""

    def commit(self) -> None:
        """Make everything added and deleted durable, then visible, and let other writers in."""

    def search(
        self,
        query: Node,
        *,
        limit: int = 20,
        offset: int = 0,
        levels: frozenset[str] | None = None,
        exact: bool = False,
    ) -> Hits:
        """Pages that match, surest first.

        levels: the access levels that may be seen and counted, None for all.
        exact: neither stems nor similar words.
        """

    def count(self, *, levels: frozenset[str] | None = None) -> int:
        """How many pages are in it, of these access levels."""

    def close(self) -> None:
        """Let go of the writer; what was not committed is dropped."""
