"""Where the ink is, for measuring only: the reader is never given a black-and-white page."""

import cv2
import numpy as np

from ocr.imaging.arrays import Gray, Mask, Size, resize, size, uint8

MEASURE_DPI = 75
PAPER = 200  # on an evenly lit page; nothing lighter counts, so show-through does not


def small(page: Gray, dpi: int) -> Gray:
    """The page at 75 dpi, where everything that is measured is measured."""
    return resize(page, measured(page, dpi))


def measured(page: Gray, dpi: int) -> Size:
    """The size of the page at 75 dpi; never larger than it is."""
    factor = min(1.0, MEASURE_DPI / dpi)
    before = size(page)
    return Size(max(1, round(before.width * factor)), max(1, round(before.height * factor)))


def ink(page: Gray) -> Mask:
    """Dark pixels by Otsu's threshold, never above PAPER. The page is evenly lit.

    Source: Otsu 1979.
    """
    threshold, _ = cv2.threshold(page, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.asarray(page <= min(threshold, PAPER), dtype=np.bool_)


def without_edges(mask: Mask) -> Mask:
    """The mask less whatever touches the border: scanner bed, holes, the next leaf."""
    framed = cv2.copyMakeBorder(mask.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    cv2.floodFill(framed, None, (0, 0), 0, flags=8)
    return uint8(framed)[1:-1, 1:-1].astype(np.bool_)
