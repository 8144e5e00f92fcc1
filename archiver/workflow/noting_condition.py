"""The condition of a heritage item, noted before it is scanned."""

from collections.abc import Iterator, Sequence

from archiver.model.actor import Actor
from archiver.model.changes import Step
from archiver.model.description import NewValue
from archiver.store import audit
from archiver.workflow import vocabulary
from archiver.workflow.arranging import NoSuchWord
from archiver.workflow.describing import Change, describe
from archiver.workflow.destination import Destination
from archiver.workflow.faults import storage_faults
from archiver.workflow.heritage import CONDITION
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station


@guarded(Right.TAKE_IN)
def note_condition(
    station: Station,
    actor: Actor,
    reference: str,
    codes: Sequence[str],
    *,
    profile: str = "heritage_item",
    title: str = "",
) -> Iterator[Step]:
    """Note the condition of an item; one that is not in the archive yet is begun, without images.

    Raises NoSuchWord, WhichCase, NoSuchProfile, WrongState and what `describe` raises.
    """
    known = vocabulary.items(CONDITION)
    for code in codes:
        if code not in known:
            raise NoSuchWord(word=code, known=", ".join(known))
    into = Destination(None, reference, title=title, profile=profile)
    into.check(station, images=False)
    with storage_faults(station.root), station.database.transaction() as connection:
        there = into.case(connection)
        case = into.opened(connection)
        if there is None:
            audit.append(connection, actor, "begin", case_id=case.id, profile=profile)
    values = tuple(NewValue(code) for code in codes)
    yield from describe(station, actor, case.id, [Change(CONDITION, values)])
