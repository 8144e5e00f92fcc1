"""One document of a case file in its tree, worded when it is painted: there may be a thousand."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QTreeWidgetItem

from archiver.i18n import digits
from archiver.model.casefile import Document, Outline
from ui.fonts import font
from ui.words import document_name

DOCUMENT_ROLE: Final = Qt.ItemDataRole.UserRole + 1  # its number, from 1
PAGE_ROLE: Final = Qt.ItemDataRole.UserRole + 2  # page id, 0 on a document
ROW_PX: Final = 34
Role = Qt.ItemDataRole


class DocumentItem(QTreeWidgetItem):
    def __init__(self, document: Document, pages: Sequence[Outline]) -> None:
        super().__init__()
        self.pages = pages
        self._document = document
        self.setChildIndicatorPolicy(self.ChildIndicatorPolicy.ShowIndicator)

    @property
    def number(self) -> int:
        return self._document.position

    def data(self, column: int, role: int) -> Any:
        match role:
            case Role.DisplayRole:
                return self._places() if column else f"{digits(self.number)}  {self._name()}"
            case Role.ToolTipRole if not column:
                return self._name()
            case Role.FontRole if not column:
                return font(14, 500)
            case Role.SizeHintRole if not column:
                return QSize(0, ROW_PX)
            case _:
                return {DOCUMENT_ROLE: self.number, PAGE_ROLE: 0}.get(role)

    def _name(self) -> str:
        return document_name(self._document.kind, self._document.title)

    def _places(self) -> str:
        first, last = self.pages[0].position, self.pages[-1].position
        return digits(first if first == last else f"{first}–{last}")
