"""Lines to a target: whoever has work takes a free one, and mends it when it breaks."""

import queue
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, Generic, Protocol, TypeVar

from archiver.errors import TargetUnreachable
from archiver.transfer.target import SendingStopped

FIRST_PAUSE_S: Final = 0.05
LONGEST_PAUSE_S: Final = 5.0


class Line(Protocol):
    """One connection. What it raises as TargetUnreachable may pass on a new one."""

    def close(self) -> None: ...


L = TypeVar("L", bound=Line)
T = TypeVar("T")


class _Slot(Generic[L]):
    """Room for one line; in one thread's hands at a time."""

    line: L | None = None

    def drop(self) -> None:
        line, self.line = self.line, None
        if line is not None:
            line.close()


class Lines(Generic[L]):
    """Up to `count` lines; work that a broken line leaves undone is done again on a new one.

    So work must be resumable: it notes for itself how far it came, and tells it by `moved`.
    Only when no line has moved for `patience_s` the work gives up. Errors that trying again
    cannot mend end it at once.
    """

    def __init__(self, connect: Callable[[], L], count: int, patience_s: float) -> None:
        self._connect, self._patience_s = connect, patience_s
        self._slots = [_Slot[L]() for _line in range(count)]
        self._free: queue.LifoQueue[_Slot[L]] = queue.LifoQueue()  # the one used last comes first
        for slot in self._slots:
            self._free.put(slot)
        self._moved_at = time.monotonic()
        self._stopped = threading.Event()
        self._executor = ThreadPoolExecutor(count, thread_name_prefix="line")

    def submit(self, work: Callable[[L], T]) -> Future[T]:
        return self._executor.submit(self.run, work)

    def run(self, work: Callable[[L], T]) -> T:
        """In the thread that calls, once a line is free."""
        slot = self._free.get()
        try:
            return self._do(work, slot)
        finally:
            self._free.put(slot)

    def moved(self) -> None:
        """The other side has acknowledged something."""
        self._moved_at = time.monotonic()

    def stop(self) -> None:
        self._stopped.set()

    def check(self) -> None:
        """Raise SendingStopped where `stop` was called."""
        if self._stopped.is_set():
            raise SendingStopped

    def close(self) -> None:
        self.stop()
        self._executor.shutdown(wait=True, cancel_futures=True)
        for slot in self._slots:
            slot.drop()

    def _do(self, work: Callable[[L], T], slot: "_Slot[L]") -> T:
        begun, pause_s = time.monotonic(), 0.0
        while True:
            self.check()
            seen = self._moved_at
            try:
                return self._try(work, slot)
            except TargetUnreachable:
                since = max(begun, self._moved_at)
                if time.monotonic() - since > self._patience_s:
                    raise
            pause_s = _next_pause(0.0 if self._moved_at > seen else pause_s)
            self._stopped.wait(pause_s * random.uniform(0.5, 1))  # noqa: S311 - no secret

    def _try(self, work: Callable[[L], T], slot: "_Slot[L]") -> T:
        try:
            if slot.line is None:
                slot.line = self._connect()
            result = work(slot.line)
        except TargetUnreachable:
            slot.drop()
            raise
        self.moved()
        return result


def _next_pause(pause_s: float) -> float:
    return min(LONGEST_PAUSE_S, max(FIRST_PAUSE_S, pause_s * 2))
