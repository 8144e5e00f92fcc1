"""Carry a field over from the case file before: one key where files of a lot are alike."""

from collections.abc import Iterator, Sequence

from archiver.errors import RequestRefused
from archiver.i18n import N_
from archiver.metadata.profiles import Field
from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile
from archiver.model.changes import Step
from archiver.model.description import NewValue, ValueSource
from archiver.store import cases, fields
from archiver.workflow.describing import Change, describe, field_of
from archiver.workflow.profiles import profile_of
from archiver.workflow.queries import case_by_id
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station


class NothingToCarry(RequestRefused):
    what = N_("The case file before {case} says nothing that could be carried over.")
    advice = N_("What tells case files apart (number, title) is never carried over.")


def case_before(station: Station, case_id: int) -> CaseFile | None:
    """The case file of the same profile that was begun last before this one."""
    profile = case_by_id(station, case_id).profile
    return cases.before(station.database.connection, case_id, profile)


def carries(field: Field) -> bool:
    """Whether a field may be the same in two case files without anybody looking."""
    return field.level == "case" and field.home == "field" and not field.critical


def carried(station: Station, case_id: int, names: Sequence[str] = ()) -> tuple[Change, ...]:
    """What the case file before says: of `names`, else of all that this one does not say yet."""
    before = case_before(station, case_id)
    if before is None:
        return ()
    connection, profile = station.database.connection, profile_of(station, before)
    for name in names:
        field_of(profile, name)
    said = {value.field for value in fields.of_case(connection, case_id)}
    found: dict[str, list[NewValue]] = {}
    for value in fields.of_case(connection, before.id):
        field = profile.field(value.field)
        wanted = value.field in names if names else value.field not in said
        if field and carries(field) and wanted:
            new = NewValue(value.value, value.as_written, ValueSource.CARRIED)
            found.setdefault(field.id, []).append(new)
    return tuple(Change(name, tuple(values)) for name, values in found.items())


@guarded(Right.DESCRIBE)
def carry(
    station: Station, actor: Actor, case_id: int, names: Sequence[str] = ()
) -> Iterator[Step]:
    """Say of a case file what the one before says.

    names: these fields; else all that say nothing yet. Raises NothingToCarry, and what `describe`
    raises.
    """
    changes = carried(station, case_id, names)
    if not changes:
        raise NothingToCarry(case=case_by_id(station, case_id).reference)
    return describe(station, actor, case_id, changes)
