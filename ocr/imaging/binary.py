"""Black and white: other pictures of a page that a reader doubts in grey.

None is best everywhere: a local threshold saves worn print and ruins show-through, a global
one the other way about. The reader's own sureness chooses.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.arrays import Gray

SAUVOLA_MM = 3.0  # the window: about a letter and its neighbours
STRIP_PX = 256  # rows at a time: a whole page in floats is 150 MB
SAUVOLA_RANGE = 128.0  # R: the largest spread that 8 bits allow


def otsu(page: Gray) -> Gray:
    """0 where the page is darker than the threshold that parts ink from paper best, else 255.

    page: evenly lit. Source: Otsu 1979.
    """
    threshold, _ = cv2.threshold(page, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.where(page <= threshold, 0, 255).astype(np.uint8)


def sauvola(page: Gray, dpi: int, k: float) -> Gray:
    """0 where a pixel is darker than its neighbourhood's mean (1 + k (spread / R - 1)), else 255.

    k: 0.18 keeps faint strokes, 0.34 drops show-through. Source: Sauvola & Pietikäinen 2000.
    """
    window = max(3, round(SAUVOLA_MM / 25.4 * dpi) | 1)
    around = window // 2
    framed = cv2.copyMakeBorder(page, around, around, 0, 0, cv2.BORDER_REPLICATE)
    clean = np.empty_like(page)
    for top in range(0, page.shape[0], STRIP_PX):
        foot = min(top + STRIP_PX, page.shape[0])
        values = framed[top : foot + 2 * around].astype(np.float32)
        clean[top:foot] = _sauvola(values, (window, window), k)[around : around + foot - top]
    return clean


def _sauvola(values: NDArray[np.float32], box: tuple[int, int], k: float) -> Gray:
    mean = cv2.boxFilter(values, -1, box, borderType=cv2.BORDER_REPLICATE)
    square = cv2.sqrBoxFilter(values, -1, box, borderType=cv2.BORDER_REPLICATE)
    spread = np.sqrt(np.maximum(square - mean * mean, 0))
    threshold = mean * (1 + k * (spread / SAUVOLA_RANGE - 1))
    return np.where(values <= threshold, 0, 255).astype(np.uint8)
