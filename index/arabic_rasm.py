"""Rasm: the drawn shape of a word, without its dots, which is what a poor scan still shows."""

import re
from typing import Final

# Letters that differ by dots alone share a class, named by one of them. The last letter of a
# word keeps more of its shape: ن and ي there look like nothing else, ف and ق differ.
_INNER: Final = str.maketrans("بتثنيجخذزشضظغق", "ٮٮٮٮٮححدرسصطعف", "ء")
_FINAL: Final = dict(zip("بتثجخذزشضظغ", "ٮٮٮححدرسصطع", strict=True))
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


def rasm(term: str) -> str:
    """The shape classes of a folded word; words one dot apart share them. Digits stay."""
    if term.isalpha():
        return shapes(term)[1]
    return _CLUMP.sub(lambda letters: shapes(letters.group())[1], term)


def shapes(term: str) -> tuple[str, str]:
    """Of a folded word of letters: its shape at the beginning of a longer word, and its rasm."""
    beginning = term.translate(_INNER)
    last = term.rstrip("ء")[-1:]
    return beginning, beginning[:-1] + _FINAL.get(last, last)


def same_shape(letter: str) -> str:
    """The folded letters that differ from `letter` by their dots alone; none for most."""
    return _ALIKE.get(letter, "")
