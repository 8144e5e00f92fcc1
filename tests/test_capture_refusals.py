"""What nobody can take: one clear error that names the file, and nothing left behind."""

import io
import os
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Pdf
from PIL import Image

from archiver.capture.intake import Intake
from archiver.errors import (
    ArchiverError,
    DamagedFile,
    EmptyFile,
    EncryptedPdf,
    FileMissing,
    FileTooLarge,
    HostileName,
    ImageTooLarge,
    StorageFailed,
    TooManyPages,
    UnknownFormat,
)
from tests.capture_files import (
    LIMITS,
    drawn,
    encoded,
    image_entry,
    jpeg,
    jpeg_entry,
    left_over,
    one_page,
    opened_intake,
    pdf_bytes,
    scanned_pdf,
    unpacked,
)

PAGED = encoded(drawn("L"), "TIFF", save_all=True, append_images=[drawn("L")] * 5)
GOOD = {
    "jpeg": jpeg(),
    "progressive": jpeg(progressive=True),
    "png": encoded(drawn(), "PNG"),
    "jp2": encoded(drawn(), "JPEG2000"),
    "tiff": encoded(drawn(), "TIFF"),
    "g4": encoded(drawn("1"), "TIFF", compression="group4"),
    "pages": encoded(drawn("L"), "TIFF", save_all=True, append_images=[drawn("L")] * 2),
    "pdf": scanned_pdf(jpeg_entry(), jpeg_entry()),
}


@pytest.fixture(scope="module")
def intake() -> Iterator[Intake]:
    with opened_intake(LIMITS) as opened:
        yield opened


def refused(intake: Intake, data: bytes, folder: Path, name: str = "ملف.pdf") -> ArchiverError:
    with pytest.raises(ArchiverError) as caught:
        unpacked(intake, data, folder, name)
    assert left_over(folder) == []
    assert caught.value.facts["name"] == name
    assert caught.value.way_out()
    return caught.value


@pytest.mark.parametrize("left", [0.05, 0.3, 0.6, 0.9, 0.99, -3])
@pytest.mark.parametrize("kind", GOOD)
def test_a_cut_file_is_damaged(intake: Intake, tmp_path: Path, kind: str, left: float) -> None:
    data = GOOD[kind]
    cut = data[: round(len(data) * left)] if left > 0 else data[: round(left)]
    assert isinstance(refused(intake, cut, tmp_path), DamagedFile)


@pytest.mark.parametrize("kind", GOOD)
def test_the_same_file_whole_is_good(intake: Intake, tmp_path: Path, kind: str) -> None:
    assert unpacked(intake, GOOD[kind], tmp_path)


def test_a_cut_scan_in_a_whole_pdf_names_its_page(intake: Intake, tmp_path: Path) -> None:
    bad = jpeg_entry() | {"data": jpeg()[:4000]}
    error = refused(intake, scanned_pdf(jpeg_entry(), bad), tmp_path)
    assert isinstance(error, DamagedFile)
    assert "page 2" in str(error)


def test_an_empty_file(intake: Intake, tmp_path: Path) -> None:
    assert isinstance(refused(intake, b"", tmp_path), EmptyFile)


@pytest.mark.parametrize(
    "data",
    [
        b"\xd9\x87\xd8\xb0\xd8\xa7",
        b"GIF89a" + bytes(50),
        b"PK\x03\x04",
        b"x",
        b"x" * 2000 + b"%PDF-1.4",
    ],
)
def test_a_text_file_named_pdf(intake: Intake, tmp_path: Path, data: bytes) -> None:
    assert isinstance(refused(intake, data, tmp_path), UnknownFormat)


def test_the_extension_does_not_count(intake: Intake, tmp_path: Path) -> None:
    (page,) = unpacked(intake, jpeg(), tmp_path, "scan.pdf")
    assert page.media_type == "image/jpeg"


def test_a_locked_pdf(intake: Intake, tmp_path: Path) -> None:
    pdf = Pdf.new()
    one_page(pdf, jpeg_entry())
    for level in (2, 3, 4, 6):
        lock = pikepdf.Encryption(user="a", owner="b", R=level, aes=level > 3, metadata=level > 3)
        data = pdf_bytes(pdf, encryption=lock)
        assert isinstance(refused(intake, data, tmp_path), EncryptedPdf)


@pytest.mark.parametrize("data", [PAGED, scanned_pdf(*[jpeg_entry()] * 6)])
def test_too_many_pages(intake: Intake, tmp_path: Path, data: bytes) -> None:
    error = refused(intake, data, tmp_path)
    assert isinstance(error, TooManyPages)
    assert error.facts["pages"] == 6
    assert error.facts["limit"] == LIMITS.pages_per_file


def with_size(data: bytes, kind: str, side: int) -> bytes:
    """The file, declaring `side` pixels each way."""
    if kind == "png":
        head = b"IHDR" + struct.pack(">II", side, side) + data[24:29]
        return data[:12] + head + struct.pack(">I", zlib.crc32(head)) + data[33:]
    if kind == "jpeg":
        at = data.index(b"\xff\xc0") + 5
        return data[:at] + struct.pack(">HH", side, side) + data[at + 4 :]
    if kind == "jp2":
        at = data.index(b"ihdr") + 4
        data = data[:at] + struct.pack(">II", side, side) + data[at + 8 :]
        at = data.index(b"\xff\x4f\xff\x51") + 8
        return data[:at] + struct.pack(">II", side, side) + data[at + 8 :]
    width = struct.pack("<HHI", 256, 4, 1)
    height = struct.pack("<HHI", 257, 4, 1)
    for field in (width, height):
        at = data.index(field) + 8
        data = data[:at] + struct.pack("<I", side) + data[at + 4 :]
    return data


