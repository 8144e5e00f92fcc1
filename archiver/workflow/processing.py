"""Read what waits to be read, and make it searchable."""

import hashlib
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Final

from archiver.errors import ArchiverError, PageKillsWorker, PageUnreadable, ToolMissing
from archiver.i18n import N_, _, digits, isolate, ngettext
from archiver.jobs.board import Board, Outcome
from archiver.jobs.pace import Pace
from archiver.model.actor import Actor
from archiver.model.casefile import Page
from archiver.model.changes import Changed, Notice, Progress, Step
from archiver.store import audit, pages
from archiver.store.pages import Reading
from archiver.workflow import revising
from archiver.workflow.archive_form import reach
from archiver.workflow.faults import storage_faults
from archiver.workflow.indexing import index_pending
from archiver.workflow.measuring import measure_pending
from archiver.workflow.proposing import propose_for
from archiver.workflow.rebuilding import change_engine
from archiver.workflow.rights import Right, guarded
from archiver.workflow.scanned import take_up
from archiver.workflow.spreads import split_spreads
from archiver.workflow.station import PageJob, Readers, Station, cut_of

_INDEX_EVERY_SECONDS: Final = 1.0  # a page is found 2 s after it was read, committing included

_log = logging.getLogger(__name__)


class CorrectionsLoose(ArchiverError):
    """Not lost: they stand in the page's history."""

    what = N_("{count} corrections fit nowhere on the new reading; they are kept.")
    advice = N_("“archiver correct CASE PAGE --list” shows them. Look at the page again.")


@guarded(Right.READ)
def process(
    station: Station,
    actor: Actor,
    *,
    case_id: int | None = None,
    page_id: int | None = None,
    again: bool = False,
    cancel: threading.Event | None = None,
) -> Iterator[Step]:
    """Prepare, recognise and index the pages that wait; with `again` also those that failed.

    case_id, page_id: only those. What people corrected is put on the new reading; corrections
    that find no place on it are kept and told in a `Notice`.
    What a killed scan left in the spool is taken in first.
    A page that cannot be read is set aside with a `Notice`. After `cancel` the pages that are
    being read are finished. Raises ToolMissing where no page can be read at all, DiskFull.
    """
    yield from take_up(station)
    work = pages.to_read(station.database.connection, case_id, again=again)
    if page_id is None and work:
        with storage_faults(station.root):
            yield from _looked_at(station, actor, sorted({page.case_id for page in work}))
        work = pages.to_read(station.database.connection, case_id, again=again)
    work = tuple(page for page in work if page_id in (None, page.id))
    run = _Run(station, actor, work, cancel)
    with storage_faults(station.root):
        yield from run.steps()
        indexed = index_pending(station)
        yield from change_engine(station, actor, cancel)
        yield from propose_for(station, actor, run.cases())
        yield from reach(station, actor, [])
    yield Changed(
        "process",
        cases=tuple(sorted({page.case_id for page in work})),
        pages=tuple(run.read),
        facts={
            "pages": len(work),
            "read": len(run.read),
            "blank": run.blank,
            "failed": run.failed,
            "left": len(work) - len(run.read) - run.failed,
            "indexed": run.indexed + indexed,
            "seconds": round(time.monotonic() - run.started, 2),
        },
        sentence=run.sentence(),
    )


def _looked_at(station: Station, actor: Actor, case_ids: Sequence[int]) -> Iterator[Step]:
    """Measure pages that nobody has measured, and split those that are two."""
    for number in case_ids:
        measure_pending(station, number)
    yield from split_spreads(station, actor, case_ids)


