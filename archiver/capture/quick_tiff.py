"""The quickest lossless file: rows of pixels as they are, behind the header of a TIFF.

Source: TIFF revision 6.0, sections 4, 5 and 6. Equal pixels give equal bytes.
"""

import struct
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin

from archiver.capture.scanner import Scanned

_SHORT, _LONG, _RATIONAL = 3, 4, 5
_BLACK_IS_ZERO, _RGB, _INCH, _UNCOMPRESSED = 1, 2, 2, 1
_DATA_AT: Final = 273
_ENTRIES: Final = 13
_FIELDS_END: Final = 8 + 2 + _ENTRIES * 12 + 4


def quick_tiff(page: Scanned) -> tuple[bytes, bytes | bytearray]:
    """Header and pixels of a one-page file that holds `page`; together they are the file."""
    pixels = _packed(page) if page.bilevel else page.data
    bits = 1 if page.bilevel else 8
    each_bits = struct.pack("<HHH", bits, bits, bits) if page.channels == 3 else b""
    resolution_at = _FIELDS_END + len(each_bits)
    data_at = resolution_at + 8
    fields = (
        (254, _LONG, 1, 0),
        (256, _LONG, 1, page.width_px),
        (257, _LONG, 1, page.height_px),
        (258, _SHORT, page.channels, _FIELDS_END if each_bits else bits),
        (259, _SHORT, 1, _UNCOMPRESSED),
        (262, _SHORT, 1, _RGB if page.channels == 3 else _BLACK_IS_ZERO),
        (_DATA_AT, _LONG, 1, data_at),
        (277, _SHORT, 1, page.channels),
        (278, _LONG, 1, page.height_px),
        (279, _LONG, 1, len(pixels)),
        (282, _RATIONAL, 1, resolution_at),
        (283, _RATIONAL, 1, resolution_at),
        (296, _SHORT, 1, _INCH),
    )
    head = struct.pack("<2sHIH", b"II", 42, 8, len(fields))
    head += b"".join(struct.pack("<HHII", *field) for field in fields) + bytes(4)
    return head + each_bits + struct.pack("<II", page.dpi, 1), pixels


def quick_pixels(path: Path, image: Image.Image) -> NDArray[np.uint8] | None:
    """The pixels of the quick file `path`, opened as `image`, where they lie on the disk, unread.

    (height, width) or (height, width, 3), 0 is black; None where the file packs them.
    """
    shape = {"L": (), "RGB": (3,)}.get(image.mode)
    if not isinstance(image, TiffImagePlugin.TiffImageFile) or shape is None:
        return None
    if image.info["compression"] != "raw":
        return None
    (at,) = image.tag_v2[_DATA_AT]
    return np.memmap(path, np.uint8, "r", at, (image.height, image.width, *shape))


def _packed(page: Scanned) -> bytes:
    """Eight pixels in a byte, each row from a new byte."""
    rows = np.frombuffer(page.data, np.uint8).reshape(page.height_px, page.width_px)
    return np.packbits(rows > 127, axis=1).tobytes()
