"""Damage of the kinds that readers do to Arabic text, at a wanted share of characters."""

import random
from typing import Final

# Letters that one smudge or lost dot turns into each other, then letters of like shape.
_DOTS: Final = ("بتثنيى", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق", "ةه", "اأإآ", "يى", "وؤ")
_LOOKS: Final = {
    "ا": "ل", "ل": "اك", "ك": "ل", "م": "هف", "ه": "مة", "و": "رف", "ر": "و", "ع": "ءم", "س": "ش",
    "د": "ر", "ن": "ت", "ق": "ف", "ف": "ق", "ي": "ب", "ة": "ت", "ى": "ي", "ط": "ظ", "ص": "ض",
}  # fmt: skip
_DIGITS: Final = {
    "0": "5", "1": "97", "2": "36", "3": "28", "4": "69", "5": "06", "6": "24", "7": "18",
    "8": "73", "9": "14", "٠": "٥.", "١": "٩ا", "٢": "٣٦", "٣": "٢", "٤": "٦٢", "٥": "٠ه",
    "٦": "٢٤", "٧": "٨", "٨": "٧", "٩": "١",
}  # fmt: skip
_DROP, _SPLIT, _MERGE, _DOT = 0.12, 0.10, 0.5, 0.75


def damaged(text: str, share: float, random_: random.Random, *, figures: bool = True) -> str:
    """`text` with about that share of its characters wrong: dots, shapes, digits, spaces.

    Three in four are dots and digits taken for their like; the others are other shapes, letters
    lost, words torn apart or run together. Line breaks stay; without `figures` these do, too.
    """
    return "".join(
        letter if letter.isdigit() and not figures else _read(letter, share, random_)
        for letter in text
    )


def seeded(*names: object) -> random.Random:
    """The same numbers for the same names, on every machine."""
    return random.Random(" ".join(map(str, names)))  # noqa: S311


def _read(letter: str, share: float, random_: random.Random) -> str:
    if letter == "\n" or random_.random() >= share:
        return letter
    if letter == " ":
        return "" if random_.random() < _MERGE else "  "
    if random_.random() < _DROP:
        return ""
    if random_.random() < _SPLIT:
        return f"{letter} "
    return _mistaken(letter, random_)


def _mistaken(letter: str, random_: random.Random) -> str:
    if letter in _DIGITS:
        return random_.choice(_DIGITS[letter])
    alike = next((family for family in _DOTS if letter in family), "")
    if alike and random_.random() < _DOT:
        return random_.choice(alike.replace(letter, ""))
    return random_.choice(_LOOKS.get(letter, letter))
