"""PDF pages: one scan is taken out bit for bit, anything else is drawn at 300 dpi."""

import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from pdf2image import convert_from_path
from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream
from PIL import Image, ImageChops

from archiver.capture.delivered import Delivered
from archiver.capture.intake import Intake
from archiver.settings import Limits
from tests.capture_files import (
    A4_POINTS,
    FULL_PAGE,
    SIZE,
    deflated_entry,
    drawn,
    encoded,
    fax_stream,
    image_entry,
    jbig2_stream,
    jpeg,
    jpeg_entry,
    one_page,
    opened_intake,
    pdf_bytes,
    scanned_pdf,
    unpacked,
)

BIG = Limits(
    file_megabytes=20, pages_per_file=9, megapixels=10, seconds_per_file=60, memory_megabytes=2000
)
RASTER_SIZE = (620, 878)  # a quarter of A4 at 300 dpi, rounded up by poppler


@pytest.fixture(scope="module")
def intake() -> Iterator[Intake]:
    with opened_intake(BIG) as opened:
        yield opened


def fax_entry(**changes: object) -> dict[str, object]:
    width, height = SIZE
    parameters = {"K": -1, "Columns": width, "Rows": height}
    black_is_1 = changes.pop("BlackIs1", None)
    if black_is_1 is not None:
        parameters["BlackIs1"] = black_is_1  # type: ignore[assignment]
    entries: dict[str, object] = {
        "ColorSpace": Name.DeviceGray,
        "BitsPerComponent": 1,
        "DecodeParms": Dictionary(**parameters),
        **changes,
    }
    return image_entry(fax_stream(drawn("1")), "/CCITTFaxDecode", **entries)


def jbig2_entry() -> dict[str, object]:
    data = jbig2_stream(drawn("1"))
    return image_entry(data, "/JBIG2Decode", ColorSpace=Name.DeviceGray, BitsPerComponent=1)


def as_viewers_show_it(data: bytes, folder: Path) -> Image.Image:
    (folder / "shown.pdf").write_bytes(data)
    return convert_from_path(folder / "shown.pdf", dpi=100, timeout=30)[0].convert("L")


def looks_like(page: Delivered, shown: Image.Image) -> bool:
    with Image.open(page.access) as access:
        upright = access.convert("L").rotate(-page.turn_deg, expand=True)
        off = ImageChops.difference(upright.resize((20, 28)), shown.resize((20, 28)))
        return max(off.getextrema()) < 40  # type: ignore[type-var, operator]


def test_encoded_scans_come_out_bit_for_bit(intake: Intake, tmp_path: Path) -> None:
    jp2 = encoded(drawn(), "JPEG2000")
    jpx = image_entry(jp2, "/JPXDecode")
    wrapped = jpeg_entry(Filter=Array([Name.FlateDecode, Name.DCTDecode]))
    wrapped["data"] = zlib.compress(jpeg())
    grey = image_entry(jpeg("L"), "/DCTDecode", ColorSpace=Name.DeviceGray)
    pages = unpacked(intake, scanned_pdf(jpeg_entry(), jpx, wrapped, grey), tmp_path)
    assert [page.master.read_bytes() for page in pages] == [jpeg(), jp2, jpeg(), jpeg("L")]
    assert [page.media_type for page in pages] == ["image/jpeg", "image/jp2"] + ["image/jpeg"] * 2
    assert [page.dpi for page in pages] == [200] * 4
    assert [(page.source_page, page.pages) for page in pages] == [(n, 4) for n in range(1, 5)]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"BlackIs1": False, "Decode": Array([0, 1])},
        {"BlackIs1": True},
        {"Decode": Array([1, 0])},
        {"BlackIs1": True, "Decode": Array([1, 0])},
    ],
)
def test_fax_streams_are_wrapped_not_recoded(
    intake: Intake, tmp_path: Path, changes: dict[str, object]
) -> None:
    data = scanned_pdf(fax_entry(**dict(changes)))
    (page,) = unpacked(intake, data, tmp_path)
    assert page.media_type == "image/tiff"
    assert fax_stream(drawn("1")) in page.master.read_bytes()
    inverted = bool(changes.get("BlackIs1")) != (changes.get("Decode") == Array([1, 0]))
    ink = ImageChops.invert(drawn("1")) if inverted else drawn("1")
    with Image.open(page.master) as master:
        assert master.tobytes() == ink.tobytes()
    assert looks_like(page, as_viewers_show_it(data, tmp_path))


@pytest.mark.parametrize(
    ("entry", "mode"),
    [
        (deflated_entry("L"), "L"),
        (deflated_entry("RGB"), "RGB"),
        (deflated_entry("1", BitsPerComponent=1), "1"),
    ],
)
def test_bare_pixels_become_a_lossless_file(
    intake: Intake, tmp_path: Path, entry: dict[str, object], mode: str
) -> None:
    data = scanned_pdf(entry)
    (page,) = unpacked(intake, data, tmp_path)
    with Image.open(page.master) as master:
        assert (master.mode, master.tobytes()) == (mode, drawn(mode).tobytes())
    assert looks_like(page, as_viewers_show_it(data, tmp_path))


