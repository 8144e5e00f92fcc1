"""Which Arabic words there are, and how common they are.

Two tables on disk: stems with the kind of word they are, because each kind takes other attached
letters, and frequencies of words as they are written. `resources/lexicon/README.md` says where
they come from, `ocr.probability.training` makes them.
"""

import re
from collections.abc import Callable, Iterator
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

ATTACHED: Final = 1.0  # what a word loses, in tens, for a part of it being attached
REMEMBERED: Final = 20_000  # words, some 5 MB; most of a page was met on the pages before
_LETTERS: Final = re.compile("[\u0621-\u064a]+")
_AND: Final = ("", "و", "ف", "ا", "او", "اف")  # and, then; a question's alef before each
_NOUN_STARTS: Final = ("", "ال", "ب", "ك", "ل", "بال", "كال", "لل", "ولل")
_VERB_STARTS: Final = ("", "س", "ل")
_MINE: Final = ("ي", "نا", "ك", "كم", "كن", "كما", "ه", "ها", "هم", "هن", "هما")
_NOUN_ENDS: Final = frozenset(
    [*("", "ا", "ي", "يه", "يا", "ان", "ين", "ون", "ات", "اتي", "يات", "تان", "تين")]
    + [number + mine for number in ("", "ات", "ا", "ي", "و", "ت", "تا") for mine in _MINE]
)
_DOERS: Final = ("", "ت", "تم", "نا", "ن", "ا", "وا", "ون", "و", "ين", "ان", "تا")
_VERB_ENDS: Final = frozenset(doer + mine for doer in _DOERS for mine in ("", "ني", *_MINE[1:]))
_COMMON_STARTS: Final = ("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل")
_COMMON_ENDS: Final = ("ه", "ها", "هم", "نا", "ي", "ا")
_SHORTEST_STEM, _SHORTEST_COMMON, _LONGEST_END = 2, 3, 5


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
        return (
            self._is(word, PARTICLE)
            or any(self._is_noun(rest) for rest in _starts(word, _NOUN_STARTS))
            or any(self._is_verb(rest) for rest in _starts(word, _VERB_STARTS))
        )

    def _is(self, stem: str, kind: int) -> bool:
        return bool(self.stems.number(stem) & kind)

    def _is_noun(self, word: str) -> bool:
        """Ta marbuta, folded to ha, becomes ta before an ending, or goes."""
        return any(
            self._is(stem, NOUN) or (end != "" and self._is(stem + "ه", NOUN))
            for stem, end in _ends(word, _NOUN_ENDS)
        )

    def _is_verb(self, word: str) -> bool:
        """The silent alef of a plural goes before an ending."""
        return any(
            self._is(stem, VERB) or (end != "" and self._is(stem + "ا", VERB))
            for stem, end in _ends(word, _VERB_ENDS)
        )

    def frequency(self, word: str) -> float:
        """As in Standing, with less for attached letters; 0 where it is unheard of."""
        parts = [word[len(s) :] for s in _COMMON_STARTS if word.startswith(s)]
        parts += [word[: -len(end)] for end in _COMMON_ENDS if word.endswith(end)]
        attached = [self._tens(part) - ATTACHED for part in parts if len(part) >= _SHORTEST_COMMON]
        return max(0.0, self._tens(word), *attached)

    def _tens(self, word: str) -> float:
        return self.frequencies.number(word) / BANDS_PER_TENFOLD


def _starts(word: str, starts: tuple[str, ...]) -> Iterator[str]:
    """What is left of `word` after each start that it may have."""
    for joined in _AND:
        if word.startswith(joined):
            rest = word[len(joined) :]
            yield from (rest[len(start) :] for start in starts if rest.startswith(start))


def _ends(word: str, ends: frozenset[str]) -> Iterator[tuple[str, str]]:
    for length in range(min(_LONGEST_END, len(word) - _SHORTEST_STEM) + 1):
        stem, end = word[: len(word) - length], word[len(word) - length :]
        if end in ends:
            yield stem, end


def letters(text: str) -> str:
    """The folded Arabic letters of `text`, as the tables hold them."""
    return "".join(_LETTERS.findall(fold_text(text)))


def read(folder: Path) -> Lexicon:
    """The two tables in `folder`; 3 ms, 1.4 MB. Raises TableUnreadable."""
    return Lexicon(arabic_table.read(folder / STEMS), arabic_table.read(folder / FREQUENCIES))