class _Run:
    """One go over the pages that wait, with its tallies."""

    def __init__(
        self,
        station: Station,
        actor: Actor,
        work: Sequence[Page],
        cancel: threading.Event | None,
    ) -> None:
        self.station, self.actor, self.work, self.cancel = station, actor, work, cancel
        self.read: list[int] = []
        self.failed = self.blank = self.indexed = 0
        self.started = self._indexed_at = time.monotonic()
        self._pace = Pace(len(work))
        self._sharing: dict[PageJob, list[Page]] = {}  # the same bytes are read once

    def steps(self) -> Iterator[Step]:
        if not self.work:
            return
        readers = self.station.plan.load()
        for page in self.work:
            self._sharing.setdefault(_job(page, readers.stage_version), []).append(page)
        jobs = []
        for job in self._sharing:
            known = pages.known_reading(self.station.database.connection, job.stage_key)
            if known and self.station.blobs.path(known.alto).exists():
                yield from self._settle(Outcome(job, result=known))
            else:
                jobs.append(job)
        if jobs:
            yield from self._read(readers, jobs)

    def _read(self, readers: Readers, jobs: Sequence[PageJob]) -> Iterator[Step]:
        board: Board[PageJob, Reading] = Board(
            readers.read,
            readers.make_executor,
            width=self.station.plan.workers,
            kills_allowed=self.station.settings.work.kills_allowed,
        )
        yield self._progress(_("Starting the readers"))
        for outcome in board.run(jobs, self.cancel):
            yield from self._settle(outcome)
            if self.cancel and self.cancel.is_set() and board.running:
                yield self._progress(_finishing(board.running))
            self._index_now_and_then()

    def _settle(self, outcome: Outcome[PageJob, Reading]) -> Iterator[Step]:
        for page in self._sharing[outcome.task]:
            yield from self._settle_page(page, outcome)

    def _settle_page(self, page: Page, outcome: Outcome[PageJob, Reading]) -> Iterator[Step]:
        """Make it durable, then tell it."""
        self._pace.step()
        if outcome.result is not None:
            loose = self._keep(page, outcome.result)
            if loose:
                yield Notice(CorrectionsLoose(count=loose), _place(page))
            yield self._progress(_told(page, outcome.result))
            return
        error = _worded(outcome)
        with self.station.database.transaction() as connection:
            pages.set_failed(connection, page.id, error)
            audit.append(connection, self.actor, "set aside", case_id=page.case_id,
                         page_id=page.id, why=error.code, facts=error.facts)  # fmt: skip
        self.failed += 1
        yield Notice(error, _place(page))
        yield self._progress(_place(page))

    def _keep(self, page: Page, found: Reading) -> int:
        """Keep a reading; how many corrections fit nowhere on it."""
        with self.station.database.transaction() as connection:
            settled = revising.keep(self.station, connection, page.id, found)
            audit.append(connection, self.actor, "read", case_id=page.case_id, page_id=page.id,
                         stage_key=found.stage_key, alto=found.alto)  # fmt: skip
        revising.drop(self.station, settled)
        self.read.append(page.id)
        self.blank += found.blank
        return settled.loose

    def _index_now_and_then(self) -> None:
        if time.monotonic() - self._indexed_at > _INDEX_EVERY_SECONDS:
            self.indexed += index_pending(self.station, more=True)
            self._indexed_at = time.monotonic()

    def cases(self) -> tuple[int, ...]:
        """The case files of which a page was read."""
        read = set(self.read)
        return tuple(sorted({page.case_id for page in self.work if page.id in read}))

    def _progress(self, what: str) -> Progress:
        return Progress(self._pace.done, self._pace.total, what, self._pace.seconds_left)

    def sentence(self) -> str:
        count = len(self.read)
        words = ngettext("{count} page was read", "{count} pages were read", count)
        parts = [words.format(count=digits(count))]
        if self.failed:
            words = ngettext("{count} was set aside", "{count} were set aside", self.failed)
            parts.append(words.format(count=digits(self.failed)))
        left = len(self.work) - count - self.failed
        if left:
            words = ngettext("{count} still waits", "{count} still wait", left)
            parts.append(words.format(count=digits(left)))
        return _(", ").join(parts) + "."


def _job(page: Page, stage_version: str) -> PageJob:
    parts = [page.master, page.language, str(page.dpi), stage_version]
    if page.cut or page.said_turn is not None:
        parts.append(f"{page.cut} {page.said_turn}")
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return PageJob(page.master, page.dpi, page.language, key, cut=cut_of(page),
                   said_turn=page.said_turn)  # fmt: skip


def _place(page: Page) -> str:
    return _("page {number} of {name}").format(
        number=digits(page.source_page), name=isolate(page.source_name)
    )


def _told(page: Page, found: Reading) -> str:
    if found.blank:
        return _("{place}: blank").format(place=_place(page))
    words = ngettext("{place}: {count} word", "{place}: {count} words", len(found.text.split()))
    return words.format(place=_place(page), count=digits(len(found.text.split())))


def _finishing(count: int) -> str:
    return ngettext("finishing {count} page", "finishing {count} pages", count).format(
        count=digits(count)
    )


def _worded(outcome: Outcome[PageJob, Reading]) -> ArchiverError:
    """The error to keep with a page. Raises what no page would survive.

    A bug that one page brings to light is logged; it must not keep the others from being read.
    """
    if outcome.error is None:
        return PageKillsWorker(times=outcome.kills)
    if isinstance(outcome.error, PageUnreadable):
        return outcome.error
    if isinstance(outcome.error, OSError | ToolMissing):
        raise outcome.error
    _log.error("a page could not be read", exc_info=outcome.error)
    return PageUnreadable(detail=repr(outcome.error))
