"""Make the search index anew from the archive, while the old one answers.

The new index grows in a folder of its own, batch by batch; a page is noted in SQLite when the
batch is safe, so that a killed rebuild goes on where it stopped. When it has every page, one row
of SQLite lets it answer, and the old one is removed.
"""

import math
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from multiprocessing.connection import wait
from threading import Event
from typing import Final

from archiver.errors import UnknownEngine
from archiver.i18n import N_, _, digits, ngettext
from archiver.jobs.pace import Pace
from archiver.model.actor import Actor
from archiver.model.casefile import Page
from archiver.model.changes import Changed, Progress, Step
from archiver.settings import FILE_NAME, read_settings, with_engine
from archiver.store import audit, pages, search_index
from archiver.store.durable import write_bytes
from archiver.store.search_index import IndexState
from archiver.workflow.faults import storage_faults
from archiver.workflow.indexed_pages import indexed_pages
from archiver.workflow.indexing import (
    index_all,
    index_faults,
    index_pending,
    is_whole,
    start_over,
    sweep,
)
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station
from index.engine import Engine
from index.entry import Entry, entries
from index.errors import IndexDamaged, IndexOutdated

_BATCH: Final = 2000  # pages to a commit
_ALONE: Final = 500  # so few pages are analysed before a process has started
_TASK: Final = 100  # pages to a task of a process
_WHAT: Final = N_("Making the search index anew")


@guarded(Right.UPKEEP)
def rebuild(
    station: Station,
    actor: Actor,
    *,
    engine: str = "",
    cancel: Event | None = None,
) -> Iterator[Step]:
    """Make the index anew, by `engine` from now on, else by that of the settings.

    After `cancel` it stops behind a batch; the next rebuild goes on there.
    Raises UnknownEngine, IndexBusyElsewhere, DiskFull, StorageFailed.
    """
    wanted = engine or station.settings.index.engine
    if wanted not in station.engines.names:
        raise UnknownEngine(engine=wanted, known=", ".join(station.engines.names))
    started = time.monotonic()
    with storage_faults(station.root), index_faults(station), ExitStack() as stack:
        if wanted != station.settings.index.engine:
            _settle_engine(station, wanted)
        whole = is_whole(station)
        if not whole:
            start_over(station)
        executor = None
        if pages.count_read(station.database.connection) > _ALONE:
            executor = stack.enter_context(_analysts(station.plan.workers))
        if whole:
            index_pending(station)
            taken = yield from _build(station, actor, wanted, executor, cancel)
        else:
            taken = yield from _fill(station, executor, cancel)
            _note(station, actor, taken)
    stopped = bool(cancel and cancel.is_set())
    yield _changed(station, taken, wanted, time.monotonic() - started, stopped=stopped)


