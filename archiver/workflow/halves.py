"""Pages that are parts of a master, which stays as it was delivered: leaves of an open book."""

import sqlite3
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image

from archiver.capture.copies import write_copies
from archiver.errors import MastersGone
from archiver.model.casefile import Page, Turn
from archiver.store.pages import NewPage
from archiver.workflow.queries import case_by_id
from archiver.workflow.station import Station
from ocr.imaging.arrays import Image as Pixels
from ocr.imaging.part import cut_out
from ocr.imaging.stored import read_pixels
from ocr.page import Box

RIGHT_TO_LEFT: Final = ("ara",)


def halves(station: Station, page: Page, fold: float) -> tuple[NewPage, NewPage]:
    """Both pages with copies of their own, in the order they are read: in Arabic the right first.

    fold: in shares of the upright page's width from the left. Raises MastersGone, OSError.
    """
    pixels = pixels_of(station, page)
    boxes = _boxes(page.width_px, page.height_px, page.turn_deg, fold)
    first, second = reversed(boxes) if page.language in RIGHT_TO_LEFT else boxes
    return part_of(station, page, pixels, first), part_of(station, page, pixels, second)


def pixels_of(station: Station, page: Page) -> Pixels:
    """The master of a page, as delivered. Raises MastersGone."""
    master = station.blobs.path(page.master)
    if not master.exists():
        raise MastersGone(case=case_by_id(station, page.case_id).reference, package="")
    return read_pixels(master)


def _boxes(width: int, height: int, turn_deg: Turn, fold: float) -> tuple[Box, Box]:
    """Left and right part of the upright page, in pixels of the page as delivered."""
    across = height if turn_deg in (90, 270) else width
    at = min(max(1, round(fold * across)), across - 1)
    match turn_deg:
        case 0:
            return Box(0, 0, at, height), Box(at, 0, width - at, height)
        case 180:
            return Box(width - at, 0, at, height), Box(0, 0, width - at, height)
        case 90:  # what is left when upright was at the foot
            return Box(0, height - at, width, at), Box(0, 0, width, height - at)
        case 270:
            return Box(0, 0, width, at), Box(0, at, width, height - at)


def copies_of_part(station: Station, pixels: Pixels, box: Box) -> tuple[str, str]:
    """Keys of an access copy and a thumbnail of a part of a master. Raises OSError."""
    image = Image.fromarray(cut_out(pixels, box))
    with tempfile.TemporaryDirectory(dir=station.incoming) as folder:
        access, thumbnail = (Path(folder) / name for name in write_copies(image, 1, Path(folder)))
        return station.blobs.put_file(access), station.blobs.put_file(thumbnail)


def part_of(station: Station, page: Page, pixels: Pixels, box: Box) -> NewPage:
    """A page that is this part of the master, with copies of its own. Raises OSError."""
    access, thumbnail = copies_of_part(station, pixels, box)
    blobs = station.blobs
    return NewPage(
        master=page.master,
        media_type=page.media_type,
        access=access,
        thumbnail=thumbnail,
        sizes=(blobs.size(page.master), blobs.size(access), blobs.size(thumbnail)),
        width_px=box.width,
        height_px=box.height,
        dpi=page.dpi,
        turn_deg=page.turn_deg,
        source_page=page.source_page,
        cut=f"{box.x} {box.y} {box.width} {box.height}",
    )


def source_of(connection: sqlite3.Connection, page: Page) -> int:
    """The file that `page` came in."""
    (source,) = connection.execute("SELECT source_id FROM page WHERE id = ?", (page.id,)).fetchone()
    return int(source)
