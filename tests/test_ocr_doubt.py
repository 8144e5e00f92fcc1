"""Pages that one look does not settle: other pictures, ruled tables, open books."""

from collections.abc import Callable
from dataclasses import dataclass, field

import cv2
import numpy as np
import pytest

from ocr.cells import by_leaves, in_cells
from ocr.engine import Layout, Orientation
from ocr.errors import EngineFailed, EngineMissing, EngineTimeout, OcrError
from ocr.imaging import binary, border, ink, leaves, rules, specks
from ocr.imaging.arrays import Gray, Mask, Size
from ocr.imaging.rules import Table
from ocr.lines import read_line
from ocr.page import Box, Line, PageText, Word
from ocr.reading import read_page
from ocr.recipe import PRINT, prepare
from ocr.score import score
from ocr.tesseract import Tesseract, TesseractSettings
from tests.ocr_pages import DPI, LINES, TESSDATA, TEXT, badly_lit, noisy, page, stamped


@dataclass
class Counting(Tesseract):
    """The real reader, telling how often and how it was asked."""

    asked: list[Layout] = field(default_factory=list)

    def recognise(self, image: Gray, dpi: int, language: str, layout: Layout = "page") -> PageText:
        self.asked.append(layout)
        return super().recognise(image, dpi, language, layout)


@pytest.fixture
def engine() -> Counting:
    return Counting(TesseractSettings(TESSDATA))


def bled_through() -> Gray:
    other = cv2.GaussianBlur(page()[:, ::-1].copy(), (0, 0), 2.0).astype(np.float64)
    return noisy(page() * (1 - 0.5 * (250 - other) / 250), 3)


def ruled() -> Gray:
    """A table of three columns and three rows; one cell has two lines."""
    sheet = page(("قائمة المستندات",)).copy()
    left = [1520, 1400, 520, 120]
    down = [300, 420, 620, 740]
    for y in down:
        cv2.line(sheet, (left[-1], y), (left[0], y), (30,), 4)
    for x in left:
        cv2.line(sheet, (x, down[0]), (x, down[-1]), (30,), 4)
    texts = {
        (1490, 330): "رقم",
        (1340, 330): "بيان المستند",
        (480, 330): "التاريخ",
        (1490, 450): "12",
        (1340, 450): "صورة رسمية من الحكم المطعون",
        (1340, 535): "فيه أمام محكمة النقض",
        (480, 450): "17/10/2024",
        (1490, 650): "34",
        (1340, 650): "أصل التوكيل رقم 7788",
        (480, 650): "28/3/2022",
    }
    for (x, y), text in texts.items():
        put(sheet, text, x, y)
    return sheet


def put(sheet: Gray, text: str, right: int, top: int) -> None:
    """`text` printed with its upper right corner at a place."""
    line = page((text,))[100:215, 400:1520]
    region = sheet[top - 25 : top + 90, max(0, right - 1100) : right + 20]
    np.minimum(region, line[:, -region.shape[1] :], out=region)


def open_book() -> Gray:
    """Two leaves: the first four lines on the right one, the others on the left one."""
    right, left = page(LINES[:4]), page(LINES[4:])
    return np.hstack([left[:, 160:], right[:, 160:]])


@pytest.mark.parametrize("sheet", [page(), stamped(page())], ids=["clean", "stamped"])
def test_an_easy_page_is_read_once(engine: Counting, sheet: Gray) -> None:
    step = read_page(sheet, DPI, "ara", engine, PRINT).steps[-1]
    assert engine.asked == ["page"]
    assert step.figures["tried"] == 1
    assert step.figures["picture"] == "grey"


def test_print_that_bleeds_through_is_read_from_another_picture(engine: Counting) -> None:
    reading = read_page(bled_through(), DPI, "ara", engine, PRINT)
    assert score(reading.text.text, TEXT).cer <= 0.035


