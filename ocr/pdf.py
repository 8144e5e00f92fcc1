"""Searchable PDF: the delivered picture bit for bit, the words invisible over it."""

import io
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from ocr import textlayer
from ocr.glyphless import ADVANCE, ASCENT, DESCENT, NAME, truetype
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

    Equal pages give equal bytes.
    """
    with pikepdf.new() as pdf:
        letters: set[int] = set()
        font = pdf.make_indirect(Dictionary(Type=Name.Font))
        for page in pages:
            _add(pdf, page, font)
            letters.update(map(ord, page.text.text if page.text else ""))
        _fill_font(pdf, font, letters)
        pdf.Root.Lang = pikepdf.String(language)
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title
        _save(pdf, out)


def _add(pdf: pikepdf.Pdf, page: PdfPage, font: pikepdf.Object) -> None:
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
    picture = pdf.make_indirect(_picture(pdf, jpeg))
    sheet.obj.Resources = Dictionary(XObject=Dictionary(Page=picture), Font=Dictionary(F=font))


def _picture(pdf: pikepdf.Pdf, jpeg: bytes) -> Stream:
    with Image.open(io.BytesIO(jpeg)) as image:
        width, height, mode = image.width, image.height, image.mode
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
    return picture


def _fill_font(pdf: pikepdf.Pdf, font: pikepdf.Object, letters: set[int]) -> None:
    file = truetype()
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/" + NAME),
        Flags=4,
        FontBBox=Array([0, DESCENT, ADVANCE, ASCENT]),
        ItalicAngle=0,
        Ascent=ASCENT,
        Descent=DESCENT,
        CapHeight=ASCENT,
        StemV=80,
        FontFile2=Stream(pdf, file, Length1=len(file)),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/" + NAME),
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=ADVANCE,
        CIDToGIDMap=Stream(pdf, b"\0\1" * 65536),
    )
    font.Subtype = Name.Type0
    font.BaseFont = Name("/" + NAME)
    font.Encoding = Name("/Identity-H")
    font.DescendantFonts = Array([pdf.make_indirect(descendant)])
    font.ToUnicode = Stream(pdf, _to_unicode(letters))


def _to_unicode(letters: set[int]) -> bytes:
    """Codes are UTF-16 units and mean themselves; only those in use are listed."""
    rows = [f"<{code:04X}> <{code:04X}>" for code in sorted(letters)]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    mapping = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return f"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{mapping}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
""".encode("ascii")


def _save(pdf: pikepdf.Pdf, out: Path) -> None:
    """Durable before visible."""
    with tempfile.NamedTemporaryFile(dir=out.parent, prefix=".pdf-", delete=False) as file:
        try:
            pdf.save(file.file, min_version="1.7", deterministic_id=True)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(out)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    folder = os.open(out.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
