"""A line image as Tesseract's network sees it.

Source: Tesseract 5, src/lstm/networkio.cpp (ComputeBlackWhite, Copy2DImage, SetPixel).
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.arrays import Gray, uint8

Inputs = NDArray[np.float32]
"""(48, width), -1 = black, 1 = white."""

HEIGHT_PX = 48


def inputs(line: Gray) -> Inputs:
    """Contrast stretched to -1..1 and clipped there.

    The clipping is that of Tesseract's int8 networks; a float network would clip at ±3, and a
    model trained so loses low contrast.
    """
    black, white = _black_white(line)
    half = (white - black) / 2 or 1.0
    return np.asarray(np.clip((line - black) / half - 1, -1, 1), np.float32)


def scaled(line: Gray) -> Gray:
    """The line at the height the network reads, its proportions kept."""
    height, width = line.shape
    size = (max(16, round(width * HEIGHT_PX / height)), HEIGHT_PX)
    shrinks = height > HEIGHT_PX
    way = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return uint8(cv2.resize(line, size, interpolation=way))


def _black_white(line: Gray) -> tuple[float, float]:
    """The lower quartile of dark and the upper quartile of bright extremes on the middle row."""
    row = line[line.shape[0] // 2].astype(int)
    before, here, after = row[:-2], row[1:-1], row[2:]
    dark = here[((here < before) & (here <= after)) | ((here <= before) & (here < after))]
    bright = here[((here > before) & (here >= after)) | ((here >= before) & (here > after))]
    black = float(np.quantile(dark, 0.25)) if len(dark) else 0.0
    white = float(np.quantile(bright, 0.75)) if len(bright) else 255.0
    return (black, white) if white > black else (black, black + 2.0)
