"""Arrange a case file: its documents, and the pages in them. Every act can be taken back.

Acts are rows that are never changed; taking one back is a row more, so an undo survives a restart.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from archiver.errors import RequestRefused
from archiver.i18n import N_, _, digits, isolate, ngettext
from archiver.model.actor import Actor
from archiver.model.arrangement import COPIES, SIDES, Act, Arrangement
from archiver.model.casefile import CaseFile, CaseState
from archiver.model.changes import Changed, Step
from archiver.model.taking_back import (
    Chain,
    chains,
    newest_standing,
    newest_taken_back,
    redoing,
)
from archiver.store import audit, cases, documents
from archiver.workflow import arrangement as change
from archiver.workflow import vocabulary
from archiver.workflow.correcting import CaseSealed, NothingTakenBack, plain
from archiver.workflow.destination import UnknownKind
from archiver.workflow.faults import storage_faults
from archiver.workflow.indexing import index_pending
from archiver.workflow.queries import case_by_id
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station

UNDO: Final = "undo"
REDO: Final = "redo"  # takes an undo back
MOST_LETTERS: Final = 500  # of a title
Change = Callable[[Arrangement], Arrangement]
Coming = Callable[[sqlite3.Connection], None]
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class NothingArranged(RequestRefused):
    what = N_("{case} is arranged as its files came in; there is nothing to take back.")


class NothingChanges(RequestRefused):
    what = N_("{case} is arranged like that already; nothing was changed.")


class NoSuchWord(RequestRefused):
    what = N_("{word} is none of the words for this: {known}.")
    advice = N_("Write one of them.")


class TooLong(RequestRefused):
    what = N_("The text that begins with {start} has {letters} characters; the most is {most}.")
    advice = N_("Write what stands on the paper, in fewer words.")


def arrangement_of(station: Station, case_id: int) -> Arrangement:
    return documents.read(station.database.connection, case_id)


def history(station: Station, case_id: int) -> tuple[Act, ...]:
    """Every act, oldest first; one that takes an undo back is called a redo."""
    acts = documents.acts(station.database.connection, case_id)
    again = redoing((act.id, act.undoes) for act in acts)
    return tuple(replace(act, act=REDO) if act.id in again else act for act in acts)


@guarded(Right.PAGES)
def split(
    station: Station, actor: Actor, case_id: int, page: int, *, kind: str = change.NEW_KIND
) -> Iterator[Step]:
    """Page `page` begins a new document."""
    check_kind(kind)
    return arrange(station, actor, case_id, "split", lambda now: change.split(now, page, kind))


@guarded(Right.PAGES)
def merge(station: Station, actor: Actor, case_id: int, document: int) -> Iterator[Step]:
    """Document `document` joins the one before it."""
    return arrange(station, actor, case_id, "merge", lambda now: change.merge(now, document))


@guarded(Right.PAGES)
def move(
    station: Station,
    actor: Actor,
    case_id: int,
    first: int,
    last: int,
    *,
    to: int = 0,
    before: int = 0,
) -> Iterator[Step]:
    """Pages go to the end of document `to`, or before the page `before`."""
    made = lambda now: change.move(now, first, last, to=to, before=before)  # noqa: E731
    return arrange(station, actor, case_id, "move", made)


@guarded(Right.PAGES)
def place(station: Station, actor: Actor, case_id: int, document: int, at: int) -> Iterator[Step]:
    """Document `document` becomes number `at`."""
    return arrange(station, actor, case_id, "place", lambda now: change.place(now, document, at))


@guarded(Right.PAGES)
def describe_document(
    station: Station, actor: Actor, /, case_id: int, document: int, **words: str
) -> Iterator[Step]:
    """Set `kind`, `title`, `date` (as written), `copy` or `folios` of a document.

    Raises UnknownKind, NoSuchWord, NotOneLine beside what `arrange` raises.
    """
    said = {name: short(text) for name, text in words.items()}
    check_kind(said.get("kind", change.NEW_KIND))
    _check_word(said.get("copy", ""), COPIES)
    made = lambda now: change.describe(now, document, **said)  # noqa: E731
    return arrange(station, actor, case_id, "describe", made)


@guarded(Right.PAGES)
def describe_page(
    station: Station,
    actor: Actor,
    case_id: int,
    page: int,
    *,
    side: str | None = None,
    blank: bool | None = None,
    marks: Sequence[str] | None = None,
) -> Iterator[Step]:
    """Say on which side of its sheet a page is, whether it is blank, which marks are on it.

    None leaves what is known. Raises NoSuchWord, NotOneLine beside what `arrange` raises.
    """
    _check_word(side or "", SIDES)
    said: dict[str, object] = {"side": side, "blank": blank}
    said["marks"] = None if marks is None else tuple(filter(None, map(short, marks)))
    given = {name: value for name, value in said.items() if value is not None}
    made = lambda now: change.say_of_page(now, page, **given)  # noqa: E731
    return arrange(station, actor, case_id, "page", made)


@guarded(Right.PAGES)
def arrange(
    station: Station,
    actor: Actor,
    case_id: int,
    act: str,
    made: Change,
    *,
    come: Coming | None = None,
    sentence: str = "",
    told: Mapping[str, Any] = _NOTHING,
    index: bool = True,
) -> Iterator[Step]:
    """Make one change, with its row and its event, in one transaction; then index what follows.

    come: makes rows that the change speaks of, before it, in the same transaction. told: what the
    event and the end of the command say beside. An accepted case file has to be checked again.
    Raises CaseSealed, NothingChanges, DiskFull, StorageFailed and what `made` raises.
    """
    case = opened(station, case_id)
    with storage_faults(station.root), station.database.transaction() as connection:
        if come:
            come(connection)
        before = documents.read(connection, case_id)
        wanted = made(before)
        if wanted == before:
            raise NothingChanges(case=case.reference)
        after = documents.write(connection, case_id, before, wanted)
        kept = _keep(connection, actor, case, act, before, after, told=told)
    yield from _told(station, actor, case, kept, sentence, told, index=index)


@guarded(Right.PAGES)
def undo(station: Station, actor: Actor, case_id: int, *, index: bool = True) -> Iterator[Step]:
    """Take back the newest act that stands. Documents that came in since stay, at the end.

    Raises NothingArranged, CaseSealed, DiskFull, StorageFailed.
    """
    case = opened(station, case_id)
    with storage_faults(station.root), station.database.transaction() as connection:
        last = newest_standing(chains(documents.history(connection, case_id)))
        if last is None:
            raise NothingArranged(case=case.reference)
        kept = _turn_back(connection, actor, case, last, UNDO)
    words = _("The newest change of {case} is taken back.")
    told = words.format(case=isolate(digits(case.reference)))
    yield from _told(station, actor, case, kept, index=index, sentence=told)


@guarded(Right.PAGES)
def redo(station: Station, actor: Actor, case_id: int, *, index: bool = True) -> Iterator[Step]:
    """Make again what was taken back last; no act may have been made since.

    Raises NothingTakenBack, CaseSealed, DiskFull, StorageFailed.
    """
    case = opened(station, case_id)
    with storage_faults(station.root), station.database.transaction() as connection:
        last = newest_taken_back(chains(documents.history(connection, case_id)))
        if last is None:
            raise NothingTakenBack(case=case.reference)
        kept = _turn_back(connection, actor, case, last, REDO)
    words = _("The change of {case} that was taken back is made again.")
    told = words.format(case=isolate(digits(case.reference)))
    yield from _told(station, actor, case, kept, index=index, sentence=told)


def _turn_back(
    connection: sqlite3.Connection, actor: Actor, case: CaseFile, chain: Chain, act: str
) -> Act:
    """Put back what stood before the last row of a chain."""
    before = documents.read(connection, case.id)
    wanted = documents.restored(before, documents.act(connection, chain.last).before)
    after = documents.write(connection, case.id, before, wanted)
    return _keep(connection, actor, case, act, before, after, undoes=chain.last)


def opened(station: Station, case_id: int) -> CaseFile:
    """A case file that may be arranged and described. Raises CaseSealed."""
    case = case_by_id(station, case_id)
    if case.state is CaseState.SEALED:
        raise CaseSealed(case=case.reference)
    return case


def check_kind(kind: str) -> None:
    """Raises UnknownKind."""
    kinds = vocabulary.items("document_kind")
    if kind not in kinds:
        raise UnknownKind(kind=kind, known=", ".join(kinds))


def _check_word(word: str, known: Sequence[str]) -> None:
    if word not in known:
        raise NoSuchWord(word=word, known=", ".join(filter(None, known)))


def short(text: str) -> str:
    if len(text) > MOST_LETTERS:
        raise TooLong(letters=len(text), most=MOST_LETTERS, start=text[:20])
    return plain(text)


def _keep(
    connection: sqlite3.Connection,
    actor: Actor,
    case: CaseFile,
    act: str,
    before: Arrangement,
    after: Arrangement,
    undoes: int | None = None,
    told: Mapping[str, Any] = _NOTHING,
) -> Act:
    old, new = documents.difference(before, after)
    row = Act(0, case.id, audit.now(), actor.person, act, old, new, undoes)
    kept = replace(row, act=UNDO) if undoes else row  # in its table a redo is an undo of an undo
    row = replace(row, id=documents.add_act(connection, kept))
    audit.append(connection, actor, "arrange", case_id=case.id, act=act, arrangement=row.id,
                 undoes=undoes, before=old, after=new, **told)  # fmt: skip
    if case.state is CaseState.ACCEPTED:  # what was checked is not what would be sealed
        cases.set_state(connection, case.id, CaseState.OPEN)
    return row


def _told(
    station: Station,
    actor: Actor,
    case: CaseFile,
    act: Act,
    sentence: str = "",
    told: Mapping[str, Any] = _NOTHING,
    *,
    index: bool,
) -> Iterator[Step]:
    with storage_faults(station.root):
        if index:
            index_pending(station)
    count = len(arrangement_of(station, case.id).documents)
    again = case.state is CaseState.ACCEPTED
    yield Changed(
        "arrange",
        cases=(case.id,),
        facts={
            "case": case.reference,
            "act": act.act,
            "number": act.id,
            "undoes": act.undoes,
            "by": actor.person,
            "documents": count,
            "check_again": again,
            **told,
        },
        sentence=_sentence(sentence or _documents(case, count), again),
    )


def _documents(case: CaseFile, count: int) -> str:
    words = ngettext("{case} holds {count} document.", "{case} holds {count} documents.", count)
    return words.format(case=isolate(digits(case.reference)), count=digits(count))


def _sentence(told: str, again: bool) -> str:
    return told + " " + _("The case file has to be checked again.") if again else told
