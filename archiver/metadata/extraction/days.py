"""Which of a page's dates is the hearing's, the filing's, the contested judgment's."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from archiver.metadata.dates.calendars import Calendar
from archiver.metadata.dates.written import WrittenDate, days_apart
from archiver.metadata.extraction.finding import Finding
from archiver.metadata.extraction.markers import Part
from archiver.metadata.extraction.shapes import Shapes, stream_of

_SURE: Final = 0.85
_REPAIRED: Final = 0.7
_AGREEING: Final = 0.09  # more, where the weekday or the other calendar says the same
_CONTRADICTED: Final = 0.45  # less
_LEAD: Final = 34  # letters of the stream before a date
_PAIRED: Final = 0.96
_ONE_DATE: Final = 0.89  # its figures were read once
_PAIR_DAYS: Final = 2

_HEARING_PAPERS: Final = frozenset({"judgment", "minutes", "decision_chamber", "principle_sheet"})
_HEARING_LEADS: Final = ("جلسة", "بجلسة", "الموافق", "في يوم", "بتاريخ", "يوم")
_FILING: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    # kind: (words before the date, words after it)
    "cover": (("إيداع الصحيفة", "تقديم الطعن", "تاريخ الإيداع", "تاريخ القيد"), ()),
    "docket_sheet": (("تاريخ القيد", "إيداع الصحيفة", "قيد في"), ()),
    "appeal_statement": (("أودعت هذه الصحيفة",), ("أودعت", "أودعت هذه الصحيفة")),
    "appeal_report": (("إنه في يوم",), ("حضر أمامنا", "قرر")),
    "judgment": ((), ("طعن بطريق النقض", "طعن الطاعن", "طعنت", "طعن المحكوم")),
    "prosecution_memo": (("كتاب هذه المحكمة بتاريخ", "أودعت قلم كتاب"), ("طعن بطريق النقض",)),
}
_LOWER_LEADS: Final = ("الصادر بتاريخ", "الصادر في", "بجلسة", "جلسة", "بتاريخ")
_LOWER_PAPERS: Final = frozenset(
    {"judgment", "cover", "appeal_statement", "appeal_report", "grounds_memo"}
)
_FAR: Final = 170  # characters after the name of the court
_CLOSE: Final = 16


def hearing(
    shapes: Shapes, kind: str, dates: Sequence[WrittenDate], heading: tuple[Part, ...]
) -> Iterator[Finding]:
    """The day of the hearing and, where it is printed, its Hijri day.

    Only on judgments, minutes, decisions and the sheets that cite them: on a memo or a receipt
    the first date is another one.
    """
    if kind not in _HEARING_PAPERS or continues(shapes):
        return
    until = _facts(shapes, heading)
    days = [each for each in dates if each.is_day and each.start < until]
    gregorian = [each for each in days if each.calendar is Calendar.GREGORIAN]
    led = [each for each in gregorian if _lead(shapes, each, _HEARING_LEADS, _LEAD)]
    pairs = [(each, _pair(each, days)) for each in led or gregorian[:1]]
    if not pairs:
        return
    day, other = max(pairs, key=lambda pair: (pair[1] is not None, -pair[0].start))
    probability = _chance(day, other) - (0.0 if led else 0.3)
    yield _finding("hearing_date", day, probability, "hearing date")
    if other is not None:
        yield _finding("hearing_date_hijri", other, _chance(other, day), "Hijri date beside it")


def continues(shapes: Shapes) -> bool:
    """Whether the page says at its top that it goes on."""
    return any(span.start < 60 for span in shapes.find(_CONTINUED, 0, 120))


_CONTINUED: Final = stream_of("تابع الطعن")


def _facts(shapes: Shapes, heading: tuple[Part, ...]) -> int:
    """The offset at which the facts begin, with other dates."""
    begin = [part.opening for part in heading if part.name == "facts"]
    return shapes.origin(begin[0])[0] if begin else len(shapes.page.text)


def _pair(day: WrittenDate, days: Iterable[WrittenDate]) -> WrittenDate | None:
    """The Hijri date just before a Gregorian one."""
    near = [
        each for each in days if each.calendar is Calendar.HIJRI and 0 <= day.start - each.end <= 30
    ]
    return near[-1] if near else None


def _chance(day: WrittenDate, other: WrittenDate | None) -> float:
    chance = _REPAIRED if day.repaired else _SURE
    if day.weekday_fits is not None:
        chance += _AGREEING if day.weekday_fits else -_CONTRADICTED
    if other is not None:
        apart = days_apart(day, other)
        chance += _AGREEING if apart is not None and apart <= _PAIR_DAYS else -_CONTRADICTED
    fits = day.weekday_fits and day.calendar is Calendar.GREGORIAN
    most = _PAIRED if other is not None and (fits or days_apart(day, other) == 0) else _ONE_DATE
    return min(most, max(0.1, chance))


def _finding(field: str, day: WrittenDate, probability: float, rule: str) -> Finding:
    return Finding(field, day.value(), day.edtf, probability, rule, day.start, day.end)


def filing(shapes: Shapes, kind: str, dates: Sequence[WrittenDate]) -> Iterator[Finding]:
    """The day on which the appeal was lodged."""
    before, after = _FILING.get(kind, ((), ()))
    for day in dates:
        if not (day.is_day and day.calendar is Calendar.GREGORIAN):
            continue
        if _lead(shapes, day, before, _LEAD) or _followed(shapes, day, after):
            yield _finding("filing_date", day, _chance(day, None), "filing date")
            return


def lower_date(
    shapes: Shapes, kind: str, dates: Sequence[WrittenDate], courts: Sequence[Finding]
) -> Iterator[Finding]:
    """The day of the contested judgment, which stands after one of the `courts` below."""
    days = [each for each in dates if each.is_day and each.calendar is Calendar.GREGORIAN]
    if kind == "contested_judgment":
        led = [each for each in days if _lead(shapes, each, _HEARING_LEADS, _LEAD)]
        for day in led[:1]:
            if _stream_place(shapes, day.start) < _HEAD:
                yield _finding("lower_date", day, _chance(day, None), "session of the other court")
        return
    for day in days if kind in _LOWER_PAPERS else ():
        after = any(0 <= day.start - court.end <= _FAR for court in courts)
        if after and _lead(shapes, day, _LOWER_LEADS, _CLOSE):
            yield _finding("lower_date", day, _chance(day, None), "date of the contested judgment")
            return


_HEAD: Final = 420


def _stream_place(shapes: Shapes, offset: int) -> int:
    return shapes.at(shapes.folded_place(offset))


def _lead(shapes: Shapes, day: WrittenDate, cues: tuple[str, ...], letters: int) -> bool:
    """Whether one of the cues stands within so many letters before the date."""
    place = _stream_place(shapes, day.start)
    return any(shapes.find(stream_of(cue), max(0, place - letters), place) for cue in cues)


def _followed(shapes: Shapes, day: WrittenDate, cues: tuple[str, ...]) -> bool:
    place = _stream_place(shapes, day.end)
    return any(shapes.find(stream_of(cue), place, place + _LEAD) for cue in cues)
