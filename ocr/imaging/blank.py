"""Is there anything on this face of the sheet?"""

from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.arrays import Gray, Mask
from ocr.imaging.ink import MEASURE_DPI, without_edges

Face = Literal["blank", "faint", "written"]

PRINT = 150  # on an evenly lit page, averaged to 75 dpi: print is darker, show-through lighter
FAINT = 215  # the noise of a scanner stays lighter
SPECK_MM = 0.7  # smaller than any letter; dust and staple marks
WORD_MM = 2.8
MARGIN_MM = 4.0
HOLE_MM = (4.0, 9.0)
FEWEST_MARKS = 2
PLENTY = 20  # pieces of marks in a strip of the page: no two marks and no holes break into so many
STRIPS = 8
_SIDES = [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]


def face(page: Gray) -> Face:
    """blank: no mark as large as a letter. faint: such marks, but none as dark as print.

    page: evenly lit, at 75 dpi (`ink.small`). A lone page number is written: two marks are
    enough, or one as long as a word. Worn print and show-through are both faint; pixels cannot
    part them, a reader can.
    """
    if _marks(page, PRINT) >= FEWEST_MARKS:
        return "written"
    return "faint" if _marks(page, FAINT) >= FEWEST_MARKS else "blank"


def _marks(page: Gray, darker_than: int) -> int:
    """Spots larger than a speck, a word-long one counted twice, less edges and punched holes."""
    dark = _inside(without_edges(np.asarray(page < darker_than, dtype=np.bool_)))
    in_fullest = _large(_fullest_strip(dark))
    return in_fullest if in_fullest >= PLENTY else _large(dark)


def _fullest_strip(dark: Mask) -> Mask:
    """Most pages are full of marks: an eighth of one shows it."""
    high = max(1, len(dark) // STRIPS)
    starts = range(0, len(dark), high)
    return max((dark[at : at + high] for at in starts), key=np.count_nonzero)


def _large(dark: Mask) -> int:
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
    marks = np.asarray(stats[1:], dtype=np.int32)
    marks = marks[~_holes(marks)]
    extent = marks[:, _SIDES].max(axis=1, initial=0)
    return sum(int(np.count_nonzero(extent > _pixels(mm))) for mm in (SPECK_MM, WORD_MM))


def _holes(marks: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which marks are punched holes: round, solid, of a puncher's size."""
    sides = marks[:, _SIDES]
    short, long = sides.min(axis=1), sides.max(axis=1)
    round_ = short > 0.75 * long
    solid = marks[:, cv2.CC_STAT_AREA] > 0.65 * short * long
    return np.asarray(round_ & solid & (long > _pixels(HOLE_MM[0])) & (long < _pixels(HOLE_MM[1])))


def _inside(mask: Mask) -> Mask:
    margin = round(_pixels(MARGIN_MM))
    return mask[margin:-margin, margin:-margin] if min(mask.shape) > 4 * margin else mask


def _pixels(length_mm: float) -> float:
    return length_mm / 25.4 * MEASURE_DPI
