"""What a page is to the imaging functions: rows of pixels, nothing else."""

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""(height, width) grey or (height, width, 3) RGB; 0 is ink."""

Gray = NDArray[np.uint8]
"""(height, width); 0 is ink, 255 is paper."""

Mask = NDArray[np.bool_]
"""(height, width); True is ink."""

Affine = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f: x' = a x + b y + c and y' = d x + e y + f, in pixel corners, not centres."""


class Size(NamedTuple):
    width: int
    height: int


def size(image: Image) -> Size:
    return Size(int(image.shape[1]), int(image.shape[0]))


def uint8(pixels: Any) -> NDArray[np.uint8]:
    """What OpenCV hands back, as the type we know it to be."""
    return np.asarray(pixels, dtype=np.uint8)


def resize(image: Image, to: Size) -> Image:
    """Shrink by averaging (no aliasing), enlarge by cubic interpolation."""
    shrinks = to.width < image.shape[1]
    return uint8(
        cv2.resize(image, to, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    )


def shrink_roughly(image: Image, to: Size) -> Image:
    """As `resize`, in a third of its time: halved as often as it goes, then averaged.

    An odd last row or column is left out of a half, so no angle is to be taken from the result.
    """
    image = _halved(image, to)
    return image if size(image) == to else resize(image, to)


def shrink_quickly(image: Image, to: Size) -> Image:
    """As `shrink_roughly`, but what is left beyond the halves is interpolated: a tenth of the time
    of averaging by a fraction, for figures that do not hang on single pixels."""
    image = _halved(image, to)
    return uint8(cv2.resize(image, to, interpolation=cv2.INTER_LINEAR))


def _halved(image: Image, to: Size) -> Image:
    while 2 * to.width <= image.shape[1] and 2 * to.height <= image.shape[0]:
        half = Size(image.shape[1] // 2, image.shape[0] // 2)
        even = image[: 2 * half.height, : 2 * half.width]
        image = uint8(cv2.resize(even, half, interpolation=cv2.INTER_AREA))
    return image
