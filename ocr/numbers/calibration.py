"""How likely the first reading of a number is right, once it was read again.

A logistic curve for readings that agree and one for those that do not, fitted to rendered
numbers by `python -m ocr.numbers.training calibrate`, whose figures stand here.
"""

import math
from typing import Final, NamedTuple


class Evidence(NamedTuple):
    """Both confidences 0..1, each reader's own; digits: how many the first reading has."""

    agree: bool
    first_confidence: float
    second_confidence: float
    digits: int


class Curve(NamedTuple):
    """Weights of the evidence on the logarithm of the odds."""

    bias: float
    first: float
    second: float
    digits: float


AGREE: Final = Curve(2.0, 0.3, 0.5, -0.05)
DISAGREE: Final = Curve(0.0, 0.3, -0.5, -0.05)


def probability_right(evidence: Evidence) -> float:
    """Probability, 0..1, that the first reading has the digits of the page."""
    curve = AGREE if evidence.agree else DISAGREE
    total = sum(weight * value for weight, value in zip(curve, terms(evidence), strict=True))
    return 1 / (1 + math.exp(-total))


def terms(evidence: Evidence) -> tuple[float, float, float, float]:
    """What the weights of a curve are multiplied with."""
    return (
        1.0,
        odds(evidence.first_confidence),
        odds(evidence.second_confidence),
        float(evidence.digits),
    )


def odds(probability: float) -> float:
    """Logarithm of the odds, kept finite."""
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))
