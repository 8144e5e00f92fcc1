"""Inside the child: PDF files. A page that is one scan is taken out; any other is rasterised."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pikepdf
from pdf2image import convert_from_path
from pdf2image.exceptions import (
    PDFInfoNotInstalledError,
    PDFPageCountError,
    PDFPopplerTimeoutError,
)
from PIL import Image, ImageChops

from archiver.capture.formats import RASTER, TIFF
from archiver.capture.lossless import save_lossless
from archiver.capture.page_image import CUT_SHORT, NOT_DECODED, Bounds, Sheet, decoded, on_page
from archiver.capture.pdf_image import NotTaken, take_out
from archiver.capture.scan import MALFORMED, NotOneScan, scan_of, shown_box
from archiver.errors import DamagedFile, EncryptedPdf, ToolMissing, TooManyPages, TooSlow
from archiver.i18n import N_

RASTER_DPI: Final = 300
_TAIL_BYTES: Final = 8192  # where %%EOF must stand; scanners pad their files


def pages(source: str, bounds: Bounds) -> Iterator[Sheet]:
    """Every page in order. Raises EncryptedPdf, TooManyPages, DamagedFile, ImageTooLarge."""
    try:
        with pikepdf.open(source) as pdf:
            count = _count(pdf, source, bounds)
            for number, page in enumerate(pdf.pages, 1):
                with on_page(number):
                    yield _sheet(source, number, page, count, bounds)
    except pikepdf.PasswordError as error:
        raise EncryptedPdf from error
    except pikepdf.PdfError as error:
        raise DamagedFile(detail=CUT_SHORT) from error


def _count(pdf: pikepdf.Pdf, source: str, bounds: Bounds) -> int:
    """How many pages; a file whose tail was lost may not pass for a shorter one."""
    with Path(source).open("rb") as file:
        file.seek(max(0, Path(source).stat().st_size - _TAIL_BYTES))
        has_end = b"%%EOF" in file.read()
    count = len(pdf.pages)
    if count > bounds.pages:
        raise TooManyPages(pages=count, limit=bounds.pages)
    if not count or not has_end or int(pdf.Root.Pages.Count) != count:
        raise DamagedFile(detail=CUT_SHORT)
    return count


def _sheet(source: str, number: int, page: pikepdf.Page, count: int, bounds: Bounds) -> Sheet:
    try:
        scan = scan_of(page)
        bounds.check_size(int(scan.image.Width), int(scan.image.Height))
        return take_out(scan, source, number, count, bounds)
    except (NotOneScan, NotTaken, *MALFORMED):
        return _rasterised(source, number, page, count, bounds)


def _rasterised(source: str, number: int, page: pikepdf.Page, count: int, bounds: Bounds) -> Sheet:
    left, bottom, right, top = shown_box(page)
    per_point = RASTER_DPI / 72
    bounds.check_size(int((right - left) * per_point), int((top - bottom) * per_point))
    raster = _raster(source, number, bounds)
    image = _without_colour(decoded(raster, RASTER, bounds))
    master = f"{number}.tif"
    save_lossless(image, master, RASTER_DPI)
    raster.unlink()
    return Sheet(master, TIFF, image, RASTER_DPI, 0, count)


def _raster(source: str, number: int, bounds: Bounds) -> Path:
    try:
        paths = convert_from_path(
            source,
            dpi=RASTER_DPI,
            first_page=number,
            last_page=number,
            output_folder=".",
            output_file=f"{number}-raster",
            single_file=True,
            paths_only=True,
            use_cropbox=True,
            timeout=bounds.seconds,
        )
    except PDFInfoNotInstalledError as error:
        raise ToolMissing(tool="poppler-utils", detail="pdftoppm") from error
    except PDFPopplerTimeoutError as error:
        raise TooSlow(seconds=bounds.seconds) from error
    except PDFPageCountError as error:
        raise DamagedFile(detail=NOT_DECODED) from error
    if not paths:
        raise DamagedFile(detail=N_("one of its pages cannot be drawn"))
    return Path(str(paths[0]))


def _without_colour(image: Image.Image) -> Image.Image:
    red, green, blue = image.split()
    grey = not ImageChops.difference(red, green).getbbox()
    grey = grey and not ImageChops.difference(green, blue).getbbox()
    return red if grey else image
