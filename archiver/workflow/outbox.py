"""What waits to be sent: in which order, what is paused, and when we may send at all."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from archiver.errors import ArchiverError, RequestRefused, SettingsWrong
from archiver.i18n import N_
from archiver.model.actor import Actor
from archiver.model.delivery import Delivery, DeliveryState, Seal
from archiver.model.lot import Lot
from archiver.settings import FILE_NAME
from archiver.store import audit, deliveries
from archiver.workflow.faults import storage_faults
from archiver.workflow.lots import lot_view
from archiver.workflow.reaching import settings_of
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station

DONE: Final = frozenset({DeliveryState.COMMITTED, DeliveryState.RECEIPTED})
HOURS: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_FIRST_WAIT_S: Final = 30
_LONGEST_WAIT_S: Final = 3600

Waiting = tuple[Seal, Delivery]


class SendingPaused(RequestRefused):
    what = N_("Sending to {target} is paused.")
    advice = N_("“archiver resume --to {target}” lets it go on.")


class OutsideHours(RequestRefused):
    what = N_("We may send to {target} from {begin} to {end} only.")
    advice = N_("Wait, let “archiver send --watch” wait, or send with --now.")


@dataclass(frozen=True, slots=True)
class Planned:
    """What a sending would do with one package; `why_not` is empty where it would go."""

    seal: Seal
    delivery: Delivery
    why_not: str  # "", "paused", "later" (it failed and waits for its next try)


def waiting(station: Station, target: str) -> tuple[Waiting, ...]:
    """What has to be sent to `target`, the most urgent first; new seals join it here."""
    with storage_faults(station.root), station.database.transaction() as connection:
        known = {seal.id for seal, _row in deliveries.deliveries(connection, target)}
        for seal in deliveries.seals(connection):
            if seal.id not in known:
                deliveries.enqueue(connection, seal.id, target)
        rows = deliveries.deliveries(connection, target)
    unsent = [row for row in rows if row[1].state not in DONE]
    return tuple(sorted(unsent, key=lambda row: (-row[1].priority, row[1].id)))


def plan(station: Station, target: str) -> tuple[Planned, ...]:
    """What a sending to `target` would do now; changes nothing. Raises NoSuchTarget."""
    settings_of(station, target)
    connection = station.database.connection
    rows = {seal.id: (seal, row) for seal, row in deliveries.deliveries(connection, target)}
    for seal in deliveries.seals(connection):
        fresh = Delivery(0, seal.id, target, DeliveryState.SEALED, "", "{}", seal.sealed_at, "")
        rows.setdefault(seal.id, (seal, fresh))
    unsent = [row for row in rows.values() if row[1].state not in DONE]
    unsent.sort(key=lambda row: (-row[1].priority, row[1].id or row[0].id))
    return tuple(Planned(seal, row, _why_not(row)) for seal, row in unsent)


def _why_not(delivery: Delivery) -> str:
    if delivery.paused:
        return "paused"
    return "later" if delivery.next_try_at > audit.now() else ""


def require_open(station: Station, target: str, *, now: bool) -> None:
    """Raise SendingPaused or OutsideHours where nothing may be sent to `target` at this time.

    now: whatever the hours. Raises SettingsWrong.
    """
    if {"", target} & deliveries.paused_targets(station.database.connection):
        raise SendingPaused(target=target)
    hours = settings_of(station, target).hours
    if now or not hours:
        return
    found = hours_of(hours)
    if found is None:
        path = station.root / FILE_NAME
        raise SettingsWrong(path=path, detail=f"targets.{target}.hours = {hours}")
    begin, end = found
    if not within(datetime.now().astimezone().time(), begin, end):
        raise OutsideHours(target=target, begin=f"{begin:%H:%M}", end=f"{end:%H:%M}")


def paused_targets(station: Station) -> frozenset[str]:
    """Names; "" where everything is paused."""
    return deliveries.paused_targets(station.database.connection)


def hours_of(hours: str) -> tuple[time, time] | None:
    """`20:00-06:00` as two times of the day; None where there are none."""
    found = HOURS.fullmatch(hours)
    return found and (time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4])))


def within(moment: time, begin: time, end: time) -> bool:
    """Whether `moment` is in the hours, which may pass midnight."""
    if begin <= end:
        return begin <= moment < end
    return moment >= begin or moment < end


def next_try_at(tries: int) -> str:
    """When to try again after so many failures: 30 s, then twice as long each time, to an hour."""
    wait_s = min(_LONGEST_WAIT_S, _FIRST_WAIT_S << min(tries, 10))
    later = datetime.now(UTC) + timedelta(seconds=wait_s)
    return later.isoformat(timespec="milliseconds")


def state_after(error: ArchiverError) -> DeliveryState:
    """What may pass by itself stays on its way; the rest is held until a person has mended it."""
    return DeliveryState.SENDING if error.retry else DeliveryState.HELD


@guarded(Right.DELIVER)
def set_paused(
    station: Station,
    actor: Actor,
    *,
    paused: bool,
    target: str = "",
    case_id: int | None = None,
    lot: Lot | None = None,
) -> int:
    """Pause or resume the packages of a case file or of a lot, one target, or everything.

    How many packages it concerns. Raises NoSuchTarget.
    """
    if target:
        settings_of(station, target)
    verb = "pause" if paused else "resume"
    cases = frozenset() if case_id is None else frozenset({case_id})
    if lot:
        cases = frozenset(row.case.id for row in lot_view(station, lot).rows if row.case)
    one_by_one = lot is not None or case_id is not None
    with storage_faults(station.root), station.database.transaction() as connection:
        rows = [
            (seal, row)
            for seal, row in deliveries.deliveries(connection, target or None)
            if row.state not in DONE and (not one_by_one or seal.case_id in cases)
        ]
        if one_by_one:
            for _seal, row in rows:
                deliveries.set_paused(connection, row.id, paused=paused)
        elif paused:
            deliveries.pause_target(connection, target, actor.person)
        else:
            deliveries.resume_target(connection, target)
        audit.append(connection, actor, verb, case_id=case_id, target=target,
                     lot=lot.name if lot else "")  # fmt: skip
    return len(rows)


@guarded(Right.DELIVER)
def set_priority(
    station: Station, actor: Actor, case_id: int, priority: int, target: str = ""
) -> int:
    """How urgent the packages of a case file are; 0 is the custom. How many it concerns."""
    with storage_faults(station.root), station.database.transaction() as connection:
        rows = [
            row
            for seal, row in deliveries.deliveries(connection, target or None)
            if row.state not in DONE and seal.case_id == case_id
        ]
        for row in rows:
            deliveries.set_priority(connection, row.id, priority)
        audit.append(
            connection, actor, "priority", case_id=case_id, target=target, priority=priority
        )
    return len(rows)
