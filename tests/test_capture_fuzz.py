"""Damaged bytes of every format: pages or one clear error, soon, and nothing left behind."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pikepdf import Name, Pdf

from archiver.capture.intake import Intake
from archiver.errors import InputError
from tests.capture_files import (
    FULL_PAGE,
    LIMITS,
    drawn,
    encoded,
    image_entry,
    left_over,
    one_page,
    opened_intake,
    pdf_bytes,
    unpacked,
)

SMALL = (60, 84)
ROUNDS = 25


def small_pdf() -> bytes:
    pdf = Pdf.new()
    fields = {"Width": SMALL[0], "Height": SMALL[1], "ColorSpace": Name.DeviceGray}
    page = image_entry(encoded(drawn("L", SMALL), "JPEG"), "/DCTDecode", **fields)
    one_page(pdf, page, b"q 57.6 0 0 80.8 0 0 cm /Im0 Do Q").MediaBox = [0, 0, 14.4, 20.2]
    one_page(pdf, page, FULL_PAGE).MediaBox = [0, 0, 14.4, 20.2]
    return pdf_bytes(pdf)


FORMATS = {
    "jpeg": encoded(drawn("RGB", SMALL), "JPEG"),
    "png": encoded(drawn("RGB", SMALL), "PNG"),
    "jp2": encoded(drawn("RGB", SMALL), "JPEG2000"),
    "tiff": encoded(drawn("RGB", SMALL), "TIFF", compression="tiff_lzw"),
    "pages": encoded(drawn("L", SMALL), "TIFF", save_all=True, append_images=[drawn("L", SMALL)]),
    "pdf": small_pdf(),
}


@pytest.fixture(scope="module")
def intake() -> Iterator[Intake]:
    with opened_intake(LIMITS) as opened:
        yield opened


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, a piece lost or doubled; the first four stay, so it is opened."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 4, 20))):
        out[chance.randrange(4, len(out))] = chance.randrange(256)
    start = chance.randrange(4, len(out))
    end = min(len(out), start + chance.randrange(1, 40))
    kind = chance.randrange(4)
    if kind == 0:
        del out[start:end]
    elif kind == 1:
        out[start:start] = out[start:end]
    return bytes(out)


@pytest.mark.parametrize("kind", FORMATS)
def test_damage_is_pages_or_one_clear_error(intake: Intake, tmp_path: Path, kind: str) -> None:
    chance = random.Random(f"fuzz {kind}")
    good = 0
    for _ in range(ROUNDS):
        data = damaged(FORMATS[kind], chance)
        begun = time.monotonic()
        try:
            pages = unpacked(intake, data, tmp_path)
        except InputError as error:
            assert error.facts["name"] == "file"
        else:
            good += 1
            assert [page.source_page for page in pages] == list(range(1, len(pages) + 1))
            for page in pages:
                page.remove()
        assert time.monotonic() - begun < LIMITS.seconds_per_file
        assert left_over(tmp_path) == []
    assert good < ROUNDS  # the damage was felt
    assert unpacked(intake, FORMATS[kind], tmp_path)
