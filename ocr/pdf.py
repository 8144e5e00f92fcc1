"""Searchable PDF: the delivered picture bit for bit, the words invisible over it."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from ocr import pdf_file, pdf_font, textlayer
from ocr.errors import OcrError
from ocr.imaging.orientation import Turn
from ocr.page import PageText

COLOUR_SPACES = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
PLACEMENTS: dict[Turn, str] = {
    0: "{w} 0 0 {h} 0 0",
    90: "0 -{h} {w} 0 0 {h}",
    180: "-{w} 0 0 -{h} {w} {h}",
    270: "0 {h} -{w} 0 {w} 0",
}
"""The unit square of the picture on the upright page, by how far it is turned clockwise."""


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page for the PDF.

    jpeg: the picture as delivered, or the file that holds it. width_px, height_px: of that
    picture, before turning. turn_deg: clockwise, makes it upright. dpi: sets the size on paper.
    text: in pixels of the upright page; None or without lines for a page that was not read.
    """

    jpeg: bytes | Path
    width_px: int
    height_px: int
    turn_deg: Turn
    dpi: int
    text: PageText | None


def write_pdf(pages: Iterable[PdfPage], out: Path, *, title: str, language: str) -> None:
    """Write `out` whole or not at all. language: BCP 47, such as ar.

    Made to PDF/A-2b unless a picture is CMYK. Equal pages give equal bytes.
    Raises OSError from the disk and OcrError for a picture that is no JPEG.
    """
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(Dictionary(Type=Name.Font))
        letters = {ord(letter) for letter in textlayer.UNSEEN}
        modes = set()
        for page in pages:
            modes.add(_add(pdf, page, font))
            letters |= textlayer.codes(page.text) if page.text else set()
        pdf_font.fill(pdf, font, letters)
        pdf_file.describe(pdf, title, language, archival="CMYK" not in modes)
        pdf_file.save(pdf, out)


def _add(pdf: pikepdf.Pdf, page: PdfPage, font: pikepdf.Object) -> str:
    jpeg = page.jpeg.read_bytes() if isinstance(page.jpeg, Path) else page.jpeg
    sideways = page.turn_deg in (90, 270)
    size_px = (page.height_px, page.width_px) if sideways else (page.width_px, page.height_px)
    width, height = (pixels * 72 / page.dpi for pixels in size_px)
    placement = PLACEMENTS[page.turn_deg].format(w=f"{width:.3f}", h=f"{height:.3f}")
    content = f"q {placement} cm /Page Do Q\n".encode("ascii")
    if page.text is not None:
        content += textlayer.operators(page.text)
    sheet = pdf.add_blank_page(page_size=(width, height))
    sheet.obj.Contents = Stream(pdf, content)
    picture, mode = _picture(pdf, jpeg)
    sheet.obj.Resources = Dictionary(
        XObject=Dictionary(Page=pdf.make_indirect(picture)), Font=Dictionary(F=font)
    )
    return mode


def _picture(pdf: pikepdf.Pdf, jpeg: bytes) -> tuple[Stream, str]:
    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as image:
            width, height, mode = image.width, image.height, image.mode
    except OSError as error:
        raise OcrError("a picture for the PDF is no JPEG") from error
    picture = Stream(
        pdf,
        jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        ColorSpace=COLOUR_SPACES[mode],
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    if mode == "CMYK":  # Adobe writes them inverted
        picture.Decode = Array([1, 0] * 4)
    return picture, mode
