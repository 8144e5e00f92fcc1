"""Pages of court prose with numbers whose place and digits are known, worn at three qualities."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ocr.imaging.arrays import Gray, uint8

ROOT: Final = Path(__file__).resolve().parent.parent
FACES: Final = (
    *("Amiri-Regular", "Amiri-Bold", "NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold"),
    *("ScheherazadeNew-Regular", "ScheherazadeNew-Bold"),
)
UNSEEN_FACES: Final = ("IBMPlexSansArabic-Regular", "IBMPlexSansArabic-Medium", "ArefRuqaa-Regular")
"""Faces that neither the second reader was trained on nor any of their families."""

WIDTH_PX, HEIGHT_PX, MARGIN_PX = 1700, 1150, 110
DRAWN_DPI: Final = 300
DECIMAL: Final = "\ue000"
"""Becomes the sign that goes with the digit set. A full stop between ٤ and ٦ stands where ٠ does
in Amiri: no reader can tell them apart, and printers do not set it."""

AFTER_LETTERS: Final = "\u061c"
"""Arabic letter mark: the word stands behind Arabic ones, where dashes turn 18-7-2023 round."""

_TO_EASTERN: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@dataclass(frozen=True, slots=True)
class Quality:
    """A scan: its resolution and how it wore. contrast: between ink and paper, grey levels."""

    name: str
    dpi: int
    blur_px: float
    noise: float
    contrast: int
    paper: int
    jpeg: int
    skew_deg: float
    holes: float  # how much of the ink slow clouds take away


QUALITIES: Final = (
    Quality("good", 300, 0.6, 3, 220, 245, 92, 0.1, 0.0),
    Quality("fair", 200, 0.7, 8, 170, 225, 60, 0.4, 0.25),
    Quality("poor", 150, 0.8, 10, 95, 190, 40, 0.6, 0.4),
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A number on the page: text in logical order, box (left, top, right, bottom) in pixels."""

    text: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class NumberPage:
    image: Gray
    dpi: int
    quality: str
    face: str
    unseen: bool
    printed: tuple[Printed, ...]


def number_pages(count: int, seed: int) -> Iterator[NumberPage]:
    """Pages until they hold `count` numbers, qualities in turn, one face a page."""
    rng, shown, page = np.random.default_rng(seed), 0, 0
    while shown < count:
        quality = QUALITIES[page % len(QUALITIES)]
        unseen = rng.random() < 0.2
        faces = UNSEEN_FACES if unseen else FACES
        face = faces[int(rng.integers(len(faces)))]
        clean, printed = _drawn(rng, face)
        image, printed = _scanned(rng, clean, printed, quality)
        yield NumberPage(image, quality.dpi, quality.name, face, unseen, printed)
        shown, page = shown + len(printed), page + 1


def _drawn(rng: np.random.Generator, face: str) -> tuple[Gray, tuple[Printed, ...]]:
    size = int(rng.integers(44, 60))  # 10.5 to 14 points
    font = _font(face, size)
    image = Image.new("L", (WIDTH_PX, HEIGHT_PX))
    canvas, printed = ImageDraw.Draw(image), []
    eastern = rng.random() < 0.75
    for baseline in range(MARGIN_PX + size, HEIGHT_PX - MARGIN_PX, round(size * 1.75)):
        x = WIDTH_PX - MARGIN_PX
        words = _line(rng, eastern)
        while words:
            text = words.pop(0)
            spaced = bool(re.fullmatch(r"[0-9٠-٩]{3,}", text)) and rng.random() < 0.12
            width = _width(font, text, size * 0.22 if spaced else 0)
            if x - width < MARGIN_PX:
                break
            box = _write(canvas, font, text, (x, baseline), size * 0.22 if spaced else 0)
            if re.search(r"[0-9٠-٩]", text):
                printed.append(Printed(text, box))
            x = round(x - width - size * 0.3)
    return np.asarray(image), tuple(printed)


def _width(font: ImageFont.FreeTypeFont, text: str, spacing_px: float) -> float:
    return font.getlength(text, direction="rtl") + spacing_px * (len(text) - 1)


