"""Pixels come as they are stored, so that a page's turn is counted once."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ocr.imaging.stored import read_pixels


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("compression", ["raw", "tiff_lzw"])
def test_a_tiff_is_read_as_stored(tmp_path: Path, orientation: int, compression: str) -> None:
    pixels = np.arange(40 * 60, dtype=np.uint16).reshape(40, 60) % 251
    stored = Image.fromarray(pixels.astype(np.uint8))
    path = tmp_path / "page.tif"
    stored.save(path, tiffinfo={274: orientation}, compression=compression)
    np.testing.assert_array_equal(read_pixels(path), np.asarray(stored))


def test_other_formats_and_depths(tmp_path: Path) -> None:
    deep = np.full((8, 9), 40_000, np.uint16)
    Image.fromarray(deep).save(tmp_path / "deep.png")
    assert read_pixels(tmp_path / "deep.png").max() == 40_000 >> 8
    Image.new("1", (9, 8), 1).save(tmp_path / "fax.tif", compression="group4")
    assert read_pixels(tmp_path / "fax.tif").min() == 255
    Image.new("CMYK", (9, 8)).save(tmp_path / "press.jpg")
    assert read_pixels(tmp_path / "press.jpg").shape == (8, 9, 3)
