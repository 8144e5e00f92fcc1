"""The pages of the present session at the scanner, as they come."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from archiver.i18n import digits
from archiver.model.casefile import Page
from archiver.model.changes import Arrived
from ui.models.rows import Rows
from ui.words import translate


@dataclass(frozen=True, slots=True)
class CapturedRow:
    """A page that is safe on the disk; `page` once it is in its case file."""

    number: int
    sheet: int
    back: bool
    image: Path
    thumbnail: Path
    page: Page | None = None
    separator: bool = False  # it said where a document begins and is no page
    inserted: bool = False  # between two that were there

    @property
    def words(self) -> str:
        if self.inserted and self.page:
            told = translate("Capture", "Inserted: page %1")
            return digits(told.replace("%1", str(self.page.position)))
        face = translate("Capture", "Back of sheet %1") if self.back else translate(
            "Capture", "Front of sheet %1"
        )  # fmt: skip
        return digits(face.replace("%1", str(self.sheet)))


def captured(step: Arrived) -> CapturedRow:
    back = step.face == "back"
    return CapturedRow(step.number, step.sheet, back, step.image, step.thumbnail)


def captured_list(parent: QObject | None = None) -> Rows[CapturedRow]:
    return Rows(lambda row: row.number, lambda row: row.words, parent)
