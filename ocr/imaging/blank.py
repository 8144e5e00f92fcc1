"""Is there anything on this face of the sheet?"""

import cv2
import numpy as np

from ocr.imaging.arrays import Gray, Mask
from ocr.imaging.ink import MEASURE_DPI, without_edges

INK = 150  # on an evenly lit page: show-through and noise stay lighter
SPECK_MM = 0.7  # smaller than any letter; dust and staple marks
MARGIN_MM = 4.0
FEWEST_MARKS = 2


def is_blank(page: Gray) -> bool:
    """Whether no marks of the size of a letter are left once edges and specks are gone.

    page: evenly lit, at 75 dpi (`ink.small`). A lone page number is not blank: two marks are
    enough, or one as long as a word.
    """
    return count_marks(marks(page)) < FEWEST_MARKS


def marks(page: Gray) -> Mask:
    """Dark spots away from the edges of the page."""
    margin = round(MARGIN_MM / 25.4 * MEASURE_DPI)
    dark = without_edges(np.asarray(page < INK, dtype=np.bool_))
    return dark[margin:-margin, margin:-margin] if min(dark.shape) > 4 * margin else dark


def count_marks(dark: Mask) -> int:
    """Connected spots at least as large as a letter; a word-long one counts as two."""
    speck = SPECK_MM / 25.4 * MEASURE_DPI
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
    extent = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1, initial=0)
    return int(np.count_nonzero(extent > speck) + np.count_nonzero(extent > 4 * speck))
