"""The symbols that the second reader tells apart.

Everything that is no part of a number is one symbol, OTHER: letters, stamps, ornaments.
Latin and Arabic commas are one symbol; both digit sets are kept apart, as printed.
"""

from typing import Final

WESTERN: Final = "0123456789"
EASTERN: Final = "٠١٢٣٤٥٦٧٨٩"
DIGITS: Final = WESTERN + EASTERN
SIGNS: Final = "/.-:٫،%()[]"
GAP: Final = " "
OTHER: Final = "□"

SYMBOLS: Final = DIGITS + SIGNS + GAP + OTHER
"""Class n + 1 of the network is SYMBOLS[n]; class 0 is the paper between symbols."""

CLASSES: Final = len(SYMBOLS) + 1
_SAME_LOOK: Final = str.maketrans({",": "،", "٬": "،", "٪": "%"})


def class_of(letter: str) -> int:
    """The class of a printed letter; letters outside the alphabet are OTHER."""
    place = SYMBOLS.find(letter.translate(_SAME_LOOK))
    return (place if place >= 0 else SYMBOLS.index(OTHER)) + 1
