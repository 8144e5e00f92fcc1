"""Pages whose every word is known: lines set in many faces on one sheet, worn as paper is.

The texts, faces and papers are those of `ocr.training`; page `number` of `seed` is the same on
every machine with the same faces and word list.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from ocr.imaging.arrays import Gray, uint8
from ocr.training import dress, faces, lettering, press
from ocr.training.faces import Face
from ocr.training.paper import Ink, bilevel, field, on_grey_paper, on_paper
from ocr.training.texts import Composer
from ocr.training.vocabulary import Vocabulary

ALPHABET: Final = faces.ARABIC + "٠١٢٣٤٥٦٧٨٩0123456789()[]«»،؛؟.:/-%"
WIDTH_PX, MARGIN_PX = 2100, 90
LINES, PITCH_PX = 26, (92, 130)
DRAWN_DPI: Final = 380  # a face of 12 points, at the size that lines are set in
LOWEST_DPI, HIGHEST_DPI = 100, 300


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A worn page, and what is printed on it line by line."""

    image: Gray
    dpi: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Sheets:
    """Makes pages from a vocabulary and the faces in some folders. Raises NoFaces."""

    composer: Composer
    faces: list[Face]
    seed: int

    def page(self, number: int) -> RenderedPage:
        chance = random.Random(f"{self.seed} {number}")  # noqa: S311 - no secret
        dice = np.random.default_rng((self.seed, number))
        lines = list(self._lines(chance))
        ink = _laid_out([image for image, _ in lines], chance)
        dpi = int(np.exp(dice.uniform(np.log(LOWEST_DPI), np.log(HIGHEST_DPI))))
        worn = _worn(ink, dpi / DRAWN_DPI, dice)
        return RenderedPage(worn, dpi, tuple(text for _, text in lines))

    def _lines(self, chance: random.Random) -> Iterator[tuple[Gray, str]]:
        """Of one face and one size, as on a real page."""
        companion = faces.companion(self.faces)
        face = faces.choose(self.faces, faces.ARABIC, chance)
        zoom, made = lettering.zoom(chance), 0
        while made < LINES:
            text = self.composer.line(chance)
            if not text or any(letter not in ALPHABET and letter != " " for letter in text):
                continue
            line = lettering.set_line(dress.pieces(text, chance), face, companion, zoom)
            if line is not None and line.shape[1] <= WIDTH_PX - 2 * MARGIN_PX:
                made += 1
                yield line, text


def sheets(vocabulary: Vocabulary, texts: list[str], fonts: list[Path], seed: int) -> Sheets:
    return Sheets(press.composer(vocabulary, texts), faces.gather(fonts, ALPHABET), seed)


def _laid_out(lines: list[Gray], chance: random.Random) -> Gray:
    """Ink, 255 where it is, the lines set to the right."""
    pitch_px = chance.randint(*PITCH_PX)
    height = 2 * MARGIN_PX + sum(max(pitch_px, len(line)) for line in lines)
    ink = np.zeros((height, WIDTH_PX), np.uint8)
    top, right = MARGIN_PX, WIDTH_PX - MARGIN_PX
    for line in lines:
        ink[top : top + len(line), right - line.shape[1] : right] = 255 - line
        top += max(pitch_px, len(line))
    return ink


def _worn(ink: Gray, scale: float, dice: np.random.Generator) -> Gray:
    """Ink, press, skew, scanner, paper; a third of the pages is nearly clean."""
    hard = bool(dice.random() < 0.65)
    if dice.random() < 0.4:
        grow = cv2.dilate if dice.random() < 0.6 else cv2.erode
        ink = uint8(grow(ink, np.ones((2, 2), np.uint8)))
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), dice.normal(0, 0.4), 1.0)
    turned = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_LINEAR)
    small = cv2.resize(turned, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    pressed = np.asarray(small / np.float32(255), np.float32)
    if hard and dice.random() < 0.6:
        holes = field(pressed.shape, int(dice.choice([4, 8, 25])), dice)
        pressed = pressed * (1 - dice.uniform(0, 0.6) * np.clip(holes * 1.3 + 0.1, 0, 1))
    soft = cv2.GaussianBlur(pressed, (0, 0), dice.uniform(0.3, 1.3 if hard else 0.7))
    return _on_sheet(np.asarray(soft, np.float32), uint8(255 - small), hard, dice)


def _on_sheet(ink: Ink, back: Gray, hard: bool, dice: np.random.Generator) -> Gray:
    """back: what may shine through; the same print, mirrored, serves as well as another."""
    kind = dice.random()
    if kind < 0.15:
        return on_grey_paper(ink, [back], dice)
    return bilevel(ink, dice) if kind < 0.4 else on_paper(ink, [back], hard, dice)
