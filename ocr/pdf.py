"""Searchable PDF/A-2b: the picture of each page, the words invisible over it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ocr import pdf_archival, pdf_file, textlayer
from ocr.imaging.orientation import Turn
from ocr.page import PageText
from ocr.pdf_file import PdfFile
from ocr.pdf_font import Letters, write_font
from ocr.pdf_picture import picture

PLACEMENTS: Final[dict[Turn, str]] = {
    0: "{w} 0 0 {h} 0 0",
    90: "0 -{h} {w} 0 0 {h}",
    180: "-{w} 0 0 -{h} {w} {h}",
    270: "0 {h} -{w} 0 {w} 0",
}
"""The unit square of the picture on the upright page, by how far it is turned clockwise."""


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page for the PDF.

    picture: a grey or RGB JPEG, or a bitonal TIFF or PNG, as bytes or the file that holds it.
    width_px, height_px: of the page as delivered, before turning; the picture may be smaller.
    turn_deg: clockwise, makes it upright. dpi: sets the size on paper. text: in pixels of the
    upright page; None or without lines for a page that was not read.
    """

    picture: bytes | Path
    width_px: int
    height_px: int
    turn_deg: Turn
    dpi: int
    text: PageText | None


def write_pdf(pages: Iterable[PdfPage], out: Path, *, title: str, language: str) -> None:
    """Write `out` whole or not at all, holding one page at a time. language: BCP 47, such as ar.

    PDF/A-2b. Equal pages give equal bytes. Raises OSError from the disk and OcrError for a
    picture that cannot go into it.
    """
    with pdf_file.written(out) as file:
        pdf = PdfFile(file)
        tree, font, letters = pdf.reserve(), pdf.reserve(), Letters()
        sheets = [_add(pdf, page, tree, font, letters) for page in pages]
        kids = " ".join(f"{sheet} 0 R" for sheet in sheets)
        pdf.add(f"<</Type/Pages/Count {len(sheets)}/Kids[{kids}]>>", tree)
        write_font(pdf, font, letters)
        pdf_archival.finish(pdf, tree, title, language)


def _add(pdf: PdfFile, page: PdfPage, tree: int, font: int, letters: Letters) -> int:
    sideways = page.turn_deg in (90, 270)
    size_px = (page.height_px, page.width_px) if sideways else (page.width_px, page.height_px)
    width, height = (f"{pixels * 72 / page.dpi:.3f}" for pixels in size_px)
    content = f"q {PLACEMENTS[page.turn_deg].format(w=width, h=height)} cm /P Do Q\n".encode()
    if page.text is not None and page.text.lines:
        content += textlayer.operators(page.text, letters.code)
    shown = picture(page.picture)
    image = pdf.stream(shown.data, shown.entries, deflate=False)
    stream = pdf.stream(content)
    return pdf.add(
        f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {width} {height}]/Contents {stream} 0 R"
        f"/Resources<</XObject<</P {image} 0 R>>/Font<</F {font} 0 R>>>>>>"
    )
