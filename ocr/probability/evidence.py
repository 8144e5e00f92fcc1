"""What speaks for and against a word, in figures that a logistic curve can weigh."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.arabic_lexicon import Lexicon, Standing, letters
from ocr.page import Line, PageText, Word

NAMES: Final = (
    *("one", "sureness", "sureness squared", "lone letter", "two letters", "letters"),
    *("digits", "digits and sureness", "mixed", "latin", "signs", "no arabic letter"),
    *("unknown", "frequency", "unheard of", "rarest nearby", "line sureness", "page sureness"),
)
"""The figures of a word, in order. The fitted curves name them, so that neither can drift."""

LEXICAL: Final = ("unknown", "frequency", "unheard of", "rarest nearby")
LOWEST, HIGHEST = 0.02, 0.985  # confidences, kept finite as odds
LONGEST: Final = 10
ORDINARY: Final = Standing(True, 5.0)  # of a word without Arabic letters
_LATIN: Final = re.compile("[A-Za-z]")
_OUTER_SIGNS: Final = re.compile(r"^[^\w]+|[^\w]+$")
_INNER_SIGN: Final = re.compile(r"[^\w]")

Figures = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    word: Word
    letters: str
    sureness: float
    standing: Standing


def of_page(text: PageText, lexicon: Lexicon) -> list[Figures]:
    """The figures of each word of the page, in reading order; see NAMES.

    Nothing is made of the picture: confidences, letters, neighbours and the lexicon are enough.
    """
    page_sureness = _mean([sureness(word.confidence) for word in text.words])
    return [figures for line in text.lines for figures in _of_line(line, lexicon, page_sureness)]


def sureness(confidence: float) -> float:
    """Logarithm of the odds that the reader gives its word."""
    kept = min(max(confidence, LOWEST), HIGHEST)
    return math.log(kept / (1 - kept))


def _of_line(line: Line, lexicon: Lexicon, page_sureness: float) -> Iterator[Figures]:
    seen = [_seen(word, lexicon) for word in line.words]
    total = sum(each.sureness for each in seen)
    for place, each in enumerate(seen):
        others = len(seen) - 1
        line_sureness = (total - each.sureness) / others if others else page_sureness
        nearby = seen[max(0, place - 1) : place + 2]
        rarest = min(other.standing.frequency for other in nearby)
        yield (*_own(each), rarest, line_sureness, page_sureness)


def _seen(word: Word, lexicon: Lexicon) -> _Seen:
    found = letters(word.text)
    standing = lexicon.standing(found) if found else ORDINARY
    return _Seen(word, found, sureness(word.confidence), standing)


def _own(seen: _Seen) -> Figures:
    text, count, odds = seen.word.text, len(seen.letters), seen.sureness
    digits = any(letter.isdigit() for letter in text)
    core = _OUTER_SIGNS.sub("", text)
    mixed = count > 0 if digits else _INNER_SIGN.search(core) is not None
    return (
        1.0,
        odds,
        odds * odds,
        float(count == 1),
        float(count == 2),
        float(min(count, LONGEST)),
        float(digits),
        digits * odds,
        float(mixed),
        float(_LATIN.search(text) is not None),
        float(core != text),
        float(count == 0),
        float(not seen.standing.known),
        seen.standing.frequency,
        float(seen.standing.frequency == 0),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
