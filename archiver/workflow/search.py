"""Find pages by what is written on them and by the number of their case file."""

import time
from dataclasses import dataclass

from archiver.errors import BadQuery, IndexLost
from archiver.i18n import LANGUAGES, N_, _, digits, ngettext
from archiver.model.casefile import CaseFile, Document, Page
from archiver.store import cases, pages
from archiver.workflow.station import Station
from archiver.workflow.vocabulary import items
from index import query as language
from index.errors import IndexDamaged, IndexOutdated, QueryError
from index.highlight import Snippet, matching_words, snippet
from index.tree import Node

_EXPECTED = {
    "something_to_find": N_("something to find was expected"),
    "closing_quote": N_("a closing quotation mark was expected"),
    "closing_bracket": N_("a closing bracket was expected"),
    "opening_bracket": N_("there is no opening bracket for it"),
    "known_field": N_("that is no field; the fields are case, text, kind, series, year, title"),
    "case_number": N_("a case number such as 99001/93 was expected"),
    "year": N_("a year was expected"),
    "field_value": N_("something was expected behind the field"),
    "prefix_letters": N_("two letters or more were expected before *"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    case: CaseFile
    document: Document
    page: Page
    snippet: Snippet
    words: tuple[int, ...]  # which words of the page matched, in reading order from 0
    why: tuple[str, ...]  # codes of index.engine.Match, surest first


@dataclass(frozen=True, slots=True)
class SearchResult:
    query: str
    total: int  # pages, whatever the limit
    hits: tuple[Hit, ...]
    seconds: float


def search(
    station: Station,
    query: str,
    *,
    limit: int = 50,
    offset: int = 0,
    levels: frozenset[str] | None = None,
) -> SearchResult:
    """The pages that match `query`, surest first.

    levels: the access levels the person may see; None for all. Raises BadQuery, IndexLost.
    """
    started = time.monotonic()
    try:
        tree = language.parse(query, _codes())
        found = station.index.search(tree, limit=limit, offset=offset, levels=levels)
    except QueryError as error:
        expected = _(_EXPECTED[error.expected])
        raise BadQuery(place=error.position + 1, expected=expected) from error
    except (IndexOutdated, IndexDamaged) as error:
        raise IndexLost from error
    hits = []
    for hit in found.hits:
        page = pages.by_id(station.database.connection, hit.page_id)
        if page is not None:
            hits.append(_hit(station, page, tree, tuple(why.value for why in hit.why)))
    return SearchResult(query, found.total, tuple(hits), time.monotonic() - started)


def _codes() -> dict[str, dict[str, str]]:
    """The words of the vocabularies, in both languages, for the codes behind them."""
    vocabularies = {"kind": "document_kind", "series": "docket_series"}
    return {
        field: {item[spoken]: code for code, item in items(name).items() for spoken in LANGUAGES}
        for field, name in vocabularies.items()
    }


def _hit(station: Station, page: Page, tree: Node, why: tuple[str, ...]) -> Hit:
    connection = station.database.connection
    case = cases.by_id(connection, page.case_id)
    document = cases.document(connection, page.document_id)
    if case is None or document is None:
        raise LookupError(page.id)
    words = matching_words(page.text.split(), tree)
    return Hit(case, document, page, snippet(page.text, tree), words, why)


def told(result: SearchResult) -> str:
    """The result as one sentence."""
    words = ngettext("{count} page in {seconds} s", "{count} pages in {seconds} s", result.total)
    return words.format(count=digits(result.total), seconds=digits(f"{result.seconds:.2f}"))
