"""Numbers in a text: their digit runs, and the words of a page that hold them."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from ocr.digits import fold_digits
from ocr.page import Box, Line, PageText, Word
from ocr.tsv import around

_RUN: Final = re.compile(r"[0-9]+")
_BARE: Final = re.compile(r"[0-9٠-٩.,،/:]+")
_SIGNS_OF_ORDER: Final = re.compile(r"[/:.,،٫٬]")
_WIDEST_GAP: Final = 1.0  # between the digits of a spaced number, in heights of a digit
_CROWDED: Final = 2.3  # likewise: a lost ٠ leaves such a gap
_TOUCHING: Final = 1.0  # likewise, where a letter is among the digits
_LONGEST_YEAR: Final = 5  # digits of a spaced number that is surely one
_SURE: Final = 0.6  # confidence of a word that is believed to be one
_NEAR_GAP: Final = 0.5  # two pieces further apart may be two numbers


@dataclass(frozen=True, slots=True)
class Number:
    """Words that make one number. box: around them all, pixels of the upright page.

    line and word: the place of the first of `words` in the page's lines. room: the columns about
    it, from and to, that no other word of its line claims. crowded: another number stands so
    near that it may be a part of this one.
    """

    line: int
    word: int
    words: tuple[Word, ...]
    box: Box
    room: tuple[float, float]
    crowded: bool
    text: str

    @property
    def letter_spaced(self) -> bool:
        return len(self.words) > 1

    @property
    def doubtful(self) -> bool:
        """Pieces that may be several numbers: two far apart, or a date that lost its dashes."""
        if len(self.words) == 2 and _gap(self.words[0].box, self.words[1].box) > _NEAR_GAP:
            return True
        pieces = max(len(word.text) for word in self.words)
        return self.letter_spaced and pieces > 1 and len(self.text) > _LONGEST_YEAR

    @property
    def confidence(self) -> float:
        return min(word.confidence for word in self.words)


def runs(text: str) -> tuple[str, ...]:
    """The digit runs of `text`, as 0-9."""
    return tuple(_RUN.findall(fold_digits(text)))


def fixed_order(text: str) -> bool:
    """Whether the signs between the runs keep them in one order on paper and in memory.

    Between Arabic digits / : . , do, as common separators of numbers (Unicode UAX #9); a dash
    or a space is neutral, and the runs about it stand from right to left on paper.
    """
    between = re.split(r"[0-9]+", fold_digits(text))[1:-1]
    return all(_SIGNS_OF_ORDER.fullmatch(sign) for sign in between)


def numbers(text: PageText) -> Iterator[Number]:
    """Every number of the page, in reading order; letter-spaced digits as one number."""
    for index, line in enumerate(text.lines):
        yield from _numbers_of(index, line)


def digit_height_px(text: PageText) -> float:
    """Height of a usual digit of the page; of its lines, where no word is all digits."""
    heights = [
        word.box.height for word in text.words if len(word.text) > 1 and _is_all_digits(word.text)
    ]
    if heights:
        return float(median(heights))
    return 0.6 * float(median([line.box.height for line in text.lines] or [1]))


def _numbers_of(index: int, line: Line) -> Iterator[Number]:
    start = 0
    while start < len(line.words):
        end = _end_of_spaced(line.words, start)
        if runs(line.words[start].text):
            yield _number(index, start, end, line.words)
        start = end


def _number(index: int, start: int, end: int, line: tuple[Word, ...]) -> Number:
    words = line[start:end]
    across = sorted(words, key=lambda word: word.box.x)
    box = around([word.box for word in words])
    others = (*line[:start], *line[end:])
    room = _room(box, [word.box for word in others if _is_sure(word)])
    text = "".join(word.text for word in across)
    nearest = (word for word in others if _faces(word.box, room))
    crowded = any(_crowds(box, text, word) for word in nearest)
    return Number(index, start, words, box, room, crowded, text)


def _faces(box: Box, room: tuple[float, float]) -> bool:
    """Whether no sure word stands between the number and `box`."""
    return room[0] <= box.x + box.width and box.x <= room[1]


def _crowds(box: Box, text: str, word: Word) -> bool:
    """Whether the word may go on with the number: digits near it, or with a letter, nearer.

    Brackets and strokes say where a number ends.
    """
    if not runs(word.text):
        return False
    if _BARE.fullmatch(text) and _BARE.fullmatch(word.text):
        return _gap(box, word.box) <= _CROWDED
    with_letter = any(letter.isalpha() for letter in text + word.text)
    return with_letter and _gap(box, word.box) <= _TOUCHING


def _room(box: Box, others: list[Box]) -> tuple[float, float]:
    middle = box.x + box.width / 2
    left = [b.x + b.width for b in others if b.x + b.width / 2 < middle]
    right = [b.x for b in others if b.x + b.width / 2 >= middle]
    return max(left, default=-math.inf), min(right, default=math.inf)


def _is_sure(word: Word) -> bool:
    """Signs may be digits misread: ٠ comes back as a full stop."""
    return word.confidence >= _SURE and any(letter.isalnum() for letter in word.text)


def _end_of_spaced(words: tuple[Word, ...], start: int) -> int:
    """One past the last of the words from `start` on that are digits of one spaced number.

    The first reader breaks ١ ٩ ٦ ١ anywhere, so a piece may hold more than one digit; but where
    none is a single digit they are numbers in a row.
    """
    end = start + 1
    while end < len(words) and _belong(words[end - 1], words[end]):
        end += 1
    pieces = words[start:end]
    if len(pieces) == 1 or not any(len(word.text) == 1 for word in pieces):
        return start + 1
    steps = [other.box.x - one.box.x for one, other in pairwise(pieces)]
    one_way = all(step > 0 for step in steps) or all(step < 0 for step in steps)
    return end if one_way else start + 1


def _belong(one: Word, other: Word) -> bool:
    return (
        _is_all_digits(one.text)
        and _is_all_digits(other.text)
        and _gap(one.box, other.box) <= _WIDEST_GAP
    )


def _is_all_digits(text: str) -> bool:
    return _RUN.fullmatch(fold_digits(text)) is not None


def _gap(one: Box, other: Box) -> float:
    """Between two boxes, in heights of the taller."""
    left, right = sorted((one, other), key=lambda box: box.x)
    return (right.x - left.x - left.width) / max(left.height, right.height, 1)
