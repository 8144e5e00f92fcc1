"""Make the search index anew from the archive, while the old one answers.

The new index grows in a folder of its own, batch by batch; a page is noted in SQLite when the
batch is safe, so that a killed rebuild goes on where it stopped. When it has every page, one row
of SQLite lets it answer, and the old one is removed.
"""

import math
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Event
from typing import Final

from archiver.errors import UnknownEngine
from archiver.i18n import N_, _, digits, ngettext
from archiver.jobs.pace import Pace
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Progress, Step
from archiver.settings import FILE_NAME, read_settings, with_engine
from archiver.store import audit, pages, search_index
from archiver.store.durable import write_bytes
from archiver.store.search_index import IndexState
from archiver.workflow.analysts import analysed, analysts
from archiver.workflow.faults import storage_faults
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
from index.errors import IndexDamaged, IndexOutdated

_BATCH, _LARGEST_BATCH = 2000, 16_000  # pages to a commit
_PIECES: Final = 64  # tantivy merges 8 segments of one size, and 8 of those: the end is one
_ALONE: Final = 500  # so few pages are analysed before a process has started
_WHAT: Final = N_("Making the search index anew")
_MERGING: Final = N_("Putting the parts of the search index together")


@dataclass(frozen=True, slots=True)
class _Course:
    """What a rebuild works with, and what ends a batch of it before its time."""

    executor: Executor | None
    cancel: Event | None
    others_wait: Callable[[], bool]

    @property
    def stopped(self) -> bool:
        return bool(self.cancel and self.cancel.is_set())

    @property
    def batch_ends(self) -> bool:
        return self.stopped or self.others_wait()


@guarded(Right.UPKEEP)
def rebuild(
    station: Station,
    actor: Actor,
    *,
    engine: str = "",
    cancel: Event | None = None,
    others_wait: Callable[[], bool] = lambda: False,
) -> Iterator[Step]:
    """Make the index anew, by `engine` from now on, else by that of the settings.

    After `cancel` it stops behind some hundred pages; the next rebuild goes on there. Where
    `others_wait` for the archive, a batch ends as soon, and they may write before the next one.
    Raises UnknownEngine, IndexBusyElsewhere, DiskFull, StorageFailed.
    """
    wanted = engine or station.settings.index.engine
    if wanted not in station.engines.names:
        raise UnknownEngine(engine=wanted, known=", ".join(station.engines.names))
    started = time.monotonic()
    with storage_faults(station.root), index_faults(station), ExitStack() as stack:
        if wanted != station.settings.index.engine:
            _settle_engine(station, wanted)
        filling = _begin_filling(station, wanted)
        executor = None
        if pages.are_read(station.database.connection, _ALONE):
            executor = stack.enter_context(analysts(station.plan.workers))
        course = _Course(executor, cancel, others_wait)
        if filling:
            taken = yield from _fill(station, actor, course)
        else:
            index_pending(station)
            taken = yield from _build(station, actor, wanted, course)
    seconds = time.monotonic() - started
    yield _changed(station, taken, wanted, seconds, stopped=course.stopped)


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


def _begin_filling(station: Station, engine: str) -> bool:
    """Whether the index that answers is to be filled: it was lost, or a fill of it was stopped."""
    whole = is_whole(station)
    if not whole:
        start_over(station)
    state = search_index.state(station.database.connection)
    if whole and (state.building, state.engine) != (state.live, engine):
        return False
    with station.database.transaction() as connection:
        search_index.set_building(connection, state.live, engine)
    return True


def _fill(station: Station, actor: Actor, course: _Course) -> Generator[Step, None, int]:
    """Bring every page into the index that answers already; how many."""
    connection = station.database.connection
    total = pages.count_unindexed(connection)
    batch, done, empty, highest = _batch(total), 0, station.index.count() == 0, 0
    pace = _pace(total, batch)
    yield Progress(0, total, _(_WHAT))
    while not course.stopped and (ids := search_index.to_fill(connection, batch)):
        new = empty and min(ids) > highest  # a page that changed meanwhile comes a second time
        taken = _take_in(station, station.index, ids, course, new=new)
        with station.database.transaction() as changing:
            pages.mark_indexed(changing, taken)
        highest, done = max(highest, *taken), done + len(taken)
        pace.step()
        yield Progress(done, total, _(_WHAT), pace.seconds_left)
    yield Progress(done, total, _(_MERGING))
    station.index.commit()
    if not course.stopped:
        _note(station, actor, done)
    return done


def _batch(total: int) -> int:
    return min(max(_BATCH, math.ceil(total / _PIECES)), _LARGEST_BATCH)


def _pace(total: int, batch: int) -> Pace:
    return Pace(math.ceil(total / batch))


def _take_in(
    station: Station,
    made: Engine,
    ids: Sequence[int],
    course: _Course,
    *,
    new: bool,
) -> Sequence[int]:
    """Add these pages and commit; those that were taken in before the batch was to end."""
    taken: list[int] = []
    for found in analysed(station, ids, course.executor):
        made.add(found, new=new)
        taken += [each.page_id for each in found]
        if course.batch_ends:
            break
    else:
        taken = list(ids)  # with those put aside, which no index has
    made.commit(more=True)
    return taken


def _build(
    station: Station, actor: Actor, wanted: str, course: _Course
) -> Generator[Step, None, int]:
    """Make the next index and let it take over; how many pages were brought in now."""
    state, made = _open_next(station, wanted)
    connection = station.database.connection
    had, last = search_index.built(connection)
    total = pages.indexed(connection)[0]
    batch, done, sweeps, known = _batch(total), 0, 1, made.count() > 0
    pace = _pace(total - had, batch)
    yield Progress(had, total, _(_WHAT))
    try:
        while not course.stopped:
            ids = search_index.to_build(connection, last, batch)
            if ids:
                # What a kill left unnoted, or changed behind the first sweep, is there already.
                new = sweeps == 1 and not known
                taken = _take_in(station, made, ids, course, new=new)
                with station.database.transaction() as changing:
                    search_index.mark_built(changing, taken)
                known, last, done = False, taken[-1], done + len(taken)
                pace.step()
                yield Progress(had + done, total, _(_WHAT), pace.seconds_left)
                index_all(station)
            elif last:
                last, sweeps = 0, sweeps + 1
            else:
                yield Progress(had + done, total, _(_MERGING))
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
        search_index.set_live(connection, state.live, state.engine)
        audit.append(connection, actor, "index rebuilt", engine=state.engine, pages=done)


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
