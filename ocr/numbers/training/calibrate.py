"""Curves from evidence to probability, fitted to numbers whose truth is known."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ocr.numbers.calibration import Curve, Curves, Evidence, case, terms

_ROUNDS: Final = 30
_RIDGE: Final = 0.5  # keeps the weights finite where one kind of evidence is always right


def fitted(learnt: Iterable[tuple[Evidence, bool]]) -> Curves:
    """The curves that make what is known likeliest."""
    cases: list[list[tuple[tuple[float, ...], bool]]] = [[] for _ in Curves._fields]
    for evidence, right in learnt:
        cases[case(evidence)].append((terms(evidence), right))
    return Curves(*map(_curve, cases))


def _curve(known: Sequence[tuple[tuple[float, ...], bool]]) -> Curve:
    """Logistic regression by Newton's method, with a ridge on all but the bias."""
    facts = np.array([values for values, _ in known], float).reshape(-1, len(Curve._fields))
    right = np.array([truth for _, truth in known], float)
    ridge = np.diag([1e-3, *[_RIDGE] * (facts.shape[1] - 1)])
    weights = np.zeros(facts.shape[1])
    for _ in range(_ROUNDS):
        chance = _logistic(facts @ weights)
        slope = facts.T @ (right - chance) - ridge @ weights
        bend = (facts * (chance * (1 - chance))[:, None]).T @ facts + ridge
        weights = weights + np.linalg.solve(bend, slope)
    return Curve(*(round(float(weight), 3) for weight in weights))


def _logistic(total: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-np.clip(total, -30, 30))), np.float64)
