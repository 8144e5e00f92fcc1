"""Numbers drawn letter by letter, so that every column of ink has its symbol.

Letters of a number do not join: each is drawn once a face and pasted. A line is the number
with scraps of words, rules and dots around it, as a crop out of a page shows them.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr.numbers.alphabet import DIGITS, EASTERN, GAP, WESTERN, class_of

Canvas = NDArray[np.uint8]
"""(height, width); 255 is ink."""

DIGIT_PX: Final = 30  # height of a tall digit
BASELINE_PX: Final = 66
CANVAS_PX: Final = 102
_SCRAPS: Final = """
رقم لسنة سنة ق قضائية عام ص ج المادة مادة من في رقما جلسة يوم الموافق القانون الطعن و بتاريخ صفحة
العدد م س ا هـ ه ل لا إلى أ ب د ر ن ى ة مبلغ جنيه وقدره بند فقرة محكمة يومئذ العهد مكة فيها أخرى
قال هذا كتاب الله محمد أحمد، علي. دينار مليم الخ. اول ثان طبع No Art page v. A M X
« » " * : ، . - _
"""
WORDS: Final = tuple(_SCRAPS.split())
LETTERS: Final = "اابتثجحخدذرزسشصضطظعغفقكلمنهويأإآؤئىةء"
VOWEL_MARKS: Final = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"


@dataclass(frozen=True, slots=True)
class Glyph:
    """left and top: where its ink begins, from the pen and from the baseline (up is negative)."""

    ink: Canvas
    left: int
    top: int
    advance: float


@dataclass(frozen=True, slots=True)
class Span:
    """Columns of the canvas that show one symbol."""

    left: float
    right: float
    label: int


@dataclass
class Face:
    """One font file at the size at which its digits are DIGIT_PX high."""

    path: Path
    eastern: bool = field(init=False)
    western: bool = field(init=False)
    has_words: bool = field(init=False)
    _font: ImageFont.FreeTypeFont = field(init=False, repr=False)
    _known: dict[str, bool] = field(default_factory=dict, repr=False)
    _glyphs: dict[str, Glyph] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._font = ImageFont.truetype(str(self.path), 100)
        self.eastern, self.western = self._has(EASTERN), self._has(WESTERN)
        self.has_words = self._has("رقمسنة")
        tall = "٣" if self.eastern else "3"
        _, top, _, bottom = self._font.getbbox(tall, anchor="ls")
        size = round(100 * DIGIT_PX / max(bottom - top, 20))
        self._font = ImageFont.truetype(str(self.path), size)

    def can_write(self, letter: str) -> bool:
        """Whether the letter is more here than the box of a letter that is missing."""
        if letter not in self._known:
            self._known[letter] = self._has(letter)
        return self._known[letter]

    def _has(self, letters: str) -> bool:
        nothing = bytes(self._font.getmask("\ue123"))
        masks = (bytes(self._font.getmask(letter)) for letter in letters)
        return all(any(mask) and mask != nothing for mask in masks)

    def glyph(self, text: str) -> Glyph:
        """A letter, or a word set as one piece of ink."""
        if text not in self._glyphs:
            self._glyphs[text] = self._drawn(text)
        return self._glyphs[text]

    def _drawn(self, text: str) -> Glyph:
        direction = "ltr" if len(text) == 1 else None
        left, top, right, bottom = self._font.getbbox(text, anchor="ls", direction=direction)
        size = (max(1, int(right - left)), max(1, int(bottom - top)))
        image = Image.new("L", size)
        ImageDraw.Draw(image).text(
            (-left, -top), text, 255, self._font, anchor="ls", direction=direction
        )
        advance = self._font.getlength(text, direction=direction)
        return Glyph(np.asarray(image), int(left), int(top), advance)


@dataclass
class Pen:
    """A canvas that is written from the left, and what was written where."""

    canvas: Canvas = field(default_factory=lambda: np.zeros((CANVAS_PX, 2000), np.uint8))
    x: float = 60.0
    spans: list[Span] = field(default_factory=list)

    def write(self, glyph: Glyph, label: int, rise_px: int = 0) -> None:
        """Paste the glyph at the pen; ink beyond the canvas is cut off."""
        top = BASELINE_PX + glyph.top - rise_px
        left = round(self.x) + glyph.left
        rows = slice(max(0, -top), min(glyph.ink.shape[0], CANVAS_PX - top))
        columns = slice(max(0, -left), min(glyph.ink.shape[1], self.canvas.shape[1] - left))
        ink = glyph.ink[rows, columns]
        if ink.size:
            y, x = max(0, top), max(0, left)
            place = self.canvas[y : y + ink.shape[0], x : x + ink.shape[1]]
            np.maximum(place, ink, out=place)
            self.spans.append(Span(left, left + glyph.ink.shape[1], label))
        self.x += glyph.advance

    def space(self, width_px: float, seen: bool) -> None:
        """Move on; `seen` where the gap is a symbol of its own."""
        if seen:
            self.spans.append(Span(self.x, self.x + width_px, class_of(GAP)))
        self.x += width_px


def smaller(glyph: Glyph, scale: float) -> Glyph:
    """A raised footnote mark is the same letter, smaller."""
    height, width = glyph.ink.shape
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    ink = np.asarray(Image.fromarray(glyph.ink).resize(size, Image.Resampling.BOX))
    return Glyph(ink, round(glyph.left * scale), round(glyph.top * scale), glyph.advance * scale)


def is_digit(letter: str) -> bool:
    return letter in DIGITS
