"""A colour card with 24 patches as a camera sees it, for the demonstration and the tests."""

import cv2
import numpy as np
from numpy.typing import NDArray

from archiver.demo.paper import Picture, uint8

_COLUMNS = 6
_PITCH, _SIDE, _BORDER = 120, 100, 40
_TABLE = (120, 120, 120)
_SHARPER = 4  # it is drawn so much larger than it is photographed


def card(colours: NDArray[np.float64]) -> Picture:
    """The card lying flat: patches of these sRGB colours (24, 3), row by row, black between."""
    rows = -(-len(colours) // _COLUMNS)
    height, width = rows * _PITCH + 2 * _BORDER, _COLUMNS * _PITCH + 2 * _BORDER
    drawn = np.full((height, width, 3), 18, np.uint8)
    for number, colour in enumerate(np.round(colours).astype(np.uint8)):
        row, column = divmod(number, _COLUMNS)
        x, y = _BORDER + column * _PITCH + 10, _BORDER + row * _PITCH + 10
        drawn[y : y + _SIDE, x : x + _SIDE] = colour
    return drawn


def photographed(
    flat: Picture, angle_deg: float = 4.0, blur_px: float = 0.7, turns: int = 0
) -> Picture:
    """The card on a grey table, turned, seen a little from the side, with grain."""
    height, width = flat.shape[:2]
    large = cv2.resize(flat, None, fx=_SHARPER, fy=_SHARPER, interpolation=cv2.INTER_NEAREST)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle_deg, 1.0)
    seen = corners @ turn[:, :2].T + turn[:, 2] + (150, 150)
    seen[1] += (-6, 4)
    warp = cv2.getPerspectiveTransform(corners * _SHARPER, (seen * _SHARPER).astype(np.float32))
    size = ((width + 300) * _SHARPER, (height + 300) * _SHARPER)
    table = cv2.warpPerspective(large, warp, size, borderValue=_TABLE)
    less = 1 / _SHARPER
    small = cv2.resize(table, None, fx=less, fy=less, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), blur_px) if blur_px else small
    grain = np.random.default_rng(1).normal(0, 1.0, soft.shape)
    return uint8(np.rot90(np.clip(soft + grain, 0, 255).astype(np.uint8), turns))
