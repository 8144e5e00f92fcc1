"""How a printer sets a line: kashida, tight and loose spaces, raised stops and footnotes.

All this is seen and not read: the truth of the line stays the text it was made from.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

JOINS_LEFT = set("بتثجحخسشصضطظعغفقكلمنهيئ")
JOINS_RIGHT = JOINS_LEFT | set("ةىاأإآدذرزوؤ")
ENDS_JOIN = "ادذرزوأإآؤة"
NOTE = re.compile(r"(?<=\S)(\([٠-٩0-9]{1,3}\))")
STOP = re.compile("([،.]+)$")
DAGGERED = {"هذا": "هٰذا", "هذه": "هٰذه", "ذلك": "ذٰلك", "لكن": "لٰكن", "هؤلاء": "هٰؤلاء"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of letters set together.

    gap: space before it, in word spaces; raised: of the letter size; spaced: between its letters,
    of the letter size.
    """

    text: str
    gap: float
    scale: float = 1.0
    raised: float = 0.0
    spaced: float = 0.0


def pieces(text: str, chance: random.Random) -> list[Piece]:
    """The line as a printer might have set it, in reading order, each piece right to left."""
    gap = _gaps(chance)
    line = [Piece(word, gap()) for word in _letters(text, chance).split(" ")]
    for share, habit in HABITS:
        if chance.random() < share:
            line = [part for piece in line for part in habit(piece, chance)]
    return line


def _gaps(chance: random.Random) -> Callable[[], float]:
    """A width of word spaces, for the line or for each space."""
    kind = chance.random()
    if kind < 0.2:
        return lambda: 1.0
    if kind < 0.42:
        tight = chance.uniform(0.35, 0.7)
        return lambda: tight * chance.uniform(0.9, 1.1)
    if kind < 0.6:
        wide = chance.uniform(1.4, 3.0)
        return lambda: wide
    return lambda: chance.uniform(0.6, 1.9)


def _letters(text: str, chance: random.Random) -> str:
    if chance.random() < 0.26:
        text = _stretched(text, chance.choice([0.08, 0.25]), chance)
    if chance.random() < 0.1:
        text = re.sub("ى(?=[ .،:؛)»]|$)", "ى\u0670", text)
    if chance.random() < 0.1:
        text = " ".join(DAGGERED.get(word, word) for word in text.split(" "))
    return text


def _stretched(text: str, share: float, chance: random.Random) -> str:
    """Kashida between letters that join."""
    out = ""
    for letter, after in zip(text, text[1:] + " ", strict=True):
        out += letter
        joins = letter in JOINS_LEFT and after in JOINS_RIGHT
        if joins and not (letter == "ل" and after in "اأإآ") and chance.random() < share:
            out += "ـ" * chance.choice([1, 1, 2, 3, 5])
    return out


def _loose(piece: Piece, chance: random.Random, share: float = 0.6) -> Iterator[Piece]:
    """Gaps inside words after letters that do not join; they are no spaces."""
    ends = [
        place
        for place, (letter, after) in enumerate(pairwise(piece.text), 1)
        if letter in ENDS_JOIN and after in JOINS_RIGHT and chance.random() < share
    ]
    for start, end in pairwise([0, *ends, len(piece.text)]):
        gap = _hair(chance) if start else piece.gap
        yield replace(piece, text=piece.text[start:end], gap=gap)


def _hair(chance: random.Random) -> float:
    return chance.uniform(0.05, 0.3)


def _raised_notes(piece: Piece, chance: random.Random) -> Iterator[Piece]:
    """Footnote numbers behind a word, small and high."""
    scale, raised = chance.uniform(0.4, 0.72), chance.uniform(0.12, 0.5)
    for number, part in enumerate(NOTE.split(piece.text)):
        if number % 2:  # split gives what is around the notes and the notes in turn
            yield replace(piece, text=part, gap=0.0, scale=scale, raised=raised)
        elif part:
            yield replace(piece, text=part, gap=0.0 if number else piece.gap)


def _raised_stops(piece: Piece, chance: random.Random, raised: float = 0.1) -> Iterator[Piece]:
    """Commas and full stops that stand high or large, as in old type."""
    stem = STOP.sub("", piece.text)
    if stem:
        yield replace(piece, text=stem)
    if stem != piece.text:
        stop = piece.text[len(stem) :]
        scale = chance.choice([1.0, 1.2, 1.5])
        gap = _hair(chance) if stem else piece.gap
        yield replace(piece, text=stop, gap=gap, raised=raised, scale=scale)


def _spaced_digits(piece: Piece, chance: random.Random) -> Iterator[Piece]:
    """Numbers set with space between their digits."""
    spaced = chance.uniform(0.04, 0.28)
    whole = re.fullmatch("[٠-٩0-9]+", piece.text)
    yield replace(piece, spaced=spaced, gap=piece.gap * 2) if whole else piece


def _stood(piece: Piece, chance: random.Random) -> Iterator[Piece]:
    yield from _raised_stops(piece, chance, chance.uniform(0.02, 0.16))


HABITS: tuple[tuple[float, Callable[[Piece, random.Random], Iterator[Piece]]], ...] = (
    (0.7, _raised_notes),
    (0.2, _stood),
    (0.1, partial(_loose, share=0.25)),
    (0.1, partial(_loose, share=1.0)),
    (0.12, _spaced_digits),
)
