"""Compare the search index with the archive, page by page."""

from collections.abc import Iterator
from typing import Final

from archiver.i18n import N_, _, digits, ngettext
from archiver.jobs.pace import Pace
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Progress, Step
from archiver.store import audit, pages, search_index
from archiver.workflow.faults import storage_faults
from archiver.workflow.indexed_pages import indexed_pages
from archiver.workflow.indexing import index_faults, index_pending
from archiver.workflow.rights import Right, guarded
from archiver.workflow.search import asking
from archiver.workflow.station import Station
from index.entry import stamp

_BATCH: Final = 5000
_SHOWN: Final = 20  # ids of pages told of each kind
_LAST: Final = 2**31
_WHAT: Final = N_("Comparing the search index with the archive")


@guarded(Right.UPKEEP)
def verify_index(station: Station, actor: Actor, *, mend: bool = False) -> Iterator[Step]:
    """Which pages are missing from the index, stale in it, or in it without being in the archive.

    mend: index the missing and the stale anew and take out the others. Pages that wait to be
    indexed count as missing. Raises IndexLost where there is no index to compare, NothingRead.
    """
    missing: list[int] = []
    stale: list[int] = []
    extra: list[int] = []
    connection = station.database.connection
    total, last, done = pages.count_read(connection), 0, 0
    pace = Pace(total // _BATCH + 1)
    yield Progress(0, total, _(_WHAT))
    with asking(station):
        while last < _LAST:
            ids = search_index.searched_ids(connection, last, _BATCH)
            upto = ids[-1] if len(ids) == _BATCH else _LAST
            held = station.index.held(last + 1, upto)
            for page in indexed_pages(station, pages.by_ids(connection, ids)):
                found = held.pop(page.page_id, None)
                if found is None:
                    missing.append(page.page_id)
                elif found != stamp(page):
                    stale.append(page.page_id)
            extra += held
            last, done = upto, done + len(ids)
            pace.step()
            yield Progress(done, total, _(_WHAT), pace.seconds_left)
    if mend and (missing or stale or extra):
        _mend(station, actor, missing + stale, extra)
    yield _changed(station, total, missing, stale, extra, mended=mend)


def _mend(station: Station, actor: Actor, again: list[int], extra: list[int]) -> None:
    with storage_faults(station.root), index_faults(station):
        station.index.delete(extra)
        station.index.commit()
        with station.database.transaction() as connection:
            pages.mark_unindexed(connection, again)
            audit.append(connection, actor, "index mended", pages=len(again), extra=len(extra))
        index_pending(station)


def _changed(
    station: Station,
    total: int,
    missing: list[int],
    stale: list[int],
    extra: list[int],
    *,
    mended: bool,
) -> Changed:
    wrong = len(missing) + len(stale) + len(extra)
    return Changed(
        "index",
        facts={
            "act": "verify",
            "pages": total,
            "missing": len(missing),
            "stale": len(stale),
            "extra": len(extra),
            "examples": (missing + stale + extra)[:_SHOWN],
            "mended": mended and wrong > 0,
            "engine": search_index.state(station.database.connection).engine,
        },
        sentence=_sentence(total, missing, stale, extra, mended=mended),
    )


def _sentence(
    total: int, missing: list[int], stale: list[int], extra: list[int], *, mended: bool
) -> str:
    if not (missing or stale or extra):
        words = ngettext(
            "The search index agrees with the archive: {count} page.",
            "The search index agrees with the archive: {count} pages.",
            total,
        )
        return words.format(count=digits(total))
    words = _(
        "Missing from the search index: {missing}; stale: {stale}; not in the archive: {extra}."
    )
    told = words.format(
        missing=digits(len(missing)), stale=digits(len(stale)), extra=digits(len(extra))
    )
    return f"{told} {_('All was mended.') if mended else _('Run “archiver index verify --mend”.')}"
