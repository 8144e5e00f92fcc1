"""Inside the child: TIFF files. Each page becomes a TIFF with the same encoded strips or tiles."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image, TiffImagePlugin
from PIL.Image import Transpose

from archiver.capture.formats import TIFF
from archiver.capture.lossless import save_lossless
from archiver.capture.page_image import (
    CUT_SHORT,
    NOT_DECODED,
    Bounds,
    Sheet,
    dpi_of,
    turn_of,
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
    try:
        file = TiffFile(Path(source).read_bytes(), bounds.pages)
    except TiffDamaged as error:
        raise DamagedFile(detail=CUT_SHORT) from error
    shown = [n for n, found in enumerate(file.directories) if not found.is_reduced]
    shown = shown or list(range(len(file.directories)))
    if len(shown) > bounds.pages:
        raise TooManyPages(pages=len(shown), limit=bounds.pages)
    for place, index in enumerate(shown, 1):
        directory = file.directories[index]
        bounds.check_size(directory.width_px, directory.height_px)
        image, dpi, turn = _decoded(source, index)
        master = source
        if len(file.directories) > 1 and len(shown) > 1:
            master = f"{place}.tif"
            _write_page(file, directory, image, master)
        yield Sheet(master, TIFF, image, dpi, turn, len(shown))


def _decoded(source: str, index: int) -> tuple[Image.Image, int, int]:
    try:
        image = Image.open(source, formats=["TIFF"])
        assert isinstance(image, TiffImagePlugin.TiffImageFile)  # noqa: S101 - it was asked for
        image.seek(index)
        orientation = image.tag_v2.get(_ORIENTATION, 1)
        turn, dpi = turn_of(image), dpi_of(image)
        image.load()
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise DamagedFile(detail=NOT_DECODED) from error
    back = _TURNED_BACK.get(orientation)
    return (image.transpose(back) if back is not None else image), dpi, turn


def _write_page(file: TiffFile, directory: Directory, image: Image.Image, master: str) -> None:
    """The page on its own, proved to hold the same pixels.

    Old-style JPEG (compression 6) points to tables all over the file: such a page, and any
    other that does not come out the same, is stored as lossless pixels instead.
    """
    Path(master).write_bytes(page_bytes(file, directory))
    try:
        same = _same_pixels(_decoded(master, 0)[0], image)
    except DamagedFile:
        same = False
    if not same:
        save_lossless(image, master)


def _same_pixels(one: Image.Image, other: Image.Image) -> bool:
    return (one.mode, one.size) == (other.mode, other.size) and one.tobytes() == other.tobytes()
