"""Who read what of the critical fields of a case file, and what follows from it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from archiver.metadata.profiles import Field, Profile
from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile, CaseState
from archiver.model.description import FieldAct, NewValue, Subject, ValueSource
from archiver.model.keying import (
    MACHINE,
    Item,
    ItemState,
    ItemStatus,
    Keying,
    Look,
    Reading,
    Values,
)
from archiver.store import fields, keyings
from archiver.workflow.profiles import profile_of
from archiver.workflow.queries import case_by_id
from archiver.workflow.station import Station

MACHINE_SURE: Final = 0.9  # a proposal below this is no reading
_NEEDED: Final = 2


def critical(station: Station, case: CaseFile) -> tuple[tuple[Field, str], ...]:
    """(field, part) of all that two people read, in the order of the form."""
    return tuple(profile_of(station, case).critical())


def critical_fields(station: Station, case: CaseFile) -> tuple[Field, ...]:
    return tuple(field for field in profile_of(station, case).fields if field.critical)


def values_of(field: Field, value: Any, position: int) -> Values:
    """The critical parts of one value of `field`, as texts."""
    if not field.composite:
        return {Item(field.id, field.id, position): str(value)}
    return {
        Item(field.id, part, position): str(value[part])
        for part in field.critical
        if value.get(part) not in (None, "")
    }


def with_part(field: Field, value: Any, part: str, text: str) -> Any:
    """`value` with one critical part read as `text`."""
    if not field.composite:
        return int(text) if field.type == "integer" else text
    known = field.part(part)
    read = int(text) if known and known.type == "integer" else text
    return {**(value or {}), part: read}


def item_label(profile: Profile, item: Item) -> str:
    """What an item is called on forms and in reports."""
    field = profile.field(item.field)
    part = field.part(item.part) if field else None
    return str(part.label if part else field.label if field else item.field)


def readings(station: Station, case: CaseFile) -> tuple[Reading, ...]:
    """One for each reader: the newest of what each said. The machine's only where it counts."""
    connection = station.database.connection
    found: dict[str, Reading] = {}
    for field in critical_fields(station, case):
        for reading in _typed(station, case, field):
            _join(found, reading)
    for keying in keyings.of_case(connection, case.id):
        if keying.look is Look.BLIND:
            _join(found, Reading(keying.person, keying.values, keying.at))
    if station.settings.keying.machine_counts:
        _join(found, machine_reading(station, case))
    return tuple(reading for reading in found.values() if reading.values)


def _join(found: dict[str, Reading], reading: Reading) -> None:
    """A reader's later word on a field takes the place of the earlier one."""
    before = found.get(reading.reader)
    kept = before.values if before else {}
    named = {item.field for item in reading.values}
    rest = {item: text for item, text in kept.items() if item.field not in named}
    found[reading.reader] = Reading(reading.reader, {**rest, **reading.values}, reading.at)


def _typed(station: Station, case: CaseFile, field: Field) -> Iterable[Reading]:
    """Who typed the field while describing; for the case's own key also who took the file in."""
    connection = station.database.connection
    acts = fields.history(connection, case.id, field.id)
    stand = {chain.act for chain in fields.chains_of(acts) if chain.stands}
    if field.type == "case_key":
        importer = keyings.first_importer(connection, case.id)
        first = acts[0].values if acts else _own_keys(case)
        yield Reading(importer, _all_values(field, first), case.created_at)
    for act in acts:
        if act.subject == Subject(case.id) and act.id in stand and _is_typed(act):
            yield Reading(act.person, _all_values(field, act.values), act.at)


def _is_typed(act: FieldAct) -> bool:
    by_hand = [value.source is ValueSource.TYPED for value in act.values]
    return bool(by_hand) and all(by_hand)


def _own_keys(case: CaseFile) -> tuple[NewValue, ...]:
    return tuple(
        NewValue({"series": key.series, "number": key.number, "judicial_year": key.judicial_year})
        for key in case.keys
    )


def _all_values(field: Field, values: Sequence[NewValue]) -> Values:
    return {
        item: text
        for place, value in enumerate(values, 1)
        for item, text in values_of(field, value.value, place).items()
    }


def machine_reading(station: Station, case: CaseFile) -> Reading:
    """What the rules found on the pages and are sure of."""
    values: Values = {}
    for field in critical_fields(station, case):
        found = fields.proposals(station.database.connection, case.id, field.id)
        for proposal in found if field.repeats else found[:1]:
            if proposal.probability >= MACHINE_SURE:
                values.update(values_of(field, proposal.value, proposal.position))
    return Reading(MACHINE, values, "")


def status(station: Station, case: CaseFile) -> tuple[ItemStatus, ...]:
    """Every critical item of a case file, in the order of the form."""
    read = readings(station, case)
    settled = [k for k in keyings.of_case(station.database.connection, case.id)
               if k.look is Look.SETTLE]  # fmt: skip
    wanted = [(field.id, part) for field, part in critical(station, case)]
    places = {item.position for reading in read for item in reading.values} or {1}
    return tuple(
        _judged(Item(field, part, place), read, settled)
        for place in sorted(places)
        for field, part in wanted
        if place == 1 or any(item.field == field and item.position == place
                             for reading in read for item in reading.values)
    )  # fmt: skip


def _judged(item: Item, read: Sequence[Reading], settled: Sequence[Keying]) -> ItemStatus:
    spoken = [r for r in read if any(known.field == item.field for known in r.values)]
    said = tuple((reading.reader, reading.values.get(item, "")) for reading in spoken)
    last = settled[-1] if settled else None
    later = [r for r in spoken if last and r.at > last.at]
    if last and not later:
        return ItemStatus(item, ItemState.SETTLED, last.values.get(item, ""), said)
    if len(said) < _NEEDED:
        return ItemStatus(item, ItemState.WAITING, "", said)
    agree = len({value for _reader, value in said}) == 1
    state = ItemState.AGREED if agree else ItemState.DIFFERS
    return ItemStatus(item, state, said[0][1] if agree else "", said)


def to_key(station: Station, actor: Actor) -> Iterator[CaseFile]:
    """Case files that `actor` may key, one after the other: what they are is not for the keyer."""
    for case_id in keyings.open_for(station.database.connection, actor.person):
        case = case_by_id(station, case_id)
        items = status(station, case)
        read = {reader for item in items for reader, _value in item.readings}
        if actor.person not in read and any(i.state is ItemState.WAITING for i in items):
            yield case


def differing(station: Station, case_id: int) -> tuple[ItemStatus, ...]:
    """What a third look has to decide in a case file, with who read what."""
    items = status(station, case_by_id(station, case_id))
    return tuple(item for item in items if item.state is ItemState.DIFFERS)


def to_settle(station: Station) -> tuple[CaseFile, ...]:
    """Case files with readings that differ and that are not sealed, the oldest first."""
    known = keyings.keyed_cases(station.database.connection)
    found = (case_by_id(station, case_id) for case_id in known if differing(station, case_id))
    return tuple(case for case in found if case.state is not CaseState.SEALED)
