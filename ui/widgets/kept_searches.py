"""The searches that a person keeps: Enter asks one again, Delete keeps it no longer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

from archiver.store.saved_searches import SavedSearch
from ui.fonts import font
from ui.models.kept_searches import kept_list
from ui.models.rows import ROW
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
