"""Terms that let a misread word be found by the word that was written.

Only words that no lexicon knows have them, so that a real neighbour (حكم, حكى) is left alone. Each
has its shape, and from five letters on what is left of the shape when one letter is taken out; a
word looks for the same of its own, so that one letter more, less or other still meets, by terms
that are looked up as they are. Two neighbours of which one is unknown are one word, split.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Final

from index.arabic import rasm
from index.arabic_lexicon import Lexicon, read

GAP: Final = "-"  # marks a shape with one letter taken out
EDITED_FROM_LETTERS: Final = 5
_REMEMBERED: Final = 65536


@cache
def lexicon() -> Lexicon:
    """The words of the language; 3 ms, once. Raises TableUnreadable."""
    with as_file(files("resources") / "lexicon") as folder:
        return read(folder)


@lru_cache(_REMEMBERED)
def is_unknown(term: str) -> bool:
    """Whether a folded word is letters that no lexicon knows, and so may be misread."""
    if not term.isalpha():
        return False
    standing = lexicon().standing(term)
    return not (standing.known and standing.frequency > 0)


@lru_cache(_REMEMBERED)
def shapes(term: str) -> tuple[str, ...]:
    """The shape of a folded word and, from five letters on, it with each one letter out."""
    shape = rasm(term)
    return (shape, *gaps(shape)) if len(shape) >= EDITED_FROM_LETTERS else (shape,)


def gaps(text: str) -> tuple[str, ...]:
    """`text` with each one letter taken out, marked, each once."""
    cut = (GAP + text[:at] + text[at + 1 :] for at in range(len(text)))
    return tuple(dict.fromkeys(cut))


def variants(words: Sequence[str], *, gated: bool = True) -> Iterator[tuple[str, int, int]]:
    """The variant terms of a text's folded words, each with the words it stands for, from, to.

    gated: only of words that no lexicon knows.
    """
    unknown = [is_unknown(word) or not gated for word in words]
    for at, word in enumerate(words):
        if unknown[at]:
            yield from ((term, at, at + 1) for term in shapes(word))
        if at and (unknown[at] or unknown[at - 1]) and (words[at - 1] + word).isalpha():
            yield from ((term, at - 1, at + 1) for term in shapes(words[at - 1] + word))


def near_numbers(canonicals: Iterable[str]) -> Iterator[str]:
    """What finds case numbers one digit apart: each as it is and with each one digit out."""
    for canonical in canonicals:
        yield canonical
        yield from (gap for gap in gaps(canonical) if "/" in gap)
