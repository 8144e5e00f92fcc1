"""Generated pages for the search benchmark: words by Zipf's law, some of them misread.

The words are those of the texts that our reader is trained on, with what Arabic attaches to them
before and behind; their ranks fall off as in running text (Zipf-Mandelbrot). The n-th page is
always the same, so that no page has to be kept.
"""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.arabic import terms
from index.page import IndexedPage
from index.word import is_unknown
from ocr.training.forms import material

WORDS_A_PAGE: Final = 230
MISREAD: Final = 0.08  # of the words
PAGES_A_FILE: Final = 50
_SKEW, _SHIFT = 1.05, 2.7
_BEFORE: Final = ("", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ف", "ك")
_BEHIND: Final = ("", "ه", "ها", "ات", "ين", "ان", "هم", "نا", "ي")
_LETTERS: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_KINDS: Final = ("judgment", "appeal_statement", "defence_memo", "session_minutes", "receipt")
_CIRCUITS: Final = ("civil", "criminal", "labour", "commercial", "personal_status")


@cache
def vocabulary() -> list[str]:
    """The most frequent first: the words themselves, then their forms in a fixed disorder."""
    texts = (
        word
        for name in ("prose.txt", "forms.txt", "names.txt")
        for word in terms(" ".join(material(name)))
    )
    words = [word for word in dict.fromkeys(texts) if len(word) > 1 and word.isalpha()]
    forms = [a + word + b for word in words for a in _BEFORE for b in _BEHIND if a or b]
    forms = [form for form in forms if not is_unknown(form)]
    order = np.random.default_rng(7).permutation(len(forms))
    return list(dict.fromkeys([*words, *(forms[at] for at in order)]))


@cache
def _shares() -> NDArray[np.float64]:
    ranks = np.arange(1, len(vocabulary()) + 1)
    weights = 1.0 / (ranks + _SHIFT) ** _SKEW
    shares: NDArray[np.float64] = np.cumsum(weights / weights.sum())
    return shares


def words_of(number: int) -> list[str]:
    """The words of a page as they were read."""
    random = np.random.default_rng(number)
    found = vocabulary()
    ranks = np.searchsorted(_shares(), random.random(WORDS_A_PAGE))
    words = [found[rank] for rank in np.minimum(ranks, len(found) - 1)]
    for at in np.flatnonzero(random.random(WORDS_A_PAGE) < MISREAD):
        words[at] = misread(words[at], int(random.integers(1 << 30)))
    return words


def misread(word: str, seed: int) -> str:
    place, letter = seed % len(word), _LETTERS[seed // 97 % len(_LETTERS)]
    return word[:place] + letter + word[place + 1 :]


def page(number: int) -> IndexedPage:
    case = number // PAGES_A_FILE + 1
    names = vocabulary()
    parties = tuple(" ".join(names[(case * k + j * 31) % 900] for j in range(3)) for k in (7, 13))
    return IndexedPage(
        page_id=number + 1,
        case_id=case,
        text=" ".join(words_of(number)),
        keys=(f"{case % 150_000 + 1}/{case % 90 + 3}",),
        series="civil",
        kind=_KINDS[number % len(_KINDS)],
        access="court_internal" if case % 20 else "sensitive",
        parties=parties,
        dates=(f"{1932 + case % 90}-{case % 12 + 1:02d}-{case % 28 + 1:02d}",),
        circuit=_CIRCUITS[case % len(_CIRCUITS)],
        checked=bool(case % 3),
        position=number % PAGES_A_FILE + 1,
    )