def test_jbig2_becomes_a_lossless_file(intake: Intake, tmp_path: Path) -> None:
    # Not compared with poppler, whose JBIG2 garbles this page from the red box on.
    (page,) = unpacked(intake, scanned_pdf(jbig2_entry(), jbig2_entry()), tmp_path)[1:]
    with Image.open(page.master) as master:
        assert (master.mode, master.tobytes()) == ("1", drawn("1").tobytes())


def test_a_palette_is_kept(intake: Intake, tmp_path: Path) -> None:
    picture = drawn().quantize(16)
    palette = bytes(picture.getpalette() or b"")[: 3 * 16]
    space = Array([Name.Indexed, Name.DeviceRGB, 15, pikepdf.String(palette)])
    data = scanned_pdf(image_entry(picture.tobytes(), "", ColorSpace=space))
    (page,) = unpacked(intake, data, tmp_path)
    with Image.open(page.master) as master:
        assert master.size == SIZE
        assert master.convert("RGB").tobytes() == picture.convert("RGB").tobytes()


def add_font(page: Page, kind: str) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name(kind), BaseFont=Name.Helvetica)
    page.Resources.Font = Dictionary(F0=font)


def add_graphics(page: Page, **state: object) -> None:
    page.Resources.ExtGState = Dictionary(G0=Dictionary(**state))


def add_form(pdf: Pdf, page: Page) -> None:
    form = Stream(pdf, FULL_PAGE, Type=Name.XObject, Subtype=Name.Form)
    form.BBox = Array([0, 0, *A4_POINTS])
    form.Resources = Dictionary(XObject=Dictionary(Im0=page.Resources.XObject.Im0))
    page.Resources.XObject = Dictionary(Fm0=form)


def add_note(pdf: Pdf, page: Page, kind: Name) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=kind, Rect=Array([0, 0, 50, 50]))
    page.Annots = Array([pdf.make_indirect(note)])


def add_layer(pdf: Pdf, page: Page) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="layer"))
    page.Resources.XObject.Im0.OC = layer


def add_mask(pdf: Pdf, page: Page) -> None:
    width, height = SIZE
    fields = {"Width": width, "Height": height, "BitsPerComponent": 8}
    mask = Stream(pdf, b"\x80" * (width * height), Type=Name.XObject, Subtype=Name.Image, **fields)
    mask.ColorSpace = Name.DeviceGray
    page.Resources.XObject.Im0.SMask = mask


SCANS: dict[str, tuple[bytes, Callable[[Pdf, Page], None]]] = {
    "plain": (FULL_PAGE, lambda pdf, page: None),
    "a hidden text layer": (
        FULL_PAGE + b" BT /F0 12 Tf 3 Tr 10 10 Td (hidden) Tj ET",
        lambda pdf, page: add_font(page, "/Type1"),
    ),
    "a white ground under it": (b"1 g 0 0 700 900 re f " + FULL_PAGE, lambda pdf, page: None),
    "a clip around it": (b"q 0 0 596 842 re W n " + FULL_PAGE + b" Q", lambda pdf, page: None),
    "marked content": (b"/Artifact BMC " + FULL_PAGE + b" EMC", lambda pdf, page: None),
    "plain graphics state": (
        b"/G0 gs " + FULL_PAGE,
        lambda pdf, page: add_graphics(page, ca=1, BM=Name.Normal, SMask=Name("/None")),
    ),
    "in a form": (b"/Fm0 Do", add_form),
    "with a link": (FULL_PAGE, lambda pdf, page: add_note(pdf, page, Name.Link)),
    "a small margin": (b"q 565 0 0 800 15 20 cm /Im0 Do Q", lambda pdf, page: None),
}


@pytest.mark.parametrize("kind", SCANS)
def test_a_page_that_is_one_scan(intake: Intake, tmp_path: Path, kind: str) -> None:
    content, change = SCANS[kind]
    pdf = Pdf.new()
    change(pdf, one_page(pdf, jpeg_entry(), content))
    (page,) = unpacked(intake, pdf_bytes(pdf), tmp_path)
    assert page.master.read_bytes() == jpeg()


@pytest.mark.parametrize("rotate", [0, 90, 180, 270, -90])
@pytest.mark.parametrize(
    "matrix",
    [
        b"595.2 0 0 841.92 0 0",
        b"-595.2 0 0 -841.92 595.2 841.92",
        b"0 841.92 -595.2 0 595.2 0",
        b"0 -841.92 595.2 0 0 841.92",
    ],
)
def test_a_turned_scan_tells_its_turn(
    intake: Intake, tmp_path: Path, rotate: int, matrix: bytes
) -> None:
    pdf = Pdf.new()
    one_page(pdf, jpeg_entry(), b"q " + matrix + b" cm /Im0 Do Q", Rotate=rotate)
    (page,) = unpacked(intake, pdf_bytes(pdf), tmp_path)
    assert page.master.read_bytes() == jpeg()
    assert looks_like(page, as_viewers_show_it(pdf_bytes(pdf), tmp_path))


