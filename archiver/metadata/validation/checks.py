"""The checks on a case file's fields. Each looks at fields by their id: a profile that has none of
them is not complained of, and a new profile needs no code."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any, Final

from archiver.i18n import _
from archiver.metadata.dates.calendars import Calendar, hijri
from archiver.metadata.dates.judicial_year import (
    judicial_year_of,
    judicial_year_span,
    volume_year_of,
)
from archiver.metadata.dates.months import month_label
from archiver.metadata.dates.reading import read_dates
from archiver.metadata.profiles import ALWAYS, Field, Part
from archiver.metadata.validation.finding import Finding, Severity
from archiver.metadata.validation.record import Day, Record
from archiver.metadata.values import ValueRefused, checked, shown

Check = Callable[[Record], Iterator[Finding]]
HIJRI_DAYS: Final = 2  # printed pairs agree with Umm al-Qura within a day
LONGEST_YEARS: Final = 26  # from the beginning of a judicial year to a hearing; 20 were seen
FIRST_YEAR: Final = 1875
_DATES: Final = ("filing_date", "hearing_date", "lower_date")
_RESTRICTED: Final = {"personal_status": "sensitive", "family": "sensitive"}
_OPEN_LEVELS: Final = ("public", "court_internal")
_GENERAL_ASSEMBLY: Final = ("ga_civil", "ga_criminal", "ga_both")  # volumes of their own
_SURE: Final = 0.5
_ERROR, _WARNING = Severity.ERROR, Severity.WARNING


def findings(record: Record) -> tuple[Finding, ...]:
    """All complaints, errors first."""
    found = [finding for check in CHECKS for finding in check(record)]
    return tuple(sorted(found, key=lambda finding: finding.severity is Severity.WARNING))


def required(record: Record) -> Iterator[Finding]:
    """What is always needed, or in the state that the case is in, and nobody said."""
    state = record.one("case_status")
    for field in record.profile.of_level("case"):
        if record.all(field.id):
            continue
        facts: dict[str, str | int] = {
            "field": str(field.label),
            "profile": str(record.profile.label),
            "state": _word(record, "case_status", state),
        }
        if ALWAYS in field.required:
            yield Finding("required", _ERROR, (field.id,), facts)
        elif state in field.required:
            yield Finding("required_in", _ERROR, (field.id,), facts, (state,))


def forms(record: Record) -> Iterator[Finding]:
    """What came in by another way than the keyboard may have a form that it cannot have."""
    for field in record.profile.fields:
        for value in record.all(field.id):
            try:
                checked(field, value, record.vocabularies)
            except ValueRefused as error:
                yield Finding("form", _ERROR, (field.id,), {
                    "field": str(field.label),
                    "value": _cut(str(value)),
                    "detail": str(error.facts["detail"]),
                    "mend": str(error.facts["mend"]),
                }, (value,))  # fmt: skip
            else:
                yield from _not_listed(record, field, value)


def _not_listed(record: Record, field: Field, value: Any) -> Iterator[Finding]:
    """A word outside a list that takes others, too."""
    for part in field.parts:
        said = value.get(part.id) if isinstance(value, dict) else value
        if part.open and isinstance(said, str) and not _listed(record, part, said):
            yield Finding("not_listed", _WARNING, (field.id,), {
                "field": str(field.label),
                "value": _cut(said),
                "list": record.vocabularies[part.vocabulary].title,
            }, (said,))  # fmt: skip


def _listed(record: Record, part: Part, said: str) -> bool:
    return said in record.vocabularies[part.vocabulary].terms


def series(record: Record) -> Iterator[Finding]:
    for key in record.all("case_key"):
        if key["series"] == "unknown":
            yield Finding("series_unknown", _ERROR, ("case_key",), {}, (key,))


def twins(record: Record) -> Iterator[Finding]:
    """Other case files with the same number and year."""
    for key in record.all("case_key"):
        for twin in record.twins:
            if (twin.number, twin.judicial_year) != (key["number"], key["judicial_year"]):
                continue
            facts: dict[str, str | int] = {
                "key": _key(key), "title": twin.title or twin.reference, "case": twin.reference
            }  # fmt: skip
            if twin.series != key["series"]:
                yield Finding("key_elsewhere", _WARNING, ("case_key",), facts, (key, twin.series))
            elif twin.own and key == record.one("case_key"):
                yield Finding("key_taken", _ERROR, ("case_key",), facts, (key,))
            else:
                yield Finding("key_joined", _WARNING, ("case_key",), facts, (key,))


def pages_agree(record: Record) -> Iterator[Finding]:
    """No arithmetic catches a wrong number: what the pages say does."""
    keys = {(key["number"], key["judicial_year"]) for key in record.all("case_key")}
    sure = [seen for seen in record.seen if seen.probability >= _SURE]
    if not keys or not sure or any((s.number, s.judicial_year) in keys for s in sure):
        return
    best = max(sure, key=lambda seen: (seen.probability, len(seen.pages)))
    yield Finding("key_pages", _WARNING, ("case_key",), {
        "seen": f"{best.number}/{best.judicial_year}",
        "key": _key(record.one("case_key")),
        "pages": best.pages,
    }, (record.one("case_key"), best.number, best.judicial_year))  # fmt: skip


def judicial_years(record: Record) -> Iterator[Finding]:
    """The first key's year against the day it was filed, the hearings and today."""
    key = record.one("case_key")
    if not key:
        return
    year, docket = key["judicial_year"], key["series"]
    span = judicial_year_span(year, docket)
    if span is None:
        return
    right = judicial_year_of(record.today, docket)
    if span[0] > record.today and right:
        yield Finding("year_future", _ERROR, ("case_key",), {"year": year, "right": right}, (key,))
    for day in record.days("filing_date")[:1]:
        filed = judicial_year_of(day.first, docket)
        if day.certain and filed and filed != year:
            yield Finding("year_filed", _WARNING, ("case_key", "filing_date"), {
                "year": year, "date": day.shown, "right": filed,
            }, (key, day.text))  # fmt: skip
    for day in record.days("hearing_date"):
        last = span[0].replace(year=span[0].year + LONGEST_YEARS)
        if day.last < span[0] or day.first > last:
            yield Finding("year_hearing", _WARNING, ("case_key", "hearing_date"), {
                "year": year, "date": day.shown, "first": span[0].isoformat(),
            }, (key, day.text))  # fmt: skip


