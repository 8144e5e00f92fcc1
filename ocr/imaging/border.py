"""What lies around the sheet: the scanner's bed, the dark of a copier with its lid open."""

import cv2
import numpy as np

from ocr.imaging.arrays import Gray, shrink_roughly, size, uint8
from ocr.imaging.ink import MEASURE_DPI, measured

SOLID_MM = 3.0  # thicker than any stroke or rule
DARK = 0.16  # of the paper's brightness; the worst lit corner that can be read has 0.25
MOST = 0.4  # of the page: more is no border but a dark picture


def without_border(page: Gray, dpi: int) -> tuple[Gray, float]:
    """The page with solid dark areas that touch its edge painted white, and their share.

    page: uint8 grey, before its light is evened. Painted and not cut off, so that boxes keep
    their places. Text that runs into the edge stays: no stroke is 3 mm thick.
    """
    thumb = shrink_roughly(page, measured(page, dpi))
    dark = uint8(thumb < DARK * float(np.percentile(thumb, 90)))
    side = round(SOLID_MM / 25.4 * MEASURE_DPI)
    framed = cv2.copyMakeBorder(dark, side, side, side, side, cv2.BORDER_CONSTANT, value=1)
    solid = uint8(cv2.morphologyEx(framed, cv2.MORPH_OPEN, np.ones((side, side), np.uint8)))
    outside = solid.copy()
    cv2.floodFill(outside, None, (0, 0), 0, flags=8)
    border = (solid - outside)[side:-side, side:-side]
    share = float(np.count_nonzero(border)) / border.size
    if share == 0.0 or share > MOST:
        return page, 0.0
    wide = cv2.dilate(border, np.ones((3, 3), np.uint8))
    mask = cv2.resize(uint8(wide), size(page), interpolation=cv2.INTER_NEAREST)
    clean = page.copy()
    clean[uint8(mask) > 0] = 255
    return clean, share
