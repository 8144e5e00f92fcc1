"""The lexicon's two tables: stems of the Ayaspell dictionary, frequencies of wordfreq.

Ayaspell (Debian's hunspell-ar): GPL 2.0, LGPL 2.1 or MPL 1.1, taken here under the MPL 1.1.
wordfreq: its data under CC BY-SA 4.0. See resources/lexicon/README.md.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from index.arabic_lexicon import BANDS_PER_TENFOLD, NOUN, PARTICLE, VERB, letters

RAREST: Final = 1e-7  # of all words; 171,000 folded words are more common
_ALIAS: Final = re.compile(r"AF (\S+) # (\d+)")
_VERB: Final = re.compile("P[a-z]")  # flags are two letters; every verb may have one before it
_WORD: Final = re.compile("[\u0621-\u063a\u0641-\u064a]+")


def kinds(hunspell: Path, own_words: Iterable[str]) -> dict[str, int]:
    """Folded stems and their kinds, added up. Raises OSError.

    hunspell: the folder of ar.dic and ar.aff. own_words: names and terms, taken for nouns. The
    dictionary has its verbs conjugated and its nouns as they stand alone; flags say which is
    which, and words without flags stand with all that may be attached to them.
    """
    flags = {number: f for f, number in _ALIAS.findall((hunspell / "ar.aff").read_text("utf-8"))}
    found: defaultdict[str, int] = defaultdict(int)
    for word, alias in _entries(hunspell / "ar.dic"):
        found[letters(word)] |= _kind(flags.get(alias, ""))
    for text in own_words:
        for word in _WORD.findall(text):
            found[letters(word)] |= NOUN
    found.pop("", None)
    return dict(found)


def _entries(dictionary: Path) -> Iterator[tuple[str, str]]:
    for line in dictionary.read_text("utf-8").splitlines()[1:]:
        word, _, rest = line.partition("/")
        yield word.split("\t")[0], rest.split("\t")[0].strip()


def _kind(flags: str) -> int:
    pairs = [flags[place : place + 2] for place in range(0, len(flags), 2)]
    if not pairs:
        return PARTICLE
    return VERB if any(_VERB.fullmatch(pair) for pair in pairs) else NOUN


def bands(shares: Mapping[str, float]) -> dict[str, int]:
    """Folded words and their frequency numbers, spellings of one word taken together."""
    folded: defaultdict[str, float] = defaultdict(float)
    for word, share in shares.items():
        if _WORD.fullmatch(word):
            folded[letters(word)] += share
    return {word: _band(share) for word, share in folded.items() if share >= RAREST}


def _band(share: float) -> int:
    return min(255, 1 + round(BANDS_PER_TENFOLD * math.log10(share * 1e9)))
