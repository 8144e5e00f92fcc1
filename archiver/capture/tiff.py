"""Inside the child: TIFF files. Each page becomes a TIFF with the same encoded strips or tiles."""

import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image
from PIL.Image import Transpose
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
from archiver.errors import DamagedFile, TooManyPages

_ORIENTATION: Final = 274
# Pillow turns TIFF pixels by their orientation tag; these turn them back.
_TURNED_BACK: Final = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_270,
}


def pages(source: str, bounds: Bounds) -> Iterator[Sheet]:
    """Every full-size page in the order of the file."""
    with (
        Path(source).open("rb") as opened,
        mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        file = _taken_apart(data, bounds)
        shown = [n for n, found in enumerate(file.directories) if not found.is_reduced]
        shown = shown or list(range(len(file.directories)))
        if len(shown) > bounds.pages:
            raise TooManyPages(pages=len(shown), limit=bounds.pages)
        with _opened(source) as images:
            for number, index in enumerate(shown, 1):
                with on_page(number):
                    yield _sheet(file, index, number, images, source, len(shown), bounds)


def _taken_apart(data: mmap.mmap, bounds: Bounds) -> TiffFile:
    try:
        return TiffFile(data, bounds.pages)
    except TiffDamaged as error:
        raise DamagedFile(detail=CUT_SHORT) from error


def _sheet(
    file: TiffFile, index: int, number: int, images: Tiff, source: str, count: int, bounds: Bounds
) -> Sheet:
    directory = file.directories[index]
    bounds.check_size(directory.width_px, directory.height_px)
    image, dpi, turn = _decoded(images, index)
    master = source if count == 1 else f"{number}.tif"
    if master != source:
        _write_page(file, directory, image, master)
    return Sheet(master, TIFF, image, dpi, turn, count)


def _opened(source: str) -> Tiff:
    try:
        image = Image.open(source, formats=["TIFF"])
    except OSError as error:
        raise DamagedFile(detail=NOT_DECODED) from error
    assert isinstance(image, Tiff)  # noqa: S101 - no other format was asked for
    return image


def _decoded(images: Tiff, index: int) -> tuple[Image.Image, int, int]:
    """The page's own pixels, its resolution and its turn."""
    try:
        images.seek(index)
        orientation = images.tag_v2.get(_ORIENTATION, 1)
        dpi = dpi_of(images)
        images.load()
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise DamagedFile(detail=NOT_DECODED) from error
    back = _TURNED_BACK.get(orientation)
    image = images.copy() if back is None else images.transpose(back)
    return image, dpi, turn_for(orientation)


def _write_page(file: TiffFile, directory: Directory, image: Image.Image, master: str) -> None:
    """The page on its own, proved to hold the same pixels.

    Old-style JPEG (compression 6) points to tables all over the file: such a page, and any
    other that does not come out the same, is stored as lossless pixels instead.
    """
    Path(master).write_bytes(page_bytes(file, directory))
    try:
        with _opened(master) as written:
            same = _same_pixels(_decoded(written, 0)[0], image)
    except DamagedFile:
        same = False
    if not same:
        save_lossless(image, master)


def _same_pixels(one: Image.Image, other: Image.Image) -> bool:
    return (one.mode, one.size) == (other.mode, other.size) and one.tobytes() == other.tobytes()
