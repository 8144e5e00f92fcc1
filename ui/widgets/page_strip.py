"""The pages of a case file as thumbnails in reading direction, bracketed by document."""

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtWidgets import QListView

from ui.delegates.page import FOOT_PX, HEAD_PX, PageDelegate, repaint_when_ready
from ui.models.pages import PageRow, page_list, page_rows
from ui.models.rows import ROW
from ui.session import Session
from ui.widgets.long_list import LongList
from ui.words import translate


class PageStrip(LongList):
    """Wraps into lines as a grid, or runs in one line as a strip."""

    page_opened = Signal(int)
    page_selected = Signal(int)

    def __init__(self, session: Session, paper_px: int, *, grid: bool) -> None:
        super().__init__()
        self._session = session
        self.pages = page_list(self)
        self.setModel(self.pages)
        self.setItemDelegate(PageDelegate(session.images, paper_px, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWrapping(grid)
        self.setSpacing(0)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(translate("Pages", "Pages"))
        if not grid:
            self.setFixedHeight(HEAD_PX + paper_px + FOOT_PX + 6)
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        repaint_when_ready(session.images, self)
        self.activated.connect(lambda index: self.page_opened.emit(index.data(ROW).page.id))
        self.selectionModel().currentChanged.connect(
            lambda now, _: self.page_selected.emit(now.data(ROW).page.id if now.isValid() else -1)
        )

    def refresh(self) -> None:
        self.pages.set_rows(page_rows(self._session.view))

    def current(self) -> PageRow | None:
        return self.currentIndex().data(ROW)

    def go(self, page_id: int) -> bool:
        """Make that page the current one; False where it is not here."""
        place = self.pages.place(page_id)
        if place < 0:
            return False
        index = self.pages.index(place)
        self.reach(index)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flags)
        return True

    def step(self, by: int) -> None:
        """To the next or previous page that is no blank back."""
        place = self.currentIndex().row() + by
        while 0 <= place < self.pages.rowCount():
            page = self.pages.rows.outline[place]
            if not page.blank:
                self.lag()
                self.go(page.id)
                return
            place += by

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 100)
