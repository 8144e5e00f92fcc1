"""Several packages on their way at once, and the books kept about them."""

import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator
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
from archiver.workflow.outbox import (
    OutsideHours,
    SendingPaused,
    Waiting,
    next_try_at,
    state_after,
)
from archiver.workflow.station import Station
from archiver.workflow.wire import Wire, drop_envelope, make_wire

_TICK_S: Final = 0.2
# Hashed and booked before they set off: so many for each line, and no more bytes than these.
_AHEAD: Final = 4
_AHEAD_BYTES: Final = 64 << 20
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
ENDS: Final = (*OF_THE_TARGET, SendingPaused, OutsideHours)


@dataclass(slots=True)
class _Parcel:
    seal: Seal
    delivery: Delivery
    sent: int = 0  # bytes at the target
    begun: int | None = None  # of them, those that lay there before
    wire: Wire | None = None  # None until it is made
    state: DeliveryState = DeliveryState.SEALED  # as the books have it, once it is made

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

    A package is hashed, then booked, then it sets off: what the books call sealed never did, and
    the target need not be asked for it. Nothing new sets off after `cancel`. Where `check` raises
    an error, and where the iteration is broken off, what is on its way stops at the next piece,
    and all of it goes on from there another time.
    """

    station: Station
    actor: Actor
    place: Target
    recipient: str  # encrypt to this key; "" not at all
    rows: tuple[Waiting, ...]
    cancel: threading.Event | None = None
    check: Callable[[], None] = lambda: None
    committed: list[int] = field(default_factory=list)
    _ahead: deque[Waiting] = field(default_factory=deque)
    _ready: deque[tuple[_Parcel, Wire]] = field(default_factory=deque)
    _running: dict["Future[Wire | None]", _Parcel] = field(default_factory=dict)
    _speed: Speed = field(default_factory=Speed)
    _ended: bool = False
    _gone: int = 0  # bytes of the packages that are no longer running

    def __iter__(self) -> Iterator[Step]:
        self._ahead, pace = deque(self.rows), Pace(len(self.rows))
        lines = self.place.abreast
        with ThreadPoolExecutor(1, "hash") as hashing, ThreadPoolExecutor(lines, "parcel") as pool:
            try:
                while self._ahead or self._ready or self._running:
                    self._set_off(hashing, pool)
                    done, _rest = wait(self._running, _TICK_S, FIRST_COMPLETED)
                    faults = [*self._book(done, pace), *self._checked()]
                    yield from faults
                    if self.cancel and self.cancel.is_set():
                        self._end()
                    if any(isinstance(fault.error, ENDS) for fault in faults):
                        self._end()
                        self.place.stop()
                    if self._running:
                        yield self._progress(pace)
            finally:
                self.place.stop()

    def _set_off(self, hashing: ThreadPoolExecutor, pool: ThreadPoolExecutor) -> None:
        sizes = [wire.size for _parcel, wire in self._ready]
        sizes += [parcel.size for parcel in self._running.values() if not parcel.wire]
        most = _AHEAD * self.place.abreast
        while self._ahead and len(sizes) < most and (sum(sizes) < _AHEAD_BYTES or not sizes):
            parcel = _Parcel(*self._ahead.popleft())
            if deliveries.is_paused(self.station.database.connection, parcel.delivery.id):
                continue  # since we began
            sizes.append(parcel.size)
            self._running[hashing.submit(self._make, parcel)] = parcel
        sending = sum(parcel.wire is not None for parcel in self._running.values())
        for _each in range(min(len(self._ready), 2 * self.place.abreast - sending)):
            parcel, wire = self._ready.popleft()
            self._running[pool.submit(self._send, parcel, wire)] = parcel

    def _make(self, parcel: _Parcel) -> Wire:
        with storage_faults(self.station.root):
            return make_wire(self.station, parcel.seal, parcel.delivery, self.recipient)

    def _send(self, parcel: _Parcel, wire: Wire) -> None:
        first_time = parcel.delivery.state is DeliveryState.SEALED
        with storage_faults(self.station.root):
            self.place.send(wire.path, wire.name, wire.sha256, parcel.report, fresh=first_time)

    def _end(self) -> None:
        """Nothing new sets off."""
        self._ended = True
        self._ahead.clear()
        self._ready.clear()
        for future in [each for each in self._running if each.cancel()]:
            del self._running[future]

    def _checked(self) -> list[Notice]:
        if self._ended:
            return []
        try:
            self.check()
        except ArchiverError as error:
            return [Notice(error)]
        return []

    def _progress(self, pace: Pace) -> Sending:
        parcels = tuple(self._running.values())
        first = parcels[0]
        self._speed.see(self._gone + sum(parcel.fresh for parcel in parcels))
        speed = self._speed.per_second
        left = sum(parcel.size - parcel.sent for parcel in parcels)
        left += sum(wire.size for _parcel, wire in self._ready)
        left += sum(seal.size for seal, _delivery in self._ahead)
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

    def _book(self, done: set["Future[Wire | None]"], pace: Pace) -> list[Notice]:
        """Write down what happened since the last time, in one transaction; what went wrong."""
        faults: list[Notice] = []
        ended = [(future, self._running.pop(future)) for future in done]
        self._gone += sum(parcel.fresh for _future, parcel in ended)
        with storage_faults(self.station.root), self.station.database.transaction() as connection:
            for parcel in self._running.values():
                self._follow(connection, parcel)
            for future, parcel in ended:
                fault = future.exception()
                if fault is None and (wire := future.result()):
                    self._made(connection, parcel, wire)
                    continue
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
        for _future, parcel in ended:
            if self.recipient and parcel.delivery.id in self.committed:
                drop_envelope(self.station, parcel.seal, parcel.delivery)
        return faults

    def _made(self, connection: sqlite3.Connection, parcel: _Parcel, wire: Wire) -> None:
        parcel.wire, parcel.state = wire, DeliveryState.HASHED
        deliveries.set_wire(connection, parcel.delivery.id, wire.name, wire.size, wire.sha256)
        self._ready.append((parcel, wire))

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
