"""A crop of the page as the network wants it: 32 pixels high, ink 1, paper 0."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ocr.imaging.arrays import Gray, Size, resize

Ink = NDArray[np.float32]
"""(height, width); 1 is ink, 0 is paper."""

HEIGHT_PX: Final = 32
FRAME_PX: Final = 2  # the network answers once for so many columns
NARROWEST_PX: Final = 16
WIDEST_PX: Final = 1024  # a line of text; more is no number
LEAST_CONTRAST: Final = 24.0  # grey levels: less is paper grain


def ink(crop: Gray) -> Ink:
    """`crop` at the network's height with its contrast stretched.

    Ink is the darkest hundredth of the crop, paper its upper quartile: a lone dot of ٠ is
    less than a hundredth of the window, a bold number never more than half.
    """
    scaled = np.asarray(resize(crop, _size(crop)), np.float32)
    dark, quartile = max(4, scaled.size // 100), 3 * scaled.size // 4
    ordered = np.partition(scaled.ravel(), (dark, quartile))
    darkest, paper = float(ordered[:dark].mean()), float(ordered[quartile])
    stretched = (paper - scaled) / max(paper - darkest, LEAST_CONTRAST)
    return np.asarray(np.clip(stretched, 0, 1), np.float32)


def _size(crop: Gray) -> Size:
    height, width = crop.shape
    wanted = min(max(round(width * HEIGHT_PX / height), NARROWEST_PX), WIDEST_PX)
    return Size(wanted + wanted % FRAME_PX, HEIGHT_PX)
