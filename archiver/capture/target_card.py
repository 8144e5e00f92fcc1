"""A colour card with 24 patches, found in a photograph and measured."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from archiver.capture.colour import Lab, difference, lab
from archiver.capture.slanted_edge import NoSlantedEdge, mtf50
from ocr.imaging.arrays import Image, uint8

COLUMNS, ROWS = 6, 4
# CIE L*a*b* under D50, 2°, by the maker for cards made since November 2014, row by row.
REFERENCE: Final[Lab] = np.array(
    [
        *((37.54, 14.37, 14.92), (64.66, 19.27, 17.50), (49.32, -3.82, -22.54)),
        *((43.46, -12.74, 22.72), (54.94, 9.61, -24.79), (70.48, -32.26, -0.37)),
        *((62.73, 35.83, 56.50), (39.43, 10.75, -45.17), (50.57, 48.64, 16.67)),
        *((30.10, 22.54, -20.87), (71.77, -24.13, 58.19), (71.51, 18.24, 67.37)),
        *((28.37, 15.42, -49.80), (54.38, -39.72, 32.27), (42.43, 51.05, 28.62)),
        *((81.80, 2.67, 80.41), (50.63, 51.28, -14.12), (49.57, -29.71, -28.32)),
        *((95.19, -1.03, 2.93), (81.29, -0.57, 0.44), (66.89, -0.75, -0.06)),
        *((50.76, -0.13, 0.14), (35.63, -0.46, -0.48), (20.64, 0.07, -0.46)),
    ]
)
NEUTRAL: Final = slice(18, 24)  # the grey steps, from white to black
_WORK_PX: Final = 1200
_FEWEST: Final = 10  # patches that are seen as such
_INSIDE: Final = 0.35  # of the distance between patches: their middle is looked at
_UNIFORM_ZONES: Final = 3


class NoCard(ValueError):
    """No card with 24 patches in six columns is in the picture."""


@dataclass(frozen=True, slots=True)
class CardFigures:
    """delta_e: CIEDE2000. grey_step: largest error of lightness among the grey patches.

    mtf50: cycles a pixel, None where no edge of the card lies aslant.
    """

    mean_delta_e: float
    worst_delta_e: float
    worst_patch: int  # from 1, row by row
    grey_step: float
    mtf50: float | None


def measure_card(photograph: Image) -> CardFigures:
    """Colours and sharpness of the card in an sRGB photograph, uint8 (height, width, 3).

    Raises NoCard.
    """
    centres = _centres(photograph)
    found = lab(np.array([_middle(photograph, at, centres) for at in centres]))
    apart = difference(found, REFERENCE)
    worst = int(apart.argmax())
    return CardFigures(
        mean_delta_e=round(float(apart.mean()), 2),
        worst_delta_e=round(float(apart[worst]), 2),
        worst_patch=worst + 1,
        grey_step=round(float(np.abs(found[NEUTRAL, 0] - REFERENCE[NEUTRAL, 0]).max()), 2),
        mtf50=_sharpness(photograph, centres),
    )


def unevenness_percent(photograph: Image) -> float:
    """How much darker the darkest ninth of a plain card is than the brightest, in percent.

    photograph: uint8, a grey or white sheet that fills it.
    """
    grey = photograph if photograph.ndim == 2 else cv2.cvtColor(photograph, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (300, 300), interpolation=cv2.INTER_AREA).astype(np.float64)
    light = _linear(small).reshape(_UNIFORM_ZONES, 100, _UNIFORM_ZONES, 100).mean(axis=(1, 3))
    return round(100 * (1 - float(light.min()) / max(float(light.max()), 1e-9)), 1)


def _centres(photograph: Image) -> NDArray[np.float64]:
    """Where the 24 patches are, in the card's own order. Raises NoCard."""
    seen, side = _squares(photograph)
    if len(seen) < _FEWEST:
        raise NoCard
    places = _lattice(seen, side)
    best: tuple[float, NDArray[np.float64]] | None = None
    for grid in _grids(seen, places):
        inside = (grid >= 0).all() and (grid < (photograph.shape[1], photograph.shape[0])).all()
        if inside:
            colours = lab(np.array([_middle(photograph, at, grid) for at in grid]))
            apart = float(difference(colours, REFERENCE).mean())
            if best is None or apart < best[0]:
                best = apart, grid
    if best is None or best[0] > 25:
        raise NoCard
    return best[1]


