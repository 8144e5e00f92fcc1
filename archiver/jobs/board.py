"""The job board: runs one callable over many tasks on any executor, and survives its workers.

It knows no pages. A dead worker breaks a process pool and every future in it: the board builds
a new pool, tries each task that was in flight alone, and sets aside the one that does it again.
Only a task that was alone when its worker died can be blamed.
Nothing cancels a running task: `cancel` stops handing out, and what runs is finished.
"""

import threading
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

_LOOK_EVERY_SECONDS: Final = 5.0

T = TypeVar("T", bound=Hashable)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T, R]):
    """What became of a task: its result, or the error it raised, or how often it killed."""

    task: T
    result: R | None = None
    error: Exception | None = None
    kills: int = 0


class Board(Generic[T, R]):
    def __init__(
        self,
        work: Callable[[T], R],
        make_executor: Callable[[], Executor],
        *,
        width: int,
        kills_allowed: int = 2,
    ) -> None:
        """`work` must be picklable for a process pool; `width` tasks run at once."""
        self._work, self._make = work, make_executor
        self._width, self._kills_allowed = width, kills_allowed
        self._kills: Counter[T] = Counter()
        self._alone: deque[T] = deque()
        self._running: dict[Future[R], T] = {}

    @property
    def running(self) -> int:
        return len(self._running)

    def run(
        self, tasks: Iterable[T], cancel: threading.Event | None = None
    ) -> Iterator[Outcome[T, R]]:
        """The outcomes as they come. Ends early, after what runs, once `cancel` is set."""
        waiting, executor = iter(tasks), self._make()
        try:
            while True:
                if not (cancel and cancel.is_set()) and not self._hand_out(executor, waiting):
                    executor = self._rebuild(executor)
                    continue
                if not self._running:
                    return
                outcomes, broken = self._collect(executor)
                yield from outcomes
                if broken:
                    executor = self._rebuild(executor)
        finally:
            _dismiss(executor)

    def _hand_out(self, executor: Executor, waiting: Iterator[T]) -> bool:
        """Fill the pool; False where it turned out to be broken."""
        # One task more than workers, so that none of them waits for the board.
        room = 1 if self._alone else self._width + 1
        while len(self._running) < room:
            task = self._alone[0] if self._alone else next(waiting, None)
            if task is None:
                return True
            try:
                self._running[executor.submit(self._work, task)] = task
            except (BrokenProcessPool, OSError) as error:
                if isinstance(error, OSError) and not _is_broken(executor):
                    raise
                if not self._alone:
                    self._alone.append(task)
                return False
            if self._alone:
                self._alone.popleft()
        return True

    def _collect(self, executor: Executor) -> tuple[list[Outcome[T, R]], bool]:
        """What finished, and whether the pool broke."""
        alone, outcomes = len(self._running) == 1, list[Outcome[T, R]]()
        finished, _ = wait(self._running, _LOOK_EVERY_SECONDS, FIRST_COMPLETED)
        broken = not finished and _is_broken(executor)
        for future in finished:
            task = self._running.pop(future)
            error = future.exception()
            if isinstance(error, BrokenProcessPool):
                broken = True
                outcomes += self._suspect(task, alone=alone)
            elif isinstance(error, Exception):
                outcomes.append(Outcome(task, error=error))
            elif error is not None:
                raise error
            else:
                outcomes.append(Outcome(task, result=future.result()))
        return outcomes, broken

    def _suspect(self, task: T, *, alone: bool) -> list[Outcome[T, R]]:
        """Try it again, alone; or set it aside."""
        self._kills[task] += 1
        if alone and self._kills[task] >= self._kills_allowed:
            return [Outcome(task, kills=self._kills[task])]
        self._alone.append(task)
        return []

    def _rebuild(self, executor: Executor) -> Executor:
        """A new pool; whatever was in the broken one is tried again, alone."""
        _dismiss(executor)
        self._alone.extend(self._running.values())
        self._running.clear()
        return self._make()


def _is_broken(executor: Executor) -> bool:
    """A process pool that breaks while `submit` is at work may say so nowhere else.

    Then a future never ends, a worker that was just started is waited for by `shutdown` for
    ever, or `submit` stumbles over a closed pipe. Seen with Python 3.11.7.
    """
    return bool(getattr(executor, "_broken", False))


def _dismiss(executor: Executor) -> None:
    """Wait for what runs, and end the pool."""
    if _is_broken(executor):
        for worker in tuple((getattr(executor, "_processes", None) or {}).values()):
            worker.kill()
    executor.shutdown(wait=True, cancel_futures=True)
