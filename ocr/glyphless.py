"""A TrueType font whose one glyph draws nothing: the carrier of an invisible text layer.

Every character of the layer is shown with this glyph; what it means is said by ToUnicode. A
font has to be embedded for PDF/A even where nothing is painted.
Source: OpenType specification 1.9; the idea is that of Tesseract's PDF renderer.
"""

import struct

UNITS_PER_EM = 1000
ADVANCE = 500
ASCENT = 800
DESCENT = -200
NAME = "Glyphless"
MADE = 3_029_529_600  # 1 January 2000, in seconds since 1904
GLYPH = (
    struct.pack(">hhhhh", 1, 0, DESCENT, ADVANCE, ASCENT)  # one contour, its bounding box
    + struct.pack(">HH", 1, 0)  # two points, no instructions
    + bytes([1, 1])  # both on the curve
    + struct.pack(">hh", 0, ADVANCE)
    + struct.pack(">hh", DESCENT, ASCENT - DESCENT)
)
"""A line there and back: it paints nothing and fills the box, by which PDFium measures letters."""


def truetype() -> bytes:
    """The font file: .notdef and one empty glyph."""
    tables = {
        b"cmap": _cmap(),
        b"glyf": GLYPH,
        b"head": _head(0),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x10000, ASCENT, DESCENT, 0, ADVANCE, *(0,) * 3, 1, *(0,) * 7, 2
        ),
        b"hmtx": struct.pack(">HhHh", ADVANCE, 0, ADVANCE, 0),
        b"loca": struct.pack(">HHH", 0, 0, len(GLYPH) // 2),
        b"maxp": struct.pack(">IH13H", 0x10000, 2, 2, 1, 0, 0, 2, *(0,) * 8),
        b"name": _name(),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 1, 0, 0, 0, 0),
    }
    whole = _assembled(tables)
    tables[b"head"] = _head((0xB1B0AFBA - _checksum(whole)) & 0xFFFFFFFF)
    return _assembled(tables)


def _head(adjustment: int) -> bytes:
    box = (0, DESCENT, ADVANCE, ASCENT)
    return struct.pack(
        ">IIIIHHqqhhhhHHhhh",
        *(0x10000, 0x10000, adjustment, 0x5F0F3CF5, 0, UNITS_PER_EM, MADE, MADE),
        *(*box, 0, 8, 2, 0, 0),
    )


def _cmap() -> bytes:
    segment = struct.pack(">HHHHHHH", 4, 24, 0, 2, 2, 0, 0)
    segment += struct.pack(">HHHhH", 0xFFFF, 0, 0xFFFF, 1, 0)
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + segment


def _name() -> bytes:
    text = NAME.encode("utf-16-be")
    records = b"".join(
        struct.pack(">HHHHHH", 3, 1, 0x409, number, len(text), 0) for number in (1, 4, 6)
    )
    return struct.pack(">HHH", 0, 3, 6 + len(records)) + records + text


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    search = 16 << power
    head = struct.pack(">IHHHH", 0x10000, count, search, power, count * 16 - search)
    offset = len(head) + 16 * count
    directory, body = b"", b""
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        directory += struct.pack(">4sIII", tag, _checksum(padded), offset + len(body), len(data))
        body += padded
    return head + directory + body


def _checksum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