def volume_year(record: Record) -> Iterator[Finding]:
    """Volume year = hearing year - 1949; before 1956 October to December are the next volume's."""
    year, days = record.one("to_year"), record.days("hearing_date")
    if year is None or not days or record.one("circuit") in _GENERAL_ASSEMBLY:
        return
    expected = {volume_year_of(day.last) for day in days}
    right = volume_year_of(days[-1].last)
    if year not in expected and right:
        yield Finding("volume", _WARNING, ("to_year", "hearing_date"), {
            "year": year, "date": days[-1].shown, "right": right,
        }, (year, days[-1].text))  # fmt: skip


def weekdays(record: Record) -> Iterator[Finding]:
    for name in (*_DATES, "hearing_date_hijri"):
        for day in record.days(name):
            for words in dict.fromkeys((day.written, day.typed)):
                found = read_dates(words)
                if len(found) == 1 and found[0].weekday_fits is False:
                    yield Finding("weekday", _WARNING, (name,), {
                        "date": day.text,
                        "written": words,
                        "right": _weekday(record, day.first),
                    }, (day.value,))  # fmt: skip
                    break


def hijri_pairs(record: Record) -> Iterator[Finding]:
    """The Hijri date that is printed beside the Gregorian one."""
    pairs = zip(record.days("hearing_date"), record.days("hearing_date_hijri"), strict=False)
    for one, other in pairs:
        days = max((one.first - other.last).days, (other.first - one.last).days, 0)
        if days > HIJRI_DAYS:
            yield Finding("hijri", _WARNING, ("hearing_date_hijri", "hearing_date"), {
                "hijri": other.shown,
                "days": days,
                "date": one.shown,
                "right": _hijri(one.first),
            }, (one.text, other.text))  # fmt: skip


def ranges(record: Record) -> Iterator[Finding]:
    for name in _DATES:
        for day in record.days(name):
            facts: dict[str, str | int] = {"field": record.label(name), "date": day.shown}
            if day.first > record.today:
                yield Finding("future", _ERROR, (name,), facts, (day.text,))
            if day.last.year < FIRST_YEAR:
                yield Finding("early", _WARNING, (name,), facts, (day.text,))


def order(record: Record) -> Iterator[Finding]:
    """The contested judgment, the filing, the hearing: in that order."""
    chain = [days[0] for name in ("lower_date", "filing_date") if (days := record.days(name))]
    hearings = record.days("hearing_date")
    if hearings:
        chain.append(max(hearings, key=lambda day: day.last))
    for first, second in pairwise(chain):
        if first.first > second.last:
            yield _reversed(record, first, second)


def _reversed(record: Record, first: Day, second: Day) -> Finding:
    return Finding("order", _ERROR, (first.field, second.field), {
        "first": record.label(first.field),
        "first_date": first.shown,
        "second": record.label(second.field),
        "second_date": second.shown,
    }, (first.text, second.text))  # fmt: skip


def extent(record: Record) -> Iterator[Finding]:
    """Pages counted by hand against images: blank backs may make these more, never fewer."""
    counted = record.one("extent")
    pages = counted.get("pages") if isinstance(counted, dict) else None
    if record.images is not None and pages and record.images < pages:
        yield Finding("extent", _ERROR, ("extent",), {
            "counted": pages, "found": record.images,
        }, (pages, record.images))  # fmt: skip


def access(record: Record) -> Iterator[Finding]:
    level = _RESTRICTED.get(str(record.one("circuit")))
    if level and record.one("access_level") in _OPEN_LEVELS:
        yield Finding("access", _WARNING, ("access_level", "circuit"), {
            "right": _word(record, "access_level", level),
        }, (record.one("circuit"), record.one("access_level")))  # fmt: skip


def kinds(record: Record) -> Iterator[Finding]:
    if record.unsorted:
        yield Finding("unsorted", _WARNING, ("doc_kind",), {"count": record.unsorted},
                      (record.unsorted,))  # fmt: skip


CHECKS: Final[tuple[Check, ...]] = (
    required, forms, series, twins, pages_agree, judicial_years, volume_year, weekdays,
    hijri_pairs, ranges, order, extent, access, kinds,
)  # fmt: skip


# --- words --------------------------------------------------------------------------------------


def _word(record: Record, name: str, code: Any) -> str:
    field = record.field(name)
    return shown(field, code, record.vocabularies) if field and code else ""


def _key(key: Any) -> str:
    return f"{key['number']}/{key['judicial_year']}"


def _cut(text: str) -> str:
    """Short enough for a sentence, and harmless there."""
    plain = "".join(letter if letter.isprintable() else "·" for letter in text)
    return plain if len(plain) <= 60 else f"{plain[:60]}…"


def _weekday(record: Record, day: date) -> str:
    """The vocabulary of sitting days has no Friday."""
    code = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[day.weekday()]
    term = record.vocabularies["sitting_day"].terms.get(code)
    return term.label if term else _("Friday")


def _hijri(day: date) -> str:
    year, month, number = hijri(day)
    return f"{number} {month_label(Calendar.HIJRI, month)} {year}"
