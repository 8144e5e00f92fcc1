"""Logistic curves from readings whose truth is known."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.arabic_lexicon import Lexicon, Standing
from ocr.page import PageText
from ocr.probability import evidence
from ocr.probability.evidence import LEXICAL, NAMES, Figures
from ocr.probability.judge import Curve, probability
from ocr.probability.measure import calibration_error, caught
from ocr.probability.training.labels import right_words

UNHEARD_SHARE: Final = 3  # percent of words; 0 to 6 gave the same within 1 %
MOSTLY_LOST: Final = 0.5  # of a page's words: no curve helps where the reader saw another page
STEPS: Final = 30
RIDGE: Final = 1e-3
FOLDS: Final = 5

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class ThinLexicon(Lexicon):
    """A lexicon that has never heard of some words.

    Rendered pages are made of words that the lexicon has; of the words on real pages, names
    above all, it lacks some. Without this the curve would trust it too much.
    """

    def standing(self, word: str) -> Standing:
        if zlib.crc32(b"thin" + word.encode()) % 100 < UNHEARD_SHARE:
            return Standing(False, 0.0)
        return super().standing(word)


@dataclass(frozen=True, slots=True)
class Examples:
    figures: tuple[Figures, ...]
    right: tuple[bool, ...]
    page: tuple[int, ...]


def examples(readings: Iterable[tuple[PageText, str]], lexicon: Lexicon) -> Examples:
    """Every word with letters or digits; pages mostly lost are left out."""
    figures: list[Figures] = []
    right: list[bool] = []
    pages: list[int] = []
    for number, (text, truth) in enumerate(readings):
        labels = right_words(text, truth)
        if sum(label is False for label in labels) > MOSTLY_LOST * len(labels):
            continue
        for label, each in zip(labels, evidence.of_page(text, lexicon), strict=True):
            if label is not None:
                figures.append(each)
                right.append(label)
                pages.append(number)
    return Examples(tuple(figures), tuple(right), tuple(pages))


def curve(figures: Matrix, right: NDArray[np.bool_]) -> Curve:
    """Maximum likelihood with a slight ridge on the standardised figures (Newton's method)."""
    middle, spread = figures.mean(0), figures.std(0)
    middle[0], spread[spread == 0] = 0.0, 1.0
    scaled = (figures - middle) / spread
    weights = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        promised = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (promised - right) / len(right) + RIDGE * weights
        bend = (scaled.T * (promised * (1 - promised))) @ scaled / len(right)
        weights -= np.linalg.solve(bend + RIDGE * np.eye(len(weights)), slope)
    plain = weights / spread
    plain[0] -= float((weights[1:] * middle[1:] / spread[1:]).sum())
    return tuple(float(weight) for weight in plain)


def fitted(found: Examples) -> tuple[Curve, Curve, dict[str, object]]:
    """The curve with the lexicon, the one without, and how the first does on pages not seen."""
    figures, right = np.array(found.figures), np.array(found.right)
    without = figures.copy()
    without[:, [NAMES.index(name) for name in LEXICAL]] = 0.0
    return curve(figures, right), curve(without, right), _unseen(figures, right, found)


def _unseen(figures: Matrix, right: NDArray[np.bool_], found: Examples) -> dict[str, object]:
    """Each fifth of the pages judged by a curve fitted to the others."""
    fold = np.array(found.page) % FOLDS
    promised = np.zeros(len(right))
    for part in range(FOLDS):
        of_others = curve(figures[fold != part], right[fold != part])
        for place in np.flatnonzero(fold == part):
            promised[place] = probability(of_others, found.figures[place])
    confidence = figures[:, NAMES.index("sureness")].tolist()
    return {
        "pages": len(set(found.page)),
        "words": len(right),
        "wrong_percent": round(100 * float((~right).mean()), 2),
        "caught_percent": round(100 * caught(promised.tolist(), found.right), 1),
        "caught_by_confidence_percent": round(100 * caught(confidence, found.right), 1),
        "calibration_error_percent": round(
            100 * calibration_error(promised.tolist(), found.right), 2
        ),
    }
