"""Finds the dates in a text: figures or words, three calendars, both digit sets, misread names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Final

from rapidfuzz.distance import Levenshtein

from archiver.metadata.dates.calendars import Calendar
from archiver.metadata.dates.months import Month, month_names, weekday_names
from archiver.metadata.dates.written import Fault, WrittenDate, made
from index.arabic import Folded, fold

# Letters that differ by dots alone, and the pairs that readers most often mistake.
SHAPES: Final = str.maketrans("تثنيجخذزشضظغق", "ببببححدرسصطعف", "ء")

MOST: Final = 400  # dates of one form that are taken from one text: no page has as many
_YEAR: Final = r"[0-9] ?[0-9] ?[0-9] ?[0-9]"
_MARK: Final = r"(?:\s{0,2}(?P<mark>هجريه|ميلاديه|قبطيه|[همق])(?!\w))?"
_FIGURES: Final = re.compile(
    rf"(?<![0-9/])(?P<a>[0-9]{{4}}|[0-9]{{1,2}})\s{{0,2}}(?P<sep>[/\-.\\_])\s{{0,2}}"
    rf"(?P<b>[0-9]{{1,2}})\s{{0,2}}(?P=sep)\s{{0,2}}"
    rf"(?P<c>{_YEAR}|[0-9]{{1,2}})(?![0-9/]){_MARK}"
)
_WORDED: Final = re.compile(
    rf"(?<![0-9/.])(?P<day>[0-9]{{1,2}})(?P<middle>[^0-9.;()/]{{3,34}}?)"
    rf"(?P<year>{_YEAR})(?![0-9/]){_MARK}"
)
_MONTH_YEAR: Final = re.compile(
    rf"(?<!\w)(?P<middle>[^\W0-9]+(?:\s[^\W0-9]+)?)\s+(?:من\s+)?(?:(?:ل?سنه|عام)\s*)?"
    rf"(?P<year>{_YEAR})(?![0-9/]){_MARK}"
)
_YEAR_ALONE: Final = re.compile(
    rf"(?<!\w)(?:سنه|عام|العام)\s+(?P<year>[0-9]{{4}})(?![0-9/]){_MARK}(?!\s*قضا)"
)
_BARE: Final = re.compile(rf"\s*(?P<year>[0-9]{{4}})(?:[-/](?P<month>[0-9]{{1,2}}))?{_MARK}\s*")
_BARE_MONTH: Final = re.compile(r"\s*(?P<month>[0-9]{1,2})[-/](?P<year>[0-9]{4})\s*")
_NUMBERED: Final = re.compile(r"(?:[0-9]|رقم|نمره|قانون|ارقام)\W*$")
_BEFORE: Final = re.compile(r"([^\W0-9]+)[\s:,\-–]*(?:(?:ال)?موافق[\s:,]*|ليوم\s+|في\s+)?$")
_PAIRED: Final = re.compile(r"[\s,\-–/=()]*(?:ه|هجريه)?[\s,()]*(?:ال)?موافق[\s:,]*$")
_YEAR_WORDS: Final = frozenset({"سنه", "لسنه", "عام", "من"})
_CENTURY_TURN: Final = 30  # a year of two figures above it is of the twentieth century
_MARKS: Final = {
    "ه": Calendar.HIJRI, "هجريه": Calendar.HIJRI, "م": Calendar.GREGORIAN,
    "ميلاديه": Calendar.GREGORIAN, "قبطيه": Calendar.COPTIC,
}  # fmt: skip
_HIJRI_YEARS: Final = range(1200, 1501)
_LOOK_BACK: Final = 40
_WEEKDAY_BACK: Final = 24

_UNITS: Final = (
    "اول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر"
)  # fmt: skip


def read_dates(text: str) -> tuple[WrittenDate, ...]:
    """The dates in `text`, in order; those that cannot be carry their fault. Never raises.

    A text that is nothing but a year, or a month and a year in figures, is one too.
    """
    return read_folded_dates(text, fold(text))


def read_folded_dates(text: str, folded: Folded) -> tuple[WrittenDate, ...]:
    """As `read_dates`, for a text that is folded already."""
    found: list[WrittenDate] = []
    taken: list[tuple[int, int]] = []
    for make in (_in_figures, _in_words, _with_ordinals, _month_and_year, _years):
        for mark, written in islice(make(folded.text), MOST):
            if not any(mark.start < end and start < mark.end for start, end in taken):
                taken.append((mark.start, mark.end))
                found.append(_placed(written, mark, text, folded))
    found.sort(key=lambda each: each.start)
    return tuple(_weekdays(found, folded))


@dataclass(frozen=True, slots=True)
class _Place:
    start: int  # in the folded text
    end: int


_Found = Iterator[tuple[_Place, WrittenDate]]


def _in_figures(text: str) -> _Found:
    for match in _FIGURES.finditer(text):
        first, second, third = (match[name].replace(" ", "") for name in "abc")
        place = _Place(match.start(), match.end())
        if len(first) == 4 and len(third) <= 2:
            yield place, _figures(int(first), int(second), int(third), match)
        elif len(first) <= 2 and len(third) == 4:
            yield place, _figures(int(third), int(second), int(first), match)
        elif len(third) == 2 and match["sep"] == "/" and _may_be(int(first), int(second)):
            yield place, _short_year(int(third), int(second), int(first))


def _may_be(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12


def _figures(year: int, month: int, day: int, match: re.Match[str]) -> WrittenDate:
    calendar = _MARKS.get(match["mark"] or "")
    if calendar is None or (calendar is Calendar.GREGORIAN and year in _HIJRI_YEARS):
        calendar = Calendar.HIJRI if year in _HIJRI_YEARS else Calendar.GREGORIAN
    fault = None
    if not (month and day):
        fault = Fault.NO_SUCH_DAY if month else Fault.NO_SUCH_MONTH
    return made("", calendar, year, month, day, fault=fault, repaired=" " in match["c"])


def _short_year(year: int, month: int, day: int) -> WrittenDate:
    fault = Fault.CENTURY if year <= _CENTURY_TURN else None
    return made("", Calendar.GREGORIAN, 1900 + year, month, day, fault=fault)


def _in_words(text: str) -> _Found:
    for match in _WORDED.finditer(text):
        day, year = int(match["day"]), int(match["year"].replace(" ", ""))
        named = _month(match["middle"], year)
        if named is None:
            continue
        month, exact = named
        repaired = not exact or " " in match["year"]
        yield _Place(match.start(), match.end()), _worded(month, year, day, repaired)


def _with_ordinals(text: str) -> _Found:
    for match in _ordinal_dates().finditer(text):
        year = int(match["year"].replace(" ", ""))
        named = _month(match["middle"], year)
        if named is not None:
            day = _ordinals()[re.sub(r"\s+", " ", match["day"])]
            yield (
                _Place(match.start(), match.end()),
                _worded(named[0], year, day, not named[1]),
            )


def _worded(month: Month, year: int, day: int, repaired: bool) -> WrittenDate:
    fault = None if day else Fault.NO_SUCH_DAY
    return made("", month.calendar, year, month.number, day, repaired=repaired, fault=fault)


def _month_and_year(text: str) -> _Found:
    for match in _MONTH_YEAR.finditer(text):
        words = [word for word in match["middle"].split() if word not in _YEAR_WORDS]
        for first in range(len(words)):
            month = month_names().get("".join(words[first:]))
            if month is not None:
                year = int(match["year"].replace(" ", ""))
                start = match.start() + match["middle"].index(words[first])
                yield _Place(start, match.end()), made("", month.calendar, year, month.number)
                break


def _years(text: str) -> _Found:
    if whole := _BARE.fullmatch(text) or _BARE_MONTH.fullmatch(text):
        parts = whole.groupdict()
        yield _Place(0, len(text)), _year(parts["year"], parts.get("mark"), parts["month"])
        return
    for match in _YEAR_ALONE.finditer(text):
        if not _NUMBERED.search(text, max(0, match.start() - 8), match.start()):
            yield _Place(match.start(), match.end()), _year(match["year"], match["mark"], None)


def _year(figures: str, mark: str | None, month: str | None) -> WrittenDate:
    year = int(figures)
    hijri = Calendar.HIJRI if year in _HIJRI_YEARS else Calendar.GREGORIAN
    number = int(month) if month else 0
    fault = Fault.NO_SUCH_MONTH if month and not number else None
    return made("", _MARKS.get(mark or "", hijri), year, number, fault=fault)


def _month(middle: str, year: int) -> tuple[Month, bool] | None:
    """The month that the words between day and year name, and whether they name it exactly."""
    letters = re.sub(r"[\W_]", "", middle)
    if not 3 <= len(letters) <= 26:
        return None
    hijri = year in _HIJRI_YEARS
    return _month_named(letters, hijri)


_AROUND: Final = re.compile(r"^(?:منشهر|شهر|من)?(.+?)(?:من)?(?:لسنه|سنه|عام|لعام)?$")


@lru_cache(maxsize=4096)
def _month_named(letters: str, hijri_year: bool) -> tuple[Month, bool] | None:
    stripped = _AROUND.match(letters)
    core = stripped[1] if stripped else letters
    for spelled in (letters, core):
        month = month_names().get(spelled)
        if month is not None:
            return month, True
    return _nearest_month(letters.translate(SHAPES), hijri_year)


@lru_cache(maxsize=2)
def _frames(hijri_year: bool) -> tuple[tuple[str, Month], ...]:
    """The shapes of «من شهر … سنة» around the names that fit the year."""
    calendars = (Calendar.HIJRI, Calendar.COPTIC) if hijri_year else (Calendar.GREGORIAN,)
    return tuple(
        ((before + name + after).translate(SHAPES), month)
        for name, month in month_names().items()
        if month.calendar in calendars and not name.isascii()
        for before in ("", "من", "شهر", "منشهر")
        for after in ("", "سنه", "لسنه", "عام", "منسنه")
    )


def _nearest_month(shape: str, hijri_year: bool) -> tuple[Month, bool] | None:
    """The one month that lies nearest; none where two lie as near, or all are far."""
    allowed = 1 if len(shape) <= 7 else 2 if len(shape) <= 14 else 3
    best: dict[Month, int] = {}
    for framed, month in _frames(hijri_year):
        distance = Levenshtein.distance(shape, framed, score_cutoff=allowed)
        if distance <= allowed:
            best[month] = min(distance, best.get(month, distance))
    if not best:
        return None
    ranked = sorted(best.items(), key=lambda item: item[1])
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return None
    return ranked[0][0], False


def _placed(written: WrittenDate, place: _Place, text: str, folded: Folded) -> WrittenDate:
    start, end = folded.origin(place.start, place.end)
    words = text[start:end].strip()
    return replace(written, written=words, start=start, end=start + len(words))


def _weekdays(found: list[WrittenDate], folded: Folded) -> Iterator[WrittenDate]:
    """Give each date the weekday before it; the second of a pair shares that of the first."""
    if not found:
        return
    back = {offset: index for index, offset in reversed(list(enumerate(folded.offsets)))}
    before: WrittenDate | None = None
    for each in found:
        start = back.get(each.start, 0)
        lead = folded.text[max(0, start - _LOOK_BACK) : start]
        weekday = _weekday(lead)
        if weekday is None and before is not None and _PAIRED.search(lead):
            between = start - back.get(before.end, 0)
            weekday = before.weekday if 0 <= between < _WEEKDAY_BACK else None
        before = replace(each, weekday=weekday)
        yield before


def _weekday(lead: str) -> int | None:
    match = _BEFORE.search(lead)
    if match is None:
        return None
    return _weekday_named(match[1])


@lru_cache(maxsize=4096)
def _weekday_named(word: str) -> int | None:
    exact = weekday_names().get(word)
    if exact is not None or len(word) < 5:
        return exact
    shape = word.translate(SHAPES)
    near = {
        day
        for name, day in weekday_names().items()
        if not name.isascii()
        and Levenshtein.distance(shape, name.translate(SHAPES), score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else None


@lru_cache(maxsize=1)
def _ordinals() -> dict[str, int]:
    """`الخامس عشر` -> 15, folded."""
    ordinals = {f"ال{unit}": number for number, unit in enumerate(_UNITS, start=1)} | {"اول": 1}
    eleven = dict(enumerate(("حادي", *_UNITS[1:9]), start=1))
    for number, unit in eleven.items():
        ordinals[f"ال{unit} عشر"] = 10 + number
        for form in ("ون", "ين"):
            ordinals[f"ال{unit} والعشر{form}"] = 20 + number
    for form in ("ون", "ين"):
        ordinals[f"العشر{form}"] = 20
        ordinals[f"الثلاث{form}"] = 30
        ordinals[f"الحادي والثلاث{form}"] = 31
    return ordinals


@lru_cache(maxsize=1)
def _ordinal_dates() -> re.Pattern[str]:
    spelled = sorted(_ordinals(), key=len, reverse=True)
    days = "|".join(name.replace(" ", r"\s+") for name in spelled)
    return re.compile(
        rf"(?<!\w)(?P<day>{days})\s+(?P<middle>[^0-9.;()/]{{3,30}}?)"
        rf"(?P<year>{_YEAR})(?![0-9/]){_MARK}"
    )
