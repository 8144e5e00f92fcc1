"""Extended Date/Time Format (ISO 8601-2:2019, level 1, dates only): the days that a date can mean.

Taken: `2024-11-21`, `2024-11`, `1951`, `193X`, `19XX`, each with `?`, `~` or `%`; intervals
`a/b`, open at an end as `a/..` or `../b`.
"""

import re
from calendar import monthrange
from datetime import date
from typing import Final

_ONE: Final = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2})(?:-(\d{2}))?)?[?~%]?")


def span(text: str) -> tuple[date, date] | None:
    """The first and the last day that `text` can mean, inclusive; None where it is no such date.

    An open end reaches as far as the calendar does.
    """
    ends = text.split("/")
    if len(ends) == 1:
        return _one(text)
    if len(ends) != 2:
        return None
    first = (date.min, date.min) if ends[0] == ".." else _one(ends[0])
    last = (date.max, date.max) if ends[1] == ".." else _one(ends[1])
    if first is None or last is None or first[0] > last[1]:
        return None
    return first[0], last[1]


def is_day(text: str) -> bool:
    """Whether it is one whole day, be it an uncertain one."""
    found = _ONE.fullmatch(text)
    return bool(found and found[3] and _one(text))


def is_about(text: str) -> bool:
    return text.rstrip("?").endswith(("~", "%"))


def _one(text: str) -> tuple[date, date] | None:
    found = _ONE.fullmatch(text)
    if found is None:
        return None
    year, month, day = found.groups()
    if "X" in year:
        return _many(year) if month is None else None
    try:
        if day:
            only = date(int(year), int(month), int(day))
            return only, only
        if month:
            days = monthrange(int(year), int(month))[1]
            return date(int(year), int(month), 1), date(int(year), int(month), days)
        return date(int(year), 1, 1), date(int(year), 12, 31)
    except ValueError:  # a day that the calendar does not have
        return None


def _many(year: str) -> tuple[date, date] | None:
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    return (date(first, 1, 1), date(last, 12, 31)) if first else None