def _squares(photograph: Image) -> tuple[NDArray[np.float64], float]:
    """Middles of what looks like patches, and their usual side, in pixels."""
    scale = min(1.0, _WORK_PX / max(photograph.shape[:2]))
    small = uint8(cv2.resize(photograph, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    found = []
    for channel in (*cv2.split(small), uint8(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))):
        for level in (30, 45, 60, 80, 100, 130):
            mask = uint8(channel > level)
            outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
            found += [
                (middle, side)
                for outline in outlines
                for middle, side in _square(np.asarray(outline, np.int32))
            ]
    if not found:
        raise NoCard
    usual = float(np.median([side for _, side in found]))
    kept: list[NDArray[np.float64]] = []
    for middle, side in found:
        near = any(np.hypot(*(middle - other)) < usual / 2 for other in kept)
        if 0.75 * usual < side < 1.33 * usual and not near:
            kept.append(middle)
    return np.array(kept) / scale, usual / scale


def _square(outline: NDArray[np.int32]) -> Iterator[tuple[NDArray[np.float64], float]]:
    (x, y), (width, height), _angle = cv2.minAreaRect(outline)
    if min(width, height) < 12 or max(width, height) > _WORK_PX / 6:
        return
    full = cv2.contourArea(outline) / (width * height)
    if full > 0.85 and 0.75 < width / height < 1.33:
        yield np.array([x, y]), (width + height) / 2


def _lattice(seen: NDArray[np.float64], side: float) -> NDArray[np.int64]:
    """Column and row of each square, counted from one of them."""
    apart = seen[None] - seen[:, None]
    length = np.hypot(apart[..., 0], apart[..., 1])
    near = apart[(length > 0.9 * side) & (length < 1.6 * side)]
    if not len(near):
        raise NoCard
    angle = np.degrees(np.arctan2(near[:, 1], near[:, 0])) % 90
    turn = np.radians(np.angle(np.exp(4j * np.radians(angle)).mean(), deg=True) / 4)
    pitch = float(np.median(np.hypot(near[:, 0], near[:, 1])))
    back = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return np.asarray(np.round((seen - seen[0]) @ back.T / pitch), np.int64)


def _grids(seen: NDArray[np.float64], places: NDArray[np.int64]) -> Iterator[NDArray[np.float64]]:
    """The 24 middles for every way the card can lie on the squares that were seen."""
    wide = list(product(range(ROWS), range(COLUMNS)))
    for turns in range(4):
        turned = places @ np.linalg.matrix_power(np.array([[0, 1], [-1, 0]]), turns)
        low, high = turned.min(axis=0), turned.max(axis=0)
        spare = np.array([COLUMNS, ROWS]) - (high - low + 1)
        if (spare < 0).any():
            continue
        for right, down in product(range(int(spare[0]) + 1), range(int(spare[1]) + 1)):
            at = (turned - low + (right, down)).astype(np.float64)
            warp, _ = cv2.findHomography(at, seen, cv2.RANSAC, 8.0)
            if warp is not None:
                asked = np.array([[[column, row] for row, column in wide]], np.float64)
                yield cv2.perspectiveTransform(asked, warp)[0]


def _middle(
    photograph: Image, at: NDArray[np.float64], centres: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The median colour of the inside of a patch."""
    reach = max(1, round(_INSIDE * _pitch(centres) / 2))
    x, y = round(float(at[0])), round(float(at[1]))
    part = photograph[max(0, y - reach) : y + reach + 1, max(0, x - reach) : x + reach + 1]
    return np.asarray(np.median(part.reshape(-1, 3), axis=0), np.float64)


def _pitch(centres: NDArray[np.float64]) -> float:
    rows = centres.reshape(ROWS, COLUMNS, 2)
    return float(np.median(np.hypot(*np.moveaxis(np.diff(rows, axis=1), -1, 0))))


def _sharpness(photograph: Image, centres: NDArray[np.float64]) -> float | None:
    """Over the outer edges of the white and the two lightest grey patches; the median."""
    grey = _linear(uint8(cv2.cvtColor(photograph, cv2.COLOR_RGB2GRAY)).astype(np.float64))
    rows = centres.reshape(ROWS, COLUMNS, 2)
    pitch, found = _pitch(centres), []
    for number in range(3):
        x, y = rows[ROWS - 1, number]
        for beside in (-0.5, 0.5):
            area = _area(grey, x + beside * 0.82 * pitch, y, 0.2 * pitch, 0.25 * pitch)
            try:
                found.append(mtf50(area))
            except NoSlantedEdge:
                continue
    return round(float(np.median(found)), 3) if found else None


def _area(
    grey: NDArray[np.float64], x: float, y: float, wide: float, high: float
) -> NDArray[np.float64]:
    rows = slice(max(0, round(y - high)), round(y + high))
    return grey[rows, max(0, round(x - wide)) : round(x + wide)]


def _linear(grey: NDArray[np.float64]) -> NDArray[np.float64]:
    share = grey / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
