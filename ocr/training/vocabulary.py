"""Words to set lines from, drawn by how common they are.

Word frequencies: the wordfreq package (code Apache-2.0, data CC-BY-SA-4.0). Rare and technical
words: hunspell-ar of Debian (GPL-2 / LGPL-2.1 / MPL-1.1). Both lists are read where they are
installed and are no part of this project.
"""

import random
import re
from bisect import bisect
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

WORD = re.compile("[\u0621-\u063a\u0641-\u064a]{1,14}")
DICTIONARY_WORD = re.compile("[\u0621-\u063a\u0641-\u064a]{2,9}")
STACKING = re.compile(
    "ل[مجحخ]|م[مجحخ]|[بتنيثف][مجحخ]|[سعطصهحك]م|[بتني]ي|تى|[لبتن]ما|تهم|نهم|محم|لمج|نجم"
)
"""Letters that old faces stack, and that readers lose most often."""

RAREST = 2e-8
FLATTENING = 0.75  # rare words come more often than in nature, or the network learns guessing
DICTIONARY_SHARE = 0.1
STACKING_SHARE = 0.18


@dataclass(frozen=True)
class Draw:
    """Words with their summed weights."""

    words: tuple[str, ...]
    sums: tuple[float, ...]

    def word(self, chance: random.Random) -> str:
        return self.words[bisect(self.sums, chance.random() * self.sums[-1], hi=len(self.sums) - 1)]


@dataclass(frozen=True)
class Vocabulary:
    common: Draw
    stacking: Draw
    dictionary: Draw | None = None

    def word(self, chance: random.Random) -> str:
        share = chance.random()
        if share < STACKING_SHARE:
            return self.stacking.word(chance)
        if self.dictionary is not None and share < STACKING_SHARE + DICTIONARY_SHARE:
            return self.dictionary.word(chance)
        return self.common.word(chance)


def draw(weights: Mapping[str, float]) -> Draw:
    """Words in a settled order, so that a seed gives the same lines everywhere."""
    words = tuple(sorted(weights))
    return Draw(words, tuple(accumulate(weights[word] for word in words)))


def from_frequencies(frequencies: Mapping[str, float], dictionary: list[str]) -> Vocabulary:
    """Words above RAREST, flattened; the dictionary's words evenly."""
    weights = {
        word: share**FLATTENING
        for word, share in frequencies.items()
        if share > RAREST and WORD.fullmatch(word)
    }
    stacking = {
        word: weight for word, weight in weights.items() if len(word) > 2 and STACKING.search(word)
    }
    rare = dict.fromkeys((w for w in dictionary if DICTIONARY_WORD.fullmatch(w)), 1.0)
    return Vocabulary(draw(weights), draw(stacking or weights), draw(rare) if rare else None)


def from_texts(texts: list[str]) -> Vocabulary:
    """The words of texts by their number; enough for a trial, too few for a model."""
    counts = Counter(word for text in texts for word in WORD.findall(text))
    return from_frequencies({word: n / counts.total() for word, n in counts.items()}, [])


def dictionary_words(dic: Path) -> list[str]:
    """The stems of a hunspell dictionary."""
    lines = dic.read_text("utf-8", errors="replace").splitlines()
    return [line.split("/")[0].strip() for line in lines[1:]]
