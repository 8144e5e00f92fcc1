"""Rasm: the drawn shape of a word, without its dots, which is what a poor scan still shows."""

import re
from functools import lru_cache
from typing import Final

# Letters that differ by dots alone share a class, named by one of them. The last letter of a
# word keeps more of its shape: ن and ي there look like nothing else, ف and ق differ.
_INNER: Final = str.maketrans("بتثنيجخذزشضظغق", "ٮٮٮٮٮححدرسصطعف", "ء")
_FINAL: Final = str.maketrans("بتثجخذزشضظغ", "ٮٮٮححدرسصطع", "ء")
_LETTERS: Final = "بتثنيجحخدذرزسشصضطظعغفق"
_ALIKE: Final = {
    letter: "".join(
        other
        for other in _LETTERS
        if other != letter and other.translate(_INNER) == letter.translate(_INNER)
    )
    for letter in _LETTERS
}
_CLUMP: Final = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=65536)
def rasm(term: str) -> str:
    """The shape classes of a folded word; words one dot apart share them. Digits stay."""
    return _CLUMP.sub(lambda letters: _shape(letters.group()), term)


def same_shape(letter: str) -> str:
    """The folded letters that differ from `letter` by their dots alone; none for most."""
    return _ALIKE.get(letter, "")


def _shape(letters: str) -> str:
    letters = letters.rstrip("ء")
    return letters[:-1].translate(_INNER) + letters[-1:].translate(_FINAL)
