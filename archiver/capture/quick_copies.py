"""Thumbnail and access JPEG of a page that has just come, made in the scanner's process.

The same sizes as of imported pages (`copies`), by quicker means: a feeder does not wait.
"""

from io import BytesIO
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from archiver.capture.copies import ACCESS_LONG_PX, THUMBNAIL_HEIGHT_PX, viewable
from archiver.capture.scanner import Scanned
from archiver.errors import PageDamaged

Pixels = NDArray[np.uint8]  # (height, width) or (height, width, 3)
_QUALITY: Final = 80
_THUMBNAIL_WIDTH_PX: Final = 1280

# The driver and the writer need the other core.
cv2.setNumThreads(1)


def access_jpeg(path: Path) -> bytes:
    """Of the page file `path`; long side 2400 px at most. Raises PageDamaged."""
    pixels = _decoded(path, 0)
    return _jpeg(_within(pixels, ACCESS_LONG_PX, ACCESS_LONG_PX, cv2.INTER_LINEAR))


def thumbnail_jpeg(page: Scanned) -> bytes:
    """320 px high at most, from a part of the pixels. Raises PageDamaged."""
    if page.encoded:
        pixels = _decoded(BytesIO(page.data), THUMBNAIL_HEIGHT_PX)
    else:
        step = max(1, page.height_px // (2 * THUMBNAIL_HEIGHT_PX))
        shape = (page.height_px, page.width_px) + ((3,) if page.channels == 3 else ())
        rows = np.frombuffer(page.data, np.uint8).reshape(shape)
        pixels = np.ascontiguousarray(rows[::step, ::step])
    return _jpeg(_within(pixels, _THUMBNAIL_WIDTH_PX, THUMBNAIL_HEIGHT_PX, cv2.INTER_AREA))


def _decoded(file: Path | BytesIO, least_height_px: int) -> Pixels:
    """All pixels or, of a JPEG, a half, quarter or eighth of them that is not lower than that."""
    try:
        with Image.open(file, formats=["TIFF", "JPEG"]) as image:
            if least_height_px:
                image.draft(None, (1, least_height_px))
            return np.asarray(viewable(image))
    except (OSError, SyntaxError, ValueError) as error:
        raise PageDamaged from error


def _within(pixels: Pixels, width_px: int, height_px: int, how: int) -> Pixels:
    height, width = pixels.shape[:2]
    scale = min(width_px / width, height_px / height)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8)


def _jpeg(pixels: Pixels) -> bytes:
    made = BytesIO()
    Image.fromarray(pixels).save(made, "JPEG", quality=_QUALITY)
    return made.getvalue()
