"""The part of a page that the second reader is shown for one number."""

from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from ocr.imaging.arrays import Gray
from ocr.numbers.alphabet import DIGITS, GAP, OTHER
from ocr.numbers.decode import Symbol
from ocr.numbers.reader import DigitReading, reading
from ocr.numbers.runs import Number

_ROOM: Final = 1.35  # height of the window, in heights of the word
_LOWEST: Final = 0.8  # a word lower than this share of a digit is a dot: ٠
_TALLEST: Final = 2.2  # a word higher than so many digits has caught a rule or another line
_MARGIN: Final = 0.8  # beside the word, in heights of the window
_SLACK: Final = 0.12  # how far a symbol's middle may lie beside the word, likewise
_JOINED: Final = 0.65  # a digit this near to the word's last belongs to it, likewise
_DOT_JOINED: Final = 0.35  # the same for ٠, which further off is a full stop
_AS_SPACED: Final = 1.4  # or as near as the digits within stand, and a little
_DOT: Final = "٠"


class Window(NamedTuple):
    """crop, and in its columns where the number's box begins and ends, and the room about it."""

    crop: Gray
    left_px: float
    right_px: float
    room: tuple[float, float]


def window(image: Gray, number: Number, digit_px: float) -> Window:
    """The surroundings of `number`; beyond the page's edge its last pixels go on."""
    box = number.box
    height = min(max(box.height, _LOWEST * digit_px), _TALLEST * digit_px) * _ROOM
    middle = box.y + box.height / 2
    margin = round(height * _MARGIN)
    top, bottom = round(middle - height / 2), round(middle + height / 2) + 1
    crop = _cut(image, top, bottom, box.x - margin, box.x + box.width + margin)
    start = box.x - margin
    room = (number.room[0] - start, number.room[1] - start)
    return Window(crop, float(margin), float(margin + box.width), room)


def _cut(image: Gray, top: int, bottom: int, left: int, right: int) -> Gray:
    height, width = image.shape
    inside = image[max(top, 0) : min(bottom, height), max(left, 0) : min(right, width)]
    beyond = (max(-top, 0), max(bottom - height, 0)), (max(-left, 0), max(right - width, 0))
    if not any(map(any, beyond)):
        return inside
    return np.pad(inside, beyond, mode="edge")


def of_word(whole: DigitReading, shown: Window) -> DigitReading:
    """What of the reading is the word's: symbols in its box, and digits that join on.

    A digit beyond the box that stands no further off than spaced digits do was cut off by the
    first reader, unless it took it for another word's.
    """
    height = shown.crop.shape[0]
    slack = _SLACK * height
    left, right = shown.left_px - slack, shown.right_px + slack
    all_symbols = whole.symbols
    inside = [at for at, s in enumerate(all_symbols) if left <= s.middle_px <= right]
    if not inside:
        return reading((), whole.doubts)
    first, last = inside[0], inside[-1]
    pitch = _widest_gap_px(all_symbols[first : last + 1])
    first -= _joining(all_symbols[first::-1], shown, pitch)
    last += _joining(all_symbols[last:], shown, pitch)
    missed = tuple(d for d in whole.doubts if left <= d.middle_px <= right)
    return reading(all_symbols[first : last + 1], missed)


def _widest_gap_px(found: tuple[Symbol, ...]) -> float:
    """Between neighbouring digits of the number; 0 for a single one."""
    inner = [s for s in found if s.letter in DIGITS]
    return max((b.left_px - a.right_px for a, b in pairwise(inner)), default=0.0)


def _joining(found: tuple[Symbol, ...], shown: Window, pitch_px: float) -> int:
    """How many of the symbols after the first, going outwards, belong to its number."""
    joined, last = 0, found[0]
    if last.letter not in DIGITS:
        return 0
    for count, symbol in enumerate(found[1:], 1):
        if symbol.letter == GAP:
            continue
        apart = max(symbol.left_px - last.right_px, last.left_px - symbol.right_px)
        near = (_DOT_JOINED if symbol.letter == _DOT else _JOINED) * shown.crop.shape[0]
        near = max(near, _AS_SPACED * pitch_px)
        free = shown.room[0] <= symbol.middle_px <= shown.room[1]
        if symbol.letter not in DIGITS or apart > near or not free:
            break
        joined, last = count, symbol
    return joined


def digits_in_order(found: DigitReading, gaps: bool) -> str:
    """The reading as text for comparison; `gaps` False for a number that is letter-spaced."""
    text = found.text.replace(OTHER, " ")
    return text if gaps else text.replace(GAP, "")