def test_a_table_is_read_row_by_row(engine: Counting) -> None:
    reading = read_page(ruled(), DPI, "ara", engine, PRINT)
    steps = {step.name: step.figures for step in reading.steps}
    assert steps["rules"] == {"tables": 1, "cells": 9}
    assert steps["recognise"]["layout"] == "block"
    text = " ".join(reading.text.text.split())
    order = ["رقم", "التاريخ", "المطعون", "فيه أمام", "17/10/2024", "7788", "2022"]
    places = [text.find(word) for word in order]
    assert -1 not in places
    assert places == sorted(places)


def test_an_open_book_is_read_right_leaf_first(engine: Counting) -> None:
    reading = read_page(open_book(), DPI, "ara", engine, PRINT)
    assert "leaves" in [step.name for step in reading.steps]
    assert score(reading.text.text, TEXT).cer <= 0.035


class Faulty:
    """Reads a page doubtfully once, and then fails in a given way."""

    name, version = "faulty", "1"

    def __init__(self, error: type[OcrError]) -> None:
        self.error, self.calls = error, 0

    def check(self) -> None: ...

    def recognise(self, image: Gray, dpi: int, language: str, layout: Layout = "page") -> PageText:
        self.calls += 1
        if self.calls > 1:
            raise self.error("the second time")
        words = tuple(Word("نص", Box(9 * n, 9, 8, 8), 0.55, "rtl") for n in range(20))
        line = Line(words, Box(0, 9, 180, 8), "rtl")
        return PageText(image.shape[1], image.shape[0], dpi, (line,), "faulty", language)

    def orientation(self, image: Gray, dpi: int) -> Orientation | None:
        return None


def test_a_fault_on_another_picture_costs_no_reading() -> None:
    faulty = Faulty(EngineTimeout)
    reading = read_page(page(), DPI, "ara", faulty, PRINT)
    assert (faulty.calls, len(reading.text.words)) == (3, 20)  # the page, a picture, a line


class Stopped(Faulty):
    """Stopped by the first picture that it is given, as Tesseract is by SIGFPE on faint ones."""

    def recognise(self, image: Gray, dpi: int, language: str, layout: Layout = "page") -> PageText:
        self.calls += 1
        if self.calls in (1, 3):
            raise EngineFailed("exit -8: no message")
        words = tuple(Word("نص", Box(9 * n, 9, 8, 8), 0.95, "rtl") for n in range(20))
        line = Line(words, Box(0, 9, 180, 8), "rtl")
        return PageText(image.shape[1], image.shape[0], dpi, (line,), "faulty", language)


def test_a_picture_that_stops_the_reader_costs_neither_page_nor_line() -> None:
    stopped = Stopped(EngineFailed)
    reading = read_page(page(), DPI, "ara", stopped, PRINT)
    assert reading.steps[-1].figures["picture"] == "Sauvola 0.34"
    assert len(reading.text.words) >= 20
    line = Stopped(EngineFailed)
    assert read_line(page()[100:200], "ara", line).confidence == pytest.approx(0.95)


def test_a_reader_that_always_fails_is_told() -> None:
    class Never(Stopped):
        def recognise(self, *_: object) -> PageText:
            raise self.error("exit -11: no message")

    for read in (lambda: read_page(page(), DPI, "ara", Never(EngineFailed), PRINT),
                 lambda: read_line(page()[100:200], "ara", Never(EngineFailed))):  # fmt: skip
        with pytest.raises(EngineFailed, match="-11"):
            read()


def test_a_reader_that_goes_missing_is_told() -> None:
    with pytest.raises(EngineMissing):
        read_page(page(), DPI, "ara", Faulty(EngineMissing), PRINT)


def small(sheet: Gray) -> Gray:
    return ink.small(sheet, DPI)


def test_rules_are_found_and_taken_out() -> None:
    (table,) = rules.tables(small(ruled()))
    assert [round(y * 1100) for y in table.across] == pytest.approx([300, 420, 620, 740], abs=3)
    assert [round(x * 1640) for x in table.down] == pytest.approx([120, 520, 1400, 1520], abs=3)
    clean = rules.without_rules(ruled(), DPI)
    assert rules.tables(small(clean)) == ()
    letters = page(("أصل التوكيل رقم 7788",))[100:215, 400:1520]
    kept = clean[625:740, 240:1360]
    assert (kept < 128).sum() > 0.9 * (letters < 128).sum()


