"""Pure changes of an arrangement: split, merge, move, place. Numbers are those that people see.

Pages and documents are counted from 1, through the whole case file. A document that loses its last
page is gone. Each function gives a new arrangement and raises what the request got wrong.
"""

from dataclasses import replace

from archiver.errors import RequestRefused
from archiver.i18n import N_
from archiver.model.arrangement import Arrangement, PageFacts, Placed

NEW_KIND = "unsorted"


class NoSuchDocument(RequestRefused):
    what = N_("There is no document {document}; the case file has {count}.")
    advice = N_("“archiver arrange CASE” numbers the documents and pages.")


class NoPageThere(RequestRefused):
    what = N_("There is no page {page}; the case file has {count}.")
    advice = N_("“archiver arrange CASE” numbers the documents and pages.")


class NothingToSplit(RequestRefused):
    what = N_("Page {page} is the first page of its document already.")
    advice = N_("Name the page that the new document begins with.")


class NothingBefore(RequestRefused):
    what = N_("The first document has none before it to be merged with.")
    advice = N_("Name the second of the two documents.")


class IntoItself(RequestRefused):
    what = N_("Page {page} is among the pages that are to be moved.")
    advice = N_("Name a page outside of them.")


def split(arrangement: Arrangement, page: int, kind: str = NEW_KIND) -> Arrangement:
    """`page` begins a new document. Raises NoPageThere, NothingToSplit."""
    at, inside = place_of(arrangement, page)
    if inside == 0:
        raise NothingToSplit(page=page)
    old = arrangement.documents[at]
    parts = (
        replace(old, pages=old.pages[:inside]),
        Placed(0, kind, "", old.pages[inside:]),
    )
    return _with(arrangement, at, 1, *parts)


def merge(arrangement: Arrangement, document: int) -> Arrangement:
    """`document` joins the one before it. Raises NoSuchDocument, NothingBefore."""
    at = _index(arrangement, document)
    if at == 0:
        raise NothingBefore
    first, second = arrangement.documents[at - 1 : at + 1]
    return _with(arrangement, at - 1, 2, replace(first, pages=first.pages + second.pages))


def move(
    arrangement: Arrangement, first: int, last: int, *, to: int = 0, before: int = 0
) -> Arrangement:
    """Pages `first` to `last` go to the end of document `to`, or before the page `before`.

    Raises NoPageThere, NoSuchDocument, IntoItself.
    """
    place_of(arrangement, first), place_of(arrangement, last)
    moved = arrangement.pages[first - 1 : last]
    if before:
        place_of(arrangement, before)
        anchor = arrangement.pages[before - 1]
        if anchor in moved:
            raise IntoItself(page=before)
        at = place_of(arrangement, before)[0]
    else:
        at, anchor = _index(arrangement, to), 0
    documents = [_without(document, frozenset(moved)) for document in arrangement.documents]
    target = documents[at]
    inside = target.pages.index(anchor) if anchor else len(target.pages)
    pages = target.pages[:inside] + moved + target.pages[inside:]
    documents[at] = replace(target, pages=pages)
    return replace(arrangement, documents=tuple(d for d in documents if d.pages))


def place(arrangement: Arrangement, document: int, at: int) -> Arrangement:
    """`document` becomes number `at`. Raises NoSuchDocument."""
    here, there = _index(arrangement, document), _index(arrangement, at)
    documents = list(arrangement.documents)
    documents.insert(there, documents.pop(here))
    return replace(arrangement, documents=tuple(documents))


def describe(arrangement: Arrangement, document: int, **words: str) -> Arrangement:
    """Set kind, title, date, copy or folios of a document. Raises NoSuchDocument."""
    at = _index(arrangement, document)
    changed: Placed = replace(arrangement.documents[at], **words)  # type: ignore[arg-type]
    return _with(arrangement, at, 1, changed)


def say_of_page(arrangement: Arrangement, page: int, **said: object) -> Arrangement:
    """Set side, marks or blank of a page. Raises NoPageThere."""
    place_of(arrangement, page)
    key = arrangement.pages[page - 1]
    facts = arrangement.facts.get(key, PageFacts())
    changed: PageFacts = replace(facts, **said)  # type: ignore[arg-type]
    return replace(arrangement, facts={**arrangement.facts, key: changed})


def place_of(arrangement: Arrangement, page: int) -> tuple[int, int]:
    """(index of its document, index inside it) of page number `page`. Raises NoPageThere."""
    left = page - 1
    for at, document in enumerate(arrangement.documents):
        if 0 <= left < len(document.pages):
            return at, left
        left -= len(document.pages)
    raise NoPageThere(page=page, count=len(arrangement.pages))


def _index(arrangement: Arrangement, document: int) -> int:
    if not 1 <= document <= len(arrangement.documents):
        raise NoSuchDocument(document=document, count=len(arrangement.documents))
    return document - 1


def _without(document: Placed, pages: frozenset[int]) -> Placed:
    return replace(document, pages=tuple(page for page in document.pages if page not in pages))


def _with(arrangement: Arrangement, at: int, taken: int, *parts: Placed) -> Arrangement:
    known = arrangement.documents
    return replace(arrangement, documents=(*known[:at], *parts, *known[at + taken :]))
