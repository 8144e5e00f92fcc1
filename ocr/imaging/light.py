"""Even light: the paper becomes white wherever it was darker."""

import cv2
import numpy as np

from ocr.imaging.arrays import Gray, Size, shrink_roughly, size, uint8

WINDOW_MM = 5.0  # wider than a stroke or a dot of any text, narrower than a shadow
MAP_DPI = 25


def background(page: Gray, dpi: int) -> Gray:
    """Brightness of the bare paper at each pixel, uint8, same shape.

    The paper is what a grey closing over a window wider than any stroke leaves; a median over
    the same window takes the steps out. Worked out at 25 dpi, where it costs a millisecond.
    Source: top-hat (closing) background correction, Serra 1982; Gonzalez & Woods 9.6.
    """
    shape = size(page)
    scale = min(1.0, MAP_DPI / dpi)
    small = shrink_roughly(
        page, Size(max(1, round(shape.width * scale)), max(1, round(shape.height * scale)))
    )
    window = max(3, round(WINDOW_MM / 25.4 * dpi * scale) | 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (window, window))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel, borderType=cv2.BORDER_REPLICATE)
    smooth = cv2.medianBlur(uint8(closed), window)
    return uint8(cv2.resize(uint8(smooth), shape, interpolation=cv2.INTER_LINEAR))


def even(page: Gray, dpi: int, paper: Gray | None = None) -> tuple[Gray, float]:
    """The page divided by its background, and how uneven the light was, 0..1.

    paper: its `background`, where somebody has it. Unevenness is the spread (5th to 95th
    percentile) of the background over its brightest part.
    """
    paper = background(page, dpi) if paper is None else paper
    dark, bright = np.percentile(paper[::16, ::16], (5, 95))
    flat = cv2.divide(page, np.maximum(paper, 1), scale=255.0)
    return uint8(flat), float((bright - dark) / max(bright, 1.0))