def _analysts(workers: int) -> Executor:
    """Processes that analyse pages: three quarters of the work."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start_analyst)


def _start_analyst() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what is finished
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(parent: int) -> None:
    """A killed station leaves no process behind."""
    wait([parent])
    os._exit(1)


@guarded(Right.UPKEEP)
def change_engine(station: Station, actor: Actor, cancel: Event | None = None) -> Iterator[Step]:
    """Where the settings have come to name another engine, let it take over."""
    state = search_index.state(station.database.connection)
    if state.engine not in ("", station.settings.index.engine):
        for step in rebuild(station, actor, cancel=cancel):
            if not isinstance(step, Changed):
                yield step


def _settle_engine(station: Station, engine: str) -> None:
    """Write it into the settings, for this process and all that come."""
    path = station.root / FILE_NAME
    write_bytes(path, with_engine(path.read_text("utf-8"), engine).encode())
    station.settings = read_settings(station.root)


def _fill(
    station: Station, executor: Executor | None, cancel: Event | None
) -> Generator[Step, None, int]:
    """Bring every page into the index that answers already; how many."""
    connection = station.database.connection
    total = pages.count_unindexed(connection)
    pace, done = _pace(total), 0
    yield Progress(0, total, _(_WHAT))
    while not (cancel and cancel.is_set()) and (batch := pages.unindexed(connection, _BATCH)):
        station.index.add(_analysed(station, batch, executor))
        station.index.commit(more=True)
        with station.database.transaction() as changing:
            pages.mark_indexed(changing, [page.id for page in batch])
        done += len(batch)
        pace.step()
        yield Progress(done, total, _(_WHAT), pace.seconds_left)
    station.index.commit()
    return done


def _pace(total: int) -> Pace:
    return Pace(math.ceil(total / _BATCH))


def _build(
    station: Station, actor: Actor, wanted: str, executor: Executor | None, cancel: Event | None
) -> Generator[Step, None, int]:
    """Make the next index and let it take over; how many pages were brought in now."""
    state, made = _open_next(station, wanted)
    connection = station.database.connection
    had, last = search_index.built(connection)
    total = pages.indexed(connection)[0]
    pace, done, sweeps, known = _pace(total - had), 0, 1, True
    yield Progress(had, total, _(_WHAT))
    try:
        while not (cancel and cancel.is_set()):
            ids = search_index.to_build(connection, last, _BATCH)
            if ids:
                # What a kill left unnoted, or changed behind the first sweep, is there already.
                new = sweeps == 1 and not known
                made.add(_analysed(station, pages.by_ids(connection, ids), executor), new=new)
                made.commit(more=True)
                with station.database.transaction() as changing:
                    search_index.mark_built(changing, ids)
                known, last, done = False, ids[-1], done + len(ids)
                pace.step()
                yield Progress(had + done, total, _(_WHAT), pace.seconds_left)
                index_all(station)
            elif last:
                last, sweeps = 0, sweeps + 1
            else:
                made.commit()
                _take_over(station, actor, state, had + done)
                break
    finally:
        made.close()
    return done


def _open_next(station: Station, engine: str) -> tuple[IndexState, Engine]:
    """The index that is being made: one that was begun before, else a new one."""
    state = search_index.state(station.database.connection)
    if state.building and state.building_engine == engine:
        try:
            return state, station.engines.open(engine, station.index_folder(state.building))
        except (IndexOutdated, IndexDamaged):
            pass
    made = station.engines.create(engine, station.index_folder(state.next))
    with station.database.transaction() as connection:
        search_index.set_building(connection, state.next, engine)
    sweep(station)
    return search_index.state(station.database.connection), made


def _take_over(station: Station, actor: Actor, state: IndexState, done: int) -> None:
    with station.database.transaction() as connection:
        search_index.set_live(connection, state.building, state.building_engine)
        audit.append(connection, actor, "index rebuilt", engine=state.building_engine, pages=done)
    station.forget_index()
    sweep(station)


def _note(station: Station, actor: Actor, done: int) -> None:
    state = search_index.state(station.database.connection)
    with station.database.transaction() as connection:
        audit.append(connection, actor, "index rebuilt", engine=state.engine, pages=done)


def _analysed(
    station: Station, batch: Sequence[Page], executor: Executor | None
) -> Iterator[Entry]:
    """The batch, analysed in the processes; here, where they died."""
    told = list(indexed_pages(station, batch))
    tasks = [told[at : at + _TASK] for at in range(0, len(told), _TASK)]
    done = 0
    try:
        if executor is not None:
            for made in executor.map(entries, tasks):
                yield from made
                done += 1
    except BrokenProcessPool:
        pass
    for task in tasks[done:]:
        yield from entries(task)


def _changed(
    station: Station, taken: int, engine: str, seconds: float, *, stopped: bool
) -> Changed:
    words = ngettext(
        "{count} page was taken into the new search index ({engine})",
        "{count} pages were taken into the new search index ({engine})",
        taken,
    ).format(count=digits(taken), engine=engine)
    end = _("stopped; the next rebuild goes on there") if stopped else _("it answers now")
    return Changed(
        "index",
        facts={
            "act": "rebuild",
            "engine": engine,
            "pages": taken,
            "total": pages.indexed(station.database.connection)[0],
            "complete": not stopped,
            "seconds": round(seconds, 2),
        },
        sentence=f"{words}{_(', ')}{end}.",
    )