def _write(
    canvas: ImageDraw.ImageDraw,
    font: ImageFont.FreeTypeFont,
    text: str,
    place: tuple[float, float],
    spacing_px: float,
) -> tuple[float, float, float, float]:
    """The word with its right end at `place`; the box of its ink."""
    if not spacing_px:
        after_letters = AFTER_LETTERS + text
        canvas.text(place, after_letters, 255, font, anchor="rs", direction="rtl")
        return canvas.textbbox(place, after_letters, font, anchor="rs", direction="rtl")
    x, boxes = place[0] - _width(font, text, spacing_px), []
    for letter in text:
        canvas.text((x, place[1]), letter, 255, font, anchor="ls")
        boxes.append(canvas.textbbox((x, place[1]), letter, font, anchor="ls"))
        x += font.getlength(letter) + spacing_px
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _line(rng: np.random.Generator, eastern: bool) -> list[str]:
    words = _prose()
    line: list[str] = []
    while len(line) < 16:
        start = int(rng.integers(len(words) - 4))
        line += words[start : start + int(rng.integers(1, 4))]
        line += _phrase(rng).split()
    sign = "٫" if eastern else "."
    line = [word.replace(DECIMAL, sign) for word in line]
    return [word.translate(_TO_EASTERN) for word in line] if eastern else line


def _phrase(rng: np.random.Generator) -> str:
    def n(low: int, high: int) -> int:
        return int(rng.integers(low, high))

    phrases = (
        lambda: f"الطعن رقم {n(1, 29999)} لسنة {n(1, 96)} ق",
        lambda: f"جلسة {n(1, 32)}/{n(1, 13)}/{n(1900, 2027)}",
        lambda: f"القانون رقم {n(1, 300)} لسنة {n(1883, 2027)}",
        lambda: f"المادة {n(1, 1200)} من",
        lambda: f"مبلغ {n(10, 99999)} جنيه",
        lambda: f"ص {n(1, 2500)}",
        lambda: f"({n(1, 400)})",
        lambda: f"المحضر {n(1, 9999)}/{n(1, 96)}",
        lambda: f"سنة {n(1870, 2027)}",
        lambda: f"رقم {n(10**6, 10**8)}",
        lambda: f"الساعة {n(1, 13)}:{n(0, 60):02d}",
        lambda: f"{n(1, 31)}-{n(1, 13)}-{n(1950, 2027)}",
        lambda: f"بنسبة {n(1, 100)}{DECIMAL}{n(0, 100)}",
    )
    return phrases[int(rng.integers(len(phrases)))]()


@lru_cache
def _prose() -> tuple[str, ...]:
    """Words of the invented case, letters only."""
    texts = sorted((ROOT / "resources" / "demo" / "case").glob("*.txt"))
    words = " ".join(text.read_text("utf-8") for text in texts).split()
    return tuple(word for word in words if re.fullmatch("[ء-ي]{2,}", word))


@lru_cache
def _font(face: str, size_px: int) -> ImageFont.FreeTypeFont:
    path = ROOT / "resources" / "fonts" / f"{face}.ttf"
    return ImageFont.truetype(str(path), size_px, layout_engine=ImageFont.Layout.RAQM)


def _scanned(
    rng: np.random.Generator, ink: Gray, printed: tuple[Printed, ...], quality: Quality
) -> tuple[Gray, tuple[Printed, ...]]:
    angle = float(rng.normal(0, quality.skew_deg))
    turn = cv2.getRotationMatrix2D((WIDTH_PX / 2, HEIGHT_PX / 2), angle, 1.0)
    kernel = np.ones((int(rng.integers(1, 3)), int(rng.integers(1, 3))), np.uint8)
    spread = cv2.dilate(ink, kernel) if rng.random() < 0.6 else cv2.erode(ink, kernel)
    turned = cv2.warpAffine(spread, turn, (WIDTH_PX, HEIGHT_PX), flags=cv2.INTER_LINEAR)
    scale = quality.dpi / DRAWN_DPI
    size = (round(WIDTH_PX * scale), round(HEIGHT_PX * scale))
    area = cv2.resize(turned, size, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(np.asarray(area, np.float32) / 255, (0, 0), quality.blur_px)
    small = soft * (1 - quality.holes * np.clip(_clouds(rng, soft.shape, 6), 0, 1))
    paper = quality.paper + 10 * _clouds(rng, small.shape, 200)
    page = paper - quality.contrast * small + rng.normal(0, quality.noise, small.shape)
    grey = np.clip(page, 0, 255).astype(np.uint8)
    _, data = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality.jpeg])
    moved = tuple(replace(p, box=_moved(p.box, turn, scale)) for p in printed)
    return uint8(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)), moved


def _clouds(rng: np.random.Generator, shape: tuple[int, ...], size_px: int) -> np.ndarray:
    height, width = shape
    coarse = rng.normal(0, 0.6, (height // size_px + 2, width // size_px + 2))
    return np.asarray(cv2.resize(coarse.astype(np.float32), (width, height)))


def _moved(
    box: tuple[float, float, float, float], turn: np.ndarray, scale: float
) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    x, y = turn @ np.array([(left + right) / 2, (top + bottom) / 2, 1.0]) * scale
    half_width, half_height = (right - left) * scale / 2, (bottom - top) * scale / 2
    return x - half_width, y - half_height, x + half_width, y + half_height
