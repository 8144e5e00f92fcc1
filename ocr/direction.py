"""Which way a word is written: by its letters, as the Unicode bidi algorithm sees them."""

import re
import unicodedata

from ocr.page import Direction

RIGHT_TO_LEFT = frozenset({"R", "AL"})
LEFT_TO_RIGHT = frozenset({"L", "EN", "AN"})
_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def without_marks(text: str) -> str:
    """Text less the direction marks that readers and extractors add."""
    return _MARKS.sub("", text)


def of_word(text: str, otherwise: Direction) -> Direction:
    """rtl where any letter is; ltr for Latin letters and numbers; `otherwise` for signs alone."""
    classes = {unicodedata.bidirectional(letter) for letter in text}
    if classes & RIGHT_TO_LEFT:
        return "rtl"
    return "ltr" if classes & LEFT_TO_RIGHT else otherwise


def of_line(words: list[str], otherwise: Direction) -> Direction:
    """The direction of most letters; `otherwise` for a line of numbers or signs alone."""
    classes = [unicodedata.bidirectional(letter) for word in words for letter in word]
    right = sum(kind in RIGHT_TO_LEFT for kind in classes)
    left = classes.count("L")
    if right == left:
        return otherwise
    return "rtl" if right > left else "ltr"
