"""Inside the child: TIFF files. Each page becomes a TIFF with the same encoded strips or tiles."""

import mmap
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Final

from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile as Tiff

from archiver.capture.formats import TIFF
from archiver.capture.lossless import save_lossless
from archiver.capture.page_image import (
    CUT_SHORT,
    NOT_DECODED,
    Bounds,
    Sheet,
    dpi_of,
    on_page,
    turn_for,
)
from archiver.capture.tiff_file import Directory, TiffDamaged, TiffFile, page_bytes
from archiver.errors import DamagedFile, RawPhotograph, TooManyPages
from ocr.imaging.stored import unturned

_ORIENTATION: Final = 274
_DNG_VERSION: Final = 50706


def pages(source: str, bounds: Bounds) -> Iterator[Sheet]:
    """Every full-size page in the order of the file."""
    with (
        Path(source).open("rb") as opened,
        mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        file = _taken_apart(data, bounds)
        if any(_DNG_VERSION in found.fields for found in file.directories):
            raise RawPhotograph  # its pages are previews; the picture itself is none yet
        shown = [n for n, found in enumerate(file.directories) if not found.is_reduced]
        shown = shown or list(range(len(file.directories)))
        if len(shown) > bounds.pages:
            raise TooManyPages(pages=len(shown), limit=bounds.pages)
        # Not by its name: Pillow maps named files and then misreads turned pages.
        with _opened(opened) as images:
            for number, index in enumerate(shown, 1):
                with on_page(number):
                    master = source if len(shown) == 1 else f"{number}.tif"
                    yield _sheet(file, index, images, master, len(shown), bounds)


def _taken_apart(data: mmap.mmap, bounds: Bounds) -> TiffFile:
    try:
        return TiffFile(data, bounds.pages)
    except TiffDamaged as error:
        raise DamagedFile(detail=CUT_SHORT) from error


def _sheet(
    file: TiffFile, index: int, images: Tiff, master: str, count: int, bounds: Bounds
) -> Sheet:
    directory = file.directories[index]
    bounds.check_size(directory.width_px, directory.height_px)
    image, dpi = _decoded(images, index)
    if count > 1:
        _write_page(file, directory, image, master)
    orientation = directory.number(_ORIENTATION)
    return Sheet(master, TIFF, unturned(image, orientation), dpi, turn_for(orientation), count)


def _opened(file: IO[bytes]) -> Tiff:
    try:
        image = Image.open(file, formats=["TIFF"])
    except OSError as error:
        raise DamagedFile(detail=NOT_DECODED) from error
    assert isinstance(image, Tiff)  # noqa: S101 - no other format was asked for
    return image


def _decoded(images: Tiff, index: int) -> tuple[Image.Image, int]:
    """The page's own pixels, turned by its orientation as Pillow does, and its resolution."""
    try:
        images.seek(index)
        dpi = dpi_of(images)
        images.load()
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise DamagedFile(detail=NOT_DECODED) from error
    return images.copy(), dpi


def _alone(data: bytes) -> Image.Image | None:
    """The pixels of a page on its own; None where they cannot be decoded."""
    try:
        with _opened(BytesIO(data)) as page:
            return _decoded(page, 0)[0]
    except DamagedFile:
        return None


def _write_page(file: TiffFile, directory: Directory, image: Image.Image, master: str) -> None:
    """The page on its own, proved to hold the same pixels.

    Old-style JPEG (compression 6) points to tables all over the file: such a page, and any
    other that does not come out the same, is stored as lossless pixels instead.
    """
    data = page_bytes(file, directory)
    alone = _alone(data)
    if alone is not None and _same_pixels(alone, image):
        Path(master).write_bytes(data)
    else:
        save_lossless(image, master)


def _same_pixels(one: Image.Image, other: Image.Image) -> bool:
    return (one.mode, one.size) == (other.mode, other.size) and one.tobytes() == other.tobytes()
