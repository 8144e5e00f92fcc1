"""One long piece of work in a thread beside the generator that reports on it."""

import threading
from collections.abc import Callable, Iterator
from typing import Final, Generic, TypeVar

T = TypeVar("T")
_EVERY_SECONDS: Final = 0.2


class Watched(Generic[T]):
    """Iterating runs `work(report)` and yields what it last reported, a few times a second.

    Then `result` holds what it returned. What it raises is raised by the iteration; a broken-off
    iteration waits for the work all the same.
    """

    result: T

    def __init__(self, work: Callable[[Callable[[int], None]], T]) -> None:
        self._work = work
        self._last = 0
        self._fault: BaseException | None = None

    def __iter__(self) -> Iterator[int]:
        thread = threading.Thread(target=self._run, name="watched")
        thread.start()
        try:
            while thread.is_alive():
                thread.join(_EVERY_SECONDS)
                yield self._last
        finally:
            thread.join()
        if self._fault:
            raise self._fault

    def _run(self) -> None:
        try:
            self.result = self._work(self._report)
        except BaseException as error:  # noqa: BLE001 - handed over to the waiting thread
            self._fault = error

    def _report(self, count: int) -> None:
        self._last = count
