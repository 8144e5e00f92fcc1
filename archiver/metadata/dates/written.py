"""A date as a paper gives it, and the Gregorian days that it can mean."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from archiver.metadata.dates.calendars import Calendar, days_in, gregorian, tolerance_days


class Fault(StrEnum):
    """Why a written date cannot be."""

    NO_SUCH_MONTH = "no_such_month"
    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_YEAR = "no_such_year"  # before the papers of this house, or after they can be
    CENTURY = "century"  # two figures that may be of either century


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A day, a month or a year: `month` and `day` are 0 where the paper has none.

    `earliest` and `latest` are the Gregorian days it spans, inclusive, without the tolerance;
    None where `fault` says that it cannot be. `start` and `end` are offsets in the text read.
    """

    written: str
    calendar: Calendar
    year: int
    month: int = 0
    day: int = 0
    weekday: int | None = None  # as written, 0 = Monday
    earliest: date | None = None
    latest: date | None = None
    tolerance_days: int = 0
    fault: Fault | None = None
    repaired: bool = False  # figures or a month's name were put right to read it
    start: int = 0
    end: int = 0

    @property
    def edtf(self) -> str:
        """Extended Date/Time Format, level 1, Gregorian; "" where the date cannot be.

        `2024-11-21`, `2024-11`, `1951`; `1935-11-14~` (about) where the calendar leaves a day or
        two open; an interval for a Hijri or Coptic month or year.
        """
        if self.earliest is None or self.latest is None:
            return ""
        about = "~" if self.tolerance_days else ""
        if self.day:
            return f"{self.earliest.isoformat()}{about}"
        if self.calendar is not Calendar.GREGORIAN:
            return f"{self.earliest.isoformat()}{about}/{self.latest.isoformat()}{about}"
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    @property
    def is_day(self) -> bool:
        """Whether it is one possible day."""
        return bool(self.day) and self.fault is None

    @property
    def weekday_fits(self) -> bool | None:
        """Whether the weekday written is that of the day; None where there is nothing to compare.

        A Hijri day has its tolerance.
        """
        if self.weekday is None or self.earliest is None or not self.day:
            return None
        away = abs((self.earliest.weekday() - self.weekday + 3) % 7 - 3)
        return away <= self.tolerance_days

    @property
    def sorting_key(self) -> tuple[date, date]:
        """Sorts by first day, then the shorter span; what cannot be comes last."""
        return (self.earliest or date.max, self.latest or date.max)

    def value(self) -> dict[str, str]:
        """The form in which a field keeps it."""
        return {"edtf": self.edtf, "calendar": str(self.calendar), "written": self.written}


def days_apart(one: WrittenDate, other: WrittenDate) -> int | None:
    """How many days lie between the spans of two dates; None where one of them cannot be."""
    if not (one.earliest and one.latest and other.earliest and other.latest):
        return None
    return max(0, (other.earliest - one.latest).days, (one.earliest - other.latest).days)


def span(calendar: Calendar, year: int, month: int, day: int) -> tuple[date, date]:
    """First and last Gregorian day. Raises ValueError for what the calendar does not have."""
    if day:
        only = gregorian(calendar, year, month, day)
        return only, only
    first = gregorian(calendar, year, month or 1, 1)
    if calendar is Calendar.GREGORIAN:
        last = month or 12
        return first, gregorian(calendar, year, last, days_in(calendar, year, last))
    following = (year, month + 1) if 0 < month < 12 else (year + 1, 1)
    if calendar is Calendar.COPTIC and month == 12:
        following = (year, 13)
    return first, gregorian(calendar, *following, 1) - timedelta(days=1)


def made(
    written: str,
    calendar: Calendar,
    year: int,
    month: int = 0,
    day: int = 0,
    *,
    weekday: int | None = None,
    repaired: bool = False,
    start: int = 0,
    end: int = 0,
    fault: Fault | None = None,
) -> WrittenDate:
    """A written date with its span, or with the fault that it has."""
    fault = fault or _fault(calendar, year, month, day)
    earliest, latest = (None, None) if fault else span(calendar, year, month, day)
    return WrittenDate(
        written, calendar, year, month, day, weekday, earliest, latest,
        tolerance_days(calendar, year), fault, repaired, start, end,
    )  # fmt: skip


_YEARS = {
    Calendar.GREGORIAN: range(1500, 2101),
    Calendar.HIJRI: range(900, 1501),
    Calendar.COPTIC: range(1216, 1820),
}


def _fault(calendar: Calendar, year: int, month: int, day: int) -> Fault | None:
    if year not in _YEARS[calendar]:
        return Fault.NO_SUCH_YEAR
    if month and not 1 <= month <= (13 if calendar is Calendar.COPTIC else 12):
        return Fault.NO_SUCH_MONTH
    if day and not (month and 1 <= day <= days_in(calendar, year, month)):
        return Fault.NO_SUCH_DAY
    return None
