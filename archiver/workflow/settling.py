"""Slips that could not be read: a person says what they are, and the flag is gone."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

from archiver.errors import RequestRefused
from archiver.i18n import N_, _, digits, isolate, ngettext
from archiver.model.actor import Actor
from archiver.model.arrangement import Arrangement
from archiver.model.changes import Changed, Step
from archiver.model.separator import Separator
from archiver.store import audit, cases, lots, pages, separators
from archiver.workflow.arranging import arrange, arrangement_of
from archiver.workflow.destination import Destination
from archiver.workflow.faults import storage_faults
from archiver.workflow.rights import Right, guarded
from archiver.workflow.slots import set_aside
from archiver.workflow.station import Station

SLIP, PAGE = "slip", "page"
WHYS: Final = {
    "bands": N_("its codes cannot be read"),
    "broken": N_("its code does not prove itself"),
    "partial": N_("only a part of it can be read"),
    "contradiction": N_("its codes contradict each other"),
    "unknown": N_("it names a series or kind that is not known here"),
    "lot": N_("it names another lot, or one that is not open here"),
    "sealed": N_("its case file is sealed"),
    "late": N_("it came after the pages behind it"),
    "unready": N_("its item waits for today's colour card or for a note of its condition"),
}


class NoSuchSlip(RequestRefused):
    what = N_("There is no slip {number} that waits to be settled.")
    advice = N_("“archiver slip list --unread” lists those that wait.")


def slips(station: Station, *, unread: bool = False) -> tuple[Separator, ...]:
    """What stood between the papers, oldest first."""
    return separators.every(station.database.connection, unsettled=unread)


@guarded(Right.TAKE_IN)
def settle(
    station: Station, actor: Actor, number: int, as_what: str, *, into: Destination | None = None
) -> Iterator[Step]:
    """Say that an unreadable slip is a slip, which leaves the case file, or a page of it.

    into: the case file that the slip names: the pages behind it go there, to its end, and their
    images stay here aside, as moved. What a person said of them here stays here, too.
    Raises NoSuchSlip, CaseSealed, what `Destination.check` raises, DiskFull, StorageFailed.
    """
    found = separators.by_id(station.database.connection, number)
    if found is None or found.kind != "unreadable" or found.settled_at:
        raise NoSuchSlip(number=number)
    if into:
        into.check(station)
    case_id, page_id = found.case_id or 0, found.page_id or 0
    going = separators.behind(station.database.connection, number) if into else ()
    leaving = [(page, "moved") for page in going]
    leaving += [(page_id, SLIP)] if as_what == SLIP else []
    yield from _set_aside(station, actor, case_id, leaving)
    with storage_faults(station.root), station.database.transaction() as connection:
        there = _put_there(connection, actor, into, going) if into and going else 0
        separators.settle(connection, number, actor.person, as_what)
        audit.append(connection, actor, "settle slip", case_id=case_id, page_id=page_id,
                     separator=number, settled_as=as_what, moved=list(going),
                     to=into.name if into else "")  # fmt: skip
    words = {
        SLIP: _("Slip {number} is a slip and out of the case file."),
        PAGE: _("Slip {number} is a page of its case file."),
    }
    told = words[as_what].format(number=digits(number))
    if into and going:
        more = ngettext("{count} page went to {case}.", "{count} pages went to {case}.", len(going))
        told += " " + more.format(count=digits(len(going)), case=isolate(digits(into.name)))
    facts: dict[str, object] = {"slip": number, "as": as_what, "page": page_id,
                                "moved": len(going), "to": into.name if into else ""}  # fmt: skip
    touched = (case_id, there) if there else (case_id,)
    yield Changed("slip settle", touched, (page_id,), facts=facts, sentence=told)


def _set_aside(
    station: Station, actor: Actor, case_id: int, leaving: Sequence[tuple[int, str]]
) -> Iterator[Step]:
    """These pages (id, reason) leave the numbering, in one act; those that left before are out."""
    reasons = dict(leaving)

    def made(now: Arrangement) -> Arrangement:
        for place in range(len(now.pages), 0, -1):
            why = reasons.get(now.pages[place - 1])
            now = set_aside(now, place, "rejected", why) if why else now
        return now

    if not reasons.keys().isdisjoint(arrangement_of(station, case_id).pages):
        for step in arrange(station, actor, case_id, "reject", made):
            if not isinstance(step, Changed):
                yield step


def _put_there(
    connection: sqlite3.Connection, actor: Actor, into: Destination, going: Sequence[int]
) -> int:
    """The case file with these pages at its end, as one document."""
    case_id = into.opened(connection).id
    document = cases.add_document(connection, case_id, into.kind, into.document)
    masters = []
    for page_id in going:
        old = pages.by_id(connection, page_id)
        page = pages.again(connection, page_id)
        new = pages.add(
            connection, page, case_id=case_id, document_id=document.id,
            source_id=pages.source_like(connection, case_id, page_id),
            language=old.language if old else into.language, person=actor.person,
        )  # fmt: skip
        lots.move_beside(connection, new, page_id)
        masters.append(page.master)
    audit.append(connection, actor, "import", case_id=case_id, name=into.name, masters=masters)
    return case_id
