"""How figures, dates, sizes and case numbers are worded on the screen.

Source texts are English; `resources/locale/ui_ar.ts` holds the Arabic. One digit style:
`archiver.i18n.digits` for our own words, the default QLocale for Qt's.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from hijridate import Gregorian
from PySide6.QtCore import QCoreApplication, QLocale

from archiver.i18n import digits, isolate, language
from archiver.model.casefile import CaseFile
from archiver.workflow.vocabulary import label

RIGHT_TO_LEFT_MARK: Final = "\u200f"
LEFT_TO_RIGHT_MARK: Final = "\u200e"

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Plate:
    """The words of a docket plate: tag | before number between year after."""

    tag: str
    before: str
    number: str
    between: str
    year: str
    after: str

    @property
    def sentence(self) -> str:
        parts = (self.tag, self.before, self.number, self.between, self.year, self.after)
        return " ".join(part for part in parts if part.strip())


def short_label(vocabulary: str, code: str) -> str:
    """The label without what follows in brackets or after a colon."""
    words = label(vocabulary, code)
    for mark in (" (", ":", " docket"):
        words = words.split(mark)[0]
    return words


def plate(case: CaseFile) -> Plate:
    if not case.keys:
        return Plate(
            translate("Plate", "Heritage"), "", isolate(digits(case.reference)), "", "", ""
        )
    key = case.keys[0]
    return Plate(
        short_label("docket_series", key.series),
        translate("Plate", "Appeal"),
        digits(key.number),
        translate("Plate", "JY", "between number and judicial year"),
        digits(key.judicial_year),
        translate("Plate", " ", "after the judicial year"),
    )


def document_name(kind: str, title: str) -> str:
    """The name of its kind; the title it came with where nobody has said the kind."""
    if kind != "unsorted":
        return short_label("document_kind", kind)
    return isolate(digits(title)) if title else translate("Words", "Unsorted")


def short_kind(kind: str) -> str:
    """The kinds that digits give, by one word or two; others by their name."""
    short = {
        "cover": translate("Kinds", "Cover"),
        "appeal_statement": translate("Kinds", "Statement"),
        "power_of_attorney": translate("Kinds", "Power of att."),
        "receipt_bail": translate("Kinds", "Receipt"),
        "contested_judgment": translate("Kinds", "Contested jt."),
        "exhibit_list": translate("Kinds", "Exhibits"),
        "service": translate("Kinds", "Service"),
        "prosecution_memo": translate("Kinds", "Memo"),
        "minutes": translate("Kinds", "Minutes"),
        "judgment": translate("Kinds", "Judgment"),
    }
    return short.get(kind) or document_name(kind, "")


def size(count_bytes: int) -> str:
    """Bytes in the unit that a person would use."""
    value, unit = float(count_bytes), translate("Words", "B")
    for name in ("kB", "MB", "GB"):
        if value < 1000:
            break
        value, unit = value / 1000, unit_word(name)
    text = QLocale().toString(value, "f", 0 if value >= 100 or value == int(value) else 1)
    return f"{text} {unit}"


def unit_word(name: str) -> str:
    return {
        "kB": translate("Words", "kB"),
        "MB": translate("Words", "MB"),
        "GB": translate("Words", "GB"),
    }[name]


def moment(iso: str, form: str = "d MMMM yyyy · H:mm") -> str:
    """An ISO 8601 moment, UTC, in local time; "" stays ""."""
    if not iso:
        return ""
    local = datetime.fromisoformat(iso).astimezone()
    return digits(QLocale().toString(local.replace(tzinfo=None), form))


def hijri(day: date) -> str:
    """The day in the Umm al-Qura calendar: `11 Jumada al-Akhirah 1448`."""
    found = Gregorian(day.year, day.month, day.day).to_hijri()
    return digits(f"{found.day} {found.month_name(language())} {found.year}")


def joined(*parts: str) -> str:
    """Parts of one sentence, with the comma of the language."""
    return translate("Words", ", ", "between parts of a sentence").join(parts)


def percent(share: float) -> str:
    sign = translate("Words", "%1%", "a share in percent")
    return sign.replace("%1", digits(round(share * 100)))


def case_words(case: CaseFile) -> str:
    """The case file in one line: `Civil appeal 99001 JY 93 · its title`."""
    title = f" · {isolate(case.title)}" if case.title else ""
    return f"{plate(case).sentence}{title}"
