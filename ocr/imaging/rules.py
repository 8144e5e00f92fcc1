"""Ruled tables: where their rules run, and the page without them."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.arrays import Gray, Mask, uint8
from ocr.imaging.ink import MEASURE_DPI

RULE_MM = 11.0  # longer than any stroke of a text letter
FEWEST_RULES = 3  # each way: a frame round a heading has two
SPANS = 0.6  # of the table: a shorter rule parts no whole row or column
INK = 205  # at 75 dpi, where a thin rule is spread over two pixels
THICKEST_MM = 1.2


@dataclass(frozen=True, slots=True)
class Table:
    """Rules of one table, in shares of the page's width and height, from the left and the top."""

    across: tuple[float, ...]  # heights of the horizontal rules
    down: tuple[float, ...]  # places of the vertical rules


def tables(small: Gray) -> tuple[Table, ...]:
    """The ruled tables of a page, from the head down.

    small: evenly lit, straight, at 75 dpi (`ink.small`). A table is what holds together by rules
    and has three or more each way. Source: morphological opening by long lines (Serra 1982).
    """
    across, down = _rules(small)
    both = uint8(cv2.dilate(across | down, np.ones((3, 3), np.uint8)))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    height, width = small.shape
    found = []
    for part in range(1, count):
        left, top, wide, high, _ = (int(value) for value in boxes[part])
        inside = labels[top : top + high, left : left + wide] == part
        window = np.s_[top : top + high, left : left + wide]
        rows = _places(inside & (across[window] > 0), wide)
        columns = _places((inside & (down[window] > 0)).T, high)
        if min(len(rows), len(columns)) >= FEWEST_RULES:
            found.append(
                Table(
                    tuple((top + y) / height for y in rows),
                    tuple((left + x) / width for x in columns),
                )
            )
    return tuple(sorted(found, key=lambda table: table.across[0]))


def without_rules(page: Gray, dpi: int) -> Gray:
    """The page with long thin rules painted white, letters that touch them kept.

    What is as long as a rule and no thicker than one goes; a letter's stroke that crosses it
    loses what lies in it, which is thinner than the stroke is long.
    """
    dark = uint8(page < INK)
    length = round(RULE_MM / 25.4 * dpi)
    thick = max(3, round(THICKEST_MM / 25.4 * dpi))
    clean = page.copy()
    for kernel, ring in (((length, 1), (3, 5)), ((1, length), (5, 3))):
        lines = uint8(cv2.morphologyEx(dark, cv2.MORPH_OPEN, _line(kernel)))
        solid = uint8(cv2.morphologyEx(lines, cv2.MORPH_OPEN, np.ones((thick, thick), np.uint8)))
        clean[uint8(cv2.dilate(lines & ~solid & 1, _line(ring))) > 0] = 255
    return clean


def _rules(small: Gray) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Masks of the horizontal and of the vertical rules."""
    length = round(RULE_MM / 25.4 * MEASURE_DPI)
    dark = uint8(small < INK)
    across = uint8(cv2.morphologyEx(dark, cv2.MORPH_OPEN, _line((length, 1))))
    down = uint8(cv2.morphologyEx(dark, cv2.MORPH_OPEN, _line((1, length))))
    return across, down


def _places(rules: Mask, whole: int) -> list[float]:
    """Middles of the rows of `rules` that hold a rule nearly as long as the table."""
    covered = np.count_nonzero(
        cv2.dilate(rules.astype(np.uint8), np.ones((3, 1), np.uint8)), axis=1
    )
    full = np.concatenate(([False], covered >= SPANS * whole, [False]))
    edges = np.flatnonzero(np.diff(full.astype(np.int8)))
    return [float(start + end - 1) / 2 for start, end in edges.reshape(-1, 2)]


def _line(size: tuple[int, int]) -> NDArray[np.uint8]:
    return uint8(cv2.getStructuringElement(cv2.MORPH_RECT, size))
