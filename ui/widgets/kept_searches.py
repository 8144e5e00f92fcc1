"""The searches that a person keeps: Enter asks one again, Delete keeps it no longer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView

from archiver.store.saved_searches import SavedSearch
from ui.fonts import font
from ui.models.kept_searches import kept_list
from ui.models.rows import ROW
from ui.widgets.parts import Panel, lead, words
from ui.words import translate

ROW_PX, MOST_ROWS = 28, 6


class KeptSearches(QListView):
    asked = Signal(object)  # SavedSearch
    forgotten = Signal(str)  # its name

    def __init__(self) -> None:
        super().__init__()
        self.rows = kept_list(self)
        self.setModel(self.rows)
        self.setFont(font(13.5))
        self.setAccessibleName(translate("Search", "Kept searches"))
        self.activated.connect(lambda index: self.asked.emit(index.data(ROW)))
        self.clicked.connect(lambda index: self.asked.emit(index.data(ROW)))

    def show_searches(self, kept: Sequence[SavedSearch]) -> None:
        self.rows.set_rows(kept)
        self.setFixedHeight(ROW_PX * min(MOST_ROWS, len(kept)) + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex().data(ROW)
        if event.key() == Qt.Key.Key_Delete and here:
            self.forgotten.emit(here.name)
        else:
            super().keyPressEvent(event)


class NameForm(Panel):
    """Under which name a search is kept; in place, Enter keeps it and Esc leaves."""

    named = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(padding=10)
        self.name = QLineEdit()
        self.name.setAccessibleName(translate("Search", "Keep the search as"))
        lead(self.name)
        self.add(words(translate("Search", "Keep the search as"), 13, 600), self.name)
        self.add(words(translate("Search", "Enter keeps it, Esc leaves."), 12, tone="ink3"))
        self.name.returnPressed.connect(self._keep)
        self.hide()

    def start(self, name: str) -> None:
        self.name.setText(name)
        self.show()
        self.name.setFocus()
        self.name.selectAll()

    def _keep(self) -> None:
        name = self.name.text().strip()
        if name:
            self.hide()
            self.named.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)
