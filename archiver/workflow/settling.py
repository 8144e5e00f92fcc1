"""Slips that could not be read: a person says what they are, and the flag is gone."""

from collections.abc import Iterator
from typing import Final

from archiver.errors import RequestRefused
from archiver.i18n import N_, _, digits
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Step
from archiver.model.separator import Separator
from archiver.store import audit, separators
from archiver.workflow.arranging import arrangement_of
from archiver.workflow.desk import reject
from archiver.workflow.faults import storage_faults
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
}


class NoSuchSlip(RequestRefused):
    what = N_("There is no slip {number} that waits to be settled.")
    advice = N_("“archiver slip list --unread” lists those that wait.")


def slips(station: Station, *, unread: bool = False) -> tuple[Separator, ...]:
    """What stood between the papers, oldest first."""
    return separators.every(station.database.connection, unsettled=unread)


def settle(station: Station, actor: Actor, number: int, as_what: str) -> Iterator[Step]:
    """Say that an unreadable slip is a slip, which leaves the case file, or a page of it.

    Either way somebody has looked at the pages behind it and moved what did not belong there.
    Raises NoSuchSlip, CaseSealed, DiskFull, StorageFailed.
    """
    found = separators.by_id(station.database.connection, number)
    if found is None or found.kind != "unreadable" or found.settled_at:
        raise NoSuchSlip(number=number)
    case_id, page_id = found.case_id or 0, found.page_id or 0
    placed = arrangement_of(station, case_id).pages
    if as_what == SLIP and page_id in placed:
        for step in reject(station, actor, case_id, placed.index(page_id) + 1, "slip"):
            if not isinstance(step, Changed):
                yield step
    with storage_faults(station.root), station.database.transaction() as connection:
        separators.settle(connection, number, actor.person, as_what)
        audit.append(connection, actor, "settle slip", case_id=case_id, page_id=page_id,
                     separator=number, settled_as=as_what)  # fmt: skip
    words = {
        SLIP: _("Slip {number} is a slip and out of the case file."),
        PAGE: _("Slip {number} is a page of its case file."),
    }
    facts: dict[str, object] = {"slip": number, "as": as_what, "page": page_id}
    yield Changed("slip settle", (case_id,), (page_id,), facts=facts,
                  sentence=words[as_what].format(number=digits(number)))  # fmt: skip
