"""Find pages by what is written on them and by the number of their case file."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from archiver.errors import BadQuery, IndexLost
from archiver.i18n import LANGUAGES, N_, _, digits, ngettext
from archiver.model.casefile import CaseFile, Document, Page
from archiver.store import cases, pages
from archiver.workflow.indexed_pages import indexed_pages
from archiver.workflow.queries import page_text
from archiver.workflow.station import Station
from archiver.workflow.vocabulary import items, label
from index import query as language
from index.engine import Count, FacetName, Sort, Suggestion
from index.engine import Hit as IndexHit
from index.errors import IndexDamaged, IndexOutdated, QueryError
from index.highlight import Snippet, matching_words, snippet
from index.tree import Node, Or
from ocr.page import Box

_EXPECTED = {
    "something_to_find": N_("something to find was expected"),
    "closing_quote": N_("a closing quotation mark was expected"),
    "closing_bracket": N_("a closing bracket was expected"),
    "opening_bracket": N_("there is no opening bracket for it"),
    "known_field": N_(
        "that is no field; the fields are case, text, party, judge, date, year, circuit, kind, "
        "series, subject, title, lot, box, station, checked"
    ),
    "case_number": N_("a case number such as 99001/93 was expected"),
    "year": N_("a year was expected"),
    "field_value": N_("something was expected behind the field"),
    "prefix_letters": N_("two letters or more were expected before *"),
    "one_word": N_("one word was expected before ~"),
    "date": N_("a date such as 1951, 14/3/1951, 1370 or 1951..1953 was expected"),
    "later_date": N_("the second date was expected to be the later one"),
    "shorter_query": N_("a shorter search was expected"),
    "fewer_words": N_("fewer words were expected"),
    "fewer_brackets": N_("fewer brackets inside brackets were expected"),
}

_VOCABULARIES: Final = {"kind": "document_kind", "series": "docket_series", "circuit": "circuit"}
_FACETS: Final = {
    "year": N_("Year"),
    "circuit": N_("Circuit"),
    "kind": N_("Document"),
    "series": N_("Series"),
    "lot": N_("Lot"),
    "station": N_("Station"),
    "checked": N_("Checked"),
}
_WHY: Final = {
    "own_number": N_("of this case"),
    "named_number": N_("names this case"),
    "exact": N_("as typed"),
    "stem": N_("another form of the word"),
    "shape": N_("probably misread, looks the same"),
    "similar": N_("probably misread"),
    "near_number": N_("a number one digit apart"),
    "most": N_("not all of the words"),
}
_NOTHING: Final = Or(())  # finds and marks no word


class NothingRead(IndexLost):
    what = N_("No page of this archive has been read yet, so there is nothing to find.")
    advice = N_("Bring pages in and run “archiver process”.")


@dataclass(frozen=True, slots=True)
class Hit:
    case: CaseFile
    document: Document
    page: Page
    snippet: Snippet
    words: tuple[int, ...]  # which words of the page matched, in reading order from 0
    why: tuple[str, ...]  # codes of index.match.Match, surest first


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str  # as a query names it
    word: str  # as a person reads it
    pages: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    query: str
    total: int  # pages, whatever the limit
    hits: tuple[Hit, ...]  # those that match, then those whose words were probably misread
    seconds: float
    sure: int = 0  # of the total, those that match
    offset: int = 0
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)

    @property
    def sure_here(self) -> int:
        """How many of `hits` match."""
        return min(max(self.sure - self.offset, 0), len(self.hits))


def search(
    station: Station,
    query: str,
    *,
    limit: int = 50,
    offset: int = 0,
    levels: frozenset[str] | None = None,
    sort: str = Sort.RELEVANCE,
    exact: bool = False,
    facets: Sequence[FacetName] = (),
) -> SearchResult:
    """The pages that match `query`, surest first.

    levels: the access levels the person may see; None for all. exact: no tolerance at all.
    facets: what to count over all hits. Raises BadQuery, IndexLost.
    """
    started = time.monotonic()
    with asking(station):
        tree = language.parse(query, codes())
        found = station.index.search(
            tree,
            limit=limit,
            offset=offset,
            levels=levels,
            sort=Sort(sort),
            exact=exact,
            facets=facets,
        )
    shown = _Shown(station, lambda page: _words_of(page, tree, exact))
    return SearchResult(
        query,
        found.total,
        shown.hits(found.hits),
        time.monotonic() - started,
        found.sure,
        offset,
        {name: _facet(name, counts) for name, counts in found.facets.items()},
    )


def similar(
    station: Station, page: Page, *, limit: int = 20, levels: frozenset[str] | None = None
) -> SearchResult:
    """Pages of other case files that are about the same as `page`. Raises IndexLost."""
    started = time.monotonic()
    (told,) = indexed_pages(station, [page])
    with asking(station):
        found = station.index.similar(told, limit=limit, levels=levels)
    hits = _Shown(station, lambda page: (snippet(page.text, _NOTHING), ())).hits(found.hits)
    return SearchResult("", found.total, hits, time.monotonic() - started, found.total)


def suggest(
    station: Station, typed: str, *, limit: int = 10, levels: frozenset[str] | None = None
) -> list[Suggestion]:
    """What may be meant by what was typed so far. Raises IndexLost."""
    with asking(station):
        return station.index.suggest(typed, limit=limit, levels=levels)


def hit_boxes(station: Station, hit: Hit) -> tuple[Box, ...]:
    """Where the matched words of a hit stand, in pixels of the upright page."""
    read = page_text(station, hit.page) if hit.words else None
    words = read.words if read else ()
    return tuple(words[number].box for number in hit.words if number < len(words))


@contextmanager
def asking(station: Station) -> Iterator[None]:
    """An archive that has no index since it has nothing to find is told as that."""
    try:
        with search_faults():
            yield
    except IndexLost as error:
        if pages.are_read(station.database.connection, 0):
            raise
        raise NothingRead from error


@contextmanager
def search_faults() -> Iterator[None]:
    """What can be wrong with a question or with the index, as people read it."""
    try:
        yield
    except QueryError as error:
        expected = _(_EXPECTED[error.expected])
        raise BadQuery(place=error.position + 1, expected=expected) from error
    except (IndexOutdated, IndexDamaged) as error:
        raise IndexLost from error


class _Shown:
    """Hits with what is known of their pages, each case file looked up once."""

    def __init__(
        self, station: Station, words: Callable[[Page], tuple[Snippet, tuple[int, ...]]]
    ) -> None:
        self._connection = station.database.connection
        self._words = words
        self._cases: dict[int, CaseFile | None] = {}
        self._documents: dict[int, Document | None] = {}

    def hits(self, found: Sequence[IndexHit]) -> tuple[Hit, ...]:
        """A page that is gone since it was indexed is left out."""
        by_id = {
            page.id: page for page in pages.by_ids(self._connection, [h.page_id for h in found])
        }
        return tuple(self._hit(by_id[h.page_id], h) for h in found if h.page_id in by_id)

    def _hit(self, page: Page, found: IndexHit) -> Hit:
        if page.case_id not in self._cases:
            self._cases[page.case_id] = cases.by_id(self._connection, page.case_id)
        if page.document_id not in self._documents:
            document = cases.document(self._connection, page.document_id)
            self._documents[page.document_id] = document
        case, document = self._cases[page.case_id], self._documents[page.document_id]
        if case is None or document is None:
            raise LookupError(page.id)
        piece, words = self._words(page)
        return Hit(case, document, page, piece, words, tuple(why.value for why in found.why))


def _words_of(page: Page, tree: Node, exact: bool) -> tuple[Snippet, tuple[int, ...]]:
    words = page.text.split()
    marked = matching_words(words, tree, exact=exact)
    return snippet(" ".join(words), tree, exact=exact), marked  # the same text is looked at once


def _facet(name: str, counts: Sequence[Count]) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(c.value, facet_word(name, c.value), c.pages) for c in counts)


def facet_word(facet: str, value: str) -> str:
    """A value of a facet as a person reads it."""
    if facet == "checked":
        return _("checked") if value == "yes" else _("not checked")
    if facet in _VOCABULARIES:
        return label(_VOCABULARIES[facet], value)
    return digits(value)


def facet_name(facet: str) -> str:
    return _(_FACETS[facet])


def why_word(why: str) -> str:
    """Why a page is a hit, in words."""
    return _(_WHY[why])


def words_on(page: Page, query: str, *, exact: bool = False) -> tuple[int, ...]:
    """Which words of `page` match, in reading order from 0. Raises BadQuery."""
    with search_faults():
        tree = language.parse(query, codes())
    return matching_words(page.text.split(), tree, exact=exact)


def codes() -> dict[str, dict[str, str]]:
    """The words of the vocabularies, in both languages, for the codes behind them."""
    known = {
        name: {
            item[spoken]: code for code, item in items(vocabulary).items() for spoken in LANGUAGES
        }
        for name, vocabulary in _VOCABULARIES.items()
    }
    return known | {"checked": {"نعم": "yes", "لا": "no"}}


def told(result: SearchResult) -> str:
    """The result as one sentence."""
    words = ngettext("{count} page in {seconds} s", "{count} pages in {seconds} s", result.total)
    return words.format(count=digits(result.total), seconds=digits(f"{result.seconds:.2f}"))
