"""Pixels as a file stores them, whatever its orientation tag says."""

from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from ocr.imaging.arrays import Image as Pixels

_ORIENTATION: Final = 274
_UNDO: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def unturned(image: Image.Image, orientation: int) -> Image.Image:
    """`image` without the turn that Pillow gave it for a TIFF orientation, 1 to 8."""
    undo = _UNDO.get(orientation)
    return image.transpose(undo) if undo is not None else image


def read_pixels(path: Path) -> Pixels:
    """The image in `path` as stored: uint8, (height, width) or (height, width, 3) RGB.

    Raises OSError. Pillow turns TIFFs while it decodes them, other formats not; and it misreads
    turned TIFFs that it opens by name, because it maps them into memory.
    """
    with path.open("rb") as file, Image.open(file) as image:
        pixels = stored(image)
        if pixels.mode in ("L", "RGB"):
            return np.asarray(pixels)
        if pixels.mode == "1":
            return np.asarray(pixels.convert("L"))
        if pixels.mode in ("I;16", "I"):
            return (np.asarray(pixels, dtype=np.uint32) >> 8).astype(np.uint8)
        return np.asarray(pixels.convert("RGB"))


def stored(image: Image.Image) -> Image.Image:
    """An opened image, decoded, as its file stores it. Raises OSError."""
    turned = image.format == "TIFF"
    orientation = image.getexif().get(_ORIENTATION, 1) if turned else 1
    image.load()
    return unturned(image, orientation)
