"""Sets a dressed line in a face: black on white, about 90 pixels high."""

import random
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from ocr.imaging.arrays import Gray, uint8
from ocr.training.dress import Piece
from ocr.training.faces import Face, font

MARGIN_PX = 8
SPACE_EM = 0.26
ASCENT_PX, DESCENT_PX = 52, 24  # of a line without tall letters
HIGHEST_PX, WIDEST_PX = 170, 2000
PAPER, INK = 255, 0

DAGGER_ALEF = "\u0670"  # part of no truth, so a face without it may leave it out

ARABIC_BEFORE = "\u061c"
"""Arabic letter mark: a date in 0-9 with hyphens turns round behind an Arabic word."""

ARABIC_LETTER = re.compile("[\u0621-\u064a]")
ELEMENT = re.compile("[0-9٠-٩]+(?:[/.,:٫٬-][0-9٠-٩]+)*[%٪]?|.", re.DOTALL)

Placed = tuple[str, FreeTypeFont, float, float]
"""Text, font, left, how far above the baseline; pixels, the line's right end at 0."""


def set_line(line: Sequence[Piece], face: Face, companion: Face, zoom: float) -> Gray | None:
    """The line as an image; None where it becomes too wide or too high.

    companion: shows the letters that the face lacks (many old faces have no 0-9 and brackets).
    """
    placed = list(_places(line, face, companion, zoom))
    boxes = [_box(part) for part in placed]
    left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
    top = min(-ASCENT_PX, *(b[1] for b in boxes))
    bottom = max(DESCENT_PX, *(b[3] for b in boxes))
    width, height = round(right - left) + 2 * MARGIN_PX, round(bottom - top) + 6
    if width > WIDEST_PX or height > HIGHEST_PX or right - left < MARGIN_PX:
        return None
    image = Image.new("L", (width, height), PAPER)
    pen = ImageDraw.Draw(image)
    for text, type_font, x, raised in placed:
        at = (x - left + MARGIN_PX, 3 - top - raised)
        pen.text(at, text, INK, type_font, anchor="ls", direction="rtl", language="ar")
    return uint8(image)


def _places(line: Sequence[Piece], face: Face, companion: Face, zoom: float) -> Iterator[Placed]:
    """From the right end to the left."""
    x, context = 0.0, ""
    for piece in line:
        x -= piece.gap * SPACE_EM * face.size_px * zoom
        for text, chosen in _runs(piece, face, companion):
            size_px = max(8, round(chosen.size_px * zoom * piece.scale))
            type_font = font(chosen.path, size_px)
            x -= type_font.getlength(context + text, direction="rtl", language="ar")
            yield context + text, type_font, x, piece.raised * size_px
            x -= piece.spaced * size_px
            context = ARABIC_BEFORE if ARABIC_LETTER.search(text) else context


def _runs(piece: Piece, face: Face, companion: Face) -> Iterator[tuple[str, Face]]:
    """Letters of one face together, a number with its separators never torn apart.

    Digits that are set apart stand from the right, so the last one comes first.
    """
    if piece.spaced:
        for letter in reversed(piece.text):
            yield letter, companion if letter in face.missing else face
        return
    seen = piece.text.replace(DAGGER_ALEF, "") if DAGGER_ALEF in face.missing else piece.text
    elements = ELEMENT.findall(seen)
    for is_shown, run in groupby(elements, key=face.missing.isdisjoint):
        yield "".join(run), face if is_shown else companion


def _box(part: Placed) -> tuple[float, float, float, float]:
    text, type_font, x, raised = part
    box = type_font.getbbox(text, anchor="ls", direction="rtl", language="ar")
    return box[0] + x, box[1] - raised, box[2] + x, box[3] - raised


def zoom(chance: random.Random) -> float:
    """How large a face is set, around its usual size."""
    return chance.choice([0.9, 0.95, 1.0, 1.05, 1.1])
