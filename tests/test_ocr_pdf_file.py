"""What archives ask of a PDF, and what a thousand pages ask of us."""

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageCms

from ocr.errors import OcrError
from ocr.imaging.orientation import Turn
from ocr.page import Box, Line, PageText, Word
from ocr.pdf import PdfPage, write_pdf
from ocr.pdf_check import extracted
from ocr.pdf_picture import is_bitonal, picture

WORDS = (
    Word("الطعن", Box(600, 100, 100, 40), 0.9, "rtl"),
    Word("٩٩٠٠١", Box(450, 100, 100, 40), 0.9, "ltr"),
    Word("𞸀😀", Box(300, 100, 100, 40), 0.9, "rtl"),  # beyond 16 bits
)
TEXT = PageText(800, 1000, 100, (Line(WORDS, Box(300, 100, 400, 40), "rtl"),), "hand", "ara")


def jpeg(mode: str, size_px: tuple[int, int] = (800, 1000)) -> bytes:
    file = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 256, (size_px[1], size_px[0], 3), np.uint8)
    Image.fromarray(noise).convert(mode).save(file, "JPEG")
    return file.getvalue()


def bitonal() -> Image.Image:
    """A black corner at the top left, some dots: no two turns of it are alike."""
    pixels = np.ones((300, 203), bool)
    pixels[:40, :60] = False
    pixels[::7, ::11] = False
    return Image.fromarray(pixels)


@pytest.fixture
def archival(tmp_path: Path) -> Path:
    """A PDF with a page of every kind that can be in it."""
    black = tmp_path / "black.tif"
    bitonal().save(black, compression="group4")
    out = tmp_path / "out.pdf"
    pages = [
        PdfPage(jpeg("L"), 800, 1000, 0, 100, TEXT),
        PdfPage(jpeg("RGB"), 800, 1000, 90, 100, None),
        PdfPage(black, 203, 300, 180, 100, None),
    ]
    write_pdf(pages, out, title="ملف <الطعن> & \x0bغيره", language="ar")
    return out


def test_every_rule_of_the_standard_that_can_be_checked(archival: Path) -> None:
    pdfa = pytest.importorskip("pikepdf.pdfa", exc_type=ImportError)
    report = pdfa.validate_written(archival, "2b")
    assert report.passed, report.summary()


def test_the_structure_that_archives_ask_for(archival: Path) -> None:
    head = archival.read_bytes()[:15]
    assert head.startswith(b"%PDF-1.7\n%")
    assert all(byte > 127 for byte in head[10:14])
    with pikepdf.open(archival) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert not pdf.is_encrypted
        assert len(pdf.trailer.ID) == 2
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        profile = ImageCms.ImageCmsProfile(io.BytesIO(intent.DestOutputProfile.read_bytes()))
        assert profile.profile.xcolor_space == "RGB "
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2B"
            assert metadata["dc:title"] == str(pdf.docinfo.Title) == "ملف <الطعن> & غيره"
        for each in pdf.objects:
            assert not {"/SMask", "/CA", "/ca", "/BM", "/JS", "/AA"} & set(_keys(each))


def _keys(each: pikepdf.Object) -> Iterator[str]:
    return iter(each.keys() if isinstance(each, pikepdf.Dictionary | pikepdf.Stream) else ())


def test_the_font_is_what_the_pdf_says_of_it(archival: Path) -> None:
    fonts = pytest.importorskip("fontTools.ttLib")
    with pikepdf.open(archival) as pdf:
        (descendant,) = pdf.pages[0].Resources.Font.F.DescendantFonts
        program = descendant.FontDescriptor.FontFile2.read_bytes()
        glyphs = descendant.CIDToGIDMap.read_bytes()
        font = fonts.TTFont(io.BytesIO(program), checkChecksums=2)
        assert set(glyphs[1::2]) == {1}
        assert font["hmtx"]["glyph00001"][0] == int(descendant.DW)
        assert font["maxp"].numGlyphs == 2


def test_letters_beyond_sixteen_bits_come_out(archival: Path) -> None:
    assert "😀" in extracted(archival, "poppler")[0]  # pypdfium2 counts them wrongly


@pytest.mark.parametrize("name", ["black.tif", "black.png"])
def test_black_and_white_is_stored_as_g4(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    bitonal().save(path)
    assert is_bitonal(path)
    out = tmp_path / "out.pdf"
    write_pdf([PdfPage(path, 203, 300, 0, 72, None)], out, title="t", language="ar")
    with pikepdf.open(out) as pdf:
        image = pdf.pages[0].Resources.XObject.P
        assert isinstance(image, pikepdf.Stream)
        assert image.Filter == "/CCITTFaxDecode"
        found = pikepdf.PdfImage(image).as_pil_image().convert("1")
    assert np.array_equal(np.asarray(found), np.asarray(bitonal()))


@pytest.mark.parametrize("white_is_zero", [True, False])
def test_g4_is_shown_as_it_is(tmp_path: Path, white_is_zero: bool) -> None:
    path, out = tmp_path / "black.tif", tmp_path / "out.pdf"
    tags = {262: 0} if white_is_zero else {}
    bitonal().save(path, compression="group4", tiffinfo=tags)
    with Image.open(path) as stored:
        expected = np.asarray(stored.convert("L"))
    write_pdf([PdfPage(path, 203, 300, 0, 72, None)], out, title="t", language="ar")
    assert np.abs(shown(out).astype(int) - expected).mean() < 3


@pytest.mark.parametrize("turn_deg", [0, 90, 180, 270])
def test_g4_is_turned_upright(tmp_path: Path, turn_deg: Turn) -> None:
    path, out = tmp_path / "black.tif", tmp_path / "out.pdf"
    delivered = bitonal().rotate(turn_deg, expand=True)
    delivered.save(path, compression="group4")
    write_pdf([PdfPage(path, *delivered.size, turn_deg, 72, None)], out, title="t", language="ar")
    assert np.abs(shown(out).astype(int) - np.asarray(bitonal().convert("L"))).mean() < 3


def shown(pdf: Path) -> np.ndarray:
    with pypdfium2.PdfDocument(pdf) as document:
        return np.asarray(document[0].render(scale=1).to_pil().convert("L"))


@pytest.mark.parametrize("mode", ["CMYK", "L", "P"])
def test_pictures_that_cannot_go_in_are_refused(mode: str) -> None:
    file = io.BytesIO()
    Image.new(mode, (10, 10)).save(file, "JPEG" if mode == "CMYK" else "TIFF")
    with pytest.raises(OcrError, match="neither"):
        picture(file.getvalue())


def test_a_picture_cut_short_is_refused() -> None:
    file = io.BytesIO()
    bitonal().save(file, "PNG")
    with pytest.raises(OcrError, match="decoded"):
        picture(file.getvalue()[:100])


def test_a_hundred_pages_are_never_in_memory_together(tmp_path: Path) -> None:
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(jpeg("RGB"))
    size = scan.stat().st_size
    pages = (PdfPage(scan, 800, 1000, 0, 100, TEXT) for _ in range(100))
    tracemalloc.start()
    try:
        write_pdf(pages, tmp_path / "out.pdf", title="t", language="ar")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (tmp_path / "out.pdf").stat().st_size > 100 * size
    assert most < 10 * size
