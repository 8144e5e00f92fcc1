"""What the scanner makes of ink on paper: black and white, grey, or a faint grey sheet."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.arrays import Gray, uint8

Ink = NDArray[np.float32]
"""(height, width), 1 = ink, 0 = paper."""

Tones = NDArray[np.float32]
"""(height, width), 0 = black, 255 = white."""


def field(shape: tuple[int, ...], grain_px: int, chance: np.random.Generator) -> Tones:
    """Smooth random values within -1..1, with hills of about grain_px."""
    height, width = shape
    coarse = (max(1, height // grain_px + 2), max(2, width // grain_px + 2))
    hills = chance.standard_normal(coarse, np.float32)
    smooth = np.asarray(cv2.resize(hills, (width, height), interpolation=cv2.INTER_CUBIC))
    return np.asarray(smooth.reshape(shape) / (np.abs(smooth).max() + 1e-6), np.float32)


def bilevel(ink: Ink, chance: np.random.Generator) -> Gray:
    """Black and white at a threshold of its own, with specks."""
    threshold = np.full(ink.shape, chance.uniform(0.25, 0.68), np.float32)
    if chance.random() < 0.3:
        threshold += field(ink.shape, 25, chance) * np.float32(0.12)
    black = (ink > threshold).astype(np.float32)
    if chance.random() < 0.3:
        _speckle(black, chance)
    if chance.random() < 0.25:
        black = cv2.GaussianBlur(black, (0, 0), chance.uniform(0.3, 0.8)).astype(np.float32)
    return uint8(255 * (1 - black))


def on_paper(ink: Ink, others: Sequence[Gray], hard: bool, chance: np.random.Generator) -> Gray:
    """A grey scan: stains, the verso's print, noise, JPEG."""
    paper = chance.uniform(185, 255)
    tone = chance.uniform(0, 100) if chance.random() < 0.85 else chance.uniform(90, paper - 60)
    sheet = np.full(ink.shape, paper, np.float32)
    if chance.random() < 0.5:
        sheet += field(ink.shape, (8, 30, 100)[chance.integers(3)], chance) * chance.uniform(0, 18)
    if chance.random() < 0.2:
        sheet -= 255 * _verso(ink.shape, others, chance) * chance.uniform(0.03, 0.22)
    page = _printed(ink, sheet, tone)
    if chance.random() < 0.6:
        grain = chance.standard_normal(ink.shape, np.float32)
        page += grain * chance.uniform(0, 13 if hard else 7)
    return _perhaps_jpeg(page, chance)


def on_grey_paper(ink: Ink, others: Sequence[Gray], chance: np.random.Generator) -> Gray:
    """A faded sheet: little contrast, noise in proportion to it, slow shading."""
    paper = chance.uniform(110, 250)
    contrast = min(chance.uniform(26, 105), paper - 8)
    shading = field(ink.shape, (30, 100, 300)[chance.integers(3)], chance)
    sheet = paper + shading * chance.uniform(0, 0.25) * contrast
    if chance.random() < 0.15:
        sheet -= _verso(ink.shape, others, chance) * chance.uniform(0.05, 0.35) * contrast
    page = _printed(ink, sheet.astype(np.float32), paper - contrast)
    if chance.random() < 0.85:
        page += _grain(ink.shape, chance) * contrast * chance.uniform(0.02, 0.24)
    return _perhaps_jpeg(page, chance)


def _printed(ink: Ink, sheet: Tones, tone: float) -> Tones:
    coverage = np.clip(ink, 0, 1)
    return np.asarray(sheet * (1 - coverage) + tone * coverage, np.float32)


def _verso(shape: tuple[int, ...], others: Sequence[Gray], chance: np.random.Generator) -> Tones:
    """Another line, mirrored and blurred, 1 = ink."""
    mirrored = others[int(chance.integers(len(others)))][:, ::-1].astype(np.float32)
    fitted = np.asarray(cv2.resize(mirrored, (shape[1], shape[0])))
    return (1 - cv2.GaussianBlur(fitted, (0, 0), 1.3) / 255).astype(np.float32)


def _grain(shape: tuple[int, ...], chance: np.random.Generator) -> Tones:
    grain = chance.standard_normal(shape, np.float32)
    if chance.random() < 0.35:
        grain = np.asarray(cv2.GaussianBlur(grain, (0, 0), chance.uniform(0.5, 1.3)))
        grain = grain / (grain.std() + 1e-6)
    return grain.astype(np.float32)


def _speckle(black: Ink, chance: np.random.Generator) -> None:
    height, width = black.shape
    for _ in range(chance.integers(1, 13)):
        at = (int(chance.integers(width)), int(chance.integers(height)))
        radius, tone = int(chance.integers(0, 2)), float(chance.random() < 0.67)
        cv2.circle(black, at, radius, tone, -1)


def _perhaps_jpeg(page: Tones, chance: np.random.Generator) -> Gray:
    image = uint8(np.clip(page, 0, 255))
    if chance.random() < 0.35:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(chance.integers(18, 81))]
        image = uint8(cv2.imdecode(cv2.imencode(".jpg", image, quality)[1], cv2.IMREAD_GRAYSCALE))
    return image
