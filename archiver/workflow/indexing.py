"""Keep the search index in step with SQLite, which is the truth; make it again when it is lost."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from archiver.errors import DiskFull, IndexBusyElsewhere, StorageFailed
from archiver.i18n import _
from archiver.store import pages, search_index
from archiver.workflow.faults import FULL, has_no_room
from archiver.workflow.indexed_pages import indexed_pages
from archiver.workflow.station import Station
from index.arabic import terms
from index.errors import IndexBusy, IndexDamaged, IndexNotWritten, IndexOutdated, UnusableIndexError
from index.tree import Word

_BATCH: Final = 500


def index_pending(station: Station, *, more: bool = False) -> int:
    """Index the pages that are read but not indexed; how many. Makes a lost index anew first.

    more: there is more to come soon, so the index stays open for writing.
    Raises IndexBusyElsewhere, DiskFull, StorageFailed.
    """
    with index_faults(station):
        refresh_if_lost(station)
        try:
            return _index(station, more=more)
        except (IndexDamaged, IndexNotWritten) as error:
            if _is_full(error):
                raise
            start_over(station)  # it opened, but takes nothing in
            return _index(station, more=more)


def _index(station: Station, *, more: bool) -> int:
    total = index_all(station)
    _take_out(station)
    if not more:
        station.index.commit()  # lets other writers in
    return total


def _take_out(station: Station) -> None:
    """Take the pages that left the numbering out of the index."""
    gone = pages.leaving(station.database.connection)
    if gone:
        station.index.delete(gone)
        station.index.commit(more=True)
        with station.database.transaction() as connection:
            pages.mark_left(connection, gone)


def index_all(station: Station) -> int:
    """Index what waits, into the index as it is; how many."""
    total = 0
    while taken := index_batch(station, _BATCH):
        total += taken
    return total


def index_batch(station: Station, size: int) -> int:
    """Index, at most, `size` of the pages that wait; how many."""
    batch = pages.unindexed(station.database.connection, size)
    if batch:
        station.index.add(indexed_pages(station, batch))
        station.index.commit(more=True)
        with station.database.transaction() as connection:
            pages.mark_indexed(connection, [page.id for page in batch])
    return len(batch)


def refresh_if_lost(station: Station) -> bool:
    """Make a new, empty index where the old one is outdated, damaged or not there.

    Every page then counts as not indexed, so that the next `index_pending` fills it.
    """
    if is_whole(station):
        return False
    start_over(station)
    return True


def is_whole(station: Station) -> bool:
    """Whether it opens, holds what the books say, and answers a question on a page it holds."""
    try:
        count, sample = pages.indexed(station.database.connection)
        if station.index.count() < count:  # another folder was put in its place
            return False
        words = terms(sample)
        return not words or station.index.search(Word(words[0]), exact=True).total > 0
    except (IndexOutdated, IndexDamaged):
        return False


@dataclass(frozen=True, slots=True)
class IndexFacts:
    """How the search index stands."""

    engine: str  # that answers; "" before the first
    wanted: str  # by the settings
    usable: bool
    pages: int
    waiting: int
    building: str  # engine of the one that is being made, or ""

    def advice(self) -> str:
        """What to do next; empty where nothing is to be done."""
        if self.building:
            return _("A rebuild was stopped: “archiver index rebuild” goes on with it.")
        if self.engine and (not self.usable or self.engine != self.wanted):
            return _("Run “archiver index rebuild”.")
        return _("Run “archiver process”: it indexes what waits.") if self.waiting else ""


def index_state(station: Station) -> IndexFacts:
    connection = station.database.connection
    state = search_index.state(connection)
    return IndexFacts(
        engine=state.engine,
        wanted=station.settings.index.engine,
        usable=is_whole(station),
        pages=pages.indexed(connection)[0],
        waiting=pages.count_unindexed(connection),
        building=state.building_engine,
    )


def start_over(station: Station) -> None:
    """Let a new, empty index answer, and remove all others."""
    folder = station.root / "index"
    if folder.exists() and not folder.is_dir():
        folder.unlink()
    station.make_index()
    sweep(station)


def sweep(station: Station) -> None:
    """Remove what is neither the index that answers nor the one that is being made."""
    state = search_index.state(station.database.connection)
    kept = {str(state.live), str(state.building)}
    for path in (station.root / "index").iterdir():
        if path.name not in kept:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


@contextmanager
def index_faults(station: Station) -> Iterator[None]:
    """The faults of an index that is written, as people read them."""
    try:
        yield
    except IndexBusy as error:
        raise IndexBusyElsewhere(path=error.folder) from error
    except IndexNotWritten as error:
        station.forget_index()
        if _is_full(error):
            raise DiskFull(path=error.folder) from error
        raise StorageFailed(path=error.folder, detail=error.why) from error


def _is_full(error: UnusableIndexError) -> bool:
    """tantivy writes the code of the system in one of two ways, or none at all."""
    told = any(f"{word} {code}" in error.why for code in FULL for word in ("os error", "code:"))
    return told or (isinstance(error, IndexNotWritten) and has_no_room(error.folder.parent))
