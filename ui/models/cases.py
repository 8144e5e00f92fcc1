"""The case files of the archive."""

from PySide6.QtCore import QObject

from archiver.model.casefile import CaseSummary
from ui.models.rows import Rows
from ui.steps import case_sign
from ui.words import joined, plate


def case_list(parent: QObject | None = None) -> Rows[CaseSummary]:
    return Rows(
        lambda row: row.case.id,
        lambda row: joined(plate(row.case).sentence, case_sign(row).word),
        parent,
    )
