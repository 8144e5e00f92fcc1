"""The quickest lossless file: rows of pixels as they are, behind the header of a TIFF.

Source: TIFF revision 6.0, sections 4, 5 and 6. Equal pixels give equal bytes.
"""

import struct
from typing import Final

import numpy as np

from archiver.capture.scanner import Scanned

_SHORT, _LONG, _RATIONAL = 3, 4, 5
_BLACK_IS_ZERO, _RGB, _INCH, _UNCOMPRESSED = 1, 2, 2, 1
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
        (273, _LONG, 1, data_at),
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


def _packed(page: Scanned) -> bytes:
    """Eight pixels in a byte, each row from a new byte."""
    rows = np.frombuffer(page.data, np.uint8).reshape(page.height_px, page.width_px)
    return np.packbits(rows > 127, axis=1).tobytes()