def framed() -> Gray:
    sheet = page().copy()
    cv2.rectangle(sheet, (60, 60), (1580, 1040), (30,), 4)
    return sheet


@pytest.mark.parametrize("sheet", [page(), framed(), badly_lit(page())])
def test_text_and_a_frame_are_no_table(sheet: Gray) -> None:
    assert prepare(sheet, DPI, PRINT).tables == ()


def test_specks_go_and_dots_stay() -> None:
    clean, peppered = page(), page().copy()
    for x, y in np.random.default_rng(3).integers((10, 10), (1630, 1090), (400, 2)).tolist():
        cv2.circle(peppered, (x, y), 1, (20,), -1)
    left = specks.without_specks(peppered, DPI)
    assert (left[clean > 240] < 128).mean() < 0.2 * (peppered[clean > 240] < 128).mean()
    assert (left[clean < 60] < 128).mean() > 0.99


def test_a_page_thresholded_in_strips_has_no_seams(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = noisy(badly_lit(page()), 20)
    in_strips = binary.sauvola(sheet, DPI, 0.34)
    monkeypatch.setattr(binary, "STRIP_PX", 10 * binary.STRIP_PX)
    assert np.array_equal(binary.sauvola(sheet, DPI, 0.34), in_strips)


@pytest.mark.parametrize(
    "make", [binary.otsu, lambda p: binary.sauvola(p, DPI, 0.18)], ids=["Otsu", "Sauvola"]
)
def test_black_and_white(make: Callable[[Gray], Gray]) -> None:
    found = make(page())
    assert set(np.unique(found).tolist()) == {0, 255}
    assert (found[page() < 40] == 0).mean() > 0.97
    assert (found[page() > 240] == 255).mean() > 0.99


def test_a_dark_bed_is_painted_over_and_a_dark_corner_is_not() -> None:
    bed = page().copy()
    bed[:, :70] = 12
    clean, share = border.without_border(bed, DPI)
    assert share == pytest.approx(70 / 1640, rel=0.1)
    assert clean[:, :70].min() == 255
    assert (clean[:, 120:] == bed[:, 120:]).all()
    lit = badly_lit(page())
    assert border.without_border(lit, DPI)[1] == 0.0


def test_a_gutter_parts_two_leaves() -> None:
    def text_ink(sheet: Gray) -> Mask:
        return ink.without_edges(ink.ink(small(sheet)))

    place = leaves.gutter(text_ink(open_book()))
    assert place is not None
    assert abs(place - 0.5) < 0.1
    assert leaves.gutter(text_ink(np.ascontiguousarray(page()[:, :800]))) is None
    assert leaves.gutter(text_ink(page())) is None


def line(*places: tuple[str, int, int]) -> Line:
    words = tuple(Word(text, Box(x, y, 30, 20), 0.9, "rtl") for text, x, y in places)
    return Line(words, Box(0, places[0][2], 400, 20), "rtl")


def test_words_follow_the_cells_they_stand_in() -> None:
    """A reader goes across; people finish the cell first."""
    read = [
        line(("قبل", 300, 10)),
        line(("ب", 250, 110), ("أ", 350, 110), ("هـ", 50, 110)),
        line(("ج", 250, 140)),
        line(("بعد", 300, 370)),
    ]
    table = Table((0.25, 0.5, 0.75), (0.1, 0.5, 0.8, 1.0))
    found = in_cells(read, [table], Size(400, 400), "rtl")
    assert [each.text for each in found] == ["قبل", "أ", "ب", "ج", "هـ", "بعد"]


def test_a_line_across_the_gutter_is_cut() -> None:
    read = [line(("يمين", 300, 10), ("يسار", 50, 10)), line(("ثان", 320, 50))]
    found = by_leaves(read, 0.5, Size(400, 100), "rtl")
    assert [each.text for each in found] == ["يمين", "ثان", "يسار"]
