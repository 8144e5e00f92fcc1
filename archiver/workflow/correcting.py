"""Correct the words of a page: each correction a revision, and only what follows is made anew.

The ALTO and the text at once, the index behind them; the PDF is made when the case is sealed.
"""

import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archiver.errors import RequestRefused
from archiver.i18n import N_, _, digits, isolate, ngettext
from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile, CaseState, Page
from archiver.model.changes import Changed, Step
from archiver.model.revision import Revision, RevisionKind
from archiver.model.taking_back import newest_taken_back, redoing
from archiver.store import audit, cases, pages, revisions
from archiver.workflow import revising
from archiver.workflow.faults import storage_faults
from archiver.workflow.indexing import index_pending
from archiver.workflow.queries import case_by_id, page_text
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station
from ocr.direction import without_marks
from ocr.page import Line, PageText, Word
from ocr.tsv import around


class CaseSealed(RequestRefused):
    what = N_("{case} is sealed and is not changed any more.")
    advice = N_("Corrections to a sealed case file go out as a new version, with delivery.")


class PageNotRead(RequestRefused):
    what = N_("Page {page} of {case} has no text yet.")
    advice = N_("Run “archiver process” first.")


class NoSuchPage(RequestRefused):
    what = N_("{case} has no page {page}.")
    advice = N_("“archiver show” lists its pages.")


class NoSuchWords(RequestRefused):
    what = N_("Page {page} has no line {line} with a word {word}.")
    advice = N_("“archiver correct CASE PAGE --list” numbers the lines.")


class TextChanged(RequestRefused):
    what = N_("Line {line} of page {page} has other words by now: {found}.")
    advice = N_("Look at it again, and correct it if it still needs it.")


class NotOneLine(RequestRefused):
    what = N_("{text} cannot be the text of a line: it holds line ends or control characters.")
    advice = N_("Write one line of plain text.")


class NothingToUndo(RequestRefused):
    what = N_("Page {page} has no correction to take back.")


class NothingTakenBack(RequestRefused):
    what = N_("Of {case} nothing is taken back that could be made again.")
    advice = N_("What was done since then has ended that; do it anew.")


