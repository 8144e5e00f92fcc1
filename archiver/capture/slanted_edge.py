"""How fine a camera sees, from one straight edge that lies a little aslant."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

OVERSAMPLED: Final = 4  # bins to a pixel
LEAST_SLANT_DEG: Final = 1.0  # below it every row meets the edge at the same place
MOST_SLANT_DEG: Final = 15.0


class NoSlantedEdge(ValueError):
    """There is no single edge, or it stands straight along the pixels."""


def mtf50(patch: NDArray[np.float64]) -> float:
    """Cycles a pixel at which an edge keeps half of its contrast; 0.5 is the finest there can be.

    patch: (height, width) of linear light around one nearly upright edge. Raises NoSlantedEdge.
    Source: slanted-edge spatial frequency response, ISO 12233 and 16067-1.
    """
    slope = np.diff(patch, axis=1)
    weight = np.abs(slope)
    strong = weight.sum(axis=1)
    if patch.shape[0] < 20 or float(np.median(strong)) < 0.02 * float(np.ptp(patch) + 1e-9):
        raise NoSlantedEdge
    columns = np.arange(slope.shape[1]) + 0.5
    peak = np.where(weight >= 0.2 * weight.max(axis=1, keepdims=True), weight, 0)
    middles = (peak * columns).sum(axis=1) / np.maximum(peak.sum(axis=1), 1e-9)
    rows = np.arange(patch.shape[0])
    tilt, start = np.polyfit(rows, middles, 1)
    slant_deg = abs(float(np.degrees(np.arctan(tilt))))
    if not LEAST_SLANT_DEG <= slant_deg <= MOST_SLANT_DEG:
        raise NoSlantedEdge
    away = (np.arange(patch.shape[1])[None, :] - (tilt * rows + start)[:, None]) / np.hypot(1, tilt)
    return _half_contrast(_spread(patch, away))


def _spread(patch: NDArray[np.float64], away: NDArray[np.float64]) -> NDArray[np.float64]:
    """The edge in quarter pixels: what lies equally far from it, averaged."""
    reach = min(16.0, float(np.abs(away).max()) - 1)
    bins = np.round(away * OVERSAMPLED).astype(int)
    limit = round(reach * OVERSAMPLED)
    inside = np.abs(bins) <= limit
    places = bins[inside] + limit
    total = np.bincount(places, patch[inside], 2 * limit + 1)
    count = np.bincount(places, minlength=2 * limit + 1)
    known = count > 0
    return np.interp(np.arange(len(total)), np.flatnonzero(known), total[known] / count[known])


def _half_contrast(edge: NDArray[np.float64]) -> float:
    line = np.diff(edge) * np.hamming(len(edge) - 1)
    response = np.abs(np.fft.rfft(line))
    response /= max(response[0], 1e-9)
    frequency = np.fft.rfftfreq(len(line), 1 / OVERSAMPLED)
    # A difference of two neighbours is a filter of its own: taken out again.
    response /= np.maximum(np.sinc(frequency / OVERSAMPLED), 0.1)
    below = np.flatnonzero(response < 0.5)
    if not len(below) or below[0] == 0:
        return 0.5
    at = below[0]
    share = (response[at - 1] - 0.5) / (response[at - 1] - response[at])
    found = frequency[at - 1] + share * (frequency[at] - frequency[at - 1])
    return round(float(min(found, 0.5)), 3)
