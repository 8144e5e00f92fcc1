"""What the index makes of a word by itself; most of a page was met on the pages before."""

from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Final, NamedTuple

from index.arabic import light_stem, rasm, shapes
from index.arabic_lexicon import Lexicon, read

WORD, STEM, PART = "!", "~", "="
REMEMBERED: Final = 100_000  # words, some 45 MB
NO_LETTERS: Final = 1000
_SHORTEST_PART: Final = 2


class Word(NamedTuple):
    """letters: how many, NO_LETTERS where it is not of letters alone. beginning, shape: its rasm
    at the beginning of a longer word, and by itself. variants: the terms that it is found by
    where it was misread, parted by spaces; none where it is known."""

    stem: str
    letters: int
    beginning: str
    shape: str
    variants: str


@lru_cache(REMEMBERED)
def word_of(term: str) -> Word:
    """What is to know of a folded word; it may be misread where no lexicon knows it."""
    stem = light_stem(term)
    if not term.isalpha():
        return Word(stem, NO_LETTERS, "", "", "")
    return Word(stem, len(term), *shapes(term), _variants(term, stem) if is_unknown(term) else "")


def name_of(term: str) -> Word:
    """As `word_of`, of a name: names are in no lexicon, so each may be misread."""
    found = word_of(term)
    return found if found.variants else found._replace(variants=_variants(term, found.stem))


def _variants(term: str, stem: str) -> str:
    parts = (PART + part for part in run_together(term))
    return " ".join((WORD + term, rasm(term), STEM + rasm(stem), *parts))


@cache
def lexicon() -> Lexicon:
    """The words of the language; 10 ms, once. Raises TableUnreadable."""
    with as_file(files("resources") / "lexicon") as folder:
        return read(folder)


def is_unknown(term: str) -> bool:
    """Whether a folded word is letters that no lexicon knows, and so may be misread."""
    known = lexicon()
    if not term.isalpha() or known.frequencies.number(term):
        return False
    return known.frequency(term) == 0 or not known.knows(term)


def run_together(term: str) -> tuple[str, ...]:
    """The two known words that an unknown one is most likely made of; none where there are none.

    The rarer of the two decides: a rare word beside a common particle is no proof.
    """
    frequency = lexicon().frequencies.number
    best = 0.0
    found: tuple[str, ...] = ()
    for at in range(_SHORTEST_PART, len(term) - _SHORTEST_PART + 1):
        one = frequency(term[:at])
        other = frequency(term[at:]) if one else 0
        likely = min(one, other) + (one + other) / 10 if other else 0.0
        if likely > best:
            best, found = likely, (term[:at], term[at:])
    return found
