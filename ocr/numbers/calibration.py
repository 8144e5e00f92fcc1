"""How likely the first reading of a number is right, once it was read again.

A logistic curve for each of three cases, fitted to rendered numbers by
`python -m benchmarks.number_reading --calibrate`, whose figures stand here.
"""

import math
from typing import Final, NamedTuple


class Evidence(NamedTuple):
    """Both confidences are 0..1, each reader's own.

    broken: the first reader's word may be a part of a number, or several numbers.
    """

    agree: bool
    first_confidence: float
    second_confidence: float
    broken: bool


class Curve(NamedTuple):
    """Weights of the evidence on the logarithm of the odds."""

    bias: float
    first: float
    second: float


class Curves(NamedTuple):
    """For whole numbers that both read alike, for broken ones, and for disagreement."""

    agree: Curve
    broken: Curve
    disagree: Curve


FITTED: Final = Curves(
    agree=Curve(1.546, 0.404, 0.610),
    broken=Curve(-0.318, 0.095, 0.021),
    disagree=Curve(-1.304, 0.608, -0.250),
)


def probability_right(evidence: Evidence, curves: Curves = FITTED) -> float:
    """Probability, 0..1, that the first reading has the digits of the page."""
    curve = curves[case(evidence)]
    total = sum(weight * value for weight, value in zip(curve, terms(evidence), strict=True))
    return 1 / (1 + math.exp(-total))


def case(evidence: Evidence) -> int:
    """Which of the curves is the one for this evidence."""
    if not evidence.agree:
        return 2
    return 1 if evidence.broken else 0


def terms(evidence: Evidence) -> tuple[float, float, float]:
    """What the weights of a curve are multiplied with."""
    return 1.0, odds(evidence.first_confidence), odds(evidence.second_confidence)


def odds(probability: float) -> float:
    """Logarithm of the odds, kept finite."""
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))
