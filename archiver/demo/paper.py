"""Sheets of paper and how ink lies on them. Everything seeded: the same sheet every run."""

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from archiver.demo.lettering import Ink, px

Picture = NDArray[np.uint8]  # (height, width, 3), red green blue; or (height, width) grey
Colour = tuple[int, int, int]

PAPERS: Final[dict[str, Colour]] = {
    "white": (250, 249, 245),
    "cream": (243, 239, 226),
    "card": (229, 214, 182),
    "pink": (243, 219, 223),
    "aged": (226, 207, 168),
}
INKS: Final[dict[str, Colour]] = {
    "toner": (34, 33, 36),
    "black": (38, 36, 44),
    "blue": (44, 66, 158),
    "biro": (30, 44, 132),
    "red": (166, 40, 48),
    "violet": (104, 62, 140),
    "iron_gall": (66, 44, 28),
    "old_black": (48, 38, 32),
}
_COARSE: Final = 32  # px of the sheet to one px of the field that tints it


def uint8(pixels: Any) -> NDArray[np.uint8]:
    """What OpenCV hands back, as the type we know it to be."""
    return np.asarray(pixels, dtype=np.uint8)


def luma(colour: Colour) -> int:
    return round(0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2])


def clouds(rng: np.random.Generator, shape: tuple[int, int], grain: int) -> NDArray[np.float32]:
    """A smooth random field of `shape`, mean 0, about ±1, with clouds `grain` cells wide."""
    height, width = shape
    small = rng.standard_normal((height // grain + 3, width // grain + 3)).astype(np.float32)
    field = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(field, dtype=np.float32)


def sheet(
    rng: np.random.Generator,
    paper: str,
    shape: tuple[int, int],
    wear: tuple[str, ...],
    colour: bool,
) -> Picture:
    """An empty sheet of `shape` (height, width): tint, clouds, stains and fibres."""
    height, width = shape
    coarse = (height // _COARSE + 1, width // _COARSE + 1)
    tint = np.array(PAPERS[paper], np.float32)
    field = np.empty((*coarse, 3), np.float32)
    depth = 4.0 if paper == "aged" else 2.2
    field[:] = tint + clouds(rng, coarse, 12)[..., None] * depth
    if paper == "aged":
        field *= _browned_edges(rng, coarse)[..., None]
    if "damp" in wear:
        field *= _damp(rng, coarse)
    if not colour:
        field = field @ np.array((0.299, 0.587, 0.114), np.float32)
    smooth = np.clip(field, 0, 255).astype(np.uint8)
    page = uint8(cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR))
    return add_grain(rng, page, 2.6 if paper in ("aged", "card") else 1.6, blur=1.1)


def _browned_edges(rng: np.random.Generator, shape: tuple[int, int]) -> NDArray[np.float32]:
    rows = np.minimum(np.arange(shape[0]), np.arange(shape[0])[::-1])[:, None]
    columns = np.minimum(np.arange(shape[1]), np.arange(shape[1])[::-1])[None, :]
    distance = np.minimum(rows, columns) + 0.9 * clouds(rng, shape, 5)
    edges: NDArray[np.float32] = 1 - 0.16 * np.exp(-np.maximum(distance, 0) / 2.4)
    return edges.astype(np.float32)


def _damp(rng: np.random.Generator, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Tide marks along the lower margin: a faint stain with a darker rim."""
    height, width = shape
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    reach = height * 0.86 + 3.2 * clouds(rng, shape, 16) + 4 * np.sin(columns / width * 5.2)
    inside = 0.5 + 0.5 * np.tanh((rows - reach) / 1.4)
    rim = np.exp(-(((rows - reach) / 1.1) ** 2))
    strength = (0.05 * inside + 0.10 * rim)[..., None] * np.array((0.7, 1.0, 1.6), np.float32)
    damp: NDArray[np.float32] = (1 - strength).astype(np.float32)
    return damp


def add_grain(rng: np.random.Generator, page: Picture, sigma: float, blur: float = 0.0) -> Picture:
    """Noise of `sigma` grey levels: one tile, laid in shifted rows so that it shows no pattern."""
    side = 640
    tile = rng.standard_normal((side, side)).astype(np.float32)
    if blur:
        tile = cv2.GaussianBlur(tile, (0, 0), blur, borderType=cv2.BORDER_REFLECT) * (2 * blur)
    grey = np.clip(128 + sigma * tile, 0, 255).astype(np.uint8)
    height, width = page.shape[:2]
    across = width // side + 2
    bands = [
        np.tile(grey, (1, across))[:, shift : shift + width]
        for shift in rng.integers(0, side, height // side + 1)
    ]
    field = np.concatenate(bands)[:height]
    if page.ndim == 3:
        field = uint8(cv2.merge([field] * 3))
    return uint8(cv2.addWeighted(page, 1.0, field, 1.0, -128.0))


def lay_ink(page: Picture, ink: Ink, colour: Colour, x: int = 0, y: int = 0) -> None:
    """Darken `page` in place where there is ink; the ink's corner at (x, y) may overhang."""
    height, width = page.shape[:2]
    top, left = max(0, y), max(0, x)
    bottom, right = min(height, y + ink.shape[0]), min(width, x + ink.shape[1])
    part = ink[top - y : bottom - y, left - x : right - x]
    tones = colour if page.ndim == 3 else (luma(colour),)
    through = [cv2.LUT(part, _transmittance(tone)) for tone in tones]
    film = cv2.merge(through) if page.ndim == 3 else through[0]
    area = page[top:bottom, left:right]
    page[top:bottom, left:right] = cv2.multiply(area, film, scale=1 / 255)


def _transmittance(tone: int) -> NDArray[np.uint8]:
    """How much light passes for each amount of ink: 255 for none, `tone` for full."""
    return np.round(255 - np.arange(256) * (255 - tone) / 255).astype(np.uint8)


def spread(rng: np.random.Generator, ink: Ink, radius_px: float = 0.8) -> Ink:
    """Toner and ink creep into the fibres and do not cover evenly."""
    soft = cv2.GaussianBlur(ink, (0, 0), radius_px)
    uneven = clouds(rng, (ink.shape[0] // 16 + 1, ink.shape[1] // 16 + 1), 4) * 9 + 238
    cover = cv2.resize(np.clip(uneven, 190, 255).astype(np.uint8), ink.shape[::-1])
    return uint8(cv2.multiply(soft, cover, scale=1 / 255))


def punch_holes(page: Picture, lid: int) -> None:
    """Two holes of 6 mm, 80 mm apart, at the binding side: the right."""
    height, width = page.shape[:2]
    for offset in (-40, 40):
        centre = (width - px(11), height // 2 + px(offset))
        shade = (lid - 34,) * 3
        cv2.circle(page, centre, px(3), shade, -1, cv2.LINE_AA)
        cv2.circle(page, (centre[0] + 5, centre[1] + 6), px(3) - 5, (lid,) * 3, -1, cv2.LINE_AA)
