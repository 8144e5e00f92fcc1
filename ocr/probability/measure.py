"""How good a doubt is: the errors that it finds, and whether its shares mean what they say."""

from collections.abc import Sequence
from typing import Final

REVIEWED: Final = 0.2  # of the words, the most doubtful ones
BINS: Final = 10


def caught(sureness: Sequence[float], right: Sequence[bool], reviewed: float = REVIEWED) -> float:
    """Share of the wrong words among the least sure `reviewed` of all; 1 where none is wrong.

    Words of equal sureness at the limit count by their share, so no order of the page helps.
    """
    wrong = sum(not each for each in right)
    room = reviewed * len(right)
    found = 0.0
    by_sureness: dict[float, list[bool]] = {}
    for each, is_right in zip(sureness, right, strict=True):
        by_sureness.setdefault(each, []).append(is_right)
    for each in sorted(by_sureness):
        words = by_sureness[each]
        taken = min(1.0, room / len(words))
        found += taken * sum(not is_right for is_right in words)
        room -= taken * len(words)
        if room <= 0:
            break
    return found / wrong if wrong else 1.0


def calibration_error(probabilities: Sequence[float], right: Sequence[bool]) -> float:
    """Mean distance between what was promised and what was kept, over ten bands of words.

    Source: expected calibration error, Naeini, Cooper and Hauskrecht 2015.
    """
    bands: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for promised, is_right in zip(probabilities, right, strict=True):
        bands[min(BINS - 1, int(promised * BINS))].append((promised, is_right))
    off = sum(abs(sum(promised - is_right for promised, is_right in band)) for band in bands)
    return off / len(right) if right else 0.0
