"""Every number of a page read a second time, and held against the first reading."""

from dataclasses import dataclass
from typing import Final, Literal

from ocr.imaging.arrays import Gray
from ocr.numbers.calibration import Evidence, probability_right
from ocr.numbers.plausible import is_implausible, only_reversed
from ocr.numbers.reader import DigitReader
from ocr.numbers.runs import Number, digit_height_px, fixed_order, numbers, runs
from ocr.numbers.window import digits_in_order, of_word, window
from ocr.page import Box, PageText

Flag = Literal["disagree", "reversed", "low confidence", "letter-spaced", "implausible"]

FOR_REVIEW: Final[frozenset[Flag]] = frozenset(
    ("disagree", "reversed", "low confidence", "implausible")
)
"""Flags that ask for eyes; "letter-spaced" tells how the number was put together."""

_BETWEEN: Final = frozenset("/:")
SURE: Final = 0.99  # probability below which an agreed number is still shown to a reviewer


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """One number, read twice.

    line, word: place of its first word in `PageText.lines`; words: how many words it takes.
    box: pixels of the upright page, for the crop. first, second: the two readings, digits as
    printed. probability: that the first reading is right, 0..1, calibrated on rendered numbers;
    evidence: what it was reckoned from.
    """

    line: int
    word: int
    words: int
    box: Box
    first: str
    second: str
    alternatives: tuple[str, ...]
    agree: bool
    evidence: Evidence
    flags: tuple[Flag, ...]
    probability: float

    @property
    def needs_review(self) -> bool:
        return not FOR_REVIEW.isdisjoint(self.flags)


def check_numbers(image: Gray, text: PageText, reader: DigitReader) -> tuple[NumberCheck, ...]:
    """A check for each word of `text` that holds digits, in reading order.

    image: the upright page that `text` was read from, uint8, (height, width), 0 = ink. Raises
    EngineMissing, EngineFailed. 1 to 2 ms a number.
    """
    digit_px = digit_height_px(text)
    return tuple(_check(image, text, number, digit_px, reader) for number in numbers(text))


def check_word(
    image: Gray, text: PageText, line: int, word: int, reader: DigitReader
) -> NumberCheck | None:
    """The check of the number that a word belongs to; None where it is none. As `check_numbers`."""
    digit_px = digit_height_px(text)
    for number in numbers(text):
        if number.line == line and number.word <= word < number.word + len(number.words):
            return _check(image, text, number, digit_px, reader)
    return None


def _check(
    image: Gray, text: PageText, number: Number, digit_px: float, reader: DigitReader
) -> NumberCheck:
    shown = window(image, number, digit_px)
    second = of_word(reader.read(shown.crop), shown)
    read = digits_in_order(second, gaps=not number.letter_spaced)
    agree = agrees(number.text, read)
    broken = number.doubtful or number.crowded or goes_on(number.text, read)
    facts = Evidence(agree, number.confidence, second.confidence, broken)
    chance = probability_right(facts)
    before = text.lines[number.line].words[number.word - 1].text if number.word else ""
    return NumberCheck(
        line=number.line,
        word=number.word,
        words=len(number.words),
        box=number.box,
        first=number.text,
        second=read,
        alternatives=second.alternatives,
        agree=agree,
        evidence=facts,
        flags=tuple(_flags(number, before, read, facts, chance)),
        probability=chance,
    )


def agrees(first: str, second: str) -> bool:
    """Whether both hold the same digit runs, as 0-9, in the same order on paper.

    `first` is in logical order, `second` from the left: where nothing but dashes, spaces or
    letters part the runs, they may stand the other way round on paper. A sign that fixes their
    order in either reading (٫ that the first took for ر) leaves one order only.
    """
    one, other = runs(first), runs(second)
    loose = not fixed_order(first) and not fixed_order(second)
    return one == other or (loose and one == other[::-1])


def is_reversed(first: str, second: str) -> bool:
    """Whether one is the other turned round: all of it, or its runs, or each of them."""
    one, other = runs(first), runs(second)
    turned = tuple(run[::-1] for run in other)
    return one != other and one in (turned, turned[::-1], other[::-1])


def goes_on(first: str, second: str) -> bool:
    """Whether the second reading ends in a stroke or colon that the first one did not see.

    53 of 2:53, whose 2 went elsewhere, comes back as :53.
    """
    signs = {second[:1], second[-1:]} & _BETWEEN
    return bool(signs) and signs.isdisjoint(first)


def _flags(number: Number, before: str, read: str, facts: Evidence, chance: float) -> list[Flag]:
    flags: list[Flag] = []
    if not facts.agree:
        flags.append("disagree")
    turned = not facts.agree and is_reversed(number.text, read)
    if turned or only_reversed(before, number.text):
        flags.append("reversed")
    if is_implausible(before, number.text):
        flags.append("implausible")
    if (facts.agree and chance < SURE) or facts.broken:
        flags.append("low confidence")
    if number.letter_spaced:
        flags.append("letter-spaced")
    return flags
