"""Spellings that a reader takes for the same letter, made the same; offsets are kept."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

# What compatibility decomposition leaves apart though readers (and OCR) do not.
_SAME_LETTER: Final = {
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ة": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ە": "ه",
    "ۀ": "ه",
    "ۃ": "ه",
    "ک": "ك",
    "گ": "ك",
    "ڪ": "ك",
    "پ": "ب",
    "چ": "ج",
    "ڤ": "ف",
    "ژ": "ز",
    "ـ": "",
    "٫": ".",
    "٬": ",",
    "،": ",",
    "؛": ";",
    "٪": "%",
}
# Isolated and tatweel forms of vowel marks: decomposed they would put a space into a word.
_MARK_FORMS: Final = range(0xFE70, 0xFE80)
_DROPPED: Final = frozenset({"Mn", "Me", "Cf"})
_MARKS: Final = (
    r"\u0300-\u036F\u0610-\u061C\u0640\u064B-\u065F\u0670\u06D6-\u06DD\u06DF-\u06E8\u06EA-\u06ED"
    r"\u08CA-\u08FF\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFE70-\uFE7F\uFEFF"
)
_WORD: Final = re.compile(rf"\w[\w{_MARKS}]*")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `offsets[i]` is where in the original the letter `text[i]` came from.

    One offset more than letters: the last is the length of the original.
    """

    text: str
    offsets: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that `text[start:end]` was folded from, marks included."""
        first = self.offsets[start]
        if end <= start:
            return first, first
        last = self.offsets[end - 1]
        while end < len(self.text) and self.offsets[end] == last:  # a ligature's other letters
            end += 1
        return first, self.offsets[end]


class Token(NamedTuple):
    """One folded word and where it stood in the original text."""

    term: str
    start: int
    end: int


def fold_letter(letter: str) -> str:
    """The folded form of one character: none, one or several characters."""
    if ord(letter) in _MARK_FORMS:
        return ""
    return "".join(_fold_part(part) for part in unicodedata.normalize("NFKD", letter))


def _fold_part(part: str) -> str:
    category = unicodedata.category(part)
    if category in _DROPPED:
        return ""
    if category == "Nd":
        return str(unicodedata.digit(part))
    return _SAME_LETTER.get(part, part.casefold())


class _Letters(dict[int, str]):
    def __missing__(self, code: int) -> str:
        folded = self[code] = fold_letter(chr(code))
        return folded


_LETTERS: Final = _Letters()


# Nearly all of a page, so that it is folded as a whole: letter by letter takes five times as long.
_PLAIN: Final = "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي0123456789abcdefghijklmnopqrstuvwxyz_ \n\t"
_BETWEEN: Final = ".,:;/()[]«»“”\"'؟!%=*+-–—•"  # parts words, and folds to itself
_USUAL: Final = [(letter, fold_letter(letter)) for letter in "أإآةىؤئًٌٍَُِّْـ،؛٪…\u200e\u200f٠١٢٣٤٥٦٧٨٩"]
_FOLDED: Final = 4
_UNUSUAL: Final = re.compile(f"[^{re.escape(_PLAIN + _BETWEEN)}]")


@lru_cache(_FOLDED)  # a page is folded for its words, and again for its case numbers
def _usual(text: str) -> str:
    for letter, folded in _USUAL:
        text = text.replace(letter, folded)
    return text


def fold_text(text: str) -> str:
    """`text` folded, without the map back: what is indexed and compared.

    Alef forms, ya and alef maqsura, ta marbuta and ha, hamza carriers, presentation forms and
    Persian letters become one; vowel marks, tatweel and invisible marks go; digits become 0-9.
    """
    folded = _usual(text)
    return folded.translate(_LETTERS) if _UNUSUAL.search(folded) else folded


def fold(text: str) -> Folded:
    """`text` folded as by `fold_text`, with the map back to the original offsets."""
    uneven = "".join(letter for letter in set(text) if len(_LETTERS[ord(letter)]) != 1)
    offsets: list[int] = []
    at = 0
    if uneven:
        for match in re.finditer(f"[{re.escape(uneven)}]", text):
            offsets += range(at, match.start())
            offsets += [match.start()] * len(_LETTERS[ord(match.group())])
            at = match.end()
    offsets += range(at, len(text) + 1)
    return Folded(fold_text(text), tuple(offsets))


@lru_cache
def code_terms(code: str) -> tuple[str, ...]:
    """The one term of a code or a label, none where it is empty."""
    folded = "_".join(fold_text(code).split())
    return (folded,) if folded else ()


@lru_cache(maxsize=65536)
def _parts(word: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", fold_text(word)))


def tokens(text: str) -> list[Token]:
    """The words of `text` in order, folded, with their spans in the original.

    A ligature that stands for several words gives several tokens of the same span.
    """
    # Token(...) goes through a Python function: twice the time, for each word of a page.
    return [
        tuple.__new__(Token, (part, *match.span()))
        for match in _WORD.finditer(text)
        for part in _parts(match[0])
    ]


def terms(text: str) -> list[str]:
    """The folded words of `text` in order: `tokens` without the spans, for indexing."""
    folded = _usual(text)
    if _UNUSUAL.search(folded):
        return [part for word in _WORD.findall(text) for part in _parts(word)]
    for mark in _BETWEEN:
        folded = folded.replace(mark, " ")
    return folded.split()
