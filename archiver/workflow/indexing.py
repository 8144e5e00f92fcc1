"""Keep the search index in step with SQLite, which is the truth; rebuild it when it is lost."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from archiver.errors import DiskFull, IndexBusyElsewhere, StorageFailed
from archiver.model.casefile import CaseFile, Page
from archiver.store import cases, pages
from archiver.workflow.faults import FULL
from archiver.workflow.station import Station
from index.arabic import terms
from index.page import IndexedPage
from index.errors import IndexBusy, IndexDamaged, IndexNotWritten, IndexOutdated, UnusableIndexError
from index.tree import Word

_BATCH: Final = 500


def index_pending(station: Station) -> int:
    """Index the pages that are read but not indexed; how many. Rebuilds a lost index first.

    Raises IndexBusyElsewhere, DiskFull, StorageFailed.
    """
    with _index_faults(station):
        refresh_if_lost(station)
        try:
            return _index(station)
        except (IndexDamaged, IndexNotWritten) as error:
            if _is_full(error):
                raise
            _start_over(station)  # it opened, but takes nothing in
            return _index(station)


def _index(station: Station) -> int:
    total = 0
    while batch := pages.unindexed(station.database.connection, _BATCH):
        station.index.add(_searched(station, batch))
        station.index.commit()
        with station.database.transaction() as connection:
            pages.mark_indexed(connection, [page.id for page in batch])
        total += len(batch)
    return total


def refresh_if_lost(station: Station) -> bool:
    """Make a new, empty index where the old one is outdated, damaged or not there.

    Every page then counts as not indexed, so that the next `index_pending` fills it.
    """
    try:
        if _is_whole(station):
            return False
    except (IndexOutdated, IndexDamaged):
        pass
    _start_over(station)
    return True


def _is_whole(station: Station) -> bool:
    """Whether it holds what the books say, and answers a question on a page it holds."""
    count, sample = pages.indexed(station.database.connection)
    if station.index.count() < count:  # another folder was put in its place
        return False
    words = terms(sample)
    return not words or station.index.search(Word(words[0])).total > 0


def _start_over(station: Station) -> None:
    with station.database.transaction() as connection:
        pages.mark_all_unindexed(connection)
    station.make_index()


@contextmanager
def _index_faults(station: Station) -> Iterator[None]:
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
    return any(f"os error {code}" in error.why for code in FULL)


def _searched(station: Station, batch: Sequence[Page]) -> Iterator[IndexedPage]:
    connection = station.database.connection
    known: dict[int, CaseFile] = {}
    for page in batch:
        case = known.get(page.case_id) or cases.by_id(connection, page.case_id)
        document = cases.document(connection, page.document_id)
        if case is None or document is None:
            raise LookupError(page.id)
        known[case.id] = case
        yield IndexedPage(
            page_id=page.id,
            case_id=case.id,
            text=page.text,
            keys=tuple(key.canonical for key in case.keys),
            series=case.keys[0].series if case.keys else "",
            kind=document.kind,
            title=case.title,
            access=case.access,
        )