@pytest.mark.parametrize("side", [2100, 60_000])
@pytest.mark.parametrize("kind", ["png", "jpeg", "jp2", "tiff"])
def test_a_page_that_declares_too_many_pixels(
    intake: Intake, tmp_path: Path, kind: str, side: int
) -> None:
    data = GOOD[kind]
    if kind == "tiff":  # Pillow writes its sizes as SHORT
        data = data.replace(struct.pack("<HHI", 256, 3, 1), struct.pack("<HHI", 256, 4, 1))
        data = data.replace(struct.pack("<HHI", 257, 3, 1), struct.pack("<HHI", 257, 4, 1))
    error = refused(intake, with_size(data, kind, side), tmp_path)
    assert isinstance(error, ImageTooLarge)
    assert error.facts["megapixels"] == round(side * side / 1_000_000)


def test_pdf_pages_with_too_many_pixels(intake: Intake, tmp_path: Path) -> None:
    huge = image_entry(jpeg(), "/DCTDecode", Width=60_000, Height=60_000)
    assert isinstance(refused(intake, scanned_pdf(huge), tmp_path), ImageTooLarge)
    drawn_page = Pdf.new()
    drawn_page.add_blank_page(page_size=(5000, 5000))
    assert isinstance(refused(intake, pdf_bytes(drawn_page), tmp_path), ImageTooLarge)


def test_a_jpeg_whose_pdf_understates_its_size(intake: Intake, tmp_path: Path) -> None:
    big = image_entry(encoded(Image.new("L", (2100, 2100)), "JPEG"), "/DCTDecode")
    assert isinstance(refused(intake, scanned_pdf(big), tmp_path), ImageTooLarge)


def test_a_file_beyond_the_limit(tmp_path: Path) -> None:
    with Intake(replace(LIMITS, file_megabytes=1)) as intake:
        error = refused(intake, jpeg() + bytes(2_000_000), tmp_path)
    assert isinstance(error, FileTooLarge)
    assert error.facts["megabytes"] == 2


HIDDEN = (
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\n\x1b\x7f\x85\u2028"
)


@pytest.mark.parametrize("letter", HIDDEN)
def test_hidden_letters_in_a_name(intake: Intake, tmp_path: Path, letter: str) -> None:
    (tmp_path / "out").mkdir()
    path = tmp_path / f"حكم{letter}gpj.pdf"
    path.write_bytes(jpeg())
    with pytest.raises(HostileName) as caught:
        list(intake.unpack(path, tmp_path / "out"))
    assert letter not in str(caught.value.facts["name"])
    assert f"\\u{ord(letter):04x}" in str(caught.value)


def test_a_name_that_is_no_text(intake: Intake, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/scan-\xff\xfe.jpg"))
    path.write_bytes(jpeg())
    with pytest.raises(HostileName) as caught:
        list(intake.unpack(path, tmp_path))
    str(caught.value).encode("utf-8")


def test_a_nul_in_a_name(intake: Intake, tmp_path: Path) -> None:
    with pytest.raises(HostileName):
        list(intake.unpack(tmp_path / "a\x00.jpg", tmp_path))


@pytest.mark.parametrize("kind", GOOD)
def test_255_bytes_of_arabic_are_a_good_name(intake: Intake, tmp_path: Path, kind: str) -> None:
    name = "حكم\u200cمحكمة النقض " + "ق" * 120
    name = name.encode()[: 255 - 5].decode(errors="ignore")
    name += "." * (255 - len(name.encode()) - 3) + "pdf"
    assert len(name.encode()) == 255
    assert unpacked(intake, GOOD[kind], tmp_path, name)


def test_names_that_lead_nowhere(intake: Intake, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "out").mkdir()
    for name in ("missing.pdf", "pipe", "out", "ط" * 200):
        with pytest.raises(FileMissing):
            list(intake.unpack(tmp_path / name, tmp_path / "out"))
    assert left_over(tmp_path) == []


def test_a_folder_that_is_gone_is_no_fault_of_the_file(intake: Intake, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(jpeg())
    with pytest.raises(StorageFailed):
        list(intake.unpack(tmp_path / "file", tmp_path / "gone"))


def test_pages_before_the_damaged_one_are_taken_back(intake: Intake, tmp_path: Path) -> None:
    bad = jpeg_entry() | {"data": jpeg()[:4000]}
    (tmp_path / "file").write_bytes(scanned_pdf(jpeg_entry(), jpeg_entry(), bad))
    (tmp_path / "out").mkdir()
    pages = intake.unpack(tmp_path / "file", tmp_path / "out")
    assert next(pages).master.exists()
    assert next(pages).master.exists()
    with pytest.raises(DamagedFile):
        next(pages)
    assert left_over(tmp_path) == []


def test_a_pdf_that_lost_pages_does_not_pass_for_a_shorter_one(
    intake: Intake, tmp_path: Path
) -> None:
    pdf = Pdf.open(io.BytesIO(scanned_pdf(jpeg_entry(), jpeg_entry(), jpeg_entry())))
    plain = pdf_bytes(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    lost = re.sub(rb"/Count 3", b"/Count 4", plain)
    assert lost != plain
    assert isinstance(refused(intake, lost, tmp_path), DamagedFile)
