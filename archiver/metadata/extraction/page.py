"""The text of a page as the extraction takes it: words in reading order, and where they stand."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Final

_WORD: Final = re.compile(r"\S+")


@dataclass(frozen=True)
class PageText:
    """One read page. `text` has its lines parted by line breaks, as `Page.text` has them.

    The words are `text.split()`, which is the order of the words in its ALTO. `chances`, where
    given, has for each word the probability that it was read right.
    """

    position: int  # from 1, through the case file
    text: str
    chances: tuple[float, ...] = ()

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset at which each word begins."""
        return tuple(match.start() for match in _WORD.finditer(self.text))

    def words(self, start: int, end: int) -> tuple[int, ...]:
        """The numbers, from 0, of the words that `text[start:end]` touches."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first, bisect_right(self.starts, max(start, end - 1)) - 1)
        return tuple(range(first, last + 1)) if self.starts else ()

    def chance(self, start: int, end: int) -> float:
        """The least probability of the words there; 1 where none is known."""
        known = [self.chances[n] for n in self.words(start, end) if n < len(self.chances)]
        return min(known, default=1.0)
