"""Arabic and Latin words as ink: shaping and bidi by raqm, one word at a time."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont, features

from archiver.errors import ToolMissing

Ink = NDArray[np.uint8]  # (height, width), 255 = full ink
DPI: Final = 300


def px(length_mm: float) -> int:
    return round(length_mm * DPI / 25.4)


def px_of_points(size_pt: float) -> int:
    return round(size_pt * DPI / 72)


def need_raqm() -> None:
    """Raises ToolMissing where Pillow cannot shape Arabic: the letters would stand apart."""
    if not features.check("raqm") or not features.check("fribidi"):
        raise ToolMissing(tool="libfribidi0", detail="Pillow: raqm, fribidi")


@lru_cache(maxsize=64)
def font(file_name: str, size_px: int) -> ImageFont.FreeTypeFont:
    data = (files("resources") / "fonts" / file_name).read_bytes()
    return ImageFont.truetype(BytesIO(data), size_px, layout_engine=ImageFont.Layout.RAQM)


def is_rtl(text: str) -> bool:
    """Whether the line runs from the right; digits and signs alone do."""
    return not any(letter.isalpha() and letter <= "\u024f" for letter in text)


@lru_cache(maxsize=20_000)
def width_px(text: str, file_name: str, size_px: int) -> float:
    direction = "rtl" if is_rtl(text) else "ltr"
    return font(file_name, size_px).getlength(text, direction=direction)


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a line and where it begins: at its right end if its line runs from the right."""

    x: float
    baseline: float
    text: str
    font: str
    size_px: int
    rtl: bool  # of the line: it places the signs beside a number


def draw_word(canvas: ImageDraw.ImageDraw, word: Word) -> None:
    anchor, direction = ("rs", "rtl") if word.rtl else ("ls", "ltr")
    letters = font(word.font, word.size_px)
    place = (word.x, word.baseline)
    canvas.text(place, word.text, 255, letters, anchor=anchor, direction=direction)


def lines_of_text(lines: tuple[str, ...], file_name: str, size_px: int, leading: float) -> Ink:
    """Centred lines on a canvas just large enough, for stamps and notes."""
    pitch = round(size_px * leading)
    widths = [width_px(line, file_name, size_px) for line in lines]
    width = round(max(widths) + size_px)
    image = Image.new("L", (width, pitch * len(lines) + size_px // 2))
    canvas = ImageDraw.Draw(image)
    for row, (line, length) in enumerate(zip(lines, widths, strict=True)):
        rtl = is_rtl(line)
        start = (width + length) / 2 if rtl else (width - length) / 2
        draw_word(canvas, Word(start, pitch * (row + 0.78), line, file_name, size_px, rtl))
    return np.asarray(image)
