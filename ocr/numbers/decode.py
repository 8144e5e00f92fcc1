"""From the network's answers, frame by frame, to symbols with their places and doubts."""

from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ocr.numbers.alphabet import DIGITS, EASTERN, GAP, OTHER, SYMBOLS, WESTERN

Probabilities = NDArray[np.float32]
"""(frames, CLASSES), rows sum to 1; class 0 is paper."""


def _classes(letters: str) -> slice:
    """Classes of letters that follow each other in SYMBOLS."""
    start = SYMBOLS.index(letters) + 1
    return slice(start, start + len(letters))


_DIGIT_CLASSES: Final = _classes(DIGITS)
_WESTERN_CLASSES: Final = _classes(WESTERN)
_EASTERN_CLASSES: Final = _classes(EASTERN)
_IS_DIGIT: Final = np.array([False, *(symbol in DIGITS for symbol in SYMBOLS)])
_SURE: Final = 0.8  # two symbols without paper between them are both at least so sure
_ONE_SET: Final = 0.3  # a set with less than this share of the digits is a misreading of the other
_DOUBT: Final = 0.1  # digit-like frames below this are paper


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol between two columns of the crop. other: what it may be instead."""

    letter: str
    probability: float
    left_px: float
    right_px: float
    other: str
    other_probability: float

    @property
    def middle_px(self) -> float:
        return (self.left_px + self.right_px) / 2


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place where a digit may stand that was not read."""

    probability: float
    middle_px: float


def symbols(answers: Probabilities, frame_px: float) -> tuple[Symbol, ...]:
    """What the frames show, from the left. frame_px: columns of the crop a frame."""
    settled = one_digit_set(answers)
    return tuple(
        _symbol(settled[start:end], start * frame_px, end * frame_px)
        for start, end in _pieces(settled)
    )


def _pieces(answers: Probabilities) -> list[tuple[int, int]]:
    """First frame and end of each symbol.

    Between two symbols there is paper. Where one is ٢ in some frames and ٣ in the next, of
    which not both are sure, it is one symbol that the network wavers about.
    """
    found: list[tuple[int, int]] = []
    start, before = 0, 0
    for label, frames in groupby(answers.argmax(axis=1).tolist()):
        end = start + sum(1 for _ in frames)
        wavers = label and before and _is_one(answers, found[-1], (start, end), (before, label))
        if wavers:
            found[-1] = (found[-1][0], end)
        elif label:
            found.append((start, end))
        start, before = end, label
    return found


def _is_one(
    answers: Probabilities, left: tuple[int, int], right: tuple[int, int], labels: tuple[int, int]
) -> bool:
    if any(SYMBOLS[label - 1] in (GAP, OTHER) for label in labels):
        return False
    peaks = (answers[slice(*part)].max() for part in (left, right))
    return bool(min(peaks) < _SURE)


def _symbol(answers: Probabilities, left_px: float, right_px: float) -> Symbol:
    """The likeliest symbol of these frames, by all of them; as sure as its surest frame."""
    weights = answers.sum(axis=0)
    weights[0] = 0
    label = int(weights.argmax())
    best = answers[answers[:, label].argmax()].copy()
    probability = float(best[label])
    best[label] = 0
    second = int(best.argmax())
    other = SYMBOLS[second - 1] if second else ""
    return Symbol(SYMBOLS[label - 1], probability, left_px, right_px, other, float(best[second]))


def one_digit_set(answers: Probabilities) -> Probabilities:
    """A number is printed in one digit set: 0 among ٤ and ٦ is ٥.

    The set that has the lesser part of all digits in the crop, if that part is small, loses
    nine tenths of its weight in every frame.
    """
    western = float(answers[:, _WESTERN_CLASSES].sum())
    eastern = float(answers[:, _EASTERN_CLASSES].sum())
    if min(western, eastern) > _ONE_SET * (western + eastern) or western == eastern:
        return answers
    weaker = _WESTERN_CLASSES if western < eastern else _EASTERN_CLASSES
    settled = answers.copy()
    settled[:, weaker] *= 0.1
    return np.asarray(settled / settled.sum(axis=1, keepdims=True), np.float32)


def doubts(answers: Probabilities, frame_px: float) -> tuple[Doubt, ...]:
    """Digit-likeness of frames that were read as something else, but for the flanks of digits."""
    digit = _IS_DIGIT[answers.argmax(axis=1)]
    near = digit.copy()
    near[1:] |= digit[:-1]
    near[:-1] |= digit[1:]
    likeness = np.where(near, 0, answers[:, _DIGIT_CLASSES].sum(axis=1))
    return tuple(
        Doubt(float(likeness[frame]), (frame + 0.5) * frame_px)
        for frame in np.flatnonzero(likeness > _DOUBT).tolist()
    )


def shown(found: tuple[Symbol, ...]) -> str:
    """The symbols as text, letters as single OTHERs."""
    text = "".join(symbol.letter for symbol in found)
    while OTHER * 2 in text:
        text = text.replace(OTHER * 2, OTHER)
    return text.strip()
