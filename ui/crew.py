"""Threads that work behind the event loop.

They are Python's own: to Python, a thread of Qt's pool is another one with every job, and what a
thread keeps (its database connection) would be made anew for each, and left to be collected.
"""

from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from threading import Condition, Thread, current_thread

Job = Callable[[], object]


class Crew:
    """At most `size` threads, started when there is work; the most urgent job first, else in turn.

    All of it is for one thread, that of the event loop; jobs answer it by signals.
    """

    def __init__(self, name: str, size: int = 1) -> None:
        self._name, self._size = name, size
        self._numbers = count()
        self._jobs: list[tuple[int, int, Job]] = []
        self._threads: list[Thread] = []
        self._resting = 0
        self._leaving = self._stopped = False
        self._change = Condition()

    def do(self, job: Job, urgency: int = 0) -> None:
        with self._change:
            if self._stopped:
                return
            heappush(self._jobs, (-urgency, next(self._numbers), job))
            self._staff()
            self._change.notify()

    def clear(self) -> None:
        """Forget what nobody has begun."""
        with self._change:
            self._jobs.clear()

    def stop(self) -> None:
        """For good: wait for what somebody has begun, and begin nothing more."""
        self._stopped = True
        self.clear()
        self.finish()

    def finish(self) -> None:
        """Wait until everything is done; the threads are gone then, until there is work again."""
        with self._change:
            self._leaving = True
            self._change.notify_all()
        while threads := list(self._threads):
            for thread in threads:
                thread.join()
        self._leaving = False

    def _staff(self) -> None:
        if len(self._jobs) > self._resting and len(self._threads) < self._size:
            # One that hangs does not keep the process of a dead window alive.
            self._threads.append(Thread(target=self._work, name=self._name, daemon=True))
            self._threads[-1].start()

    def _work(self) -> None:
        try:
            while job := self._next():
                job()
        finally:  # also behind a bug, which goes on to the interpreter's hook
            with self._change:
                self._threads.remove(current_thread())
                self._staff()

    def _next(self) -> Job | None:
        with self._change:
            self._resting += 1
            self._change.wait_for(lambda: self._jobs or self._leaving)
            self._resting -= 1
            return heappop(self._jobs)[2] if self._jobs else None
