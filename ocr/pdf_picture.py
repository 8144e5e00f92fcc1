"""The picture of a page as it goes into a PDF: a JPEG as it is, black and white as G4."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from PIL import Image, UnidentifiedImageError
from PIL.TiffImagePlugin import PHOTOMETRIC_INTERPRETATION, STRIPBYTECOUNTS, STRIPOFFSETS

from ocr.errors import OcrError
from ocr.imaging.stored import stored

_SPACES: Final = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}
_BITONAL: Final = ("TIFF", "PNG")
_ONE_STRIP: Final = 1 << 31


@dataclass(frozen=True, slots=True)
class Picture:
    """Encoded pixels, and the entries of the PDF image that they make."""

    data: bytes
    entries: str


def is_bitonal(path: Path) -> bool:
    """Whether the file holds one bit a pixel; only its head is read. Raises OSError."""
    try:
        with path.open("rb") as file, Image.open(file, formats=["JPEG", *_BITONAL]) as image:
            return image.mode == "1"
    except (UnidentifiedImageError, Image.DecompressionBombError):
        return False


def picture(source: bytes | Path) -> Picture:
    """Raises OcrError for what is neither a grey or RGB JPEG nor a bitonal TIFF or PNG."""
    data = source.read_bytes() if isinstance(source, Path) else source
    try:
        with io.BytesIO(data) as file, Image.open(file, formats=["JPEG", *_BITONAL]) as image:
            if image.format == "JPEG" and image.mode in _SPACES:
                return Picture(data, _entries(image, 8, _SPACES[image.mode], "/DCTDecode"))
            if image.format in _BITONAL and image.mode == "1":
                return _g4(stored(image))
    except (OSError, SyntaxError, ValueError) as error:
        raise OcrError("a picture for the PDF cannot be decoded") from error
    raise OcrError("a picture for the PDF is neither a grey or RGB JPEG nor black and white")


def _g4(image: Image.Image) -> Picture:
    """Every pixel kept. Source: ITU-T T.6; the encoder is libtiff's."""
    with io.BytesIO() as file:
        image.save(file, "TIFF", compression="group4", strip_size=_ONE_STRIP)
        with Image.open(file, formats=["TIFF"]) as tiff:
            tags = tiff.tag_v2  # type: ignore[attr-defined]
            data = _strip(file, tags[STRIPOFFSETS], tags[STRIPBYTECOUNTS])
            ones = "true" if tags[PHOTOMETRIC_INTERPRETATION] == 1 else "false"
    parameters = f"/DecodeParms<</K -1/Columns {image.width}/Rows {image.height}/BlackIs1 {ones}>>"
    return Picture(data, _entries(image, 1, "/DeviceGray", "/CCITTFaxDecode") + parameters)


def _strip(file: IO[bytes], places: tuple[int, ...], sizes: tuple[int, ...]) -> bytes:
    (place,), (size,) = places, sizes
    file.seek(place)
    return file.read(size)


def _entries(image: Image.Image, bits: int, space: str, coding: str) -> str:
    return (
        f"/Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}"
        f"/ColorSpace{space}/BitsPerComponent {bits}/Filter{coding}"
    )
