"""Which letters the network can write, and how a text becomes its targets.

The base model knows 85 entries and of ٠-٩ only ٠ and ١. Ours adds the rest, and changes the
direction of some entries, by which Tesseract turns a line from print order to reading order:
٠-٩ as European numbers and hyphen and brackets as right-to-left, or ٢٠-١١-١٩٥٢ and (٤١) come
back reversed.
Source: Tesseract 5, src/ccutil/unicharset.cpp and unicharcompress.cpp.
"""

import re
import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ocr.training import bidi
from ocr.training.traineddata import BadModel

BLANK = 2  # the network's "nothing here"; Tesseract's name for the entry is Broken
SPACE = 0
RIGHT_TO_LEFT, NUMBER = "1", "2"
DIRECTIONS = {"٠": NUMBER, "١": NUMBER} | dict.fromkeys("-()[]«»", RIGHT_TO_LEFT)
DIRECTION_FIELD = 5
DIGIT_PROPERTIES = (8, "Arabic", 2)
ADDED: dict[str, tuple[int, str, int]] = dict.fromkeys("٢٣٤٥٦٧٨٩", DIGIT_PROPERTIES) | {
    "،": (10, "Common", 6),
    "ـ": (1, "Common", 13),
    "٪": (10, "Arabic", 4),
    "٫": (10, "Arabic", 5),
    "%": (10, "Common", 4),
    "=": (0, "Common", 10),
}
"""Letter -> properties (1 letter, 8 digit, 10 mark), script, direction (UCharDirection of ICU)."""

_UNSEEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SAME = str.maketrans(
    {"–": "-", "—": "-", "…": ".", "‘": "'", "’": "'", "ی": "ي", "ک": "ك", "ٱ": "ا"}
    | {"\u0670": None, "\u00a0": " "}
)


@dataclass(frozen=True)
class Charset:
    """Rows of a unicharset file, without its count."""

    rows: tuple[str, ...]

    @cached_property
    def letters(self) -> tuple[str, ...]:
        return (" ", *(row.split(" ", 1)[0] for row in self.rows[1:]))

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {letter: number for number, letter in enumerate(self.letters)}

    def encode(self, text: str) -> list[int] | None:
        """Targets in print order, left to right; None where a letter cannot be written."""
        shown = bidi.visual(plain(text))
        if any(letter not in self.numbers for letter in shown):
            return None
        return [self.numbers[letter] for letter in shown]

    def decode(self, targets: Sequence[int]) -> str:
        """The letters of targets, in print order."""
        return "".join(self.letters[number] for number in targets)

    def unicharset(self) -> bytes:
        return "\n".join([str(len(self.rows)), *self.rows, ""]).encode()

    def recoder(self) -> bytes:
        """Each entry is its own code: the network has one output for each."""
        codes = b"".join(struct.pack("<bii", 1, 1, number) for number in range(len(self.rows)))
        return struct.pack("<I", len(self.rows)) + codes


def plain(text: str) -> str:
    """The text as the model is to write it: composed, single spaces, one kind of dash and quote."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text).translate(_SAME))
    return " ".join(seen.split())


def parse(data: bytes) -> Charset:
    """A unicharset component. Raises BadModel."""
    try:
        count, *rows = data.decode().split("\n")
        charset = Charset(tuple(rows[: int(count)]))
    except ValueError as error:  # UnicodeDecodeError is one
        raise BadModel(f"the character set cannot be read: {error}") from error
    if len(charset.rows) != int(count):
        raise BadModel("the character set is cut short")
    return charset


def extend(base: Charset) -> Charset:
    """The base with our directions and the letters of ADDED that it lacks; nothing twice."""
    rows = [_directed(row) for row in base.rows]
    for letter, properties in ADDED.items():
        if letter not in base.numbers:
            rows.append(_row(letter, len(rows), *properties))
    return Charset(tuple(rows))


def _directed(row: str) -> str:
    fields = row.split(" ")
    if fields[0] in DIRECTIONS:
        fields[DIRECTION_FIELD + 0] = DIRECTIONS[fields[0]]
    return " ".join(fields)


def _row(letter: str, number: int, properties: int, script: str, direction: int) -> str:
    mark = "0" if properties == DIGIT_PROPERTIES[0] else ""
    return (
        f"{letter} {properties} 0,255,0,255,0,0,0,0,0,0 {script} {number} {direction} {number}"
        f" {letter}\t# {letter} [{ord(letter):x} ]{mark}"
    )