class NotTheNewest(RequestRefused):
    what = N_("Correction {number} is neither the newest nor one that fits nowhere any more.")
    advice = N_("Correct the words once more instead.")


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that a person says of a word, or of a whole line.

    line, word: from 1, on the page as the edits before this one leave it; no word: the line.
    text: what stands on the paper (TEXT only); "" takes the words out. before: what the person
    saw there, None where that is not to be compared.
    """

    kind: RevisionKind
    line: int
    word: int | None = None
    text: str = ""
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """A revision, and whether it was taken back or waits to be looked at again.

    again: it makes another one stand again that was taken back.
    """

    revision: Revision
    undone: bool
    loose: bool
    again: bool


@guarded(Right.CORRECT)
def correct(
    station: Station, actor: Actor, page_id: int, edits: Sequence[Edit], *, index: bool = True
) -> Iterator[Step]:
    """Make `edits` on a page, all or none. An accepted case file has to be checked again.

    With `index` the page can be found by its new words when this ends. Raises CaseSealed,
    PageNotRead, NoSuchWords, TextChanged, NotOneLine, DiskFull, StorageFailed.
    """
    page, case = opened(station, page_id)
    text = page_text(station, page)
    if text is None:
        raise PageNotRead(page=page.position, case=case.reference)
    new = []
    for edit in edits:
        revision, text = said(edit, text, page, actor)
        new.append(revision)
    yield from record(station, actor, page, case, new, index=index)


def said(edit: Edit, text: PageText, page: Page, actor: Actor) -> tuple[Revision, PageText]:
    """An edit as a revision, and the words as it leaves them; nothing is kept yet.

    Raises NoSuchWords, TextChanged, NotOneLine.
    """
    revision = _revision(edit, text, page, actor)
    return revision, revising.made(text, revision, lambda _key: ()) or text


@guarded(Right.CORRECT)
def undo(
    station: Station, actor: Actor, page_id: int, *, number: int | None = None, index: bool = True
) -> Iterator[Step]:
    """Take back the newest correction of a page that stands.

    number: the id of one that fits nowhere any more instead; others would go from under those
    made after them. Raises NothingToUndo, NotTheNewest, CaseSealed, DiskFull, StorageFailed.
    """
    page, case = opened(station, page_id)
    past = [entry for entry in history(station, page) if not entry.undone]
    past = [entry for entry in past if entry.revision.kind is not RevisionKind.UNDO]
    if not past:
        raise NothingToUndo(page=page.position)
    chosen = past[-1] if number is None else _chosen(past, number)
    known = revisions.of_page(station.database.connection, page.id)
    last = {chain.act: chain.last for chain in revisions.chains_of(known)}
    back = replace(taken_back(chosen.revision, actor), undoes=last[chosen.revision.id])
    yield from record(station, actor, page, case, [back], index=index, verb="take back")


@guarded(Right.CORRECT)
def redo(station: Station, actor: Actor, page_id: int, *, index: bool = True) -> Iterator[Step]:
    """Make the correction again that was taken back last; none may have been made since.

    Raises NothingTakenBack, CaseSealed, DiskFull, StorageFailed.
    """
    page, case = opened(station, page_id)
    known = revisions.of_page(station.database.connection, page.id)
    chain = newest_taken_back(revisions.chains_of(known))
    if chain is None:
        raise NothingTakenBack(case=case.reference)
    undone = next(revision for revision in known if revision.id == chain.last)
    back = taken_back(undone, actor)
    yield from record(station, actor, page, case, [back], index=index, verb="make again")


def _chosen(past: Sequence[Past], number: int) -> Past:
    for entry in past:
        if entry.revision.id == number and (entry.loose or entry is past[-1]):
            return entry
    raise NotTheNewest(number=number)


def history(station: Station, page: Page) -> tuple[Past, ...]:
    """Every revision of a page, oldest first."""
    connection = station.database.connection
    known = revisions.of_page(connection, page.id)
    standing = revisions.standing(connection, page.id)
    found = pages.machine_reading(connection, page.id)
    loose = revising.replay(station, page, found, standing)[1] if found else frozenset()
    undone = {chain.act for chain in revisions.chains_of(known) if not chain.stands}
    again = redoing((revision.id, revision.undoes) for revision in known)
    return tuple(Past(r, r.id in undone, r.id in loose, r.id in again) for r in known)


def page_at(station: Station, case: CaseFile, position: int) -> Page:
    """The page at `position` (from 1) of a case file. Raises NoSuchPage."""
    found = pages.of_case(station.database.connection, case.id)
    page = next((page for page in found if page.position == position), None)
    if page is None:
        raise NoSuchPage(case=case.reference, page=position)
    return page


def taken_back(revision: Revision, actor: Actor) -> Revision:
    """The row that takes `revision` back."""
    return replace(
        revision,
        id=0,
        at=audit.now(),
        person=actor.person,
        kind=RevisionKind.UNDO,
        before=revision.after,
        after=revision.before,
        reading=None,
        undoes=revision.id,
    )


def opened(station: Station, page_id: int) -> tuple[Page, CaseFile]:
    """A page whose words may be changed, and its case file. Raises CaseSealed."""
    page = pages.by_id(station.database.connection, page_id)
    if page is None:
        raise LookupError(page_id)
    case = case_by_id(station, page.case_id)
    if case.state is CaseState.SEALED:
        raise CaseSealed(case=case.reference)
    return page, case


def _revision(edit: Edit, text: PageText, page: Page, actor: Actor) -> Revision:
    line, words = _words(edit, text, page)
    before = " ".join(word.text for word in words)
    if edit.before is not None and edit.before != before:
        raise TextChanged(page=page.position, line=edit.line, found=line.text)
    where = around([word.box for word in words])
    return Revision(
        id=0,
        page_id=page.id,
        at=audit.now(),
        person=actor.person,
        kind=edit.kind,
        line=edit.line,
        word=edit.word,
        x=where.x,
        y=where.y,
        width=max(1, where.width),
        height=max(1, where.height),
        turn_deg=page.turn_deg,
        before=before,
        after=plain(edit.text) if edit.kind is RevisionKind.TEXT else before,
        reading=None,
        undoes=None,
    )


def _words(edit: Edit, text: PageText, page: Page) -> tuple[Line, Sequence[Word]]:
    if 1 <= edit.line <= len(text.lines):
        line = text.lines[edit.line - 1]
        if edit.word is None:
            return line, line.words
        if 1 <= edit.word <= len(line.words):
            return line, line.words[edit.word - 1 : edit.word]
    raise NoSuchWords(page=page.position, line=edit.line, word=edit.word or 1)


def plain(text: str) -> str:
    """`text` as it is kept: composed, single spaces, no direction marks. Raises NotOneLine."""
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") for letter in text.strip()):
        raise NotOneLine(text=repr(text))
    return " ".join(unicodedata.normalize("NFC", without_marks(text)).split())


def record(
    station: Station,
    actor: Actor,
    page: Page,
    case: CaseFile,
    new: Sequence[Revision],
    *,
    index: bool,
    verb: str = "correct",
) -> Iterator[Step]:
    """Keep revisions, their events and the words that follow in one transaction; then index."""
    with storage_faults(station.root):
        with station.database.transaction() as connection:
            kept = [_keep(connection, station, actor, case, revision, verb) for revision in new]
            settled = revising.settle(station, connection, page.id)
            if case.state is CaseState.ACCEPTED:  # what was checked is not what would be sealed
                cases.set_state(connection, case.id, CaseState.OPEN)
        revising.drop(station, settled)
        if index:
            index_pending(station)
    yield Changed(
        "correct",
        cases=(case.id,),
        pages=(page.id,),
        facts={
            "case": case.reference,
            "page": page.position,
            "act": verb,
            "revisions": [facts(revision) for revision in kept],
            "loose": settled.loose,
            "check_again": case.state is CaseState.ACCEPTED,
        },
        sentence=_told(page, case, len(new)),
    )


def _keep(
    connection: sqlite3.Connection,
    station: Station,
    actor: Actor,
    case: CaseFile,
    revision: Revision,
    verb: str,
) -> Revision:
    if revision.reading:
        size = station.blobs.size(revision.reading)
        pages.note_blob(connection, revision.reading, size, "application/alto+xml")
    number = revisions.add(connection, revision)
    audit.append(connection, actor, verb, case_id=case.id, page_id=revision.page_id,
                 revision=number, kind=revision.kind, line=revision.line, word=revision.word,
                 before=revision.before, after=revision.after)  # fmt: skip
    return replace(revision, id=number)


def facts(revision: Revision) -> dict[str, object]:
    names = ("id", "kind", "line", "word", "before", "after", "at", "person")
    return {name: getattr(revision, name) for name in names}


def _told(page: Page, case: CaseFile, count: int) -> str:
    words = ngettext(
        "{count} correction on page {page} of {case}.",
        "{count} corrections on page {page} of {case}.",
        count,
    ).format(count=digits(count), page=digits(page.position), case=isolate(digits(case.reference)))
    if case.state is CaseState.ACCEPTED:
        words += " " + _("The case file has to be checked again.")
    return words
