"""Lines that the reader passed over: short headings that stand alone, mostly.

Tesseract takes a short line with much white around it for a picture or for noise. What is dark on
the page, of the size of text, and not under a word is read once more as a line by itself.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from ocr.engine import Engine
from ocr.errors import EngineFailed, EngineTimeout
from ocr.imaging import ink
from ocr.imaging.arrays import Gray, Mask, shrink_roughly, uint8
from ocr.lines import BORDER_PX, TALLEST_PX, read_line
from ocr.page import Box, Line
from ocr.tsv import around

HEIGHT_MM: Final = (1.8, 14.0)
NARROWEST_MM: Final = 5.0  # a page number is shorter, and so is most of what is no text
GAP_MM: Final = 5.0  # between words of a heading
DOTS_MM: Final = 1.2  # how far dots and vowel marks reach out of a word's box
FILLED: Final = (0.06, 0.6)  # share of ink: a frame or a scratch has less, a solid patch more
MOST: Final = 8  # a page with more of them is a picture
SURE: Final = 0.75
FEWEST_LETTERS: Final = 3


def with_missed(
    lines: tuple[Line, ...], picture: Gray, dpi: int, language: str, engine: Engine
) -> tuple[Line, ...]:
    """`lines` with those that were passed over, each in its place.

    picture: uint8 grey, prepared, at `dpi`; the boxes are its pixels. What is not read surely is
    left out, and so is what makes the reader fail: there is a reading already.
    """
    for place in places(picture, dpi, [word.box for line in lines for word in line.words]):
        try:
            found = _read(picture, place, language, engine)
        except EngineFailed:
            continue  # faint crops have stopped Tesseract by SIGFPE
        except EngineTimeout:
            break
        if found is not None:
            lines = _put(lines, found)
    return lines


def places(picture: Gray, dpi: int, read: Sequence[Box]) -> tuple[Box, ...]:
    """Where something of the size of text was not read, from the head down; none if too many."""
    thumb = shrink_roughly(picture, ink.measured(picture, dpi))
    scale = thumb.shape[1] / picture.shape[1]
    dark = _unread(ink.without_edges(ink.ink(thumb)), read, scale)
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((_px(1.0), _px(GAP_MM)), np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(uint8(joined), connectivity=8)
    found = []
    for part in range(1, count):
        x, y, width, height, _ = (int(value) for value in boxes[part])
        inside = labels[y : y + height, x : x + width] == part
        filled = float(np.count_nonzero(dark[y : y + height, x : x + width][inside]))
        if _is_text_size(width, height) and FILLED[0] < filled / (width * height) < FILLED[1]:
            found.append(_enlarged(Box(x, y, width, height), scale, picture))
    return tuple(found) if len(found) <= MOST else ()


def _unread(dark: Mask, read: Sequence[Box], scale: float) -> Gray:
    left = dark.astype(np.uint8)
    around_px = _px(DOTS_MM)
    for box in read:
        top, side = round(box.y * scale) - around_px, round(box.x * scale) - around_px
        foot = round((box.y + box.height) * scale) + around_px
        end = round((box.x + box.width) * scale) + around_px
        left[max(0, top) : foot, max(0, side) : end] = 0
    return left


def _is_text_size(width: int, height: int) -> bool:
    high = _px(HEIGHT_MM[0]) <= height <= _px(HEIGHT_MM[1])
    return high and width >= max(_px(NARROWEST_MM), height)


def _enlarged(box: Box, scale: float, picture: Gray) -> Box:
    """In pixels of `picture`, with a margin for what 75 dpi does not show."""
    margin = 2
    left, top = max(0, box.x - margin), max(0, box.y - margin)
    right, bottom = box.x + box.width + margin, box.y + box.height + margin
    x, y = int(left / scale), int(top / scale)
    width = min(picture.shape[1], int(right / scale)) - x
    return Box(x, y, width, min(picture.shape[0], int(bottom / scale)) - y)


def _read(picture: Gray, place: Box, language: str, engine: Engine) -> Line | None:
    crop = picture[place.y : place.y + place.height, place.x : place.x + place.width]
    found = read_line(crop, language, engine)
    letters = sum(letter.isalnum() for letter in found.text)
    if len(found.lines) != 1 or letters < FEWEST_LETTERS or found.confidence < SURE:
        return None
    factor = max(1.0, place.height / TALLEST_PX)
    (line,) = found.lines
    words = tuple(replace(w, box=_back(w.box, place, factor)) for w in line.words)
    return Line(words, around([word.box for word in words]), line.direction)


def _back(box: Box, place: Box, factor: float) -> Box:
    """From the crop as it was read to the picture, kept inside `place`."""
    left = min(max(0, round((box.x - BORDER_PX) * factor)), place.width - 1)
    top = min(max(0, round((box.y - BORDER_PX) * factor)), place.height - 1)
    width = min(max(1, round(box.width * factor)), place.width - left)
    height = min(max(1, round(box.height * factor)), place.height - top)
    return Box(place.x + left, place.y + top, width, height)


def _put(lines: tuple[Line, ...], missed: Line) -> tuple[Line, ...]:
    """Before the first line under it, as far as it reaches; else behind the last one over it."""
    middle = missed.box.y + missed.box.height / 2
    beside = [n for n, line in enumerate(lines) if _share_columns(line.box, missed.box)]
    under = (n for n in beside if lines[n].box.y + lines[n].box.height / 2 > middle)
    at = next(under, beside[-1] + 1 if beside else len(lines))
    return (*lines[:at], missed, *lines[at:])


def _share_columns(one: Box, other: Box) -> bool:
    return one.x < other.x + other.width and other.x < one.x + one.width


def _px(length_mm: float) -> int:
    return max(1, round(length_mm / 25.4 * ink.MEASURE_DPI))
