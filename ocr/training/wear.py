"""Wears a clean rendered line as print, paper and scanner do, on the fly.

No two looks at a line are alike, so a few thousand rendered lines go a long way. Order of the
damage as on paper: ink, setting, press, scanner resolution, paper or black and white, JPEG.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ocr.imaging.arrays import Gray, uint8
from ocr.training.paper import Ink, bilevel, field, on_grey_paper, on_paper
from ocr.training.pixels import scaled

HARD_SHARE = 0.72
FAINT_SHARE = 0.17  # lines of little contrast: less costs faded pages dearly
LOWEST_PX, HIGHEST_PX = 26, 86  # line height at the scanner: about 100 to 300 dpi


@dataclass(frozen=True)
class Wearer:
    """chance: a generator of its own for each line, so that a line is worn the same way again."""

    chance: np.random.Generator

    def worn(self, line: Gray, others: Sequence[Gray]) -> Gray:
        """The line as scanned, 48 pixels high. others: lines that show through or intrude."""
        hard = self._happens(HARD_SHARE)
        ink = self._inked((255 - line).astype(np.uint8))
        ink = self._framed(ink, others, hard)
        ink = self._bent(ink, hard) if self._happens(0.5) else ink
        coverage = self._pressed(np.asarray(ink / 255, np.float32), hard)
        coverage = self._sampled(coverage, hard)
        return scaled(self._scanned(coverage, others, hard))

    def _scanned(self, ink: Ink, others: Sequence[Gray], hard: bool) -> Gray:
        if self._happens(FAINT_SHARE):
            return on_grey_paper(ink, others, self.chance)
        if self._happens(0.52 if hard else 0.25):
            return bilevel(ink, self.chance)
        return on_paper(ink, others, hard, self.chance)

    def _happens(self, share: float) -> bool:
        return bool(self.chance.random() < share)

    def _between(self, low: float, high: float) -> float:
        return float(self.chance.uniform(low, high))

    def _inked(self, ink: Gray) -> Gray:
        """Fat or thin strokes, a wide or narrow face."""
        kind = self.chance.random()
        if kind < 0.22:
            size = ((2, 2), (3, 3), (3, 2), (4, 4))[self.chance.integers(4)]
            ink = uint8(cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, size)))
        elif kind < 0.36:
            size = ((2, 1), (1, 2), (2, 2))[self.chance.integers(3)]
            ink = uint8(cv2.erode(ink, np.ones(size, np.uint8)))
        stretch = self._between(0.82, 1.22)
        return uint8(cv2.resize(ink, None, fx=stretch, fy=1, interpolation=cv2.INTER_LINEAR))

    def _framed(self, ink: Gray, others: Sequence[Gray], hard: bool) -> Gray:
        """Margins as a line finder leaves them, with parts of the lines above and below."""
        top, bottom = (int(px) for px in self.chance.uniform(0, 14, 2))
        if self._happens(0.12):
            top, bottom = top + int(self._between(0, 25)), bottom + int(self._between(0, 25))
        left, right = (int(px) for px in self.chance.uniform(4, 40, 2))
        edge = cv2.BORDER_CONSTANT
        framed = uint8(cv2.copyMakeBorder(ink, top, bottom, left, right, edge, value=0))
        if self._happens(0.35 if hard else 0.12):
            for above in (True, False):
                if self._happens(0.6):
                    self._intrude(
                        framed, 255 - others[int(self.chance.integers(len(others)))], above
                    )
        return framed

    def _intrude(self, ink: Gray, other: Gray, above: bool) -> None:
        depth = int(self._between(2, 13))
        strip = other[-depth - 4 : -4] if above else other[4 : 4 + depth]
        start = int(self._between(0, max(1, ink.shape[1] - 60)))
        room = ink[: len(strip)] if above else ink[len(ink) - len(strip) :]
        room = room[:, start : start + strip.shape[1]]
        np.maximum(room, strip[:, : room.shape[1]], out=room)

    def _bent(self, ink: Gray, hard: bool) -> Gray:
        """A little skew, a wavy baseline, slant, ragged letters."""
        height, width = ink.shape
        skew_deg = self.chance.normal(0, 0.35) * (1 if width > 500 else 2)
        rise = np.clip(np.tan(np.radians(skew_deg)) * (np.arange(width) - width / 2), -7, 7)
        wave = field((1, width), (60, 150, 400)[self.chance.integers(3)], self.chance)[0]
        shift = rise + wave * self._between(0, 1.8)
        columns, rows = np.meshgrid(np.arange(width), np.arange(height))
        xs, ys = columns.astype(np.float64), rows + shift[None]
        if self._happens(0.4):
            xs += self._between(-0.14, 0.14) * (ys - height / 2)
        if hard and self._happens(0.5):
            xs += field(ink.shape, 14, self.chance) * self._between(0, 1.3)
            ys += field(ink.shape, 14, self.chance) * self._between(0, 1.3)
        maps = (xs.astype(np.float32), ys.astype(np.float32))
        return uint8(cv2.remap(ink, *maps, cv2.INTER_LINEAR, borderValue=0))

    def _pressed(self, ink: Ink, hard: bool) -> Ink:
        """Letterpress: uneven inking that breaks strokes; then the scanner's blur."""
        if self._happens(0.5 if hard else 0.15):
            patches = field(ink.shape, (5, 9, 30)[self.chance.integers(3)], self.chance)
            ink = ink * (1 - self._between(0, 0.6) * np.clip(patches * 1.3 + 0.1, 0, 1))
        if self._happens(0.7):
            ink = _blurred(ink, self._between(0.3, 1.7 if hard else 1.0))
        return np.asarray(ink, np.float32)

    def _sampled(self, ink: Ink, hard: bool) -> Ink:
        """The scanner's resolution, and grainy edges."""
        low, high = np.log(LOWEST_PX), np.log(HIGHEST_PX)
        to_px = np.exp(self._between(low, high)) if self._happens(0.6) else self._between(40, 62)
        scale = to_px / ink.shape[0]
        size = (max(12, int(ink.shape[1] * scale)), int(to_px))
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        resized = np.asarray(cv2.resize(ink, size, interpolation=way), np.float32)
        ink = resized * np.float32(self._between(0.95, 1.15))
        if self._happens(0.6):
            grain = self.chance.standard_normal(ink.shape, np.float32)
            depth = self._between(0.02, 0.16) if hard else self._between(0, 0.05)
            ink += _blurred(grain, self._between(0.5, 1.1)) * np.float32(depth * 2)
        return ink


def _blurred(ink: Ink, sigma_px: float) -> Ink:
    return np.asarray(cv2.GaussianBlur(ink, (0, 0), sigma_px), np.float32)
