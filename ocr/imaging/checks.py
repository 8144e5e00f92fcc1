"""What is measured on every page as soon as it is there: how well paper and scanner behaved.

A figure is a figure; what is good enough, the site says. Works on the access copy.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ocr.imaging import blank, deskew, ink, leaves, light, sharpness, sheet
from ocr.imaging.arrays import Gray, Mask, shrink_quickly
from ocr.imaging.border import without_border
from ocr.imaging.ink import MEASURE_DPI
from ocr.imaging.sheet import Part

VERSION: Final = 2
"""Raise by hand when the same picture gives other figures."""

BRIGHT: Final = 200.0  # paper is at least as bright as this in a good scan, brown paper too
WHITE: Final = 254
PAPER_WHITE: Final = 250  # where the paper itself is pure white, nothing of it was lost
TWO_LEVELS: Final = 0.98  # of the pixels near black or white: a bitonal scan clips by its nature
DARKEST_PAPER: Final = 64
SKEW_POINTS: Final = 8_000
MARGIN: Final = 0.03
EDGES_MM: Final = 6.0
FAINTEST: Final = 245  # on an evenly lit page: there may be strokes, too faint to be ink
SOFT_MM: Final = 0.6  # edges of what shines through from the other side are softer


@dataclass(frozen=True, slots=True)
class Measure:
    figure: float
    at: Part | None = None  # where on the picture, in shares of it


def measure(page: Gray, dpi: int) -> dict[str, Measure]:
    """The figures of one page; what cannot be measured on it (a blank one) is left out.

    page: uint8 grey, as delivered, 100 dpi or more. dpi: of this picture.

    - `skew`: degrees of the lines, clockwise positive
    - `blur`: width of the strokes' edges, mm
    - `contrast`: of the strokes, as a share of white
    - `dark`: how much darker the darkest paper is than the brightest, 0..1
    - `clipped`: share of the picture that is burnt out, 0..1
    - `cut`: length of strokes that run into an edge, mm
    - `corner`: area of a folded corner, cm²
    - `blank`: 1 where nothing is on it
    - `fold`: between two pages of an open book, share of the width from the left
    """
    raw = shrink_quickly(page, ink.measured(page, dpi))
    at_dpi = min(dpi, MEASURE_DPI)
    paper = light.background(raw, at_dpi)
    dark, where = _darkness(paper[::8, ::8])
    found = {"dark": Measure(round(dark, 3), where), "clipped": Measure(_clipped(raw))}
    corner = sheet.folded_corner(raw, at_dpi)
    found["corner"] = Measure(*corner) if corner else Measure(0.0)
    inner = _without_border(raw, at_dpi)
    flat, _ = light.even(inner, at_dpi, paper if inner is raw else None)
    all_ink = ink.ink(flat)
    text = ink.without_edges(all_ink)
    empty = blank.face(flat) == "blank"
    strokes = None if empty else sharpness.edges(page, text)
    if strokes is None:
        strokes = sharpness.edges(page, _faint(flat))
        soft = strokes is None or strokes[0] * 25.4 / dpi > SOFT_MM
        empty = empty and soft
    found["blank"] = Measure(float(empty))
    if empty:
        return found
    found["skew"] = Measure(round(deskew.skew_deg(text, SKEW_POINTS), 2) + 0.0)
    found["cut"] = Measure(sheet.cut_mm(_without(all_ink, found["corner"].at)))
    if strokes:
        found["blur"] = Measure(round(strokes[0] * 25.4 / dpi, 3))
        found["contrast"] = Measure(round(strokes[1], 3))
    gutter = leaves.gutter(text)
    if gutter is not None:
        found["fold"] = Measure(round(gutter, 4))
    return found


def _faint(flat: Gray) -> Mask:
    """What may be strokes too faint to be ink, inside the sheet's own edges."""
    margin = round(EDGES_MM / 25.4 * MEASURE_DPI)
    found = np.zeros(flat.shape, np.bool_)
    inside = slice(margin, -margin)
    found[inside, inside] = flat[inside, inside] < FAINTEST
    return sheet.words(ink.without_edges(found))


def _without(mask: Mask, part: Part | None) -> Mask:
    """The mask less a part and a margin: a fold comes to the edge, too."""
    if part is None:
        return mask
    height, width = mask.shape
    left, top = max(0.0, part[0] - MARGIN), max(0.0, part[1] - MARGIN)
    right, foot = part[0] + part[2] + MARGIN, part[1] + part[3] + MARGIN
    rest = mask.copy()
    rest[round(top * height) : round(foot * height), round(left * width) : round(right * width)] = 0
    return rest


def _without_border(raw: Gray, dpi: int) -> Gray:
    """Most pages have no dark edge to be painted over; those are not looked through."""
    edge = np.concatenate([raw[0], raw[-1], raw[:, 0], raw[:, -1]])
    return without_border(raw, dpi)[0] if int(edge.min()) < DARKEST_PAPER else raw


def _darkness(paper: Gray) -> tuple[float, Part]:
    """(how much darker the darkest part of the bare paper is than the brightest, where)."""
    low, high = np.percentile(paper, (5, 95))
    return max(0.0, 1 - float(low) / max(float(high), BRIGHT)), _darkest(paper)


def _darkest(paper: Gray) -> Part:
    """The third of the page that is darkest: a side, the head or the foot."""
    height, width = paper.shape
    sides: dict[Part, Gray] = {
        (0.0, 0.0, 1 / 3, 1.0): paper[:, : width // 3],
        (2 / 3, 0.0, 1 / 3, 1.0): paper[:, 2 * width // 3 :],
        (0.0, 0.0, 1.0, 1 / 3): paper[: height // 3],
        (0.0, 2 / 3, 1.0, 1 / 3): paper[2 * height // 3 :],
    }
    return min(sides, key=lambda part: float(sides[part].mean()) if sides[part].size else 255.0)


def _clipped(raw: Gray) -> float:
    """Burnt-out share. White paper of an office scanner is white by intent."""
    levels = np.bincount(raw[::2, ::2].ravel(), minlength=256)
    count = levels.sum()
    extremes = (levels[:16].sum() + levels[240:].sum()) / count
    if extremes > TWO_LEVELS or levels[PAPER_WHITE:].sum() * 2 >= count:
        return 0.0
    return round(float(levels[WHITE:].sum() / count), 4)
