"""Read what must not be wrong twice: no rule of arithmetic catches a wrong appeal number.

The first reader is who took the file in or typed the field; the second keys it from the paper and
is shown no reading of anybody, nor what the rules found. Where they differ a third person decides.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice

from archiver.errors import OwnWork, RequestRefused
from archiver.i18n import N_, _, digits, isolate
from archiver.metadata.extraction.page import PageText
from archiver.metadata.values import parsed
from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile, Page
from archiver.model.changes import Changed, Step
from archiver.model.description import NewValue, ValueSource
from archiver.model.keying import BlindSheet, ItemState, Look, LookAt, Values
from archiver.store import audit, cases, keyings, pages
from archiver.workflow import describing
from archiver.workflow.describing import Change, field_of
from archiver.workflow.faults import storage_faults
from archiver.workflow.key_readings import (
    critical_fields,
    item_label,
    readings,
    status,
    to_key,
    values_of,
    with_part,
)
from archiver.workflow.profiles import profile_of, vocabularies_of
from archiver.workflow.queries import case_by_id, page_text
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station
from index.arabic import find_case_numbers
from ocr.tsv import around

HANDLE_LETTERS = 8
_MOST_PAGES = 3
_MARGIN_PX = 24


class NothingToKey(RequestRefused):
    what = N_("{person} has nothing to key: every case file waits for others, or is keyed.")
    advice = N_("Who took a file in, or typed its number, does not key it again.")


class NoSuchSheet(RequestRefused):
    what = N_("{handle} names no case file that can be keyed.")
    advice = N_("“archiver keying next” names the next one.")


class KeyedAlready(RequestRefused):
    what = N_("{person} has read this case file already.")
    advice = N_("Another person keys it: Ctrl L in the window, --as PERSON for a command.")


class NothingKeyed(RequestRefused):
    what = N_("Nothing was keyed: {field} is missing.")
    advice = N_("Key all of what “archiver keying next” asks for, as it stands on the paper.")


class NothingToSettle(RequestRefused):
    what = N_("{case} has no two readings that differ.")
    advice = N_("“archiver keying report” counts those that do.")


class CriticalUnread(RequestRefused):
    what = N_("{case} lacks two readings that agree: {fields}.")
    advice = N_("A second person keys it (“archiver keying next”), a third one settles.")


def next_sheet(station: Station, actor: Actor) -> BlindSheet:
    """The next case file that `actor` may key. Raises NothingToKey."""
    for case in to_key(station, actor):
        return sheet(station, case)
    raise NothingToKey(person=actor.person)


def sheet(station: Station, case: CaseFile) -> BlindSheet:
    """What the second keyer of a case file sees."""
    fields = tuple(field.id for field in critical_fields(station, case))
    return BlindSheet(case.id, case.uid[:HANDLE_LETTERS], fields, look_at(station, case.id))


def find_sheet(station: Station, handle: str) -> BlindSheet:
    """The sheet of that handle. Raises NoSuchSheet."""
    found = keyings.by_handle(station.database.connection, handle.strip())
    if len(handle.strip()) < HANDLE_LETTERS or len(found) != 1:
        raise NoSuchSheet(handle=handle)
    return sheet(station, case_by_id(station, found[0]))


def look_at(station: Station, case_id: int) -> tuple[LookAt, ...]:
    """The pages on which a case number stands, else the first that is not blank."""
    known = pages.of_case(station.database.connection, case_id)
    numbered = list(islice((p for p in known if find_case_numbers(p.text)), _MOST_PAGES))
    if not numbered:
        first = [page for page in known if not page.blank][:1] or known[:1]
        return tuple(LookAt(page.id, page.position, None) for page in first)
    return tuple(LookAt(p.id, p.position, _number_box(station, p)) for p in numbered)


def _number_box(station: Station, page: Page) -> tuple[int, int, int, int] | None:
    """Around the line of the first number, over the whole width of the page."""
    found, read = find_case_numbers(page.text)[0], page_text(station, page)
    text = PageText(page.position, page.text)
    places = text.words(found.start, found.end)
    if read is None or not places or places[-1] >= len(read.words):
        return None
    box = around([read.words[n].box for n in places])
    top = max(0, box.y - _MARGIN_PX)
    return 0, top, read.width_px, min(read.height_px, box.y + box.height + _MARGIN_PX) - top


def typed_values(
    station: Station, case: CaseFile, said: Sequence[tuple[str, str]], series: str
) -> Values:
    """What a keyer typed as (field, words), item by item; series: of a bare 99001/93.

    Raises NoSuchField, ValueRefused, NothingKeyed where a critical field is missing.
    """
    profile, words = profile_of(station, case), vocabularies_of(station)
    values: Values = {}
    count: dict[str, int] = {}
    for name, text in said:
        field = field_of(profile, name)
        value, _written = parsed(field, text, words, series)
        count[name] = count.get(name, 0) + 1
        values.update(values_of(field, value, count[name]))
    for field in critical_fields(station, case):
        if field.id not in count:
            raise NothingKeyed(field=str(field.label))
    return values


@guarded(Right.KEY)
def key(
    station: Station,
    actor: Actor,
    case_id: int,
    values: Values,
    *,
    seconds: float = 0.0,
    keystrokes: int = 0,
) -> Iterator[Step]:
    """Record what the second reader found. What it agrees with is not told to them.

    Raises OwnWork, KeyedAlready, CaseSealed, DiskFull, StorageFailed.
    """
    case = describing.opened(station, case_id)
    connection = station.database.connection
    if actor.person in cases.importers(connection, case_id):
        raise OwnWork(person=actor.person, case=case.uid[:HANDLE_LETTERS])
    if actor.person in {reading.reader for reading in readings(station, case)}:
        raise KeyedAlready(person=actor.person)
    with storage_faults(station.root), station.database.transaction() as connection:
        number = keyings.add(connection, case.id, actor.person, Look.BLIND, values)
        _keep_effort(connection, case.id, actor.person, "key", seconds, keystrokes)
        audit.append(connection, actor, "key", case_id=case.id, keying=number,
                     values=_record(values))  # fmt: skip
    yield Changed(
        "key",
        cases=(case.id,),
        facts={"handle": case.uid[:HANDLE_LETTERS], "by": actor.person, "items": len(values)},
        sentence=_("Your reading is kept."),
    )


def _keep_effort(
    connection: sqlite3.Connection,
    case_id: int,
    person: str,
    work: str,
    seconds: float,
    keystrokes: int,
) -> None:
    if seconds or keystrokes:  # nothing was measured on the command line
        keyings.add_effort(connection, case_id, person, work, seconds, keystrokes)


@guarded(Right.SETTLE)
def settle(
    station: Station,
    actor: Actor,
    case_id: int,
    values: Values,
    *,
    seconds: float = 0.0,
    keystrokes: int = 0,
) -> Iterator[Step]:
    """A third person, where people sign in a supervisor, says what stands on the paper.

    The fields get those values, and then the keying is closed: a kill between the two leaves it to
    be settled again. Raises NotAllowed, OwnWork, NothingToSettle, and what `describe` raises.
    """
    case = describing.opened(station, case_id)
    items = status(station, case)
    if not any(item.state is ItemState.DIFFERS for item in items):
        raise NothingToSettle(case=case.reference)
    if actor.person in {reader for item in items for reader, _value in item.readings}:
        raise OwnWork(person=actor.person, case=case.reference)
    changes = _changes(station, case, values)
    for step in describing.describe(station, actor, case_id, changes):
        if not isinstance(step, Changed):
            yield step
    with storage_faults(station.root), station.database.transaction() as connection:
        number = keyings.add(connection, case.id, actor.person, Look.SETTLE, values)
        _keep_effort(connection, case.id, actor.person, "settle", seconds, keystrokes)
        audit.append(connection, actor, "settle", case_id=case.id, keying=number,
                     values=_record(values))  # fmt: skip
    after = case_by_id(station, case_id)
    yield Changed(
        "settle",
        cases=(case.id,),
        facts={"case": after.reference, "by": actor.person, "values": _record(values)},
        sentence=_("{case} is settled.").format(case=isolate(digits(after.reference))),
    )


def _changes(station: Station, case: CaseFile, values: Values) -> tuple[Change, ...]:
    """The critical fields as they were settled; parts that nobody keys stay as they are."""
    profile = profile_of(station, case)
    standing = {
        (value.field, value.position): value.value
        for value in describing.field_values(station, case.id)
    }
    made: dict[str, dict[int, NewValue]] = {}
    for item, text in values.items():
        field = field_of(profile, item.field)
        place = made.setdefault(field.id, {})
        old = place[item.position].value if item.position in place else None
        old = standing.get((field.id, item.position)) if old is None else old
        value = with_part(field, old, item.part, text)
        place[item.position] = NewValue(value, "", ValueSource.KEYED)
    return tuple(Change(name, tuple(p[n] for n in sorted(p))) for name, p in made.items())


def check_read_twice(station: Station, case: CaseFile) -> None:
    """Where the site requires it. Raises CriticalUnread."""
    if not station.settings.keying.required:
        return
    profile = profile_of(station, case)
    open_states = (ItemState.WAITING, ItemState.DIFFERS)
    items = [item for item in status(station, case) if item.state in open_states]
    if items:
        names = dict.fromkeys(item_label(profile, item.item) for item in items)
        raise CriticalUnread(case=case.reference, fields=_(", ").join(names))


def _record(values: Values) -> dict[str, str]:
    return {f"{item.field}.{item.part}.{item.position}": text for item, text in values.items()}
