"""The words of a page: what its reader found, and on it what people said, in their order.

The record of the words (ALTO) is made anew from both whenever one of them changes; nothing else
holds a correction, so reading a page again loses none.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archiver.model.casefile import Page
from archiver.model.revision import Revision, RevisionKind
from archiver.store import pages, revisions
from archiver.store.pages import Reading
from archiver.workflow.station import Station
from ocr import alto, correction
from ocr.correction import Anchor
from ocr.page import Box, Line, PageText
from ocr.steps import CORRECT, Step

LinesOf = Callable[[str], Sequence[Line]]


@dataclass(frozen=True, slots=True)
class Settled:
    """loose: how many corrections fit nowhere. superseded: an ALTO that nothing needs now."""

    loose: int
    superseded: str = ""


def keep(station: Station, connection: sqlite3.Connection, page_id: int, found: Reading) -> Settled:
    """Take a new reading of a page, and put on it what people said of the last one."""
    before = _page(connection, page_id).alto
    pages.set_reading(connection, page_id, found)
    loose = settle(station, connection, page_id).loose
    return Settled(loose, _superseded(connection, before, _page(connection, page_id).alto))


def settle(station: Station, connection: sqlite3.Connection, page_id: int) -> Settled:
    """Write the page's words anew, inside the caller's transaction; see `drop` for after it."""
    page, known = _page(connection, page_id), revisions.standing(connection, page_id)
    found = pages.machine_reading(connection, page_id)
    if found is None or (not known and page.alto == found.alto):
        return Settled(0)
    text, loose = replay(station, page, found, known)
    key = found.alto
    if known:
        record = station.blobs.path(found.alto).read_bytes()
        # With the page's own name in it no other page can have the same bytes.
        step = Step(CORRECT, {"page": page.uid, "revisions": len(known) - len(loose)})
        steps = (*alto.steps(record), step)
        key = station.blobs.put_bytes(alto.write(text, image_name=page.master, steps=steps))
    pages.set_words(
        connection,
        page_id,
        alto=key,
        text=text.text,
        confidence=text.confidence,
        loose=len(loose),
    )
    return Settled(len(loose), _superseded(connection, page.alto, key))


def drop(station: Station, settled: Settled) -> None:
    """Remove the corrected ALTO that the last one replaced, once that one is durable."""
    if settled.superseded:
        station.blobs.remove(settled.superseded)


def replay(
    station: Station, page: Page, found: Reading, known: Sequence[Revision]
) -> tuple[PageText, frozenset[int]]:
    """The reader's words with the revisions made on them, and the ids of those that fit nowhere."""
    text = _lines(station, found.alto)
    loose = set()
    for revision in known:
        turned = revision.turn_deg != found.turn_deg
        after = None if turned else made(text, revision, lambda key: _lines(station, key).lines)
        if after is None:
            loose.add(revision.id)
        else:
            text = after
    return text, frozenset(loose)


def made(text: PageText, revision: Revision, lines_of: LinesOf) -> PageText | None:
    """The page with one revision made on it; None where it fits nowhere."""
    match revision.kind:
        case RevisionKind.TEXT | RevisionKind.ACCEPT:
            return correction.rewritten(text, anchor(revision), revision.after)
        case RevisionKind.ILLEGIBLE:
            return correction.illegible(text, anchor(revision))
        case RevisionKind.REREAD:
            return correction.read_again(text, box(revision), lines_of(revision.reading or ""))
        case RevisionKind.UNDO:
            raise ValueError(f"revision {revision.id} only takes another one back")


def box(revision: Revision) -> Box:
    return Box(revision.x, revision.y, revision.width, revision.height)


def anchor(revision: Revision) -> Anchor:
    return Anchor(box(revision), revision.before, revision.line - 1, (revision.word or 1) - 1)


def _lines(station: Station, key: str) -> PageText:
    return alto.read(station.blobs.path(key).read_bytes())


def _page(connection: sqlite3.Connection, page_id: int) -> Page:
    page = pages.by_id(connection, page_id)
    if page is None:
        raise LookupError(page_id)
    return page


def _superseded(connection: sqlite3.Connection, before: str, now: str) -> str:
    return before if before not in ("", now) and not pages.is_noted(connection, before) else ""