OTHERS: dict[str, tuple[bytes, Callable[[Pdf, Page], None]]] = {
    "visible text": (
        FULL_PAGE + b" BT /F0 12 Tf 10 10 Td (seen) Tj ET",
        lambda pdf, page: add_font(page, "/Type1"),
    ),
    "a drawing": (FULL_PAGE + b" 0 0 100 100 re f", lambda pdf, page: None),
    "a drawing beside it": (
        b"0 0 9 9 re f q 565 0 0 800 15 20 cm /Im0 Do Q",
        lambda pdf, page: None,
    ),
    "a stamp": (FULL_PAGE, lambda pdf, page: add_note(pdf, page, Name.Stamp)),
    "a mask": (FULL_PAGE, add_mask),
    "a layer": (FULL_PAGE, add_layer),
    "two images": (FULL_PAGE + FULL_PAGE, lambda pdf, page: None),
    "half a page": (b"q 300 0 0 420 0 0 cm /Im0 Do Q", lambda pdf, page: None),
    "a clipped scan": (b"q 0 0 300 842 re W n " + FULL_PAGE + b" Q", lambda pdf, page: None),
    "a mirrored scan": (b"q -595.2 0 0 841.92 595.2 0 cm /Im0 Do Q", lambda pdf, page: None),
    "a leaning scan": (b"q 595 20 -20 842 0 0 cm /Im0 Do Q", lambda pdf, page: None),
    "a pale scan": (b"/G0 gs " + FULL_PAGE, lambda pdf, page: add_graphics(page, ca=0.5)),
    "no image": (b"", lambda pdf, page: None),
    "broken operators": (b"q cm /Im0 Do Q 1 0 0", lambda pdf, page: None),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_any_other_page_is_drawn(intake: Intake, tmp_path: Path, kind: str) -> None:
    content, change = OTHERS[kind]
    pdf = Pdf.new()
    change(pdf, one_page(pdf, jpeg_entry(), content))
    (page,) = unpacked(intake, pdf_bytes(pdf), tmp_path)
    assert (page.media_type, page.dpi, page.turn_deg) == ("image/tiff", 300, 0)
    assert (page.width_px, page.height_px) == RASTER_SIZE
    assert looks_like(page, as_viewers_show_it(pdf_bytes(pdf), tmp_path))


@pytest.mark.parametrize(
    "entry",
    [
        jpeg_entry(Decode=Array([1, 0] * 3)),
        jpeg_entry(DecodeParms=Dictionary(ColorTransform=0)),
        image_entry(jpeg("CMYK"), "/DCTDecode", ColorSpace=Name.DeviceCMYK),
        image_entry(jpeg("L"), "/DCTDecode"),
        image_entry(
            drawn("1").tobytes(), "", ImageMask=True, BitsPerComponent=1, ColorSpace=Name.DeviceGray
        ),
    ],
)
def test_an_image_that_means_something_else_is_drawn(
    intake: Intake, tmp_path: Path, entry: dict[str, object]
) -> None:
    (page,) = unpacked(intake, scanned_pdf(entry), tmp_path)
    assert (page.media_type, page.dpi) == ("image/tiff", 300)


def test_grey_pages_are_drawn_grey_and_order_is_kept(intake: Intake, tmp_path: Path) -> None:
    pdf = Pdf.new()
    one_page(pdf, deflated_entry("L"), FULL_PAGE + b" 0 0 9 9 re f")
    one_page(pdf, jpeg_entry())
    one_page(pdf, jpeg_entry(), FULL_PAGE + b" 0 0 9 9 re f")
    pages = unpacked(intake, pdf_bytes(pdf), tmp_path)
    assert [page.source_page for page in pages] == [1, 2, 3]
    modes = [Image.open(io.BytesIO(page.master.read_bytes())).mode for page in pages]
    assert modes == ["L", "RGB", "RGB"]
    assert pages[1].master.read_bytes() == jpeg()


def test_the_empty_password_opens(intake: Intake, tmp_path: Path) -> None:
    pdf = Pdf.new()
    one_page(pdf, jpeg_entry())
    one_page(pdf, jpeg_entry(), b"")
    locked = pdf_bytes(pdf, encryption=pikepdf.Encryption(user="", owner="owner"))
    pages = unpacked(intake, locked, tmp_path)
    assert pages[0].master.read_bytes() == jpeg()
    assert pages[1].width_px == RASTER_SIZE[0]
