"""Days of three calendars as Gregorian dates.

Hijri days are those of Umm al-Qura where `hijridate` knows it (1343 to 1500 AH); the dates printed
on papers agree with it within a day. Before and after it they are those of the tabular calendar
with leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of thirty.
Source of the tabular and Coptic day numbers: Reingold and Dershowitz, Calendrical Calculations.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from hijridate import Gregorian, Hijri

UMM_AL_QURA: Final = range(1343, 1501)
UMM_AL_QURA_DAYS: Final = 2  # how far a printed date may be from it
TABULAR_DAYS: Final = 3
_FROM_JULIAN_DAY: Final = 1_721_425  # Julian day number of the day before 1 January of year 1
_HIJRI_EPOCH: Final = 1_948_440 - 385
_COPTIC_EPOCH: Final = 1_825_029
_SHORT_MONTHS: Final = frozenset({4, 6, 9, 11})
_COPTIC_SHORT: Final = 13


class Calendar(StrEnum):
    """Codes of vocabularies/calendar."""

    GREGORIAN = "greg"
    HIJRI = "hijri"
    COPTIC = "coptic"


def tolerance_days(calendar: Calendar, year: int) -> int:
    """How far a rightly written date of `year` may lie from the day that is worked out."""
    if calendar is not Calendar.HIJRI:
        return 0
    return UMM_AL_QURA_DAYS if year in UMM_AL_QURA else TABULAR_DAYS


def months_in(calendar: Calendar) -> int:
    return 13 if calendar is Calendar.COPTIC else 12


def days_in(calendar: Calendar, year: int, month: int) -> int:
    """The most days a paper may give the month; a Hijri month is taken to have thirty.

    Whether a Hijri month had 29 or 30 was settled by who saw the moon.
    """
    if calendar is Calendar.HIJRI:
        return 30
    if calendar is Calendar.COPTIC:
        return 30 if month < _COPTIC_SHORT else 6 if year % 4 == 3 else 5
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in _SHORT_MONTHS else 31


def gregorian(calendar: Calendar, year: int, month: int, day: int) -> date:
    """The Gregorian day. Raises ValueError for a day that the calendar does not have."""
    if not (1 <= month <= months_in(calendar) and 1 <= day <= days_in(calendar, year, month)):
        raise ValueError(f"no such day: {year}-{month}-{day} ({calendar})")
    if calendar is Calendar.HIJRI:
        return _from_hijri(year, month, day)
    if calendar is Calendar.COPTIC:
        days = _COPTIC_EPOCH + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day
        return date.fromordinal(days - _FROM_JULIAN_DAY)
    return date(year, month, day)


def hijri(day: date) -> tuple[int, int, int]:
    """Year, month and day of the Hijri calendar."""
    try:
        return Gregorian.fromdate(day).to_hijri().datetuple()
    except OverflowError:
        return _tabular_hijri(day)


def coptic(day: date) -> tuple[int, int, int]:
    """Year, month and day of the Coptic calendar."""
    days = day.toordinal() + _FROM_JULIAN_DAY - _COPTIC_EPOCH - 1
    year = (4 * days + 1463) // 1461
    rest = days - 365 * (year - 1) - year // 4
    return year, rest // 30 + 1, rest % 30 + 1


def _from_hijri(year: int, month: int, day: int) -> date:
    if year not in UMM_AL_QURA:
        return date.fromordinal(_tabular_ordinal(year, month, day))
    length = Hijri(year, month, 1).month_length()
    first = date(*Hijri(year, month, min(day, length)).to_gregorian().datetuple())
    return date.fromordinal(first.toordinal() + max(0, day - length))


def _tabular_ordinal(year: int, month: int, day: int) -> int:
    days = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day
    return days + _HIJRI_EPOCH - _FROM_JULIAN_DAY


def _tabular_hijri(day: date) -> tuple[int, int, int]:
    ordinal = day.toordinal()
    year = max(1, (30 * (ordinal - _tabular_ordinal(1, 1, 1)) + 10_646) // 10_631)
    month = next(m for m in range(12, 0, -1) if m == 1 or _tabular_ordinal(year, m, 1) <= ordinal)
    return year, month, ordinal - _tabular_ordinal(year, month, 1) + 1
