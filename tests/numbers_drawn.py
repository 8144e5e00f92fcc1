"""Numbers drawn on a small page, with the words a first reader would have made of them."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import resources
from ocr.imaging.arrays import Gray
from ocr.page import Box, Line, PageText, Word

ROOT = Path(resources.__file__).parent
MODEL = ROOT / "digits" / "digits.onnx"
FONT = ROOT / "fonts" / "Amiri-Regular.ttf"


@dataclass
class Sheet:
    """One line of words from right to left, at about 200 dpi."""

    font: Path = FONT
    size_px: int = 36
    x: int = 1180
    image: Image.Image = field(default_factory=lambda: Image.new("L", (1240, 160), 255))
    words: list[Word] = field(default_factory=list)

    def write(self, text: str, read: str | None = None, confidence: float = 0.95) -> "Sheet":
        """Draw `text`; the first reader took it for `read`."""
        face = ImageFont.truetype(str(self.font), self.size_px)
        canvas, place = ImageDraw.Draw(self.image), (self.x, 100)
        canvas.text(place, text, 0, face, anchor="rs", direction="rtl")
        left, top, right, bottom = map(
            round, canvas.textbbox(place, text, face, anchor="rs", direction="rtl")
        )
        box = Box(left, top, right - left, bottom - top)
        self.words.append(Word(text if read is None else read, box, confidence, "rtl"))
        self.x = left - self.size_px // 2
        return self

    @property
    def page(self) -> Gray:
        return np.asarray(self.image)

    @property
    def text(self) -> PageText:
        line = Line(tuple(self.words), Box(60, 60, 1120, 60), "rtl")
        return PageText(1240, 160, 200, (line,), "test", "ara")


def crop(text: str, font: Path = FONT, size_px: int = 40) -> Gray:
    """A number alone on white, with room about it; dark on light, uint8."""
    face = ImageFont.truetype(str(font), size_px)
    left, top, right, bottom = map(round, face.getbbox(text, anchor="ls"))
    room = (bottom - top) // 4
    image = Image.new("L", (right - left + 4 * room, bottom - top + 2 * room), 255)
    ImageDraw.Draw(image).text((2 * room - left, room - top), text, 0, face, anchor="ls")
    return np.asarray(image)
