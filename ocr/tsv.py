"""Tesseract's TSV output as lines of words."""

import csv
from collections.abc import Iterator
from itertools import groupby

from ocr import direction
from ocr.errors import EngineFailed
from ocr.page import Box, Direction, Line, Word

COLUMNS = 12
WORD_LEVEL = "5"
DIGITS = frozenset("0123456789٠١٢٣٤٥٦٧٨٩")
SPACED_DIGITS = 3  # fewer may be a list
WIDEST_GAP = 1.0  # between the digits of one number, in heights of a digit

Row = list[str]


def lines(output: str, language: str) -> tuple[Line, ...]:
    """Words in reading order, as Tesseract gives them. Raises EngineFailed for anything else.

    Confidence comes as 0..100; bidi marks are taken out; words of nothing but space are dropped.
    """
    usual: Direction = "rtl" if language == "ara" else "ltr"
    found = (_line(list(rows), usual) for _, rows in groupby(_words(output), key=_line_key))
    return tuple(line for line in found if line is not None)


def _words(output: str) -> Iterator[Row]:
    rows = csv.reader(output.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(rows, [])
    if header[-1:] != ["text"] or len(header) != COLUMNS:
        raise EngineFailed("its output is no table of words")
    for row in rows:
        if len(row) == COLUMNS and row[0] == WORD_LEVEL:
            yield row


def _line_key(row: Row) -> tuple[str, ...]:
    return tuple(row[1:5])  # page, block, paragraph, line


def _line(rows: list[Row], usual: Direction) -> Line | None:
    texts = [direction.without_marks(row[11]).strip() for row in rows]
    line_direction = direction.of_line(texts, usual)
    words = [
        Word(text, _box(row), _confidence(row), direction.of_word(text, line_direction))
        for text, row in zip(texts, rows, strict=True)
        if text
    ]
    if not words:
        return None
    whole = tuple(_joined_digits(words))
    return Line(whole, around([word.box for word in whole]), line_direction)


def _box(row: Row) -> Box:
    try:
        return Box(*(int(value) for value in row[6:10]))
    except ValueError as error:
        raise EngineFailed("its output has a box that is no box") from error


def _confidence(row: Row) -> float:
    try:
        return max(0.0, min(1.0, float(row[10]) / 100))
    except ValueError as error:
        raise EngineFailed("its output has a confidence that is no number") from error


def around(boxes: list[Box]) -> Box:
    """The smallest box that holds all of `boxes`."""
    left, top = min(b.x for b in boxes), min(b.y for b in boxes)
    right, bottom = max(b.x + b.width for b in boxes), max(b.y + b.height for b in boxes)
    return Box(left, top, right - left, bottom - top)


def _joined_digits(words: list[Word]) -> Iterator[Word]:
    """Letter-spaced digits as one number.

    Tesseract takes ٩ ٩ ٠ ٠ ١ for five words and orders them as words of an Arabic line, from
    the right; on paper the digits of a number run from the left.
    """
    run: list[Word] = []
    for word in words:
        if run and not (_is_digit(word) and _is_near(run[-1], word)):
            yield from _settled(run)
            run = []
        if _is_digit(word):
            run.append(word)
        else:
            yield word
    yield from _settled(run)


def _is_digit(word: Word) -> bool:
    return len(word.text) == 1 and word.text in DIGITS


def _is_near(one: Word, other: Word) -> bool:
    left, right = sorted((one.box, other.box), key=lambda box: box.x)
    gap = right.x - (left.x + left.width)
    return gap <= WIDEST_GAP * max(left.height, right.height)


def _settled(run: list[Word]) -> list[Word]:
    if len(run) < SPACED_DIGITS:
        return run
    across = sorted(run, key=lambda word: word.box.x)
    text = "".join(word.text for word in across)
    box = around([word.box for word in across])
    return [Word(text, box, min(word.confidence for word in run), "ltr")]
