"""Read a page, or a part of it, once more: in another language, or with today's models."""

import hashlib
from collections.abc import Iterator
from typing import Final

from archiver.errors import PageKillsWorker, PageUnreadable, RequestRefused
from archiver.i18n import N_, _
from archiver.jobs.board import Board
from archiver.model.actor import Actor
from archiver.model.casefile import CaseState, Page
from archiver.model.changes import Changed, Progress, Step
from archiver.model.revision import Revision, RevisionKind
from archiver.store import audit, cases, pages
from archiver.store.pages import Reading
from archiver.workflow.correcting import PageNotRead, opened, record
from archiver.workflow.faults import storage_faults
from archiver.workflow.processing import process
from archiver.workflow.queries import page_text
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import PageJob, Station, cut_of
from ocr import correction
from ocr.page import Box, PageText

LANGUAGES: Final = ("ara", "fra", "ita", "eng")
_LEAST_PX: Final = 8


class PartTooSmall(RequestRefused):
    what = N_("{box} is no part of page {page}, which has {width} × {height} pixels.")
    advice = N_("Give left, top, width and height in pixels of the upright page.")


class NothingThere(RequestRefused):
    what = N_("Nothing was read in that part of page {page}; its words stay as they were.")
    advice = N_("Take a little more of the paper around the words.")


@guarded(Right.READ)
def reread_page(station: Station, actor: Actor, page_id: int, language: str) -> Iterator[Step]:
    """Read a page in `language` from now on; corrections are put on the new reading.

    Raises CaseSealed, ToolMissing, DiskFull, StorageFailed.
    """
    page, case = opened(station, page_id)
    with storage_faults(station.root), station.database.transaction() as connection:
        pages.set_language(connection, page.id, language)
        audit.append(connection, actor, "reread", case_id=case.id, page_id=page.id,
                     before=page.language, language=language)  # fmt: skip
        if case.state is CaseState.ACCEPTED:
            cases.set_state(connection, case.id, CaseState.OPEN)
    for step in process(station, actor, case_id=case.id, page_id=page.id):
        if isinstance(step, Changed):
            facts = {"case": case.reference, "page": page.position, "language": language}
            yield Changed("reread", (case.id,), (page.id,), facts={**facts, **step.facts},
                          sentence=step.sentence)  # fmt: skip
        else:
            yield step


@guarded(Right.READ)
def reread_part(
    station: Station, actor: Actor, page_id: int, language: str, part: Box, *, index: bool = True
) -> Iterator[Step]:
    """Read a part of a page in `language` and put its words for those that stand there.

    part: pixels of the upright page. It is a revision like any other. Raises CaseSealed,
    PageNotRead, PartTooSmall, NothingThere, PageUnreadable, ToolMissing, DiskFull, StorageFailed.
    """
    page, case = opened(station, page_id)
    text = page_text(station, page)
    if text is None:
        raise PageNotRead(page=page.position, case=case.reference)
    _check(part, text, page)
    yield Progress(0, 0, _("Reading a part of the page"))
    with storage_faults(station.root):
        found = _read(station, page, language, part)
    if not found.text:
        raise NothingThere(page=page.position)
    revision = _revision(actor, page, part, text, found)
    yield from record(station, actor, page, case, [revision], index=index)


def _check(part: Box, text: PageText, page: Page) -> None:
    inside = part.x >= 0 and part.y >= 0 and min(part.width, part.height) >= _LEAST_PX
    inside = inside and part.x + part.width <= text.width_px
    if not inside or part.y + part.height > text.height_px:
        where = f"{part.x},{part.y},{part.width},{part.height}"
        raise PartTooSmall(box=where, page=page.position, width=text.width_px,
                           height=text.height_px)  # fmt: skip


def _read(station: Station, page: Page, language: str, part: Box) -> Reading:
    readers = station.plan.load()
    whole = (page.master, language, page.dpi, page.turn_deg, part, readers.stage_version, page.cut)
    key = hashlib.sha256(repr(whole).encode()).hexdigest()
    job = PageJob(page.master, page.dpi, language, key, part, page.turn_deg, cut_of(page))
    allowed = station.settings.work.kills_allowed
    board = Board(readers.read, readers.make_executor, width=1, kills_allowed=allowed)
    (outcome,) = board.run([job])
    if outcome.error is not None:
        raise outcome.error
    if outcome.result is None:
        raise PageKillsWorker(times=outcome.kills)
    if outcome.result.turn_deg:
        raise PageUnreadable(detail=_("the part seems to lie sideways"))
    return outcome.result


def _revision(actor: Actor, page: Page, part: Box, text: PageText, found: Reading) -> Revision:
    line, words = correction.inside(text, part)
    return Revision(
        id=0,
        page_id=page.id,
        at=audit.now(),
        person=actor.person,
        kind=RevisionKind.REREAD,
        line=line + 1,
        word=None,
        x=part.x,
        y=part.y,
        width=part.width,
        height=part.height,
        turn_deg=page.turn_deg,
        before=" ".join(word.text for word in words),
        after=found.text,
        reading=found.alto,
        undoes=None,
    )
