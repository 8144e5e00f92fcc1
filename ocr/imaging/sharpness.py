"""How sharp the print is, and how dark it stands on its paper."""

from typing import Final

import cv2
import numpy as np

from ocr.imaging.arrays import Gray, Mask, size

BLOCK_PX: Final = 192
BLOCKS: Final = 4
REACH_PX: Final = 9  # an edge and both of its sides
LEAST_CONTRAST: Final = 18  # of a stroke; below it is paper's grain
FEWEST_EDGES: Final = 60
RIDGE: Final = 0.8  # of the steepest step nearby: the middle of an edge


def edges(page: Gray, ink: Mask) -> tuple[float, float] | None:
    """(width of the strokes' edges in pixels, their contrast as a share of white); None: no print.

    page: uint8 grey. ink: mask of any size over the same page; the blocks with the most ink are
    measured. The width is the contrast over the steepest slope, so an ideal step has 2 px under a
    Sobel mask. Source: edge width as a measure of blur (Marziliano et al. 2002).
    """
    found = [_edges(page[rows, columns]) for rows, columns in _busiest(page, ink)]
    widths = np.concatenate([width for width, _ in found]) if found else np.empty(0)
    if len(widths) < FEWEST_EDGES:
        return None
    contrasts = np.concatenate([contrast for _, contrast in found])
    return float(np.median(widths)), float(np.median(contrasts)) / 255


def _busiest(page: Gray, ink: Mask) -> list[tuple[slice, slice]]:
    """The blocks with the most ink."""
    width, height = size(page)
    across, down = max(1, width // BLOCK_PX), max(1, height // BLOCK_PX)
    rows, columns = (
        np.linspace(0, length, parts, endpoint=False).astype(int)
        for length, parts in zip(ink.shape, (down, across), strict=True)
    )
    strips = np.add.reduceat(ink.view(np.uint8), rows, axis=0, dtype=np.int32)
    much = np.add.reduceat(strips, columns, axis=1).ravel()
    order = np.argsort(much, kind="stable")[::-1][:BLOCKS]
    places = [divmod(int(number), across) for number in order if much[number]]
    return [
        (slice(row * BLOCK_PX, (row + 1) * BLOCK_PX), slice(at * BLOCK_PX, (at + 1) * BLOCK_PX))
        for row, at in places
    ]


def _edges(block: Gray) -> tuple[np.ndarray, np.ndarray]:
    across = cv2.Sobel(block, cv2.CV_32F, 1, 0, scale=0.125)
    down = cv2.Sobel(block, cv2.CV_32F, 0, 1, scale=0.125)
    slope = cv2.magnitude(across, down)
    around = np.ones((REACH_PX, REACH_PX), np.uint8)
    contrast = cv2.subtract(cv2.dilate(block, around), cv2.erode(block, around))
    steepest = cv2.dilate(slope, np.ones((5, 5), np.uint8))
    strong = contrast > max(LEAST_CONTRAST, 0.5 * float(contrast.max()))
    edge = strong & (slope >= RIDGE * steepest) & (slope > 1)
    told = contrast[edge].astype(np.float32)
    return told / slope[edge], told
