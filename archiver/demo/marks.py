"""What people put on paper after it was printed: stamps, signatures, notes by hand."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from archiver.demo.lettering import Ink, lines_of_text, px, width_px
from archiver.demo.manifest import Mark
from archiver.demo.paper import clouds, uint8

HAND: Final = "ArefRuqaa-Regular.ttf"
STAMP: Final = "NotoNaskhArabic-Bold.ttf"


def mark_ink(rng: np.random.Generator, mark: Mark) -> Ink:
    """The mark turned to its angle, on a canvas just large enough; its centre is the mark's."""
    match mark.kind:
        case "round_stamp":
            drawn = _worn(rng, _round_stamp(mark))
        case "frame_stamp":
            drawn = _worn(rng, _frame_stamp(mark))
        case "signature":
            drawn = _signature(rng, px(mark.size_mm))
        case "handwriting":
            drawn = waver(rng, _fit(lines_of_text(mark.lines, HAND, 90, 1.5), px(mark.size_mm)), 3)
        case _:
            raise ValueError(f"no such mark: {mark.kind}")
    return _turned(drawn, mark.angle_deg)


def _fit(ink: Ink, width: int) -> Ink:
    height = round(ink.shape[0] * width / ink.shape[1])
    return uint8(cv2.resize(ink, (width, height), interpolation=cv2.INTER_AREA))


def _turned(ink: Ink, angle_deg: float) -> Ink:
    height, width = ink.shape
    side = int(np.hypot(height, width)) + 2
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle_deg, 1.0)
    turn[:, 2] += (side - width) / 2, (side - height) / 2
    return uint8(cv2.warpAffine(ink, turn, (side, side), flags=cv2.INTER_LINEAR))


def _worn(rng: np.random.Generator, ink: Ink) -> Ink:
    """A rubber stamp prints unevenly: strong here, hardly there."""
    cover = 0.84 + 0.16 * clouds(rng, ink.shape, 60) + 0.08 * clouds(rng, ink.shape, 4)
    worn: Ink = (cv2.GaussianBlur(ink, (0, 0), 1.0) * np.clip(cover, 0.45, 0.96)).astype(np.uint8)
    return worn


def _round_stamp(mark: Mark) -> Ink:
    size = px(mark.size_mm)
    radius, centre = size / 2 - 6, (size // 2, size // 2)
    face = np.zeros((size, size), np.uint8)
    for share, width in ((1.0, 7), (0.94, 2), (0.60, 4)):
        cv2.circle(face, centre, round(radius * share), 255, width, cv2.LINE_AA)
    ring = _ring(mark.ring, size, radius * 0.62, radius * 0.92)
    words = lines_of_text(mark.lines, STAMP, 60, 1.35)
    share = min(radius * 0.98 / words.shape[1], radius * 0.94 / words.shape[0])
    words = _fit(words, round(words.shape[1] * share))
    top, left = (size - words.shape[0]) // 2, (size - words.shape[1]) // 2
    face[top : top + words.shape[0], left : left + words.shape[1]] |= words
    stamp: Ink = np.maximum(face, ring)
    return stamp


def _ring(text: str, size: int, inner: float, outer: float) -> Ink:
    """`text` round the rim, its feet inwards: a straight strip bent by polar coordinates."""
    around, deep = round(np.pi * (inner + outer)), round(outer - inner)
    letters = round(deep * 0.62)
    while width_px(text, STAMP, letters) > around * 0.86:
        letters -= 1
    band = lines_of_text((text,), STAMP, letters, 1.45)
    drawn = np.flatnonzero(band.any(axis=1))
    band = band[drawn[0] : drawn[-1] + 1]
    strip = np.zeros((deep, around), np.uint8)
    top, left = (deep - band.shape[0]) // 2, (around - band.shape[1]) // 2
    strip[top : top + band.shape[0], left : left + band.shape[1]] = band
    cv2.putText(strip, "*", (4, deep - 8), cv2.FONT_HERSHEY_PLAIN, deep / 24, 255, 3, cv2.LINE_AA)
    y, x = np.mgrid[0:size, 0:size].astype(np.float32) - size / 2
    along = (np.arctan2(x, -y) / (2 * np.pi) + 0.5) * around  # the strip's middle lies at the top
    across = outer - np.hypot(x, y)
    return uint8(cv2.remap(strip, along.astype(np.float32), across, cv2.INTER_LINEAR))


def _frame_stamp(mark: Mark) -> Ink:
    words = lines_of_text(mark.lines, STAMP, 100, 1.5)
    pad = 36
    framed = uint8(
        cv2.copyMakeBorder(words, pad // 2, pad // 2, pad, pad, cv2.BORDER_CONSTANT, value=0)
    )
    height, width = framed.shape
    cv2.rectangle(framed, (5, 5), (width - 6, height - 6), 255, 7)
    cv2.rectangle(framed, (17, 17), (width - 18, height - 18), 255, 2)
    return _fit(framed, px(mark.size_mm))


def _signature(rng: np.random.Generator, width: int) -> Ink:
    """A running scrawl from right to left and a stroke back under it."""
    ink = np.zeros((round(width * 0.5), width), np.uint8)
    time = np.linspace(0, 1, 420)
    loops, slant = rng.uniform(2.4, 5.6), rng.uniform(-0.02, 0.14)
    turn = 2 * np.pi * loops * time + rng.uniform(0, 2 * np.pi)
    beat = rng.uniform(0.28, 0.75)
    tall = np.sin(np.pi * time**0.7) * (0.72 + 0.40 * np.sin(turn * beat + rng.uniform(0, 6)))
    rise = 0.24 * tall * np.sin(turn)
    x = 0.88 - 0.70 * time + 0.075 * tall * np.cos(turn) - slant * rise / 0.24
    _stroke(ink, x, 0.46 + rise + 0.08 * time, px(0.42))
    back = np.linspace(0, 1, 160)
    sag = rng.uniform(0.10, 0.22)
    _stroke(ink, 0.10 + 0.84 * back, 0.74 - sag * np.sin(2.6 * back) + 0.1 * back, px(0.34))
    return ink


def _stroke(ink: Ink, x: NDArray[np.float64], y: NDArray[np.float64], width: int) -> None:
    """A pen line through points in shares of the canvas: thin where the pen runs fast."""
    points = np.stack([x * ink.shape[1], y * ink.shape[0]], axis=1)
    speed = np.hypot(*np.diff(points, axis=0).T)
    thin = np.clip(1.35 - 0.55 * speed / (speed.mean() + 1e-6), 0.45, 1.2)
    fixed = np.round(points * 8).astype(int)
    for start, end, share in zip(fixed[:-1], fixed[1:], thin, strict=True):
        cv2.line(
            ink, start.tolist(), end.tolist(), 235, max(2, round(width * share)), cv2.LINE_AA, 3
        )


def waver(rng: np.random.Generator, ink: Ink, reach_px: float) -> Ink:
    """A hand keeps no exact line: letters drift by up to about `reach_px`."""
    coarse = (ink.shape[0] // 16 + 1, ink.shape[1] // 16 + 1)
    size = (ink.shape[1], ink.shape[0])
    shift_x, shift_y = (cv2.resize(clouds(rng, coarse, 7) * reach_px, size) for _ in range(2))
    columns = np.arange(ink.shape[1], dtype=np.float32)[None, :]
    rows = np.arange(ink.shape[0], dtype=np.float32)[:, None]
    return uint8(cv2.remap(ink, columns + shift_x, rows + shift_y, cv2.INTER_LINEAR))
