"""Lines to a target: each worker thread holds one connection and mends it when it breaks."""

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


class Lines(Generic[L]):
    """Up to `count` lines; work that a broken line leaves undone is done again on a new one.

    So work must be resumable: it notes for itself how far it came, and tells it by `moved`.
    Only when no line has moved for `patience_s` the work gives up. Errors that trying again
    cannot mend end it at once.
    """

    def __init__(self, connect: Callable[[], L], count: int, patience_s: float) -> None:
        self._connect, self._patience_s = connect, patience_s
        self._local = threading.local()
        self._open: list[L] = []
        self._moved_at = time.monotonic()
        self._stopped = threading.Event()
        self._executor = ThreadPoolExecutor(count, thread_name_prefix="line")

    def submit(self, work: Callable[[L], T]) -> Future[T]:
        return self._executor.submit(self._do, work)

    def run(self, work: Callable[[L], T]) -> T:
        return self.submit(work).result()

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
        for line in self._open:
            line.close()
        self._open.clear()

    def _do(self, work: Callable[[L], T]) -> T:
        begun, pause_s = time.monotonic(), 0.0
        while True:
            self.check()
            seen = self._moved_at
            try:
                return self._try(work)
            except TargetUnreachable:
                since = max(begun, self._moved_at)
                if time.monotonic() - since > self._patience_s:
                    raise
            pause_s = _next_pause(0.0 if self._moved_at > seen else pause_s)
            self._stopped.wait(pause_s * random.uniform(0.5, 1))  # noqa: S311 - no secret

    def _try(self, work: Callable[[L], T]) -> T:
        try:
            result = work(self._line())
        except TargetUnreachable:
            self._drop()
            raise
        self.moved()
        return result

    def _line(self) -> L:
        line: L | None = getattr(self._local, "line", None)
        if line is None:
            line = self._local.line = self._connect()
            self._open.append(line)
        return line

    def _drop(self) -> None:
        line: L | None = getattr(self._local, "line", None)
        if line is not None:
            self._local.line = None
            self._open.remove(line)
            line.close()


def _next_pause(pause_s: float) -> float:
    return min(LONGEST_PAUSE_S, max(FIRST_PAUSE_S, pause_s * 2))
