"""Training samples: a window on a worn line, and for every frame of it what it shows."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ocr.imaging.arrays import Gray
from ocr.numbers.alphabet import GAP, OTHER, class_of
from ocr.numbers.crop import FRAME_PX, Ink, ink
from ocr.numbers.training.draw import Span
from ocr.numbers.training.lines import Faces, training_line
from ocr.numbers.training.numerals import Random
from ocr.numbers.training.wear import worn

Labels = NDArray[np.int64]
"""(frames,): the class of each."""

WIDTH_PX: Final = 128
_WHOLE: Final = (class_of(OTHER), class_of(GAP))


@dataclass(frozen=True, slots=True)
class Sample:
    ink: Ink
    labels: Labels


def sample(rng: Random, faces: Faces) -> Sample:
    """One sample, WIDTH_PX wide. The window is cut as the reader cuts it, give or take."""
    line = training_line(rng, faces)
    grey, wide, high = worn(rng, line.canvas, line.digit_px)
    share = rng.uniform(0.5, 0.88) if rng.random() < 0.65 else rng.uniform(0.3, 0.5)
    height = line.digit_px * high / share
    top = round(line.middle_px * high - height / 2 + rng.normal(0, 0.05) * height)
    margin = _margins(rng) * line.digit_px * wide
    left = round(line.number[0] * wide - margin[0])
    right = max(round(line.number[1] * wide + margin[1]), left + 6)
    window = _window(grey, top, round(height), left, right)
    picture = ink(window)
    scale = picture.shape[1] / window.shape[1]
    spans = [
        Span((s.left * wide - left) * scale, (s.right * wide - left) * scale, s.label)
        for s in line.spans
    ]
    return _fitted(rng, picture, labels(spans, picture.shape[1]))


def _margins(rng: Random) -> NDArray[np.float64]:
    """Beside the number, in heights of a digit: mostly little, now and then whole words."""
    margins = rng.uniform(0, 1.6, 2)
    far = rng.random(2) < 0.15
    return np.asarray(np.where(far, rng.uniform(1.6, 4.5, 2), margins), np.float64)


def _window(grey: Gray, top: int, height: int, left: int, right: int) -> Gray:
    """The part of `grey` asked for; what lies beyond its edge repeats the edge."""
    rows = np.clip(np.arange(top, top + max(height, 4)), 0, grey.shape[0] - 1)
    columns = np.clip(np.arange(left, right), 0, grey.shape[1] - 1)
    return grey[rows][:, columns]


def labels(spans: list[Span], width_px: int) -> Labels:
    """The middle of each symbol, whatever overlaps it less; its borders are paper.

    Borders that are paper keep repeated digits apart, so that no alignment is to be learnt.
    """
    frames = width_px // FRAME_PX
    found = np.zeros(frames, np.int64)
    for span in sorted(spans, key=lambda s: s.label not in _WHOLE):
        keep = 0.9 if span.label == class_of(OTHER) else 0.5
        middle, half = (span.left + span.right) / 2, (span.right - span.left) * keep / 2
        first, last = (middle - half) / FRAME_PX, (middle + half) / FRAME_PX
        if last <= 0 or first >= frames:
            continue
        start = min(max(0, round(first)), frames - 1)
        found[start : max(start + 1, round(last))] = span.label
    return found


def _fitted(rng: Random, picture: Ink, truth: Labels) -> Sample:
    width, frames = picture.shape[1], WIDTH_PX // FRAME_PX
    if width <= WIDTH_PX:
        right = WIDTH_PX - width
        padded = np.pad(picture, ((0, 0), (0, right)))
        return Sample(padded, np.pad(truth, (0, frames - len(truth))))
    start = int(rng.integers(0, (width - WIDTH_PX) // FRAME_PX + 1))
    return Sample(
        picture[:, start * FRAME_PX : start * FRAME_PX + WIDTH_PX], truth[start : start + frames]
    )
