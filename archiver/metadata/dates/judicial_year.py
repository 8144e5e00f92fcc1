"""Judicial years against calendar years.

Year n of the Court runs from October of 1929+n to September of 1930+n. Two series count apart:
the National Courts (criminal cases before 1931), year n being 1883+n, and the misdemeanour
chambers, whose small years are not tied to a calendar here.
"""

from datetime import date
from typing import Final

_FIRST: Final = 1929  # year n begins in October of it + n
_NATIONAL: Final = 1883
_OCTOBER: Final = 10
_VOLUME: Final = 1949
_VOLUME_TURN: Final = 1956  # before it, hearings of October to December are of the next volume
NATIONAL_SERIES: Final = "national_courts"
MISDEMEANOUR_SERIES: Final = "misdemeanour"


def judicial_year_span(year: int, series: str = "civil") -> tuple[date, date] | None:
    """First and last day on which an appeal of judicial `year` was filed; None if not known."""
    if year < 1 or series == MISDEMEANOUR_SERIES:
        return None
    if series == NATIONAL_SERIES:
        return date(_NATIONAL + year, 1, 1), date(_NATIONAL + year, 12, 31)
    return date(_FIRST + year, _OCTOBER, 1), date(_FIRST + 1 + year, _OCTOBER - 1, 30)


def judicial_year_of(filed: date, series: str = "civil") -> int | None:
    """The judicial year of an appeal filed on that day; None before there was one, or unknown."""
    if series == MISDEMEANOUR_SERIES:
        return None
    if series == NATIONAL_SERIES:
        year = filed.year - _NATIONAL
    else:
        year = filed.year - _FIRST - (filed.month < _OCTOBER)
    return year if year >= 1 else None


def volume_year_of(hearing: date) -> int | None:
    """The Technical Office's volume year for a hearing; None before there was one."""
    late = hearing.year < _VOLUME_TURN and hearing.month >= _OCTOBER
    year = hearing.year - _VOLUME + late
    return year if year >= 1 else None
