"""Lines that the reader passes over are read by themselves and put where they belong."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from ocr.engine import Layout, Orientation
from ocr.errors import EngineFailed
from ocr.imaging.arrays import Gray
from ocr.missed import MOST, places, with_missed
from ocr.page import Box, Line, PageText, Word
from ocr.reading import read_page
from ocr.recipe import PRINT, prepare
from ocr.tesseract import Tesseract, TesseractSettings
from tests.ocr_pages import DPI, LINES, TESSDATA, page


@dataclass
class Blinkered(Tesseract):
    """Passes over the first line of every page, and reads single lines."""

    settings: TesseractSettings = field(default_factory=lambda: TesseractSettings(TESSDATA))

    def recognise(self, image: Gray, dpi: int, language: str, layout: Layout = "page") -> PageText:
        found = Tesseract.recognise(self, image, dpi, language, layout)
        lines = found.lines if "line" in layout else found.lines[1:]
        return PageText(found.width_px, found.height_px, found.dpi, lines, found.engine, language)


class Broken:
    name = version = "broken"

    def check(self) -> None: ...

    def recognise(self, image: Gray, dpi: int, language: str, layout: Layout = "page") -> PageText:
        raise EngineFailed("exit -8: no message")

    def orientation(self, image: Gray, dpi: int) -> Orientation | None:
        return None


def line(text: str, y: int) -> Line:
    box = Box(700, y, 800, 50)
    return Line((Word(text, box, 0.9, "rtl"),), box, "rtl")


def test_a_heading_that_was_passed_over_is_read_in_its_place() -> None:
    found = read_page(page(LINES[1:5]), DPI, "ara", Blinkered(), PRINT)
    assert found.text.lines[0].text == LINES[1]
    assert found.steps[-1].figures["missed"] == 1
    box = found.text.lines[0].box
    assert abs(box.x + box.width - 1500) < 12  # the line ends where it was drawn
    assert 110 < box.y < 200


def test_what_was_read_is_no_missed_line() -> None:
    engine = Tesseract(TesseractSettings(TESSDATA))
    found = read_page(page(), DPI, "ara", engine, PRINT)
    assert found.steps[-1].figures["missed"] == 0
    assert places(page(), DPI, [word.box for word in found.text.words]) == ()


def test_a_missed_line_stands_between_its_neighbours() -> None:
    lines = (line("فوق", 20), line("تحت", 900))
    engine = Tesseract(TesseractSettings(TESSDATA))
    found = with_missed(lines, page(LINES[1:2]), DPI, "ara", engine)
    assert [line.text for line in found] == ["فوق", LINES[1], "تحت"]


def test_a_crop_that_stops_the_reader_costs_nothing_else() -> None:
    lines = (line("فوق", 20),)
    assert places(page(LINES[:2]), DPI, [])
    assert with_missed(lines, page(LINES[:2]), DPI, "ara", Broken()) == lines


@pytest.mark.parametrize("kind", ["picture", "rule", "dust", "patch"])
def test_what_is_no_text_is_not_looked_at(kind: str) -> None:
    sheet = np.full((1640, 1160), 255, np.uint8)
    if kind == "picture":
        for number in range(3 * (MOST + 1)):
            y, x = 100 + number // 3 * 150, 100 + number % 3 * 330
            sheet[y : y + 40 : 3, x : x + 160] = 0
    elif kind == "rule":
        sheet[500:503, 100:1000] = 0
    elif kind == "dust":
        sheet[np.random.default_rng(2).integers(100, 1000, 300), 400] = 0
    else:
        sheet[500:600, 400:800] = 0
    assert places(prepare(sheet, DPI, PRINT).image, DPI, []) == ()
