"""Which way up: the part that pixels alone can tell. Head or foot, the reader's model says."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ocr.imaging.arrays import Image, Mask

Turn = Literal[0, 90, 180, 270]
"""Degrees clockwise that make a page upright."""

STRIPS = 8
SIDEWAYS = 1.5  # how much sharper the lines must be down the page than across it


def turn(page: Image, turn_deg: Turn) -> Image:
    """The page turned clockwise, every pixel kept."""
    return np.ascontiguousarray(np.rot90(page, k=-turn_deg // 90))


def runs_sideways(ink: Mask) -> bool:
    """Whether the lines of text run down the picture instead of across it.

    Measured in strips, so that a skewed page still shows the gaps between its lines.
    """
    across = _sharpness(ink)
    down = _sharpness(ink.T)
    return down > SIDEWAYS * across > 0


def _sharpness(ink: Mask) -> float:
    """How clearly rows of ink and rows of paper take turns, per unit of ink."""
    usable = ink[:, : ink.shape[1] // STRIPS * STRIPS]
    if usable.size == 0:
        return 0.0
    strips: NDArray[np.float64] = usable.reshape(ink.shape[0], STRIPS, -1).sum(
        axis=2, dtype=np.float64
    )
    weight = float(np.square(strips).sum())
    return float(np.square(np.diff(strips, axis=0)).sum()) / weight if weight else 0.0
