"""The searches that a person keeps."""

from PySide6.QtCore import QObject

from archiver.store.saved_searches import SavedSearch
from ui.models.rows import Rows


def kept_list(parent: QObject | None = None) -> Rows[SavedSearch]:
    return Rows(lambda row: row.name, lambda row: row.name, parent)
