"""Straight from the scanner to a place in a case file: a page scanned anew, or one that was missed.

The images go through the spool like those of every feed, so that a kill loses none: one that has
no place yet is taken in at the end of its case file by the next command.
"""

import sqlite3
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace

from archiver.capture.spool import begin
from archiver.errors import NoPaper
from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile
from archiver.model.changes import Changed, Step
from archiver.model.scanning import ScanSettings, Source, face_of
from archiver.store import captures
from archiver.workflow import desk
from archiver.workflow.came import Came
from archiver.workflow.capturing import fed, usable
from archiver.workflow.destination import Destination
from archiver.workflow.faults import storage_faults
from archiver.workflow.heritage import refuse_unready
from archiver.workflow.rights import Right, guarded
from archiver.workflow.scanned import Taking, record_of
from archiver.workflow.station import Station

Place = Callable[[Came], Iterator[Step]]


@guarded(Right.PAGES)
def rescan(
    station: Station,
    actor: Actor,
    case_id: int,
    number: int,
    reason: str,
    *,
    device: str,
    settings: ScanSettings,
    index: bool = True,
) -> Iterator[Step]:
    """Scan one face; it stands in the place of page `number`, whose image is kept.

    Raises what `desk.rescan` raises, before anything is scanned, and what stood in the way of the
    scan (`capturing.capture`).
    """
    desk.said_reason(reason)
    _page, case = desk.page_at(station, case_id, number)
    one = Source.FEEDER if settings.source is Source.DUPLEX else settings.source
    return _scanned(
        station, actor, case, device, replace(settings, source=one), threading.Event(), 1,
        lambda came: desk.rescan(station, actor, case_id, number, came, reason, index=index),
    )  # fmt: skip


@guarded(Right.PAGES)
def insert(
    station: Station,
    actor: Actor,
    case_id: int,
    *,
    device: str,
    settings: ScanSettings,
    before: int = 0,
    after: int = 0,
    index: bool = True,
    stop: threading.Event | None = None,
) -> Iterator[Step]:
    """Scan what lies in `device`; it goes before or behind a page. stop: as in `capture`.

    Raises what `desk.insert` raises, before anything is scanned, and what stood in the way of the
    scan (`capturing.capture`); a jam behind the first page is a Notice.
    """
    if bool(before) == bool(after):
        raise desk.NoPlaceGiven
    _page, case = desk.page_at(station, case_id, before or after)
    return _scanned(
        station, actor, case, device, settings, stop or threading.Event(), 0,
        lambda came: desk.insert(station, actor, case_id, came, before=before, after=after,
                                 index=index),
    )  # fmt: skip


def _scanned(
    station: Station,
    actor: Actor,
    case: CaseFile,
    device: str,
    settings: ScanSettings,
    stop: threading.Event,
    most: int,
    place: Place,
) -> Generator[Step, None, None]:
    name = usable(station, device, settings)
    refuse_unready(station, case.profile, case.reference, case)
    into = Destination.of(case)
    record = record_of(actor, name, settings, into, sheets=0, lot=0, separators=False)
    with storage_faults(station.root), ExitStack() as undo:
        taking = undo.enter_context(closing(Taking.of(station, begin(station.root, record))))
        run = yield from fed(taking, stop, takes=False, most=most)
        if not run.came:
            taking.session.remove()
            raise run.problem or NoPaper(device=name)
        yield from _placed(taking, place, run.ending)


def _placed(taking: Taking, place: Place, ending: str) -> Iterator[Step]:
    """What is in the spool has its place in one transaction; then it is forgotten there."""
    files = taking.session.pages()
    new = [taking.stored(number, path) for number, path in files]

    def noted(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
        captures.begin(connection, taking.session.name, taking.record)
        for page, page_id in zip(new, ids, strict=True):
            sheet, face = face_of(page.source_page, taking.source)
            captures.note(
                connection, taking.session.name, page.source_page, page_id, sheet=sheet, face=face,
                delivered=page.master,
            )  # fmt: skip

    mark = captures.mark_of(taking.session.name)
    steps = place(Came(taking.title, mark, tuple(new), noted))
    for step in steps:
        if isinstance(step, Changed):
            for number, path in files:
                taking.done.add(number)
                taking.session.forget_page(number, path)
            taking.case_ids.update(step.cases)
            taking.finish(ending)
        yield step
