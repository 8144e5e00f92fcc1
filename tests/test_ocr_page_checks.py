"""The checks of pages: each drawn fault is found, and a good page has none."""

import cv2
import numpy as np
import pytest

from archiver.demo.manifest import faces
from archiver.demo.paper import Picture
from archiver.demo.render import draw_face
from benchmarks.page_checks import DPI, FAULTS, flagged, seen
from ocr.imaging import sheet
from ocr.imaging.checks import measure

FACE = "13_judgment_2"
ONE_OF_EACH = {
    "skew": "3°",
    "blur": "sigma 3 px",
    "dark": "right 0.35",
    "contrast": "0.25",
    "clipped": "20 mm",
    "cut": "left 15 mm",
    "corner": "26 mm at 2, bed 158",
}


def drawn(name: str) -> Picture:
    known = {face.name: face for _bundle, face in faces()}
    return draw_face(known[name], colour=False)


@pytest.fixture(scope="module")
def good() -> Picture:
    return drawn(FACE)


def test_a_good_page_has_nothing_to_complain_of(good: Picture) -> None:
    found, _ = seen(good, DPI)
    assert not flagged(found)
    assert found["blank"].figure == 0 and "fold" not in found
    assert -0.5 < found["skew"].figure < -0.1  # the manifest says -0.3


@pytest.mark.parametrize("fault", ONE_OF_EACH)
def test_a_fault_is_found_and_no_other(good: Picture, fault: str) -> None:
    found, _ = seen(FAULTS[fault][ONE_OF_EACH[fault]](good.copy()), DPI)
    assert flagged(found) == {fault}
    if fault == "corner":
        at = found[fault].at
        assert at is not None and at[0] > 0.8 and at[1] > 0.8
    if fault == "dark":
        assert found[fault].at == (2 / 3, 0.0, 1 / 3, 1.0)


def test_a_blank_back_is_blank_though_the_front_shines_through() -> None:
    found, _ = seen(drawn("04_receipt_back"), DPI)
    assert found["blank"].figure == 1 and not flagged(found)
    assert "blur" not in found and "skew" not in found


@pytest.mark.parametrize("grey", [0, 128, 255])
@pytest.mark.parametrize("shape", [(1, 1), (3, 400), (400, 3), (64, 64)])
def test_strange_pictures_are_measured_too(grey: int, shape: tuple[int, int]) -> None:
    found = measure(np.full(shape, grey, np.uint8), 200)
    assert found["corner"].figure == 0


def test_a_rule_along_the_edge_is_no_cut_text() -> None:
    ink = np.zeros((800, 600), np.bool_)
    ink[:3, 100:500] = True
    assert sheet.cut_mm(ink) == 0
    ink[:20, 300:306] = True  # a stroke that is part of a rule, as in a table
    assert sheet.cut_mm(ink) == 0
    ink[:] = False
    ink[:20, 300:306] = True
    assert sheet.cut_mm(ink) == round(6 * 25.4 / 75, 1)


def test_the_area_of_a_fold_is_that_of_the_triangle() -> None:
    page = np.full((1100, 800), 240, np.uint8)
    cv2.fillPoly(page, [np.array([(0, 0), (150, 0), (0, 100)])], 90)
    found = sheet.folded_corner(page, 100)
    assert found is not None
    assert found[0] == pytest.approx(1.5 * 1.0 / 2 * 2.54**2, rel=0.1)
