"""What time and the scanner do to a sheet: folds, shadows, skew, noise."""

from typing import Final

import cv2
import numpy as np

from archiver.demo.lettering import px
from archiver.demo.paper import Picture, add_grain, uint8

LID: Final = 238  # grey level of the scanner's lid behind the sheet


def fold(page: Picture, share: float) -> None:
    """A letter fold across the sheet at `share` of its height: a ridge above a soft shadow."""
    middle, reach = round(page.shape[0] * share), 14
    rows = np.arange(-reach, reach)
    gain = 1 - 0.10 * np.exp(-((rows - 4) ** 2) / 18) + 0.03 * np.exp(-((rows + 3) ** 2) / 6)
    band = page[middle - reach : middle + reach]
    shaded = band * gain.reshape((-1,) + (1,) * (page.ndim - 1))
    page[middle - reach : middle + reach] = np.clip(shaded, 0, 255).astype(np.uint8)


def staple(page: Picture) -> None:
    """A staple in the upper right corner, and its shadow."""
    x, y = page.shape[1] - px(12), px(10)
    for offset, tone in ((5, 176), (0, 92)):
        start, end = (x + offset, y + offset), (x - px(9) + offset, y + px(6) + offset)
        cv2.line(page, start, end, (tone,) * 3, 7, cv2.LINE_AA)


def fold_corner(page: Picture, length_mm: float = 26) -> None:
    """The upper left corner folded over: the bed shows, the flap lies on the page."""
    side, drop = px(length_mm), px(length_mm * 1.25)
    shadow = np.array([(0, drop + 26), (side + 30, 0), (side * 0.86, drop * 0.90)], np.int32)
    darker = page.copy()
    cv2.fillPoly(darker, [shadow], (150,) * 3, cv2.LINE_AA)
    soft = cv2.GaussianBlur(darker[: drop + 60, : side + 60], (0, 0), 9)
    page[: drop + 60, : side + 60] = cv2.min(page[: drop + 60, : side + 60], soft)
    cv2.fillPoly(
        page, [np.array([(0, 0), (side, 0), (0, drop)], np.int32)], (158,) * 3, cv2.LINE_AA
    )
    flap = np.array([(side, 0), (0, drop), (side * 0.80, drop * 0.80)], np.int32)
    cv2.fillPoly(page, [flap], (232, 227, 213) if page.ndim == 3 else 226, cv2.LINE_AA)


def tear_edge(rng: np.random.Generator, page: Picture) -> None:
    """A torn left edge: a ragged strip is gone, a pale rim of fibres shows."""
    height = page.shape[0]
    steps = np.arange(0, height + 40, 40)
    deep = px(2.2) + px(2.6) * np.abs(np.sin(steps / height * 9)) + rng.normal(0, 7, steps.size)
    for extra, tone in ((9, (242, 230, 204)), (0, (LID,) * 3)):
        edge = [(max(0.0, x + extra), float(y)) for x, y in zip(deep, steps, strict=True)]
        outline = np.array([(0, 0), *edge, (0, height)], np.int32)
        cv2.fillPoly(page, [outline], tone if page.ndim == 3 else tone[0], cv2.LINE_AA)


def skew(page: Picture, angle_deg: float) -> Picture:
    """The sheet turned clockwise on the bed: the lid shows, two edges throw a shadow."""
    height, width = page.shape[:2]
    page[:3] = np.minimum(page[:3], 205)
    page[:, :3] = np.minimum(page[:, :3], 190)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -angle_deg, 1.0)
    lid = (LID,) * 3
    return uint8(
        cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=lid)
    )


def uneven_light(page: Picture) -> Picture:
    """A book-edge shadow: dark along the right side, a dimmer foot."""
    height, width = page.shape[:2]
    x = np.linspace(0, 1, width // 16, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, height // 16, dtype=np.float32)[:, None]
    light = 1.0 - 0.46 / (1 + np.exp(-(x - 0.80) * 13)) - 0.13 * y**2 * (1 - x * 0.5)
    gain = uint8(cv2.resize((light * 255).astype(np.uint8), (width, height)))
    if page.ndim == 3:
        gain = uint8(cv2.merge([gain] * 3))
    return uint8(cv2.multiply(page, gain, scale=1 / 255))


def scan(rng: np.random.Generator, page: Picture, turn_deg: int) -> Picture:
    """What the scanner's optics and sensor add, the sheet fed upright or upside down."""
    soft = uint8(cv2.GaussianBlur(page, (3, 3), 0.55))
    noisy = add_grain(rng, soft, 1.7)
    return uint8(cv2.rotate(noisy, cv2.ROTATE_180)) if turn_deg == 180 else noisy
