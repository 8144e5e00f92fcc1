"""How likely each word of a page is right, as a share that means what it says."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from index import arabic_lexicon as lexicon
from index.arabic_lexicon import Lexicon
from ocr.errors import OcrError
from ocr.page import Line, PageText, Word
from ocr.probability import evidence
from ocr.probability.evidence import NAMES, Figures

CURVES: Final = "probability.json"
FILES: Final = (lexicon.STEMS, lexicon.FREQUENCIES, CURVES)  # what a judge is made of
ARABIC, OTHER = "arabic", "other"  # the curve for pages in a language that the lexicon lacks
LEAST, MOST = 0.01, 0.99  # nobody is ever certain
DECIMALS: Final = 2

Curve = tuple[float, ...]
"""A weight for each of evidence.NAMES; their weighted sum is the logarithm of the odds."""


class CurvesUnreadable(OcrError):
    """A file of curves that is damaged, or made for other evidence."""


@dataclass(frozen=True)
class Judge:
    """Fitted to rendered pages by `ocr.probability.training`; its card is docs/probability.md."""

    lexicon: Lexicon
    arabic: Curve
    other: Curve

    def judged(self, text: PageText) -> PageText:
        """`text` with the probability of each of its words; a page takes some 10 ms."""
        curve = self.arabic if text.language == "ara" else self.other
        figures = iter(evidence.of_page(text, self.lexicon))
        lines = tuple(
            Line(
                tuple(_judged(word, curve, next(figures)) for word in line.words),
                line.box,
                line.direction,
            )
            for line in text.lines
        )
        return replace(text, lines=lines)


def _judged(word: Word, curve: Curve, figures: Figures) -> Word:
    return replace(word, probability=round(probability(curve, figures), DECIMALS))


def probability(curve: Curve, figures: Figures) -> float:
    total = sum(weight * figure for weight, figure in zip(curve, figures, strict=True))
    return min(max(1 / (1 + math.exp(-max(total, -50.0))), LEAST), MOST)


def read(folder: Path) -> Judge:
    """The judge whose FILES lie in `folder`; 3 ms. Raises TableUnreadable, CurvesUnreadable."""
    try:
        found = json.loads((folder / CURVES).read_text("utf-8"))
        arabic, other = (_curve(found["curves"][name]) for name in (ARABIC, OTHER))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CurvesUnreadable(f"{CURVES}: {error}") from error
    return Judge(lexicon.read(folder), arabic, other)


def _curve(weights: Mapping[str, float]) -> Curve:
    if set(weights) != set(NAMES):
        raise ValueError("it was fitted to other evidence")
    return tuple(float(weights[name]) for name in NAMES)


def packed(curves: Mapping[str, Sequence[float]], figures: Mapping[str, object]) -> str:
    """The text that `read` takes; `figures` say what the curves were fitted to."""
    named = {
        name: {part: round(weight, 4) for part, weight in zip(NAMES, curve, strict=True)}
        for name, curve in curves.items()
    }
    return json.dumps({"curves": named, "fitted": figures}, indent=1, ensure_ascii=False) + "\n"
