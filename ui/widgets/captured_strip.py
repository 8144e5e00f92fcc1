"""The pages of the present session at the scanner, in the direction of reading."""

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QListView

from ui.delegates.captured import FOOT_PX, HEAD_PX, PAPER_PX, CapturedDelegate
from ui.models.captured import CapturedRow
from ui.models.rows import ROW, Rows
from ui.words import translate


class CapturedStrip(QListView):
    def __init__(self, rows: Rows[CapturedRow], pictures: dict[int, QPixmap]) -> None:
        super().__init__()
        self.setModel(rows)
        self.setItemDelegate(CapturedDelegate(pictures, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setWrapping(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(0)
        self.setFixedHeight(HEAD_PX + PAPER_PX[1] + FOOT_PX + 12)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(translate("Capture", "Pages of this session"))

    def current(self) -> CapturedRow | None:
        return self.currentIndex().data(ROW)

    def select(self, place: int) -> None:
        index = self.model().index(place, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def step(self, by: int) -> None:
        place = self.currentIndex().row() + by
        if 0 <= place < self.model().rowCount():
            self.select(place)
