"""The page desk: which image stands in a page's place. Every act can be taken back.

An image that leaves its place is kept, with the reason: nothing is removed here. Pages have the
numbers that people see. All of it are acts of the arrangement (`archiver.workflow.arranging`), so
one undo serves them all, after a restart too.
"""

import sqlite3
from collections.abc import Iterator

from archiver.errors import RequestRefused
from archiver.i18n import N_, _, digits, isolate
from archiver.model.actor import Actor
from archiver.model.arrangement import Arrangement
from archiver.model.casefile import CaseFile, Page
from archiver.model.changes import Changed, Step
from archiver.store import pages
from archiver.workflow import arrangement as change
from archiver.workflow import slots
from archiver.workflow.arranging import arrange, opened, short
from archiver.workflow.came import Came, add_aside, bring
from archiver.workflow.faults import storage_faults
from archiver.workflow.halves import halves, source_of
from archiver.workflow.heritage import refuse_unready
from archiver.workflow.measuring import gutter_of, measure_pending
from archiver.workflow.page_checks import complaints_of
from archiver.workflow.page_reasons import REASONS
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station


class PageReasonMissing(RequestRefused):
    what = N_("This needs a reason.")
    advice = N_("Give a few words, or one of: {known}.")


class OneImageWanted(RequestRefused):
    what = N_("{name} has {pages} pages; one image takes the place of one.")
    advice = N_("Give a file with one page, or insert the pages and reject the old one.")


class NoPlaceGiven(RequestRefused):
    what = N_("It is not said where the pages go.")
    advice = N_("Say either --before PAGE or --after PAGE.")


class NoQuarterTurn(RequestRefused):
    what = N_("A page is turned by quarters: {turn}° is none.")
    advice = N_("Say 90, 180 or 270.")


class NoFold(RequestRefused):
    what = N_("No fold was found between two pages on page {page}.")
    advice = N_("Say where it is, in percent from the left: --at 50.")


class IsHalf(RequestRefused):
    what = N_("Page {page} is a part of an image already.")
    advice = N_("Make it whole first: “archiver page join”; then split it.")


class NoHalf(RequestRefused):
    what = N_("Page {page} is no part of an image that was split or cropped.")
    advice = N_("“archiver pages CASE --aside” lists the whole images.")


class NothingFlagged(RequestRefused):
    what = N_("The checks complain of nothing on page {page}.")
    advice = N_("“archiver pages CASE --flagged” lists the pages that need a look.")


class NotAside(RequestRefused):
    what = N_("{case} has no image {image} that is kept out of the numbering.")
    advice = N_("“archiver pages CASE --aside” lists them.")


def page_at(station: Station, case_id: int, number: int) -> tuple[Page, CaseFile]:
    """Page `number` of a case file that may be changed. Raises NoPageThere, CaseSealed."""
    case = opened(station, case_id)
    there = pages.of_case(station.database.connection, case_id)
    if not 1 <= number <= len(there):
        raise change.NoPageThere(page=number, count=len(there))
    return there[number - 1], case


@guarded(Right.PAGES)
def reject(
    station: Station, actor: Actor, case_id: int, number: int, reason: str, *, index: bool = True
) -> Iterator[Step]:
    """The page leaves the numbering; its image is kept, and counted as a reject.

    Raises PageReasonMissing beside what `arrange` raises.
    """
    why, (page, _case) = said_reason(reason), page_at(station, case_id, number)
    return arrange(
        station, actor, case_id, "reject",
        lambda now: slots.set_aside(now, number, "rejected", why),
        sentence=_("Page {page} is out of the numbering; its image is kept."
                   ).format(page=digits(number)),
        told={"page": number, "image": page.id, "reason": why}, index=index,
    )  # fmt: skip


