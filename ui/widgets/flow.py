"""Keys in a row, and where the room ends in one row more."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget

GAP_PX = 8


class Flow(QLayout):
    """A line of widgets as they are wide, begun anew where the next has no room.

    apart: the last one stands at the far end where one line holds all.
    """

    def __init__(self, *parts: QWidget, apart: bool = False) -> None:
        super().__init__()
        self._apart = apart
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            self.addWidget(part)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for _, place in self._placed(width)), default=0)

    def minimumSize(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        widest = max((size.width() for size in sizes), default=0)
        return QSize(widest, max((size.height() for size in sizes), default=0))

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() + GAP_PX for size in sizes) - GAP_PX
        return QSize(max(0, wide), max((size.height() for size in sizes), default=0))

    def setGeometry(self, room: QRect) -> None:
        super().setGeometry(room)
        direction = self.parentWidget().layoutDirection()
        for item, place in self._placed(room.width()):
            moved = place.translated(room.topLeft())
            item.setGeometry(QStyle.visualRect(direction, room, moved))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _placed(self, width: int) -> list[tuple[QLayoutItem, QRect]]:
        """Each with its place, the first line at 0, read from the left."""
        found, at, high = list[tuple[QLayoutItem, QRect]](), QPoint(0, 0), 0
        for item in self._shown():
            size = item.sizeHint()
            if at.x() and at.x() + size.width() > width:
                at, high = QPoint(0, at.y() + high + GAP_PX), 0
            found.append((item, QRect(at, size)))
            at, high = at + QPoint(size.width() + GAP_PX, 0), max(high, size.height())
        if self._apart and found and not at.y():
            found[-1][1].moveRight(width - 1)
        return found
