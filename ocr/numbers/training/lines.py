"""One training line: a number among the scraps that a crop of a page brings along."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ocr.numbers.alphabet import GAP, OTHER, SIGNS, class_of
from ocr.numbers.training.draw import (
    BASELINE_PX,
    DIGIT_PX,
    LETTERS,
    VOWEL_MARKS,
    WORDS,
    Canvas,
    Face,
    Pen,
    Span,
    is_digit,
    smaller,
)
from ocr.numbers.training.numerals import Random, numeral

SCENERY: Final = 5.0  # of the line beside the number, in heights of a digit
_OTHER: Final = class_of(OTHER)


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """canvas: 255 is ink. digit_px: height of its digits; middle_px: the row through them."""

    canvas: Canvas
    spans: tuple[Span, ...]
    digit_px: float
    middle_px: float
    number: tuple[float, float]  # first and last column of the number


def training_line(rng: Random, faces: "Faces") -> TrainingLine:
    text = numeral(rng)
    face = faces.pick(rng, eastern=any("٠" <= letter <= "٩" for letter in text))
    pen = Pen()
    raised = rng.random() < (0.5 if text.startswith("(") else 0.04)
    scale = float(rng.uniform(0.45, 0.8)) if raised else 1.0
    _scraps(rng, faces, face, pen)
    if not raised or rng.random() < 0.3:
        pen.space(_gap_px(rng), seen=True)
    start = pen.x
    signs = face if all(map(face.can_write, text.replace(GAP, ""))) else faces.spare
    _number(rng, (face, signs), pen, text, scale)
    end = pen.x
    pen.space(_gap_px(rng) * (0.2 if raised else 1), seen=not raised)
    _scraps(rng, faces, face, pen)
    _rules(rng, pen, start, end)
    rise = DIGIT_PX * (1 - scale) if raised else 0.0
    middle = BASELINE_PX - DIGIT_PX / 2 if not raised else BASELINE_PX - rise - DIGIT_PX * scale / 2
    return _around_number(pen, DIGIT_PX * scale, middle, (start, end))


def _around_number(
    pen: Pen, digit_px: float, middle_px: float, number: tuple[float, float]
) -> TrainingLine:
    """What of the line a crop can show; the rest would only be worn in vain."""
    left = max(0, round(number[0] - SCENERY * digit_px))
    right = min(pen.canvas.shape[1], round(number[1] + SCENERY * digit_px))
    spans = tuple(Span(s.left - left, s.right - left, s.label) for s in pen.spans)
    where = (number[0] - left, number[1] - left)
    return TrainingLine(pen.canvas[:, left:right], spans, digit_px, middle_px, where)


def _number(rng: Random, faces: tuple[Face, Face], pen: Pen, text: str, scale: float) -> None:
    """faces: the one of the digits, and one that has the signs too."""
    spacing = _letter_space_px(rng)
    rise = round(DIGIT_PX * (1 - scale)) + (int(rng.integers(-4, 8)) if scale < 1 else 0)
    for place, letter in enumerate(text):
        if letter == GAP:
            pen.space(_gap_px(rng) + 1.8 * max(spacing, 0), seen=True)
            continue
        glyph = faces[0 if is_digit(letter) else 1].glyph(letter)
        pen.write(smaller(glyph, scale) if scale < 1 else glyph, class_of(letter), rise)
        both = place + 1 < len(text) and is_digit(letter) and is_digit(text[place + 1])
        pen.x += spacing * scale if both or spacing < 0 else spacing * scale * 0.5


def _letter_space_px(rng: Random) -> float:
    kind = rng.random()
    if kind < 0.55:
        return 0.0
    if kind < 0.8:
        return float(rng.uniform(-0.06, 0.12)) * DIGIT_PX
    return float(rng.uniform(0.15, 0.75)) * DIGIT_PX


def _gap_px(rng: Random) -> float:
    return float(rng.uniform(0.3, 1.3)) * DIGIT_PX


def _scraps(rng: Random, faces: "Faces", face: Face, pen: Pen) -> None:
    """None to two words beside the number, in its own face where that has letters."""
    writer = face if face.has_words and rng.random() < 0.8 else faces.any_with_words(rng)
    for _ in range(int(rng.choice([0, 1, 2, 3], p=[0.1, 0.5, 0.25, 0.15]))):
        word = faces.words[int(rng.integers(len(faces.words)))]
        known = len(word) == 1 and class_of(word) != _OTHER
        pen.write(writer.glyph(word), class_of(word) if known else _OTHER)
        if rng.random() < 0.85:
            pen.space(_gap_px(rng) * 0.7, seen=True)


def words(rng: Random) -> tuple[str, ...]:
    """What stands beside numbers, and as many words of letters in any order.

    A fixed stock, because a face draws each but once.
    """
    return (*WORDS, *(_letters(rng) for _ in WORDS))


def _letters(rng: Random) -> str:
    """Letters in any order: shapes of words, no language."""
    text = ""
    for place in rng.integers(0, len(LETTERS), int(rng.integers(2, 7))):
        text += LETTERS[int(place)]
        if rng.random() < 0.08:
            text += VOWEL_MARKS[int(rng.integers(len(VOWEL_MARKS)))]
    return text


def _rules(rng: Random, pen: Pen, start: float, end: float) -> None:
    """Rules of a table or a form beside, over and under the number."""
    thick = int(rng.integers(1, 5))
    kind = rng.random()
    if kind < 0.06:
        for side in (start - rng.uniform(6, 30), end + rng.uniform(3, 30)):
            if rng.random() < 0.7:
                pen.canvas[:, max(0, round(side)) : max(0, round(side)) + thick] = 255
    elif kind < 0.12:
        row = int(rng.choice([BASELINE_PX + 12, BASELINE_PX - DIGIT_PX - 16]))
        row += int(rng.integers(-5, 6))
        pen.canvas[row : row + thick, :] = 255
    elif kind < 0.15:
        dots = np.arange(round(start) - 200, round(start) - 10, int(rng.integers(9, 20)))
        for x in dots[dots > 0]:
            pen.canvas[BASELINE_PX - thick : BASELINE_PX, x : x + thick] = 255


class Faces:
    """The faces to draw from, by weight."""

    def __init__(self, faces: list[tuple[Face, float]], seed: int = 1) -> None:
        self.words = words(np.random.default_rng(seed))
        self._all = faces
        self.spare = next(face for face, _ in faces if all(map(face.can_write, SIGNS)))
        self._eastern = self._share([weight * face.eastern for face, weight in faces])
        self._western = self._share([weight * face.western for face, weight in faces])
        self._words = self._share([weight * face.has_words for face, weight in faces])

    @staticmethod
    def _share(weights: list[float]) -> NDArray[np.float64]:
        return np.asarray(np.cumsum(weights) / np.sum(weights), np.float64)

    def pick(self, rng: Random, eastern: bool) -> Face:
        shares = self._eastern if eastern else self._western
        return self._all[int(np.searchsorted(shares, rng.random()))][0]

    def any_with_words(self, rng: Random) -> Face:
        return self._all[int(np.searchsorted(self._words, rng.random()))][0]
