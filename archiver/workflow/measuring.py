"""Every page is measured as soon as it is there; `page_checks` says what the figures mean."""

from typing import Final

import cv2
import numpy as np

from archiver.model.casefile import Page
from archiver.store import page_checks
from archiver.store.page_checks import Figures, Unmeasured
from archiver.workflow.station import Station
from ocr.imaging import checks, ink, leaves, light
from ocr.imaging.arrays import Gray, uint8
from ocr.imaging.orientation import turn

_BATCH: Final = 20  # pages to a transaction


def measure_pending(station: Station, case_id: int) -> int:
    """Measure the pages of a case file that have no figures yet; how many. Some 30 ms each."""
    waiting = page_checks.unmeasured(station.database.connection, case_id, checks.VERSION)
    for start in range(0, len(waiting), _BATCH):
        found = [
            (page.page_id, _measured(station, page)) for page in waiting[start : start + _BATCH]
        ]
        with station.database.transaction() as connection:
            page_checks.keep(connection, checks.VERSION, found)
    return len(waiting)


def gutter_of(station: Station, page: Page) -> float | None:
    """Where the fold of an open book is, in shares of the upright page's width; None: no book."""
    picture = picture_of(station, page.access)
    if picture is None:
        return None
    upright = turn(picture, page.turn_deg)
    dpi = max(1, round(page.dpi * max(picture.shape) / max(page.width_px, page.height_px)))
    small = ink.small(upright, dpi)
    flat, _unevenness = light.even(small, min(dpi, ink.MEASURE_DPI))
    return leaves.gutter(ink.without_edges(ink.ink(flat)))


def _measured(station: Station, page: Unmeasured) -> Figures:
    picture = picture_of(station, page.access)
    if picture is None:
        return {}
    dpi = max(1, round(max(picture.shape) / page.long_in))
    found = checks.measure(picture, dpi)
    return {name: {"figure": m.figure, "at": m.at} for name, m in found.items()}


def picture_of(station: Station, key: str) -> Gray | None:
    """The access copy in grey; None where it is not an image that can be read."""
    data = np.fromfile(station.blobs.path(key), np.uint8)
    how = cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION
    found = cv2.imdecode(data, how)
    return None if found is None else uint8(found)
