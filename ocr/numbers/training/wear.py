"""What printing, paper and scanner do to a line; columns stay where the caller can follow them."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.arrays import Gray, uint8
from ocr.numbers.training.draw import Canvas
from ocr.numbers.training.numerals import Random

Plane = NDArray[np.float32]
SMALLEST_PX: Final = 8.0  # height of a digit at 100 dpi
LARGEST_PX: Final = 34.0


def worn(rng: Random, canvas: Canvas, digit_px: float) -> tuple[Gray, float, float]:
    """The line as a scanner delivers it, and how wide and high a pixel of `canvas` is in it."""
    ink = _turned(rng, np.asarray(_inked(rng, canvas) / 255, np.float32))
    if rng.random() < 0.4:
        cover = np.clip(_clouds(rng, ink.shape, 7) * 1.3 + 0.1, 0, 1)
        ink = np.asarray(ink * (1 - rng.uniform(0, 0.6) * cover), np.float32)
    wanted_px = np.exp(rng.uniform(np.log(SMALLEST_PX), np.log(LARGEST_PX)))
    scale_y = float(min(wanted_px / digit_px, 1.2))
    scale_x = scale_y * float(rng.uniform(0.82, 1.22))
    if rng.random() < 0.6:
        sigma = float(rng.uniform(0.3, 0.7) / scale_y)
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), sigma), np.float32)
    size = (max(8, round(ink.shape[1] * scale_x)), max(8, round(ink.shape[0] * scale_y)))
    small = np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), np.float32)
    worn_line = _cut(rng, small) if rng.random() < 0.45 else _grey(rng, small)
    return worn_line, size[0] / canvas.shape[1], size[1] / canvas.shape[0]


def _inked(rng: Random, canvas: Canvas) -> Canvas:
    kind, size = rng.random(), int(rng.integers(2, 4))
    if kind < 0.22:
        spread = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
        return uint8(cv2.dilate(canvas, spread))
    if kind < 0.36:
        shape = ((2, 1), (1, 2), (2, 2), (1, 1))[int(rng.integers(4))]
        return uint8(cv2.erode(canvas, np.ones(shape, np.uint8)))
    return canvas


def _turned(rng: Random, ink: Plane) -> Plane:
    """Slant and skew about the middle, small enough for columns to stay theirs."""
    height, width = ink.shape
    slant = float(rng.normal(0, 0.06)) if rng.random() < 0.5 else 0.0
    skew = float(np.tan(np.radians(rng.normal(0, 1.0)))) if rng.random() < 0.5 else 0.0
    middle_x, middle_y = width / 2, height * 0.55
    matrix = np.array([[1, slant, -slant * middle_y], [skew, 1, -skew * middle_x]], np.float32)
    turned = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR)
    if rng.random() < 0.2:
        rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
        amount = float(rng.uniform(0.5, 2.0))
        columns += _clouds(rng, ink.shape, 16) * amount
        rows += _clouds(rng, ink.shape, 16) * amount
        turned = cv2.remap(np.asarray(turned), columns, rows, cv2.INTER_LINEAR)
    return np.asarray(turned, np.float32)


def _cut(rng: Random, ink: Plane) -> Gray:
    """Black and white, as old scans are: ragged edges, specks, holes."""
    noisy = ink * rng.uniform(0.85, 1.15) + _grain(rng, ink.shape, rng.uniform(0, 0.14))
    black = noisy > rng.uniform(0.25, 0.68)
    if rng.random() < 0.3:
        for _ in range(int(rng.integers(1, 12))):
            y, x = int(rng.integers(ink.shape[0])), int(rng.integers(ink.shape[1]))
            black[y : y + int(rng.integers(1, 3)), x : x + int(rng.integers(1, 3))] ^= True
    cut = np.where(black, 0, 255).astype(np.uint8)
    return uint8(cv2.GaussianBlur(cut, (0, 0), 0.5)) if rng.random() < 0.3 else cut


def _grey(rng: Random, ink: Plane) -> Gray:
    faint = rng.random() < 0.3
    paper = float(rng.uniform(120, 252) if faint else rng.uniform(185, 255))
    contrast = float(rng.uniform(30, 100)) if faint else paper - float(rng.uniform(0, 90))
    contrast = min(contrast, paper - 5)
    ground = np.full(ink.shape, paper, np.float32)
    if rng.random() < 0.5:
        ground += _clouds(rng, ink.shape, int(rng.choice([8, 30, 100]))) * contrast * 0.15
    if rng.random() < 0.15:
        ground -= _clouds(rng, ink.shape, 6).clip(0, 1) * contrast * rng.uniform(0.05, 0.3)
    page = ground - contrast * np.clip(ink * rng.uniform(0.9, 1.2), 0, 1)
    if rng.random() < 0.7:
        page += _grain(rng, ink.shape, contrast * rng.uniform(0.01, 0.16))
    grey = np.clip(page, 0, 255).astype(np.uint8)
    return _compressed(rng, grey) if rng.random() < 0.35 else grey


def _compressed(rng: Random, grey: Gray) -> Gray:
    quality = int(rng.integers(18, 80))
    _, data = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return uint8(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE))


def _grain(rng: Random, shape: tuple[int, ...], amount: float) -> Plane:
    noise = rng.standard_normal(shape, np.float32)
    if rng.random() < 0.5:
        noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), 0.8), np.float32) * 2.3
    return noise * np.float32(amount)


def _clouds(rng: Random, shape: tuple[int, ...], size_px: int) -> Plane:
    """Slow noise between -1 and 1."""
    height, width = shape[:2]
    coarse = rng.standard_normal((height // size_px + 2, width // size_px + 2), np.float32)
    fine = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR))
    return np.asarray(fine / (np.abs(fine).max() + 1e-6), np.float32)
