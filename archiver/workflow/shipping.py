"""Several packages on their way at once, and the books kept about them."""

import queue
import sqlite3
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Final

from archiver.errors import (
    ArchiverError,
    ClockWrong,
    DiskFull,
    TargetFull,
    TargetGone,
    TargetNotTrusted,
    TargetReadOnly,
    TargetRefusesKey,
    TargetUnreachable,
)
from archiver.i18n import digits
from archiver.jobs.pace import Pace, Speed
from archiver.model.actor import Actor
from archiver.model.changes import Notice, Parcel, Sending, Step
from archiver.model.delivery import Delivery, DeliveryState, Seal
from archiver.store import audit, deliveries
from archiver.transfer.target import SendingStopped, Target
from archiver.workflow.faults import storage_faults
from archiver.workflow.outbox import Waiting, next_try_at, state_after
from archiver.workflow.station import Station
from archiver.workflow.wire import Wire, drop_envelope, make_wire

_TICK_S: Final = 0.2
# After one of these the next package would fare no better.
OF_THE_TARGET: Final = (
    ClockWrong,
    DiskFull,
    TargetFull,
    TargetGone,
    TargetNotTrusted,
    TargetReadOnly,
    TargetRefusesKey,
    TargetUnreachable,
)


@dataclass(slots=True)
class _Parcel:
    seal: Seal
    delivery: Delivery
    state: DeliveryState  # as the books have it
    sent: int = 0  # bytes at the target
    begun: int | None = None  # of them, those that lay there before
    wire: Wire | None = None

    def report(self, count: int) -> None:
        if self.begun is None:
            self.begun = count
        self.sent = max(self.sent, count)

    @property
    def size(self) -> int:
        return self.wire.size if self.wire else self.seal.size

    @property
    def fresh(self) -> int:
        """Bytes that went over the line this time."""
        return self.sent - (self.begun or 0)


@dataclass(slots=True)
class Shipment:
    """Iterating sends `rows` to `place`; then `committed` holds the ids of the deliveries.

    Nothing new sets off after `cancel`; breaking off the iteration stops what is on its way at
    the next piece, and all of it goes on from there another time.
    """

    station: Station
    actor: Actor
    place: Target
    recipient: str  # encrypt to this key; "" not at all
    rows: tuple[Waiting, ...]
    cancel: threading.Event | None = None
    committed: list[int] = field(default_factory=list)
    _running: dict["Future[None]", _Parcel] = field(default_factory=dict)
    _speed: Speed = field(default_factory=Speed)
    _gone: int = 0  # bytes of the packages that are no longer running
    _made: "queue.SimpleQueue[tuple[_Parcel, Wire]]" = field(default_factory=queue.SimpleQueue)

    def __iter__(self) -> Iterator[Step]:
        ahead, pace = deque(self.rows), Pace(len(self.rows))
        with ThreadPoolExecutor(self.place.abreast, thread_name_prefix="parcel") as pool:
            try:
                while ahead or self._running:
                    if self.cancel and self.cancel.is_set():
                        ahead.clear()
                    while ahead and len(self._running) < self.place.abreast:
                        self._set_off(pool, ahead.popleft())
                    done, _rest = wait(self._running, _TICK_S, FIRST_COMPLETED)
                    faults = self._book(done, pace)
                    yield from faults
                    if any(isinstance(fault.error, OF_THE_TARGET) for fault in faults):
                        ahead.clear()
                        self.place.stop()
                    if self._running:
                        yield self._progress(pace, ahead)
            finally:
                self.place.stop()

    def _set_off(self, pool: ThreadPoolExecutor, row: Waiting) -> None:
        parcel = _Parcel(*row, state=row[1].state)
        self._running[pool.submit(self._go, parcel)] = parcel

    def _go(self, parcel: _Parcel) -> None:
        with storage_faults(self.station.root):
            wire = make_wire(self.station, parcel.seal, parcel.delivery, self.recipient)
            self._made.put((parcel, wire))
            self.place.send(wire.path, wire.name, wire.sha256, parcel.report)

    def _progress(self, pace: Pace, ahead: Iterable[Waiting]) -> Sending:
        parcels = tuple(self._running.values())
        first = parcels[0]
        self._speed.see(self._gone + sum(parcel.fresh for parcel in parcels))
        speed = self._speed.per_second
        left = sum(parcel.size - parcel.sent for parcel in parcels)
        left += sum(seal.size for seal, _delivery in ahead)
        return Sending(
            pace.done,
            pace.total,
            f"{first.seal.name} {digits(f'{first.sent / max(first.size, 1):.0%}')}",
            left / speed if speed else pace.seconds_left,
            tuple(Parcel(each.delivery.id, each.sent, each.size) for each in parcels),
            speed,
            left,
        )

    # --- the books -------------------------------------------------------------------------------

    def _book(self, done: set["Future[None]"], pace: Pace) -> list[Notice]:
        """Write down what happened since the last time, in one transaction; what went wrong."""
        faults: list[Notice] = []
        ended = [(future, self._running.pop(future)) for future in done]
        self._gone += sum(parcel.fresh for _future, parcel in ended)
        with storage_faults(self.station.root), self.station.database.transaction() as connection:
            while not self._made.empty():
                parcel, wire = self._made.get()
                parcel.wire, parcel.state = wire, DeliveryState.HASHED
                deliveries.set_wire(
                    connection, parcel.delivery.id, wire.name, wire.size, wire.sha256
                )
            for parcel in self._running.values():
                self._follow(connection, parcel)
            for future, parcel in ended:
                fault = future.exception()
                pace.step()
                if fault is None:
                    self._commit(connection, parcel)
                elif isinstance(fault, ArchiverError):
                    faults.append(Notice(fault, parcel.seal.name))
                    tries = parcel.delivery.tries + 1 if not parcel.sent else 1
                    later = next_try_at(tries) if fault.retry else ""
                    deliveries.set_failed(
                        connection, parcel.delivery.id, state_after(fault), fault, tries, later
                    )
                elif not isinstance(fault, SendingStopped):
                    raise fault
        for future, parcel in ended:
            if self.recipient and future.exception() is None:
                drop_envelope(self.station, parcel.seal, parcel.delivery)
        return faults

    def _follow(self, connection: sqlite3.Connection, parcel: _Parcel) -> None:
        if parcel.wire is None:
            return
        whole = parcel.sent >= parcel.wire.size
        now = DeliveryState.STORED if whole else DeliveryState.SENDING
        if parcel.state is not now:
            parcel.state = now
            deliveries.set_state(connection, parcel.delivery.id, now)

    def _commit(self, connection: sqlite3.Connection, parcel: _Parcel) -> None:
        delivery, seal = parcel.delivery, parcel.seal
        deliveries.set_state(connection, delivery.id, DeliveryState.COMMITTED)
        audit.append(connection, self.actor, "send", case_id=seal.case_id,
                     package=seal.name, target=delivery.target)  # fmt: skip
        self.committed.append(delivery.id)
