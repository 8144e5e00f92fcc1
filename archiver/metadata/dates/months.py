"""The names of months and weekdays, in every spelling that papers have, folded."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from archiver.metadata.dates.calendars import Calendar
from archiver.settings import resource
from index.arabic import fold_text

# Spellings of old papers and slips of the pen that the vocabulary does not list.
_ALSO: Final = {
    (Calendar.GREGORIAN, 1): ("ينايـر", "جانفي"),
    (Calendar.GREGORIAN, 2): ("فبرائر", "فبرابر"),
    (Calendar.GREGORIAN, 4): ("ابريل", "نيسان"),
    (Calendar.GREGORIAN, 6): ("يونية",),
    (Calendar.GREGORIAN, 7): ("يولية", "يوليا"),
    (Calendar.GREGORIAN, 8): ("اغسطوس", "أوغسطس"),
    (Calendar.GREGORIAN, 9): ("سبتنبر", "شتنبر"),
    (Calendar.GREGORIAN, 11): ("نوفنبر",),
    (Calendar.HIJRI, 1): ("المحرم", "محرم الحرام"),
    (Calendar.HIJRI, 2): ("صفر الخير",),
    (Calendar.HIJRI, 3): ("ربيع أول",),
    (Calendar.HIJRI, 4): ("ربيع ثان", "ربيع آخر", "ربيع ثاني"),
    (Calendar.HIJRI, 5): ("جمادى الأول", "جماد الأول", "جماد أول", "جمادى أولى"),
    (Calendar.HIJRI, 6): ("جمادى الآخر", "جماد الآخر", "جماد الثاني", "جماد آخر", "جمادى الثاني"),
    (Calendar.HIJRI, 11): ("ذو القعدة", "ذي القعدة", "ذى القعده", "القعدة"),
    (Calendar.HIJRI, 12): ("ذو الحجة", "ذي الحجة", "ذى الحجه", "الحجة"),
    (Calendar.COPTIC, 2): ("بابة",),
    (Calendar.COPTIC, 5): ("طوبة",),
    (Calendar.COPTIC, 8): ("برمودة",),
    (Calendar.COPTIC, 10): ("بؤونة", "بؤنه"),
    (Calendar.COPTIC, 13): ("أيام النسيء", "النسي"),
}
_LATIN: Final = (
    ("janvier", "january"), ("février", "february"), ("mars", "march"), ("avril", "april"),
    ("mai", "may"), ("juin", "june"), ("juillet", "july"), ("août", "august"),
    ("septembre", "september"), ("octobre", "october"), ("novembre", "november"),
    ("décembre", "december"),
)  # fmt: skip
_WEEKDAYS: Final = (
    ("الاثنين", "الإثنين", "lundi", "monday"),
    ("الثلاثاء", "الثلاث", "الثلاثا", "mardi", "tuesday"),
    ("الأربعاء", "الاربع", "الاربعا", "mercredi", "wednesday"),
    ("الخميس", "jeudi", "thursday"),
    ("الجمعة", "vendredi", "friday"),
    ("السبت", "samedi", "saturday"),
    ("الأحد", "الاحد", "dimanche", "sunday"),
)
_STUMPS: Final = ("ذو", "ذي")  # «ذو / ذي القعدة»
_SECTIONS: Final = {
    "gregorian_egyptian": Calendar.GREGORIAN,
    "hijri": Calendar.HIJRI,
    "coptic": Calendar.COPTIC,
}


@dataclass(frozen=True, slots=True)
class Month:
    calendar: Calendar
    number: int


def spelling(name: str) -> str:
    """The folded letters of a name without its spaces: what names are compared by."""
    return fold_text(name).replace(" ", "")


@cache
def month_names() -> dict[str, Month]:
    """spelling -> month, of all three calendars; no two share a spelling."""
    names: dict[str, Month] = {}
    for name, month in _listed():
        names.setdefault(spelling(name), month)
    return names


@cache
def weekday_names() -> dict[str, int]:
    """spelling -> weekday, 0 = Monday."""
    return {spelling(name): day for day, names in enumerate(_WEEKDAYS) for name in names}


@cache
def month_label(calendar: Calendar, number: int) -> str:
    """The name in Arabic as the vocabulary has it first: `أكتوبر`, `ربيع الآخر`."""
    section = next(name for name, of in _SECTIONS.items() if of is calendar)
    names = _labels(_vocabulary()[section][number - 1]["ar"])
    return next(name for name in names if name not in _STUMPS)


def _vocabulary() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(resource("vocabularies/months.json").read_text("utf-8"))
    return loaded


def _labels(text: str) -> list[str]:
    return [part.strip() for part in text.split("/")]


def _listed() -> list[tuple[str, Month]]:
    vocabulary = _vocabulary()
    listed = [
        (name, Month(calendar, item["n"]))
        for section, calendar in _SECTIONS.items()
        for item in vocabulary[section]
        for name in (*_labels(item["ar"]), item.get("levantine", ""))
        if name
    ]
    listed += [(name, Month(*month)) for month, names in _ALSO.items() for name in names]
    for number, names in enumerate(_LATIN, start=1):
        listed += [(name, Month(Calendar.GREGORIAN, number)) for name in names]
    return [(name, month) for name, month in listed if name not in _STUMPS]
