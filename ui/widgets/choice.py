"""One of several ways, as a card: a ring, its name, and what it means."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.fonts import font
from ui.paint import Row, focus_ring, painting, panel, text, text_width

CARD_PX = QSize(150, 62)


class Choice(QAbstractButton):
    def __init__(self, name: str, meaning: str = "") -> None:
        super().__init__()
        self._name, self._meaning = name, meaning
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(f"{name} {meaning}".strip())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        wide = max(text_width(self._name, font(15, 600)), text_width(self._meaning, font(13)))
        return QSize(max(CARD_PX.width(), wide + 62), CARD_PX.height() if self._meaning else 44)

    def minimumSizeHint(self) -> QSize:
        wide = max(text_width(self._name, font(15, 600)), text_width(self._meaning, font(13)))
        return QSize(wide + 58, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            chosen, whole = self.isChecked(), QRectF(self.rect())
            panel(painter, whole, of.surface, of.accent if chosen else of.edge)
            if chosen or self.hasFocus():
                focus_ring(painter, whole, of.accent)
            row = Row(self.rect(), self.layoutDirection())
            top = 12 if self._meaning else (self.height() - 18) // 2
            middle = QPointF(QRectF(row.at(16, top, 18, 18)).center())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(of.accent if chosen else of.edge), 5 if chosen else 1.5))
            painter.drawEllipse(middle, 5.5 if chosen else 7.5, 5.5 if chosen else 7.5)
            wide = self.width() - 54
            name = row.at(
                46, 8 if self._meaning else 0, wide, 26 if self._meaning else self.height()
            )
            text(painter, name, self._name, font(15, 600), of.ink)
            text(painter, row.at(46, 33, wide, 20), self._meaning, font(13), of.ink2)
