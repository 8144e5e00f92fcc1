"""Light stemming: attached letters taken off, so that attached forms meet.

Source: Larkey, Ballesteros and Connell 2007 ("light10"), in the order of Apache Lucene's
ArabicStemmer; after Lucene's normalisation the result is Lucene's word for word.
"""

from typing import Final

_PREFIXES: Final = ("ال", "وال", "بال", "كال", "فال", "لل", "و")
_SUFFIXES: Final = ("ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي")
_LETTERS_LEFT: Final = 2
_LETTERS_LEFT_AFTER_ONE: Final = 3  # a lone و is too often part of the word


def light_stem(term: str) -> str:
    """The stem of a folded word: one prefix off, then each suffix once, in this order."""
    return _without_suffixes(_without_prefix(term))


def _without_prefix(term: str) -> str:
    if not term.startswith(_PREFIXES):
        return term
    for prefix in _PREFIXES:
        left = _LETTERS_LEFT if len(prefix) > 1 else _LETTERS_LEFT_AFTER_ONE
        if term.startswith(prefix) and len(term) >= len(prefix) + left:
            return term[len(prefix) :]
    return term


def _without_suffixes(term: str) -> str:
    if not term.endswith(_SUFFIXES):
        return term
    for suffix in _SUFFIXES:
        if term.endswith(suffix) and len(term) >= len(suffix) + _LETTERS_LEFT:
            term = term[: -len(suffix)]
    return term
