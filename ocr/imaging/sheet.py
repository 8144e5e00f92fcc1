"""What shows that a sheet did not lie well: text at the very edge, a corner folded over."""

from typing import Final

import cv2
import numpy as np

from ocr.imaging.arrays import Gray, Mask, Size, shrink_quickly, size, uint8
from ocr.imaging.ink import MEASURE_DPI

Part = tuple[float, float, float, float]
"""Left, top, width, height in shares of the picture."""

STROKE_MM: Final = (0.3, 12.0)  # what a letter or word leaves on an edge; longer is a rule, a bed
DEEP_MM: Final = 0.5  # a stroke comes in from the edge, dirt lies along it
WORD_MM: Final = 50.0  # what is longer is a rule or the sheet's own edge

CORNER_DPI: Final = 25
EDGE_PX: Final = 6  # a skewed sheet's corner lies a little inside the picture
WINDOW_MM: Final = 90.0
STEP: Final = 16  # grey levels between the paper and what shows in its place
LEAST_CM2: Final = 0.1
LEGS: Final = (0.4, 2.5)  # of a folded corner; a skewed sheet leaves a wedge
FILLED: Final = (0.8, 1.3)  # of the triangle between its legs
CRISP: Final = 7.0  # grey levels a mm across the fold; a shadow has less


def cut_mm(ink: Mask) -> float:
    """Length of strokes that run into the picture's edge, all four sides together.

    ink: mask at 75 dpi of an evenly lit page whose solid borders are painted white, its edges
    still there.
    """
    found = _cut_px(ink)
    return round(_cut_px(words(ink)) * 25.4 / MEASURE_DPI, 1) if found else 0.0


def _cut_px(ink: Mask) -> int:
    return sum(_run_into(side) for side in (ink, ink[::-1], ink.T, ink.T[::-1]))


def words(ink: Mask) -> Mask:
    """The ink less what is longer than a word."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    extent = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    long = extent > WORD_MM / 25.4 * MEASURE_DPI
    long[0] = True  # the paper
    return np.asarray(~long[labels], dtype=np.bool_)


def _run_into(ink: Mask) -> int:
    """Pixels of strokes on the first row that go on into the page."""
    deep = round(DEEP_MM / 25.4 * MEASURE_DPI)
    goes_on = np.all(ink[:deep], axis=0)
    changes = np.diff(np.r_[0, ink[0].astype(np.int8), 0])
    low, high = (mm / 25.4 * MEASURE_DPI for mm in STROKE_MM)
    total = 0
    for start, end in np.flatnonzero(changes).reshape(-1, 2).tolist():
        if low <= end - start <= high and np.any(goes_on[start:end]):
            total += end - start
    return total


def folded_corner(page: Gray, dpi: int) -> tuple[float, Part] | None:
    """The largest folded corner: (its area in cm², where); None where no corner is folded.

    page: uint8 grey as delivered, not evenly lit. In the place of a corner something shows that is
    not the paper: the triangle between two edges and the crisp line of the fold.
    """
    before = size(page)
    scale = min(1.0, CORNER_DPI / dpi)
    small = shrink_quickly(
        page, Size(max(8, round(before.width * scale)), max(8, round(before.height * scale)))
    )
    width, height = size(small)
    side = min(round(WINDOW_MM / 25.4 * CORNER_DPI), width // 2, height // 2)
    found = []
    for right in (False, True):
        for foot in (False, True):
            rows = small[::-1] if foot else small
            window = (rows[:, ::-1] if right else rows)[:side, :side]
            area, reach, drop = _triangle(window)
            if area >= LEAST_CM2:
                at = ((width - reach) if right else 0, (height - drop) if foot else 0)
                part = (at[0] / width, at[1] / height, reach / width, drop / height)
                found.append((area, part))
    return max(found, default=None)


def _triangle(window: Gray) -> tuple[float, int, int]:
    """(area in cm², length along the top, along the left) of a folded upper left corner."""
    none = 0.0, 0, 0
    paper = float(np.median(window))
    start_of = window[:EDGE_PX, :EDGE_PX].astype(np.int16)
    strange = start_of[np.abs(start_of - paper) > STEP]
    if strange.size < EDGE_PX:
        return none
    tip = float(np.median(strange))
    level = window.astype(np.int16)
    # What is nearer to the bed's grey than to the paper's: the flap on the page is not.
    other = uint8(np.abs(level - tip) < abs(tip - paper) / 2)
    other = uint8(cv2.morphologyEx(other, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)))
    beginning = np.argwhere(other[:EDGE_PX, :EDGE_PX])
    if not len(beginning):
        return none
    start = beginning[0]
    filled = other.copy()
    cv2.floodFill(filled, None, (int(start[1]), int(start[0])), 2)
    bed = filled == 2
    reach = _length(bed[:EDGE_PX].any(axis=0))
    drop = _length(bed[:, :EDGE_PX].any(axis=1))
    if not reach or not drop or max(reach, drop) >= window.shape[0]:
        return none
    inside = bed[:drop, :reach]
    whole = reach * drop / 2
    ratio = float(np.count_nonzero(inside)) / whole
    if not (LEGS[0] <= reach / drop <= LEGS[1] and FILLED[0] <= ratio <= FILLED[1]):
        return none
    if _step_across(window, reach, drop) < CRISP:
        return none
    return round(whole * (2.54 / CORNER_DPI) ** 2, 2), reach, drop


def _length(run: Mask) -> int:
    """How far it is True from its beginning, which may lie a little inside."""
    gaps = np.flatnonzero(~run)
    gaps = gaps[gaps >= EDGE_PX]
    return int(gaps[0]) if len(gaps) else len(run)


def _step_across(window: Gray, reach: int, drop: int) -> float:
    """Grey levels a pixel (a mm) across the line from (reach, 0) to (0, drop), in the median."""
    steps = []
    for share in np.linspace(0.15, 0.85, 15):
        x, y = reach * share, drop * (1 - share)
        length = float(np.hypot(drop, reach))
        out = np.array([drop / length, reach / length])
        line = [
            float(window[min(int(y + out[1] * t), window.shape[0] - 1),
                         min(int(x + out[0] * t), window.shape[1] - 1)])
            for t in range(-2, 4) if x + out[0] * t >= 0 and y + out[1] * t >= 0
        ]  # fmt: skip
        steps.append(float(np.abs(np.diff(line)).max()))
    return float(np.median(steps))
