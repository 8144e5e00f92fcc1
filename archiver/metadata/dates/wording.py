"""A date as a person reads it, in the chosen language and its digits."""

from typing import Final

from archiver.i18n import N_, _, digits, language
from archiver.metadata.dates.calendars import Calendar
from archiver.metadata.dates.months import month_label
from archiver.metadata.dates.written import Fault, WrittenDate

_ENGLISH: Final = {
    Calendar.GREGORIAN: (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
    Calendar.HIJRI: (
        "Muharram", "Safar", "Rabi al-Awwal", "Rabi al-Akhir", "Jumada al-Ula",
        "Jumada al-Akhira", "Rajab", "Shaban", "Ramadan", "Shawwal", "Dhu al-Qada",
        "Dhu al-Hijja",
    ),
    Calendar.COPTIC: (
        "Thout", "Paopi", "Hathor", "Koiak", "Tobi", "Meshir", "Paremhat", "Parmouti", "Pashons",
        "Paoni", "Epip", "Mesori", "Pi Kogi Enavot",
    ),
}  # fmt: skip
_FORMS: Final = {
    Calendar.GREGORIAN: "{date}",
    Calendar.HIJRI: N_("{date} AH"),
    Calendar.COPTIC: N_("{date}, Coptic calendar"),
}
_FAULTS: Final = {
    Fault.NO_SUCH_MONTH: N_("there is no such month"),
    Fault.NO_SUCH_DAY: N_("this month has no such day"),
    Fault.NO_SUCH_YEAR: N_("papers of that year cannot be here"),
    Fault.CENTURY: N_("the year has two figures and may be of either century"),
}


def shown(written: WrittenDate) -> str:
    """«٢١ نوفمبر ٢٠٢٤», `19 Jumada al-Ula 1446 AH`; as written where it cannot be."""
    if written.fault is not None:
        return digits(written.written)
    parts = [
        str(written.day) if written.day else "",
        _month(written.calendar, written.month) if written.month else "",
        str(written.year),
    ]
    date = " ".join(digits(part) for part in parts if part)
    form = _FORMS[written.calendar]
    return (form if form == "{date}" else _(form)).format(date=date)


def fault_words(fault: Fault) -> str:
    """Why a date cannot be, in words."""
    return _(_FAULTS[fault])


def _month(calendar: Calendar, number: int) -> str:
    arabic = language() == "ar"
    return month_label(calendar, number) if arabic else _ENGLISH[calendar][number - 1]