@guarded(Right.PAGES)
def rescan(
    station: Station,
    actor: Actor,
    case_id: int,
    number: int,
    came: Came,
    reason: str,
    *,
    index: bool = True,
) -> Iterator[Step]:
    """The image that came stands in the page's place; the old one is kept with the reason.

    Raises PageReasonMissing, OneImageWanted, AlreadyImported beside what `arrange` raises.
    """
    why, (page, case) = said_reason(reason), page_at(station, case_id, number)
    refuse_unready(station, case.profile, case.reference, case)
    if len(came.pages) != 1:
        raise OneImageWanted(name=came.name, pages=len(came.pages))
    new: list[int] = []

    def come(connection: sqlite3.Connection) -> None:
        new[:] = bring(connection, actor, case, came, page, page.id)

    yield from measured(
        station,
        arrange(
            station, actor, case_id, "rescan",
            lambda now: slots.take_place(now, number, new, "replaced", why),
            come=come, index=index,
            sentence=_("Page {page} has a new image; the old one is kept."
                       ).format(page=digits(number)),
            told={"page": number, "image": page.id, "reason": why, **_of(came)},
        ),
    )  # fmt: skip


@guarded(Right.PAGES)
def insert(
    station: Station,
    actor: Actor,
    case_id: int,
    came: Came,
    *,
    before: int = 0,
    after: int = 0,
    index: bool = True,
) -> Iterator[Step]:
    """What came goes before or behind a page, into its document, in its language.

    Raises NoPlaceGiven, AlreadyImported beside what `arrange` raises.
    """
    if bool(before) == bool(after):
        raise NoPlaceGiven
    page, case = page_at(station, case_id, before or after)
    refuse_unready(station, case.profile, case.reference, case)
    new: list[int] = []

    def come(connection: sqlite3.Connection) -> None:
        new[:] = bring(connection, actor, case, came, page)

    words = _("{name} is in {case} from page {page} on.")
    yield from measured(
        station,
        arrange(
            station, actor, case_id, "insert",
            lambda now: slots.put_in(now, new, before=before, after=after),
            come=come, index=index,
            sentence=words.format(name=isolate(came.name), case=isolate(digits(case.reference)),
                                  page=digits(before or after + 1)),
            told={"page": before or after + 1, "pages": len(came.pages), **_of(came)},
        ),
    )  # fmt: skip


@guarded(Right.PAGES)
def turn(
    station: Station, actor: Actor, case_id: int, number: int, by_deg: int, *, index: bool = True
) -> Iterator[Step]:
    """Turn a page clockwise. What a person says wins over the reader: it is read again so.

    Raises NoQuarterTurn beside what `arrange` raises.
    """
    if by_deg % 90 or not by_deg % 360:
        raise NoQuarterTurn(turn=by_deg)
    page, _case = page_at(station, case_id, number)
    turn_deg = (page.turn_deg + by_deg) % 360
    return arrange(
        station, actor, case_id, "turn",
        lambda now: change.say_of_page(now, number, turn_deg=turn_deg),
        sentence=_("Page {page} is turned; “archiver process” reads it so."
                   ).format(page=digits(number)),
        told={"page": number, "turn_deg": turn_deg}, index=index,
    )  # fmt: skip


@guarded(Right.PAGES)
def split(
    station: Station,
    actor: Actor,
    case_id: int,
    number: int,
    *,
    at: float | None = None,
    index: bool = True,
) -> Iterator[Step]:
    """An image of two pages becomes two pages, in the order they are read; the whole is kept.

    at: where the fold is, in shares of the upright page's width from the left; else it is looked
    for. Raises IsHalf, NoFold, MastersGone beside what `arrange` raises.
    """
    page, _case = page_at(station, case_id, number)
    if page.cut:
        raise IsHalf(page=number)
    fold = at if at is not None else gutter_of(station, page)
    if fold is None or not 0 < fold < 1:
        raise NoFold(page=number)
    with storage_faults(station.root):
        parts = halves(station, page, fold)
    new: list[int] = []

    def come(connection: sqlite3.Connection) -> None:
        new[:] = add_aside(connection, actor, parts, page, source_of(connection, page), page.id)

    def made(now: Arrangement) -> Arrangement:
        now = slots.take_place(now, number, new, "split", "")
        if page.said_turn is not None:
            for beside in (0, 1):
                now = change.say_of_page(now, number + beside, turn_deg=page.said_turn)
        return now

    yield from measured(
        station,
        arrange(
            station, actor, case_id, "split page", made, come=come, index=index,
            sentence=_("Page {page} became two pages.").format(page=digits(number)),
            told={"page": number, "image": page.id, "at": round(fold, 4)},
        ),
    )  # fmt: skip


