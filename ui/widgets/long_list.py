"""A list of any length: what is looked at is laid out at once, the rest while nobody waits."""

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QListView

from ui.paint import painting

BATCH: Final = 128  # items that are laid out at once: some 2 ms
LAG_MS: Final = 100


class LongList(QListView):
    def __init__(self) -> None:
        super().__init__()
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(BATCH)
        # An opaque list moves its picture when it scrolls; another one paints every row anew.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._lagging = QTimer(self, interval=LAG_MS, singleShot=True)
        self._lagging.timeout.connect(lambda: self.viewport().setUpdatesEnabled(True))

    def lag(self) -> None:
        """Paint what comes now a moment later: somebody turned a page, and waits for that alone."""
        self.viewport().setUpdatesEnabled(False)
        if not self._lagging.isActive():
            self._lagging.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self.viewport()) as (painter, of):
            painter.fillRect(event.rect(), QColor(of.surface))
        super().paintEvent(event)

    def doItemsLayout(self) -> None:
        """Everything up to the current item, so that the list stays where it is scrolled to."""
        self._lay_out(self.currentIndex().row())

    def reach(self, index: QModelIndex) -> None:
        """Scroll there, laying out as much as that takes."""
        if not self.visualRect(index).isValid():
            self._lay_out(index.row())
        self.scrollTo(index)

    def _lay_out(self, row: int) -> None:
        self.setBatchSize(row + BATCH)
        super().doItemsLayout()
        self.setBatchSize(BATCH)
