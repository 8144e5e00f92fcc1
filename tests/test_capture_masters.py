"""What a good image file becomes: its own bytes, and copies that look like it."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from archiver.capture.copies import viewable
from archiver.capture.intake import Intake, unpack
from tests.capture_files import (
    LIMITS,
    SIZE,
    bare_tiff,
    drawn,
    encoded,
    jpeg,
    left_over,
    opened_intake,
    unpacked,
)


@pytest.fixture(scope="module")
def intake() -> Iterator[Intake]:
    with opened_intake(LIMITS) as opened:
        yield opened


def chunks(data: bytes, page: int = 0) -> list[bytes]:
    """The encoded strips or tiles of one page of a TIFF."""
    image = Image.open(io.BytesIO(data))
    image.seek(page)
    tags = image.tag_v2  # type: ignore[attr-defined]
    spans = zip(tags[273], tags[279], strict=True)
    return [data[start : start + length] for start, length in spans]


SINGLE = {
    "jpeg colour": (jpeg(), "image/jpeg"),
    "jpeg grey": (jpeg("L"), "image/jpeg"),
    "jpeg cmyk": (jpeg("CMYK"), "image/jpeg"),
    "jpeg progressive": (jpeg(progressive=True), "image/jpeg"),
    "png colour": (encoded(drawn(), "PNG"), "image/png"),
    "png one bit": (encoded(drawn("1"), "PNG"), "image/png"),
    "png palette": (encoded(drawn("P"), "PNG"), "image/png"),
    "png clear": (encoded(drawn("RGBA"), "PNG"), "image/png"),
    "png sixteen bits": (encoded(drawn("L").convert("I;16"), "PNG"), "image/png"),
    "jp2": (encoded(drawn(), "JPEG2000"), "image/jp2"),
    "tiff": (encoded(drawn(), "TIFF"), "image/tiff"),
    "tiff g4": (encoded(drawn("1"), "TIFF", compression="group4"), "image/tiff"),
    "tiff jpeg": (encoded(drawn(), "TIFF", compression="jpeg"), "image/tiff"),
    "bigtiff": (encoded(drawn("L"), "TIFF", big_tiff=True), "image/tiff"),
    "tiff float": (encoded(drawn("F"), "TIFF"), "image/tiff"),
}


@pytest.mark.parametrize("kind", SINGLE)
def test_a_single_image_is_its_own_master(intake: Intake, tmp_path: Path, kind: str) -> None:
    data, media_type = SINGLE[kind]
    (page,) = unpacked(intake, data, tmp_path)
    assert page.master.read_bytes() == data
    assert page.media_type == media_type
    assert (page.width_px, page.height_px) == SIZE
    assert (page.source_page, page.pages) == (1, 1)
    with Image.open(io.BytesIO(data)) as original, Image.open(page.access) as access:
        assert access.size == SIZE
        assert access.mode == viewable(original).mode
        off = ImageChops.difference(access.convert("L"), viewable(original).convert("L"))
        assert max(off.resize((10, 10)).getextrema()) < 12  # type: ignore[type-var, operator]
    assert len(left_over(tmp_path)) == 3
    assert all(name.isascii() for name in left_over(tmp_path))


def test_copies_are_bounded(intake: Intake, tmp_path: Path) -> None:
    data = encoded(drawn("L", (600, 3000)), "JPEG")
    (page,) = unpacked(intake, data, tmp_path)
    with Image.open(page.access) as access, Image.open(page.thumbnail) as thumbnail:
        assert (access.size, access.mode) == ((480, 2400), "L")
        assert (thumbnail.size, thumbnail.mode) == ((64, 320), "L")


@pytest.mark.parametrize(
    ("size", "stated", "dpi"),
    [
        ((1240, 1754), (150, 150), 150),
        ((1240, 1754), None, 150),
        ((1240, 1754), (72, 72), 150),
        ((1240, 1754), (96, 96), 150),
        ((620, 877), (72, 72), 72),
        ((1240, 1754), (5000, 5000), 150),
        ((1240, 1754), (1, 1), 150),
        ((60, 80), None, 72),
    ],
)
def test_resolution_is_stated_or_as_if_a4(
    intake: Intake, tmp_path: Path, size: tuple[int, int], stated: object, dpi: int
) -> None:
    options = {"dpi": stated} if stated else {}
    (page,) = unpacked(intake, encoded(drawn("L", size), "JPEG", **options), tmp_path)
    assert page.dpi == dpi


@pytest.mark.parametrize(("orientation", "turn"), [(1, 0), (2, 0), (3, 180), (6, 90), (8, 270)])
@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG"])
def test_the_turn_is_told_and_not_applied(
    intake: Intake, tmp_path: Path, kind: str, orientation: int, turn: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    (page,) = unpacked(intake, encoded(drawn("L"), kind, exif=exif), tmp_path)
    assert page.turn_deg == turn
    assert (page.width_px, page.height_px) == SIZE
    with Image.open(page.access) as access:
        off = ImageChops.difference(access, drawn("L")).resize((10, 10))
        assert max(off.getextrema()) < 12  # type: ignore[type-var, operator]


PAGED = {
    "lzw": encoded(
        drawn(),
        "TIFF",
        save_all=True,
        append_images=[drawn("L"), drawn("1")],
        compression="tiff_lzw",
    ),
    "jpeg": encoded(
        drawn(), "TIFF", save_all=True, append_images=[drawn("L")] * 2, compression="jpeg"
    ),
    "g4": encoded(
        drawn("1"), "TIFF", save_all=True, append_images=[drawn("1")] * 2, compression="group4"
    ),
    "big": encoded(drawn(), "TIFF", save_all=True, append_images=[drawn()] * 2, big_tiff=True),
    "big-endian": bare_tiff([drawn("L")] * 3, ">", [1, 6, 3]),
    "little-endian": bare_tiff([drawn("L")] * 3, "<", [8, 1, 5]),
}


@pytest.mark.parametrize("kind", PAGED)
def test_pages_of_a_tiff_keep_their_encoded_strips(
    intake: Intake, tmp_path: Path, kind: str
) -> None:
    data = PAGED[kind]
    pages = unpacked(intake, data, tmp_path)
    assert [(page.source_page, page.pages) for page in pages] == [(1, 3), (2, 3), (3, 3)]
    for number, page in enumerate(pages):
        assert chunks(page.master.read_bytes()) == chunks(data, number)
        with Image.open(page.master) as master, Image.open(io.BytesIO(data)) as original:
            original.seek(number)
            assert master.n_frames == 1  # type: ignore[attr-defined]
            assert (master.mode, master.tobytes()) == (original.mode, original.tobytes())


def test_each_page_of_a_tiff_has_its_own_turn(intake: Intake, tmp_path: Path) -> None:
    pages = unpacked(intake, PAGED["big-endian"], tmp_path)
    assert [page.turn_deg for page in pages] == [0, 90, 180]
    assert {(page.width_px, page.height_px) for page in pages} == {SIZE}


def test_a_reduced_copy_in_a_tiff_is_no_page(intake: Intake, tmp_path: Path) -> None:
    data = bytearray(bare_tiff([drawn("L"), drawn("L")], "<", [1, 1]))
    second = int.from_bytes(data[8 + 2 + 9 * 12 : 8 + 2 + 9 * 12 + 4], "little")
    orientation = second + 2 + 6 * 12
    assert data[orientation : orientation + 2] == (274).to_bytes(2, "little")
    data[orientation : orientation + 2] = (254).to_bytes(2, "little")
    (page,) = unpacked(intake, bytes(data), tmp_path)
    assert page.master.read_bytes() == data


def test_a_moving_picture_is_one_page(intake: Intake, tmp_path: Path) -> None:
    others = {"save_all": True, "append_images": [drawn("L").rotate(180)]}
    for kind in ("PNG", "MPO"):
        data = encoded(drawn("L"), kind, **others)
        (page,) = unpacked(intake, data, tmp_path)
        assert page.master.read_bytes() == data


def test_one_file_without_an_intake_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "sheet.jpg").write_bytes(jpeg())
    (page,) = unpack(tmp_path / "sheet.jpg", tmp_path, LIMITS)
    assert page.master.read_bytes() == jpeg()


def test_leaving_early_leaves_no_folder_behind(intake: Intake, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(PAGED["g4"])
    (tmp_path / "out").mkdir()
    pages = intake.unpack(tmp_path / "file", tmp_path / "out")
    first = next(pages)
    pages.close()  # type: ignore[attr-defined]
    assert left_over(tmp_path) == sorted(
        path.name for path in (first.master, first.access, first.thumbnail)
    )
    assert len(unpacked(intake, PAGED["g4"], tmp_path)) == 3
