"""Which Arabic words there are, and how common they are.

Two tables on disk: stems with the kind of word they are, because each kind takes other attached
letters, and frequencies of words as they are written. `resources/lexicon/README.md` says where
they come from, `ocr.probability.training` makes them.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from index import arabic_table
from index.arabic_fold import fold_text
from index.arabic_table import WordTable

STEMS, FREQUENCIES = "stems.bin", "frequencies.bin"
PARTICLE, NOUN, VERB = 1, 2, 4
"""Kinds of a stem, added up. A particle is a whole word, nothing is attached to it."""

BANDS_PER_TENFOLD: Final = 20
"""A frequency number is 1 at a thousand-millionth of all words, 20 more for ten times that."""

_ATTACHED: Final = BANDS_PER_TENFOLD  # what a word loses for a part of it being attached
REMEMBERED: Final = 20_000  # words, some 5 MB; most of a page was met on the pages before
_LETTERS: Final = re.compile("[\u0621-\u064a]+")
_AND: Final = ("", "و", "ف", "ا", "او", "اف")  # and, then; a question's alef before each
_NOUN_STARTS: Final = ("", "ال", "ب", "ك", "ل", "بال", "كال", "لل", "ولل")
_VERB_STARTS: Final = ("", "س", "ل")
_MINE: Final = ("ي", "نا", "ك", "كم", "كن", "كما", "ه", "ها", "هم", "هن", "هما")
_NOUN_ENDS: Final = [
    *("", "ا", "ي", "يه", "يا", "ان", "ين", "ون", "ات", "اتي", "يات", "تان", "تين")
] + [number + mine for number in ("", "ات", "ا", "ي", "و", "ت", "تا") for mine in _MINE]
_DOERS: Final = ("", "ت", "تم", "نا", "ن", "ا", "وا", "ون", "و", "ين", "ان", "تا")
_VERB_ENDS: Final = [doer + mine for doer in _DOERS for mine in ("", "ني", *_MINE[1:])]
_COMMON_STARTS: Final = ("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل")
_COMMON_ENDS: Final = ("ه", "ها", "هم", "نا", "ي", "ا")
_SHORTEST_STEM, _SHORTEST_COMMON, _LONGEST_START, _LONGEST_END = 2, 3, 5, 5


def _kinds(nouns: Iterable[str], verbs: Iterable[str]) -> dict[str, int]:
    """The kinds of word that each may be attached to."""
    found = dict.fromkeys(nouns, NOUN)
    for each in verbs:
        found[each] = found.get(each, 0) | VERB
    return found


_STARTS: Final = _kinds(*([a + s for a in _AND for s in of] for of in (_NOUN_STARTS, _VERB_STARTS)))
_ENDS: Final = _kinds(_NOUN_ENDS, _VERB_ENDS)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the lexicon says of a word. frequency: logarithm to ten of its share in thousand
    millions of words, 0 (unheard of) to about 8."""

    known: bool
    frequency: float


@dataclass(frozen=True)
class Lexicon:
    stems: WordTable
    frequencies: WordTable

    def standing(self, word: str) -> Standing:
        """word: as `letters` gives it, one letter or more. 40 µs for a word not met before."""
        return self._remembered(word)

    @cached_property
    def _remembered(self) -> Callable[[str], Standing]:
        return lru_cache(REMEMBERED)(self._looked_up)

    def _looked_up(self, word: str) -> Standing:
        return Standing(self.knows(word), self.frequency(word))

    def knows(self, word: str) -> bool:
        """Whether the dictionary has it, attached letters taken off."""
        number = self.stems.number
        return bool(number(word) & PARTICLE) or any(
            # Ta marbuta, folded to ha, becomes ta before an ending, or goes; so does the silent
            # alef of a plural.
            number(stem) & kinds
            or (whole and kinds & NOUN and number(stem + "ه") & NOUN)
            or (whole and kinds & VERB and number(stem + "ا") & VERB)
            for stem, kinds, whole in _stems(word)
        )

    def frequency(self, word: str) -> float:
        """As in Standing, with less for attached letters; 0 where it is unheard of."""
        number = self.frequencies.number
        found = number(word)
        for part in _without_common(word):
            found = max(found, number(part) - _ATTACHED)
        return found / BANDS_PER_TENFOLD


def _without_common(word: str) -> Iterator[str]:
    """What is left of `word` without a common start, or without a common end."""
    if word.startswith(_COMMON_STARTS):
        for start in _COMMON_STARTS:
            if word.startswith(start) and len(word) - len(start) >= _SHORTEST_COMMON:
                yield word[len(start) :]
    if word.endswith(_COMMON_ENDS):
        for end in _COMMON_ENDS:
            if word.endswith(end) and len(word) - len(end) >= _SHORTEST_COMMON:
                yield word[: -len(end)]


def _stems(word: str) -> Iterator[tuple[str, int, str]]:
    """What may be the stem of `word`, the kinds of word it would be, and the ending taken off."""
    for at in range(min(_LONGEST_START, len(word) - _SHORTEST_STEM) + 1):
        if kinds := _STARTS.get(word[:at]):
            for end in range(max(len(word) - _LONGEST_END, at + _SHORTEST_STEM), len(word) + 1):
                if fitting := kinds & _ENDS.get(word[end:], 0):
                    yield word[at:end], fitting, word[end:]


def letters(text: str) -> str:
    """The folded Arabic letters of `text`, as the tables hold them."""
    return "".join(_LETTERS.findall(fold_text(text)))


def read(folder: Path) -> Lexicon:
    """The two tables in `folder`; 10 ms, 1.5 MB. Raises TableUnreadable."""
    return Lexicon(arabic_table.read(folder / STEMS), arabic_table.read(folder / FREQUENCIES))
