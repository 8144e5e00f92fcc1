"""The invisible text of a page as PDF operators, in the order that readers of PDF undo."""

import re

from ocr.page import Line, PageText, Word

SPACE_WIDTH = 0.5  # of the font size: the one width of the glyphless font
BASELINE = 0.2  # of a line's height above its lower edge
_LEFT_TO_RIGHT = re.compile(
    r"[0-9٠-٩A-Za-z](?:[0-9٠-٩A-Za-z.,/:٫٬%-]*[0-9٠-٩A-Za-z])?|.", re.DOTALL
)


def operators(text: PageText) -> bytes:
    """The content stream's text object; units are points, origin at the foot of the page."""
    scale = 72 / text.dpi
    height = text.height_px * scale
    rows = [row for line in text.lines for row in _line(line, scale, height)]
    return "\n".join(["BT", "3 Tr", *rows, "ET"]).encode("ascii")


def _line(line: Line, scale: float, page_height: float) -> list[str]:
    size = max(line.box.height * scale, 1.0)
    foot = page_height - (line.box.y + line.box.height) * scale + BASELINE * size
    return [f"/F {size:.3f} Tf", *(_word(word, scale, size, foot) for word in line.words)]


def _word(word: Word, scale: float, size: float, foot: float) -> str:
    shown = visual(word)
    stretch = 100 * word.box.width * scale / (len(shown) * SPACE_WIDTH * size)
    at = f"{stretch:.3f} Tz 1 0 0 1 {word.box.x * scale:.3f} {foot:.3f} Tm"
    return f"{at} <{shown.encode('utf-16-be').hex()}> Tj"


def visual(word: Word) -> str:
    """The letters of a word from left to right, as they stand on paper."""
    if word.direction == "ltr":
        return word.text
    return "".join(reversed(_LEFT_TO_RIGHT.findall(word.text)))
