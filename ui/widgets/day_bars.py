"""What a person did in the last days: one bar a day, today the last one. Time runs to the right."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from archiver.i18n import digits
from ui.paint import painting
from ui.words import joined

BAR_PX, GAP_PX = 18, 5


class DayBars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[tuple[date, int], ...] = ()
        self.setFixedHeight(62)

    def show_days(self, days: Sequence[tuple[date, int]]) -> None:
        self._days = tuple(days)
        self.setAccessibleName(joined(*(digits(f"{d.day}: {count}") for d, count in days)))
        self.setFixedWidth(self.sizeHint().width())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(max(1, len(self._days)) * (BAR_PX + GAP_PX), 62)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            most = max((count for _, count in self._days), default=0) or 1
            for place, (_, count) in enumerate(self._days):
                high = max(2, round((self.height() - 2) * count / most))
                last = place == len(self._days) - 1
                painter.setBrush(QColor(of.accent if last else of.line))
                where = QRect(place * (BAR_PX + GAP_PX), self.height() - high, BAR_PX, high)
                painter.drawRoundedRect(where, 2, 2)
