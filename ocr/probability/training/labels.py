"""Which words of a reading are right, held against what is printed."""

import re
from difflib import SequenceMatcher

from ocr.page import PageText
from ocr.score import fold

_SIGNS = re.compile(r"[^\w\s]|_")


def right_words(text: PageText, truth: str) -> tuple[bool | None, ...]:
    """For each word of `text` whether its letters and digits are printed in that place.

    Compared as word errors are (see `ocr.score`): folded, without punctuation; a word of signs
    alone is None. A word read as two, and two read as one, are wrong.
    """
    parts = [_parts(word.text) for word in text.words]
    read = [part for of_word in parts for part in of_word]
    matches = SequenceMatcher(None, read, _parts(truth), autojunk=False).get_matching_blocks()
    found = {place for block in matches for place in range(block.a, block.a + block.size)}
    right: list[bool | None] = []
    first = 0
    for of_word in parts:
        right.append(all(first + n in found for n in range(len(of_word))) if of_word else None)
        first += len(of_word)
    return tuple(right)


def _parts(text: str) -> list[str]:
    return _SIGNS.sub(" ", fold(text)).split()
