"""Inside the child: a page's image, decoded to its last row, with its resolution and turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import ExifTags, Image

from archiver.capture.formats import PILLOW_NAMES
from archiver.errors import DamagedFile, ImageTooLarge
from archiver.i18n import N_

CUT_SHORT: Final = N_("the data ends too early")
NOT_DECODED: Final = N_("the image cannot be decoded")

LEAST_DPI: Final = 72
MOST_DPI: Final = 1200
_A4_LONG_IN: Final = 11.69
# Clockwise turn that makes the image upright. The mirrored orientations (2, 4, 5, 7) come from
# phone software, never from paper, and count as unturned.
_TURNS: Final = {3: 180, 6: 90, 8: 270}

# Every decoder is bounded by the declared size, checked before a pixel is decoded.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class Bounds:
    pages: int
    megapixels: int
    seconds: int

    def check_size(self, width_px: int, height_px: int) -> None:
        """Raises ImageTooLarge for a page that declares more than the limit."""
        if width_px * height_px > self.megapixels * 1_000_000:
            megapixels = round(width_px * height_px / 1_000_000)
            raise ImageTooLarge(megapixels=megapixels, limit=self.megapixels)


@dataclass(frozen=True, slots=True)
class Sheet:
    master: str  # a file name in the child's folder
    media_type: str
    image: Image.Image  # the master's pixels, as delivered
    dpi: int
    turn_deg: int
    pages: int  # of the whole file

    @property
    def width_px(self) -> int:
        return self.image.width

    @property
    def height_px(self) -> int:
        return self.image.height


def decoded(path: str | Path, media_type: str, bounds: Bounds) -> Image.Image:
    """All pixels of the first image in `path`, as stored: no EXIF turn is applied.

    Raises ImageTooLarge before decoding, DamagedFile where the pixels do not come whole.
    """
    try:
        image = Image.open(path, formats=[PILLOW_NAMES[media_type]])
        bounds.check_size(*image.size)
        image.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise DamagedFile(detail=NOT_DECODED) from error
    return image


@contextmanager
def on_page(number: int) -> Iterator[None]:
    """Name the page in a DamagedFile of one page out of many."""
    try:
        yield
    except DamagedFile as error:
        error.facts["page"] = number
        raise


def turn_of(image: Image.Image) -> int:
    """Clockwise degrees that make it upright, as EXIF tells."""
    return turn_for(image.getexif().get(ExifTags.Base.Orientation, 1))


def turn_for(orientation: int) -> int:
    """The same for an EXIF or TIFF orientation, 1 to 8."""
    return _TURNS.get(orientation, 0)


def dpi_of(image: Image.Image) -> int:
    """Its stated resolution where paper of that size is likely, else as if it were A4."""
    stated = image.info.get("dpi")
    try:
        dpi = round(max(float(stated[0]), float(stated[1]))) if stated else 0
    except (TypeError, ValueError, OverflowError, IndexError):
        dpi = 0
    long_px = max(image.size)
    return dpi if _is_likely(dpi, long_px) else bounded_dpi(long_px / _A4_LONG_IN)


def bounded_dpi(dpi: float) -> int:
    return min(max(round(dpi), LEAST_DPI), MOST_DPI)


def _is_likely(dpi: int, long_px: int) -> bool:
    # Much software writes 72 or 96 without knowing: believed only up to A3 and a margin.
    if not LEAST_DPI <= dpi <= MOST_DPI:
        return False
    return 2 <= long_px / dpi <= (17.5 if dpi < 150 else 48)
