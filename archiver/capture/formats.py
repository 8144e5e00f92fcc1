"""The formats the station takes, known by their first bytes and never by an extension."""

from typing import Final

HEAD_BYTES: Final = 1024
PDF: Final = "application/pdf"
JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
TIFF: Final = "image/tiff"
JP2: Final = "image/jp2"

EXTENSIONS: Final = {JPEG: ".jpg", PNG: ".png", TIFF: ".tif", JP2: ".jp2"}  # of masters
RASTER: Final = "image/x-portable-anymap"  # what poppler draws, never a master

PILLOW_NAMES: Final = {JPEG: "JPEG", PNG: "PNG", TIFF: "TIFF", JP2: "JPEG2000", RASTER: "PPM"}

_FIRST_BYTES: Final = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", JP2),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),  # BigTIFF
    (b"MM\x00+", TIFF),
)


def media_type_of(head: bytes) -> str | None:
    """The media type of a file that begins with `head`; None for anything else."""
    for first, media_type in _FIRST_BYTES:
        if head.startswith(first):
            return media_type
    # Readers accept junk before the header: ISO 32000-1, annex H, note 13.
    return PDF if b"%PDF-" in head[:HEAD_BYTES] else None
