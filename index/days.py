"""A written day, month or year, Gregorian or Hijri, as the days that it may mean."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from hijridate import Hijri

HIJRI_BEFORE: Final = 1600  # a smaller year is Hijri
_YEARS: Final = range(1200, 2200)
_UMM_AL_QURA: Final = range(1343, 1501)
_TABULAR_TOLERANCE: Final = timedelta(2)  # the tables and the moon differ by that
_WRITTEN: Final = re.compile(r"([0-9]{1,4})(?:[-/.]([0-9]{1,2}))?(?:[-/.]([0-9]{1,4}))?(?:ه|م)?")

Span = tuple[date, date]


def span(written: str) -> Span | None:
    """First and last day of `1951`, `3/1951`, `1951-3`, `14/3/1951`, `1951-3-14`; the same of Hijri
    years, `1370` say. None for what is no date. written: folded, digits 0-9.

    Source outside of the Umm al-Qura tables (1343 to 1500): the tabular calendar, 30-year cycle.
    """
    match = _WRITTEN.fullmatch(written)
    if match is None:
        return None
    figures = [int(part) for part in match.groups() if part]
    if figures[0] not in _YEARS:
        figures.reverse()
    year, month, day = (*figures, 0, 0)[:3]
    if year not in _YEARS:
        return None
    try:
        return _hijri(year, month, day) if year < HIJRI_BEFORE else _gregorian(year, month, day)
    except ValueError:
        return None


def day_number(year: int, month: int, day: int) -> int:
    """A day as the index holds it: 19511204."""
    return year * 10_000 + month * 100 + day


def _gregorian(year: int, month: int, day: int) -> Span:
    last_month = month or 12
    last_day = day or monthrange(year, last_month)[1]
    return date(year, month or 1, day or 1), date(year, last_month, last_day)


def _hijri(year: int, month: int, day: int) -> Span:
    first = _day(year, month or 1, day or 1)
    if day:
        last = first
    elif month and month < 12:
        last = _day(year, month + 1, 1) - timedelta(1)
    else:
        last = _day(year + 1, 1, 1) - timedelta(1)
    slack = timedelta(0) if year in _UMM_AL_QURA else _TABULAR_TOLERANCE
    return first - slack, last + slack


def _day(year: int, month: int, day: int) -> date:
    if not (1 <= month <= 12 and 1 <= day <= 30):
        raise ValueError(month, day)
    if year in _UMM_AL_QURA:
        found = Hijri(year, month, min(day, 29) if day == 30 else day).to_gregorian()
        return date(found.year, found.month, found.day) + timedelta(day == 30)
    julian = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day + 1_948_055
    return date.fromordinal(julian - 1_721_425)
