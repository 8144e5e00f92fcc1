"""A page as the reader sees it, beside what was delivered: what the recipe does to it."""

from archiver.model.casefile import Page
from archiver.workflow.measuring import picture_of
from archiver.workflow.station import Station
from ocr.imaging.arrays import Gray
from ocr.recipe import PRINT, prepare


def prepared(station: Station, page: Page) -> Gray | None:
    """uint8 grey, made anew from the access copy; None where that cannot be read.

    The reader starts from the master; at 150 dpi and above the eye sees the same.
    """
    picture = picture_of(station, page.access)
    if picture is None:
        return None
    share = max(picture.shape) / max(page.width_px, page.height_px)
    return prepare(picture, round(page.dpi * share), PRINT, page.turn_deg).image