@guarded(Right.PAGES)
def join(
    station: Station, actor: Actor, case_id: int, number: int, *, index: bool = True
) -> Iterator[Step]:
    """The halves of an image, or what was cropped of it, become one page again, where the first
    of them stood.

    Raises NoHalf beside what `arrange` raises.
    """
    page, _case = page_at(station, case_id, number)
    whole = page.instead_of
    if not page.cut or whole is None:
        raise NoHalf(page=number)
    there = pages.of_case(station.database.connection, case_id)
    both = [other.id for other in there if other.cut and other.instead_of == whole]
    return arrange(
        station, actor, case_id, "join",
        lambda now: slots.put_together(now, both, whole, ""),
        sentence=_("The image is one whole page again."),
        told={"page": number, "image": whole}, index=index,
    )  # fmt: skip


@guarded(Right.PAGES)
def put_back(
    station: Station,
    actor: Actor,
    case_id: int,
    image: int,
    *,
    before: int = 0,
    after: int = 0,
    index: bool = True,
) -> Iterator[Step]:
    """An image that is kept aside (its id) comes back into the numbering.

    Raises NotAside, NoPlaceGiven beside what `arrange` raises.
    """
    if bool(before) == bool(after):
        raise NoPlaceGiven
    case = opened(station, case_id)
    aside = {page.id for page in pages.aside_of(station.database.connection, case_id)}
    if image not in aside:
        raise NotAside(case=case.reference, image=image)
    return arrange(
        station, actor, case_id, "put back",
        lambda now: slots.put_in(now, (image,), before=before, after=after),
        sentence=_("The image is page {page} now.").format(page=digits(before or after + 1)),
        told={"page": before or after + 1, "image": image}, index=index,
    )  # fmt: skip


@guarded(Right.PAGES)
def accept(
    station: Station, actor: Actor, case_id: int, number: int, reason: str, *, index: bool = True
) -> Iterator[Step]:
    """Let what the checks complain of on a page stand, with the reason.

    Raises PageReasonMissing, NothingFlagged beside what `arrange` raises.
    """
    why, (page, _case) = said_reason(reason), page_at(station, case_id, number)
    found = complaints_of(station, case_id).get(page.id, ())
    if not found:
        raise NothingFlagged(page=number)
    names = tuple(sorted(complaint.name for complaint in found))
    return arrange(
        station, actor, case_id, "look",
        lambda now: change.say_of_page(now, number, accepted=names, accepted_why=why),
        sentence=_("Page {page} stays as it is.").format(page=digits(number)),
        told={"page": number, "reason": why, "checks": [c.record() for c in found]}, index=index,
    )  # fmt: skip


def measured(station: Station, steps: Iterator[Step]) -> Iterator[Step]:
    """What came in is measured before the end of the command is told."""
    for step in steps:
        if isinstance(step, Changed):
            for case_id in step.cases:
                measure_pending(station, case_id)
        yield step


def said_reason(reason: str) -> str:
    why = short(reason)
    if not why:
        raise PageReasonMissing(known=", ".join(REASONS))
    return why


def _of(came: Came) -> dict[str, object]:
    masters = [page.master for page in came.pages]
    return {"name": came.name, "sha256": came.sha256, "masters": masters}
