"""Inside the child: JPEG, PNG and JPEG 2000 files. The page is the file itself, bit for bit.

Decoders forgive a missing tail; an archive cannot. So each file is first walked to its end.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image

from archiver.capture.formats import JP2, JPEG, PNG
from archiver.capture.page_image import CUT_SHORT, Bounds, Sheet, decoded, dpi_of, turn_of
from archiver.errors import DamagedFile

_PNG_END: Final = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def jpeg(source: str, bounds: Bounds) -> Iterator[Sheet]:
    if not jpeg_has_end(Path(source).read_bytes()):
        raise DamagedFile(detail=CUT_SHORT)
    yield whole_sheet(source, JPEG, bounds)


def png(source: str, bounds: Bounds) -> Iterator[Sheet]:
    if _PNG_END not in Path(source).read_bytes():
        raise DamagedFile(detail=CUT_SHORT)
    try:
        with Image.open(source, formats=["PNG"]) as image:
            bounds.check_size(*image.size)
            image.verify()  # the check sum of every chunk, up to the last
    except (OSError, SyntaxError, ValueError, struct.error) as error:
        raise DamagedFile(detail=CUT_SHORT) from error
    yield whole_sheet(source, PNG, bounds)


def jp2(source: str, bounds: Bounds) -> Iterator[Sheet]:
    if not jp2_has_end(Path(source).read_bytes()):
        raise DamagedFile(detail=CUT_SHORT)
    yield whole_sheet(source, JP2, bounds)


def whole_sheet(source: str, media_type: str, bounds: Bounds) -> Sheet:
    """The file as a one-page sheet: it is its own master."""
    image = decoded(source, media_type, bounds)
    return Sheet(source, media_type, image, dpi_of(image), turn_of(image), 1)


def jpeg_has_end(data: bytes) -> bool:
    """Whether an end-of-image marker follows the first scan (ITU-T T.81, annex B)."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        if data[at + 1] == 0xFF:  # fill byte
            at += 1
            continue
        if data[at + 1] == 0xDA:
            # Inside a scan FF is followed by 00 or a restart, so this can only be the end.
            return data.find(b"\xff\xd9", at) >= 0
        at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    return False


def jp2_has_end(data: bytes) -> bool:
    """Whether the codestream box is whole and ends in EOC (ISO 15444-1, annexes A and I)."""
    at = 0
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        header = 8
        if length == 1 and at + 16 <= len(data):
            length, header = struct.unpack_from(">Q", data, at + 8)[0], 16
        end = len(data) if length == 0 else at + length
        if (length and length < header) or end > len(data):
            return False
        if kind == b"jp2c":
            return data[end - 2 : end] == b"\xff\xd9"
        at = end
    return False
