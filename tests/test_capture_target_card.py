"""The target card: the published colour differences, and a card drawn with known errors."""

import numpy as np
import pytest
from numpy.typing import NDArray

from archiver.capture.colour import difference, lab, srgb
from archiver.capture.slanted_edge import NoSlantedEdge, mtf50
from archiver.capture.target_card import (
    REFERENCE,
    NoCard,
    measure_card,
    unevenness_percent,
)
from archiver.demo.card import card, photographed

# Sharma, Wu, Dalal 2005, table 1.
PUBLISHED = (
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, 3.1571, -77.2803), (50.0, 0.0, -82.7485), 2.8615),
    ((50.0, 2.8361, -74.0200), (50.0, 0.0, -82.7485), 3.4412),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, -1.1848, -84.8006), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, -0.9009, -85.5211), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0009), 7.1792),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0010), 7.1792),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0011), 7.2195),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0012), 7.2195),
    ((50.0, -0.0010, 2.4900), (50.0, 0.0009, -2.4900), 4.8045),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
)


@pytest.mark.parametrize(("one", "other", "apart"), PUBLISHED)
def test_the_published_pairs(
    one: tuple[float, ...], other: tuple[float, ...], apart: float
) -> None:
    first, second = np.array(one), np.array(other)
    assert float(difference(first, second)) == pytest.approx(apart, abs=1e-4)
    assert float(difference(second, first)) == pytest.approx(apart, abs=1e-4)


def test_white_grey_and_the_way_back() -> None:
    assert lab(np.array([255.0, 255.0, 255.0])) == pytest.approx([100, 0, 0], abs=0.01)
    some = np.array([[200.0, 40.0, 90.0], [10.0, 200.0, 128.0], [118.0, 118.0, 118.0]])
    assert srgb(lab(some)) == pytest.approx(some, abs=0.01)


def known(colours: NDArray[np.float64]) -> NDArray[np.float64]:
    """What a perfect measurement of these colours gives, sRGB's limits included."""
    return difference(lab(np.round(srgb(colours))), REFERENCE)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_card_is_found_whichever_way_it_lies(turns: int) -> None:
    found = measure_card(photographed(card(srgb(REFERENCE)), turns=turns))
    assert found.mean_delta_e == pytest.approx(known(REFERENCE).mean(), abs=0.3)
    assert found.grey_step < 1.0


@pytest.mark.parametrize("shift", [(3.0, 0.0, 0.0), (0.0, 6.0, 0.0), (-5.0, 0.0, 8.0)])
def test_a_known_error_is_measured(shift: tuple[float, float, float]) -> None:
    colours = REFERENCE.copy()
    colours[:12] += shift
    found, wanted = measure_card(photographed(card(srgb(colours)), -3.0)), known(colours)
    assert found.mean_delta_e == pytest.approx(wanted.mean(), abs=0.3)
    assert found.worst_delta_e == pytest.approx(wanted.max(), abs=0.8)


def test_a_blurred_card_is_less_sharp() -> None:
    figures = [
        measure_card(photographed(card(srgb(REFERENCE)), blur_px=b)).mtf50 for b in (0.5, 1.2, 2.5)
    ]
    assert figures[0] and figures[1] and figures[2]
    assert figures[0] > figures[1] > figures[2]


@pytest.mark.parametrize("sigma_px", [0.8, 1.2, 2.0])
def test_the_sharpness_of_a_known_edge(sigma_px: float) -> None:
    """A Gaussian edge keeps half its contrast at sqrt(ln 2 / 2) / (pi sigma) cycles a pixel."""
    rows, columns = np.mgrid[0:120, 0:60].astype(np.float64)
    away = columns - 30 - np.tan(np.radians(5)) * (rows - 60)
    fine = np.linspace(-40, 40, 16001)
    bell = np.exp(-(fine**2) / (2 * sigma_px**2))
    step = np.cumsum(bell) / bell.sum()
    found = mtf50(np.interp(away * np.cos(np.radians(5)), fine, step))
    assert found == pytest.approx(np.sqrt(np.log(2) / 2) / (np.pi * sigma_px), rel=0.06)


def test_an_edge_along_the_pixels_is_not_measured() -> None:
    straight = np.zeros((60, 60))
    straight[:, 30:] = 1
    with pytest.raises(NoSlantedEdge):
        mtf50(straight)


def test_no_card_is_no_card() -> None:
    with pytest.raises(NoCard):
        measure_card(np.full((600, 800, 3), 200, np.uint8))
    noise = np.random.default_rng(2).integers(0, 255, (400, 500, 3)).astype(np.uint8)
    with pytest.raises(NoCard):
        measure_card(noise)


def test_unevenness_of_light() -> None:
    even = np.full((400, 600), 200, np.uint8)
    assert unevenness_percent(even) == 0
    even[:, 450:] = 180
    assert unevenness_percent(even) > 10
