"""Worn pages through the whole reading, with the real Tesseract."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.imaging import deskew
from ocr.imaging.arrays import Image, Size
from ocr.page import Box
from ocr.reading import carried, read_page
from ocr.recipe import PLAIN, PRINT
from ocr.score import score
from ocr.tesseract import Tesseract, TesseractSettings
from tests.ocr_pages import (
    DPI,
    TESSDATA,
    TEXT,
    badly_lit,
    noisy,
    page,
    showing_through,
    skewed,
    stamped,
    worn_back,
)


@pytest.fixture(scope="module")
def engine() -> Tesseract:
    return Tesseract(TesseractSettings(TESSDATA))


WORN = {
    "clean": page(),
    "another face": page(font="Amiri-Regular.ttf"),
    "skewed": skewed(page(), 3.0),
    "badly lit": badly_lit(page()),
    "blue stamp": stamped(page()),
    "red stamp": stamped(page(), (190, 30, 40)),
    "low contrast": noisy(150 + page() / 255 * 55),
}


@pytest.mark.parametrize("wear", WORN)
def test_worn_pages_are_read(engine: Tesseract, wear: str) -> None:
    reading = read_page(WORN[wear], DPI, "ara", engine, PRINT)
    found = score(reading.text.text, TEXT)
    assert found.cer <= 0.035
    assert found.numbers_found >= found.numbers - 1
    assert (reading.turn_deg, reading.blank) == (0, False)


@pytest.mark.parametrize("wear", ["badly lit", "blue stamp"])
def test_the_recipe_is_what_saves_them(engine: Tesseract, wear: str) -> None:
    plain = read_page(WORN[wear], DPI, "ara", engine, PLAIN)
    assert score(plain.text.text, TEXT).cer > 0.05


@pytest.mark.parametrize("turn_deg", [90, 180, 270])
def test_a_turned_page_is_turned_back(engine: Tesseract, turn_deg: int) -> None:
    delivered: Image = np.ascontiguousarray(np.rot90(page(), k=turn_deg // 90))
    reading = read_page(delivered, DPI, "ara", engine, PRINT)
    assert reading.turn_deg == turn_deg
    assert score(reading.text.text, TEXT).cer <= 0.035
    assert (reading.text.width_px, reading.text.height_px) == (1640, 1100)


def test_a_blank_back_is_not_read(engine: Tesseract) -> None:
    reading = read_page(worn_back(), DPI, "ara", engine, PRINT)
    assert reading.blank
    assert reading.text.lines == ()


def test_print_from_the_other_side_is_no_text(engine: Tesseract) -> None:
    reading = read_page(showing_through(), DPI, "ara", engine, PRINT)
    assert reading.blank
    assert reading.text.lines == ()


def test_the_boxes_lie_on_the_delivered_page(engine: Tesseract) -> None:
    """A word's box on a skewed colour page at another resolution holds the word's ink."""
    sheet = skewed(page(), 2.0)
    reading = read_page(np.repeat(sheet[..., None], 3, axis=2), DPI, "ara", engine, PRINT)
    number = next(word for word in reading.text.words if word.text == "٩٩٠٠١")
    straight = next(
        word
        for word in read_page(page(), DPI, "ara", engine, PRINT).text.words
        if word.text == "٩٩٠٠١"
    )
    box, level = number.box, straight.box
    middle = np.array([level.x + level.width / 2 - 820, level.y + level.height / 2 - 550])
    angle = np.deg2rad(2.0)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    expected = turn @ middle + (820, 550)
    assert (box.x + box.width / 2, box.y + box.height / 2) == pytest.approx(expected, abs=4)
    inside = sheet[box.y : box.y + box.height, box.x : box.x + box.width] < 128
    assert 0.05 < inside.mean() < 0.5


def test_the_steps_are_told(engine: Tesseract) -> None:
    reading = read_page(skewed(page(), 3.0), DPI, "ara", engine, PRINT)
    figures = {step.name: step.figures for step in reading.steps}
    assert list(figures) == ["turn", "scale", "colour", "light", "deskew", "recognise"]
    assert figures["deskew"]["skew_deg"] == pytest.approx(3.0, abs=0.1)


@given(
    st.builds(Box, *(st.integers(0, 900),) * 2, *(st.integers(0, 300),) * 2),
    st.floats(-15, 15),
    st.floats(0.5, 3),
)
def test_a_carried_box_stays_on_the_page(box: Box, angle_deg: float, factor: float) -> None:
    _, back = deskew.turn_back(np.zeros((700, 1000), np.uint8), angle_deg)
    a, b, c, d, e, f = (value * factor for value in back)
    sheet = Size(round(1000 * factor), round(700 * factor))
    moved = carried(box, (a, b, c, d, e, f), sheet)
    assert moved.width >= 1
    assert moved.height >= 1
    assert 0 <= moved.x <= moved.x + moved.width <= sheet.width
    assert 0 <= moved.y <= moved.y + moved.height <= sheet.height
