"""Terms that let a misread word be found by the word that was written.

Only words that no lexicon knows have them, so that a real neighbour (حكم, حكى) is left alone:

    !word     the unknown word itself, for one letter more, less or other
    shape     its letters without their dots
    ~shape    that of its stem
    =word     each of two known words that it is made of, run together
    +shape    that of two neighbours of which one is unknown: one word, split

The index holds one of each; a query asks for every word that would be a letter away. So the index
stays small and every term is looked up as it is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from index.arabic import fold_text, rasm, same_shape
from index.word import Word

JOINED: Final = "+"
GAP: Final = "-"  # marks a number with one digit taken out
EDITED_FROM_LETTERS: Final = 5  # a shorter word has too many neighbours one letter apart
_LONGEST_JOINED: Final = 14
_HEADING_LETTERS: Final = 200
_LIKELY: Final = re.compile(r"(?<![0-9])([0-9]{1,6})\s*[^\W0-9]{2,6}\s+([0-9]{1,2})(?![0-9])")
_LETTERS: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"
_SHAPES: Final = "".join(dict.fromkeys(rasm(letter + "ا")[0] for letter in _LETTERS[:-1])) + "نيق"


def variants(words: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
    """The variant terms of a text, each with the words it stands for, from, to."""
    for at, each in enumerate(words):
        if each.variants:  # one word in ten
            yield from ((term, at, at + 1) for term in each.variants.split())
    yield from ((JOINED + shape, at - 1, at + 1) for shape, at in _joined(words))


def variant_terms(words: Sequence[Word]) -> str:
    """The terms of `variants`, parted by spaces, some of them twice: what is indexed."""
    own = dict.fromkeys([each.variants for each in words if each.variants])
    return " ".join([*own, *[JOINED + shape for shape, _ in _joined(words)]])


def _joined(words: Sequence[Word]) -> Iterator[tuple[str, int]]:
    """The shapes of neighbours run together of which one may be misread, each with the place of
    the second."""
    misread = [at for at, each in enumerate(words) if each.variants]  # one word in ten
    for at in dict.fromkeys(place for first in misread for place in (first, first + 1)):
        if 0 < at < len(words):
            one, other = words[at - 1], words[at]
            if one.letters + other.letters <= _LONGEST_JOINED:
                yield one.beginning + other.shape if other.shape else one.shape, at


def redotted(term: str) -> tuple[str, ...]:
    """The words that differ from a folded one in the dots of one letter."""
    return tuple(
        term[:at] + other + term[at + 1 :]
        for at, letter in enumerate(term)
        for other in same_shape(letter)
    )


def edited(term: str) -> tuple[str, ...]:
    """The words one letter apart from a folded one: more, less, other, or two changed places."""
    return _edited(term, _LETTERS)


def edited_shapes(shape: str) -> tuple[str, ...]:
    """The shapes one letter apart from `shape`."""
    return _edited(shape, _SHAPES)


@lru_cache(256)
def _edited(text: str, letters: str) -> tuple[str, ...]:
    cuts = [(text[:at], text[at:]) for at in range(len(text) + 1)]
    found = {before + after[1:] for before, after in cuts}
    found |= {before + letter + after[1:] for before, after in cuts for letter in letters}
    found |= {before + letter + after for before, after in cuts for letter in letters}
    found |= {before + after[1::-1] + after[2:] for before, after in cuts if len(after) > 1}
    return tuple(sorted(found - {text}))


def near_numbers(canonicals: Iterable[str]) -> Iterator[str]:
    """What the index holds of case numbers: each as it is and with each one digit out, marked."""
    for canonical in canonicals:
        yield canonical
        yield from (GAP + shorter for shorter in _shorter(canonical))


def digit_apart(canonical: str) -> tuple[str, ...]:
    """What finds case numbers with one digit more, less or other, among `near_numbers`."""
    shorter = tuple(_shorter(canonical))
    return (canonical, GAP + canonical, *shorter, *(GAP + each for each in shorter))


def _shorter(canonical: str) -> Iterator[str]:
    for at, digit in enumerate(canonical):
        if digit != "/":
            yield canonical[:at] + canonical[at + 1 :]


def likely_numbers(text: str) -> Iterator[str]:
    """What may be a case number in a heading whose words are misread: a number, a word, a year."""
    for number, year in _LIKELY.findall(fold_text(text[:_HEADING_LETTERS])):
        yield f"{int(number)}/{int(year)}"
