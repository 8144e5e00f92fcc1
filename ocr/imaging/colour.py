"""Stamps and coloured pencil off the page, the print under them kept."""

import cv2
import numpy as np

from ocr.imaging.arrays import Gray, Image, Mask, shrink_roughly, uint8
from ocr.imaging.ink import MEASURE_DPI, measured

PAPER_PERCENTILE = 90
COLOURED = 48  # spread of the channels that no neutral ink shows, JPEG fringes included
INK = 96  # this much darker than the paper is ink
LETTER_MM = (0.7, 20.0)  # a dot to a word written in one piece


def gray(page: Image) -> Gray:
    """Luminance (ITU-R BT.601) of an RGB page; a grey page as it is."""
    return page if page.ndim == 2 else uint8(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY))


def without_colour(page: Image, dpi: int) -> tuple[Gray, float]:
    """Grey page with coloured ink lifted off, and the share of the ink that was coloured.

    A coloured ink lets at least one of the channels through, black print none: the brightest
    channel plus the spread of the channels is paper where there is only stamp and stays dark
    where there is print under it. Applied only where colour is present, so neutral greys keep
    their noise-free luminance; and not at all where more letters are coloured than are not,
    because then the text itself is (carbon copies, blue ribbons).

    page: uint8 RGB (height, width, 3); a grey page comes back unchanged with share 0.
    Source: colour-dropout by channel maximum, as document scanners do it in hardware.
    """
    if page.ndim == 2:
        return page, 0.0
    balanced = _white_balance(page)
    red, green, blue = cv2.split(balanced)
    high = cv2.max(cv2.max(red, green), blue)
    low = cv2.min(cv2.min(red, green), blue)
    spread = uint8(cv2.subtract(high, low))
    luminance = gray(balanced)
    coloured = spread > COLOURED
    ink = low < 255 - INK
    share = float(np.count_nonzero(ink & coloured)) / max(1, int(np.count_nonzero(ink)))
    if share == 0.0 or _letters(ink & coloured, dpi) > _letters(ink & ~coloured, dpi):
        return luminance, share
    around = uint8(cv2.dilate(coloured.astype(np.uint8), np.ones((5, 5), np.uint8)))
    lifted = cv2.add(high, spread)
    return uint8(np.where(around.astype(bool), lifted, luminance)), share


def _letters(ink: Mask, dpi: int) -> int:
    """Spots of a letter's size: a page of print has hundreds, a stamp some dozens."""
    mask = uint8(ink) * np.uint8(255)
    dark = shrink_roughly(mask, measured(mask, dpi)) > 64
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
    extent = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1, initial=0)
    low_px, high_px = (length_mm / 25.4 * MEASURE_DPI for length_mm in LETTER_MM)
    return int(np.count_nonzero((extent > low_px) & (extent < high_px)))


def _white_balance(page: Image) -> Image:
    """Yellowed paper becomes white, or all of it would count as colour."""
    thumb = page[::8, ::8].reshape(-1, 3)
    paper = np.percentile(thumb, PAPER_PERCENTILE, axis=0).clip(64, 255)
    ramp = np.arange(256, dtype=np.float32)[:, None] * (255.0 / paper)
    table = ramp.clip(0, 255).astype(np.uint8).reshape(256, 1, 3)
    return uint8(cv2.LUT(page, table))
