"""What cannot be: a day 38, a year 8991. Only where the words before the number say what it is."""

import re
from typing import Final

from ocr.numbers.runs import runs

_YEAR_WORDS: Final = frozenset(("سنة", "عام", "سنه", "سنتى", "سنتي", "عامي"))
_PREFIXES: Final = "ولبفك"
_YEARS: Final = (range(1200, 1500), range(1800, 2100))
_DATE: Final = re.compile(r"[0-9٠-٩]{1,4}([/.-])[0-9٠-٩]{1,2}\1[0-9٠-٩]{1,4}")


def is_implausible(before: str, text: str) -> bool:
    """Whether `text`, after the word `before`, is a year or a date that never was.

    Two-digit years are judicial years, and any will do; so will any bare number.
    """
    found = runs(text)
    if _is_date(text):
        return not _can_be_date(found)
    if _is_year_word(before) and len(found) == 1 and len(found[0]) == 4:
        return not _can_be_year(found[0])
    return False


def only_reversed(before: str, text: str) -> bool:
    """Whether it makes sense once its digits are turned round, and not as it stands."""
    return is_implausible(before, text) and not is_implausible(before, text[::-1])


def _is_year_word(word: str) -> bool:
    return word in _YEAR_WORDS or (word[:1] in _PREFIXES and word[1:] in _YEAR_WORDS)


def _is_date(text: str) -> bool:
    return _DATE.fullmatch(text.strip("()[]،.: ")) is not None


def _can_be_date(found: tuple[str, ...]) -> bool:
    """Day, month, year, or the other way round."""
    return any(
        1 <= int(day) <= 31
        and 1 <= int(month) <= 12
        and len(day) <= 2
        and (_can_be_year(year) if len(year) == 4 else len(year) == 2)
        for day, month, year in (found, found[::-1])
    )


def _can_be_year(run: str) -> bool:
    return any(int(run) in years for years in _YEARS)
