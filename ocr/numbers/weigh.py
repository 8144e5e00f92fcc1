"""What two readings of a number mean for its words: their probability of being right."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from ocr.doubt import DOUBT_BELOW
from ocr.numbers.compare import NumberCheck
from ocr.page import Line, PageText, Word

DOUBTED: Final = DOUBT_BELOW - 0.01  # a number that asks for eyes is shown to them


def weighed(text: PageText, checks: Iterable[NumberCheck]) -> PageText:
    """`text` with the words of each checked number as likely as both readings make them."""
    chance: dict[tuple[int, int], float] = {}
    for check in checks:
        share = min(check.probability, DOUBTED) if check.needs_review else check.probability
        for place in range(check.word, check.word + check.words):
            chance[check.line, place] = round(share, 2)
    lines = tuple(
        Line(
            tuple(
                _weighed(word, chance.get((row, place))) for place, word in enumerate(line.words)
            ),
            line.box,
            line.direction,
        )
        for row, line in enumerate(text.lines)
    )
    return replace(text, lines=lines)


def _weighed(word: Word, chance: float | None) -> Word:
    return word if chance is None else replace(word, probability=chance)
