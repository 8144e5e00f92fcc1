"""How long people are at a case file, and how many keys it takes them: measured, never judged."""

from collections.abc import Iterator

from archiver.model.actor import Actor
from archiver.model.changes import Changed, Step
from archiver.store import keyings
from archiver.workflow.faults import storage_faults
from archiver.workflow.queries import case_by_id
from archiver.workflow.station import Station


def keep_effort(
    station: Station, actor: Actor, case_id: int, seconds: float, keystrokes: int
) -> Iterator[Step]:
    """Add what describing a case file took. No event: it changes nothing of the case file.

    Raises NoSuchCase, DiskFull, StorageFailed.
    """
    case = case_by_id(station, case_id)
    with storage_faults(station.root), station.database.transaction() as connection:
        keyings.add_effort(connection, case.id, actor.person, "describe", seconds, keystrokes)
    facts = {"case": case.reference, "seconds": round(seconds, 1), "keystrokes": keystrokes}
    yield Changed("effort", cases=(case.id,), facts=facts)


def effort_of(station: Station, case_id: int) -> tuple[float, int]:
    """(seconds, keystrokes) that went into a case file, of everybody."""
    return keyings.case_effort(station.database.connection, case_id)
