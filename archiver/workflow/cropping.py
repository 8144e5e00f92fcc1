"""A page less what lies around it: a part of its master stands in its place, the whole is kept."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from archiver.errors import RequestRefused
from archiver.i18n import N_, _, digits
from archiver.model.actor import Actor
from archiver.model.arrangement import Arrangement
from archiver.model.casefile import Page
from archiver.model.changes import Step
from archiver.workflow import arrangement as change
from archiver.workflow import slots
from archiver.workflow.arranging import arrange
from archiver.workflow.came import add_aside
from archiver.workflow.desk import measured, page_at
from archiver.workflow.faults import storage_faults
from archiver.workflow.halves import part_of, pixels_of, source_of
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station
from ocr.page import Box

_LEAST = 0.1  # of the width and of the height stays


class Margins(NamedTuple):
    """What goes, in shares of the upright page's width and height, clockwise from the left."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    foot: float = 0.0


class CropTooMuch(RequestRefused):
    what = N_("Page {page} cannot be cropped so.")
    advice = N_("Say at least one side, in percent, and leave a tenth: --left 5 --foot 3.")


@guarded(Right.PAGES)
def crop(
    station: Station,
    actor: Actor,
    case_id: int,
    number: int,
    margins: Margins,
    *,
    index: bool = True,
) -> Iterator[Step]:
    """The page without these margins; `desk.join` makes it whole again, an undo, too.

    Raises CropTooMuch, MastersGone beside what `arrange` raises.
    """
    page, _case = page_at(station, case_id, number)
    left, top, right, foot = margins
    if min(margins) < 0 or not any(margins) or max(left + right, top + foot) > 1 - _LEAST:
        raise CropTooMuch(page=number)
    box = _box(page, margins)
    with storage_faults(station.root):
        part = part_of(station, page, pixels_of(station, page), box)
    new: list[int] = []

    def come(connection: sqlite3.Connection) -> None:
        new[:] = add_aside(connection, actor, (part,), page, source_of(connection, page), page.id)

    def made(now: Arrangement) -> Arrangement:
        now = slots.take_place(now, number, new, "split", "")
        turn = page.said_turn
        return now if turn is None else change.say_of_page(now, number, turn_deg=turn)

    yield from measured(
        station,
        arrange(
            station, actor, case_id, "crop", made, come=come, index=index,
            sentence=_("Page {page} is cropped; the whole image is kept."
                       ).format(page=digits(number)),
            told={"page": number, "image": page.id, "cut": part.cut},
        ),
    )  # fmt: skip


def _box(page: Page, margins: Margins) -> Box:
    """What stays, in pixels of the master as delivered; the page may be a part of it already."""
    quarters = page.turn_deg // 90
    left, top, right, foot = margins[quarters:] + margins[:quarters]
    x, y = (int(word) for word in page.cut.split()[:2]) if page.cut else (0, 0)
    from_left, from_top = round(left * page.width_px), round(top * page.height_px)
    return Box(
        x + from_left,
        y + from_top,
        page.width_px - from_left - round(right * page.width_px),
        page.height_px - from_top - round(foot * page.height_px),
    )
