"""The words that tell what a page is about, to find others like it."""

import math
from collections import Counter
from collections.abc import Callable
from typing import Final

from index.arabic import light_stem, terms
from index.page import IndexedPage
from index.plan import All, Part, Term

FIELD: Final = "stem"
_TERMS: Final = 20
_SHARED: Final = 0.25  # of the telling words a similar page has at least these
_FROM_LETTERS: Final = 3


def likeness(page: IndexedPage, frequency: Callable[[str], int], pages: int) -> Part | None:
    """What finds pages like `page`; None where it has no telling words.

    frequency: on how many of the index's `pages` a stem stands. A stem on one page only is that
    page's own, and one on a tenth of all pages tells nothing.
    Source: term weights by tf-idf, as Lucene's MoreLikeThis has them.
    """
    counts = Counter(light_stem(word) for word in terms(page.text) if word.isalpha())
    weighed: list[tuple[float, str]] = []
    for stem, count in counts.items():
        on = frequency(stem) if len(stem) >= _FROM_LETTERS else 0
        if 1 < on <= max(pages // 10, 20):
            weighed.append((count * math.log(1 + pages / on), stem))
    chosen = sorted(weighed, reverse=True)[:_TERMS]
    if not chosen:
        return None
    wanted = max(1, round(_SHARED * len(chosen)))
    return All(tuple(Term(FIELD, stem) for _, stem in chosen), wanted=wanted)
