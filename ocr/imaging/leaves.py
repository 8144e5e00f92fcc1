"""Two pages on one picture: where an open book's gutter is."""

import numpy as np

from ocr.imaging.arrays import Mask
from ocr.imaging.ink import MEASURE_DPI

BROAD = 1.2  # width over height of two leaves side by side; of one leaf it is below 0.8
MIDDLE = (0.38, 0.62)  # of the width: where a gutter may be
GUTTER_MM = 6.0
EMPTY = 0.002  # of a column of pixels: specks and a shadow's crumbs
TEXT = 0.004  # of a leaf's pixels; a page of sparse lines has 0.008


def gutter(ink: Mask) -> float | None:
    """The gutter's place in shares of the width from the left, None for a single leaf.

    ink: mask of a straight page at 75 dpi, edges taken away. A gutter is the widest gap without
    ink from head to foot in the middle of a broad picture that has text on both sides.
    """
    height, width = ink.shape
    if width < BROAD * height:
        return None
    share = ink.mean(axis=0)
    first, last = (round(place * width) for place in MIDDLE)
    edges = np.flatnonzero(np.diff(np.r_[0, share[first:last] <= EMPTY, 0]))
    gaps = edges.reshape(-1, 2)
    if not len(gaps):
        return None
    start, end = max(gaps.tolist(), key=lambda gap: gap[1] - gap[0])
    if end - start < GUTTER_MM / 25.4 * MEASURE_DPI:
        return None
    middle = first + (start + end) // 2
    if min(share[:middle].mean(), share[middle:].mean()) < TEXT:
        return None
    return float(middle / width)
