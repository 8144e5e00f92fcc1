"""The imaging functions, each on pages where the right answer is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.imaging import blank, colour, deskew, ink, light, orientation, scale
from ocr.imaging.arrays import Gray, Mask
from ocr.imaging.orientation import Turn
from ocr.recipe import PRINT, RECIPES, prepare
from tests import ocr_pages
from tests.ocr_pages import DPI, badly_lit, noisy, page, skewed, stamped


def text_ink(sheet: Gray) -> Mask:
    return ink.without_edges(ink.ink(ink.small(sheet, DPI)))


@pytest.mark.parametrize("angle_deg", [-14.0, -3.0, -0.4, 0.0, 0.7, 3.0, 9.0])
def test_the_skew_is_found_to_a_tenth_of_a_degree(angle_deg: float) -> None:
    assert deskew.skew_deg(text_ink(skewed(page(), angle_deg))) == pytest.approx(angle_deg, abs=0.1)


def test_an_empty_page_has_no_skew() -> None:
    assert deskew.skew_deg(text_ink(np.full((1100, 1640), 250, np.uint8))) == 0.0


def test_turning_back_leads_back() -> None:
    dot = np.full((400, 600), 255, np.uint8)
    dot[100:103, 450:453] = 0
    turned, (a, b, c, d, e, f) = deskew.turn_back(dot, 7.0)
    rows, columns = np.nonzero(turned < 128)
    x, y = columns.mean() + 0.5, rows.mean() + 0.5
    assert (a * x + b * y + c, d * x + e * y + f) == pytest.approx((451.5, 101.5), abs=0.3)


@pytest.mark.parametrize("skew", [0.0, 4.0])
def test_lines_across_and_lines_down(skew: float) -> None:
    mask = text_ink(skewed(page(), skew))
    assert not orientation.runs_sideways(mask)
    assert orientation.runs_sideways(mask.T)


@pytest.mark.parametrize("turn_deg", [0, 90, 180, 270])
def test_a_turn_is_clockwise(turn_deg: Turn) -> None:
    corner = np.zeros((2, 3), np.uint8)
    corner[0, 0] = 1
    place = np.argwhere(orientation.turn(corner, turn_deg))[0].tolist()
    assert place == {0: [0, 0], 90: [0, 1], 180: [1, 2], 270: [2, 0]}[turn_deg]


def test_uneven_light_is_taken_out() -> None:
    flat, unevenness = light.even(badly_lit(page()), DPI)
    paper = light.background(flat, DPI)
    assert unevenness > 0.5
    assert np.percentile(paper, 2) > 235
    assert (flat < 128).mean() == pytest.approx((page() < 128).mean(), rel=0.25)


@pytest.mark.parametrize("rgb", [(40, 60, 170), (180, 40, 50), (20, 130, 60), (110, 40, 150)])
def test_a_stamp_is_lifted_and_the_print_stays(rgb: tuple[int, int, int]) -> None:
    clean = page()
    lifted, share = colour.without_colour(stamped(clean, rgb), DPI)
    assert 0.05 < share < 0.9
    assert (lifted[clean > 240] < 200).mean() < 0.002
    assert (lifted[clean < 40] < 140).mean() > 0.98


def test_coloured_print_stays_print() -> None:
    """A carbon copy is blue altogether: its colour is the text."""
    grey = page()[..., None] / 255.0
    carbon = (np.array([50, 50, 150]) * (1 - grey) + 245 * grey).astype(np.uint8)
    left, share = colour.without_colour(carbon, DPI)
    assert share > 0.9
    assert (left[page() < 40] < 120).mean() > 0.98


def test_yellow_paper_is_no_colour() -> None:
    grey = page()[..., None] / 255.0
    aged = (np.array([60, 45, 40]) * (1 - grey) + np.array([222, 200, 150]) * grey).astype(np.uint8)
    left, share = colour.without_colour(aged, DPI)
    assert share < 0.05
    assert left[page() > 240].mean() > 240


@pytest.mark.parametrize(
    ("sheet", "face"),
    [
        (np.full((1100, 1640), 250, np.uint8), "blank"),
        (ocr_pages.worn_back(), "blank"),
        (badly_lit(np.full((1100, 1640), 250, np.uint8)), "blank"),
        (ocr_pages.showing_through(), "faint"),
        (noisy(150 + page() / 255 * 55), "faint"),
        (noisy(page(("١٢",))), "written"),
        (page(), "written"),
    ],
    ids=["clean", "worn", "uneven", "showing through", "low contrast", "number", "text"],
)
def test_what_is_on_a_face(sheet: Gray, face: blank.Face) -> None:
    assert prepare(sheet, DPI, PRINT).face == face


@given(width=st.integers(200, 3000), dpi=st.integers(0, 1200))
def test_a_page_is_given_a_believable_size(width: int, dpi: int) -> None:
    sheet = np.zeros((50, width), np.uint8)
    believed = scale.believable_dpi(sheet, dpi)
    assert believed == dpi or believed == max(50, round(width / scale.LONG_SIDE_INCH))
    assert believed >= 50 or width / believed >= 3


@pytest.mark.parametrize(
    ("width", "dpi", "to"), [(827, 100, 150), (1654, 200, 200), (4960, 600, 220)]
)
def test_the_reader_gets_150_to_220_dpi(width: int, dpi: int, to: int) -> None:
    prepared = prepare(np.full((width // 2, width), 250, np.uint8), dpi, PRINT)
    assert prepared.dpi == to
    assert prepared.upright == (width, width // 2)


@settings(deadline=None)  # two cores may be busy
@given(
    turn_deg=st.sampled_from([0, 90, 180, 270]),
    recipe=st.sampled_from(sorted(RECIPES)),
    height=st.integers(1, 300),
    width=st.integers(1, 300),
    colours=st.booleans(),
)
def test_any_picture_can_be_prepared(
    turn_deg: Turn, recipe: str, height: int, width: int, colours: bool
) -> None:
    shape = (height, width, 3) if colours else (height, width)
    sheet = np.random.default_rng(height).integers(0, 255, shape, np.uint8)
    prepared = prepare(sheet, 100, RECIPES[recipe], turn_deg)
    expected = (height, width) if turn_deg in (90, 270) else (width, height)
    assert prepared.upright == expected
    assert prepared.image.ndim == 2
