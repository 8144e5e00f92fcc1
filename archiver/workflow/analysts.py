"""Pages analysed in processes of their own, a few tasks ahead of the index that takes them in."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Final

from archiver.store import pages
from archiver.workflow.indexed_pages import indexed_pages
from archiver.workflow.station import Station
from index.entry import Entry, entries
from index.page import IndexedPage

_READ: Final = 1000  # pages out of SQLite at a time: those of a case file share what is known of it
_TASK: Final = 100  # pages to a task of a process
_AHEAD: Final = 3  # tasks a process; what is read ahead is held in memory


def analysts(workers: int) -> Executor:
    """Processes that analyse pages: more than half of the work."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start)


def _start() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what is finished
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(parent: int) -> None:
    """A killed station leaves no process behind."""
    wait([parent])
    os._exit(1)


def analysed(
    station: Station, page_ids: Sequence[int], executor: Executor | None
) -> Iterator[list[Entry]]:
    """These pages, in their order, some at a time; analysed here where there are no processes."""
    ahead = _AHEAD * station.plan.workers if executor else 0
    begun: deque[tuple[list[IndexedPage], Future[list[Entry]] | None]] = deque()
    for task in _tasks(station, page_ids):
        begun.append((task, _begun(task, executor)))
        if len(begun) > ahead:
            yield _done(*begun.popleft())
    while begun:
        yield _done(*begun.popleft())


def _tasks(station: Station, page_ids: Sequence[int]) -> Iterator[list[IndexedPage]]:
    for at in range(0, len(page_ids), _READ):
        read = pages.by_ids(station.database.connection, page_ids[at : at + _READ])
        told = list(indexed_pages(station, read))
        yield from (told[first : first + _TASK] for first in range(0, len(told), _TASK))


def _begun(task: list[IndexedPage], executor: Executor | None) -> Future[list[Entry]] | None:
    try:
        return executor.submit(entries, task) if executor else None
    except BrokenProcessPool:
        return None


def _done(task: list[IndexedPage], future: Future[list[Entry]] | None) -> list[Entry]:
    try:
        return future.result() if future else entries(task)
    except BrokenProcessPool:
        return entries(task)
