"""One word underlined as it is in the text; without dashes by a thin line."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.fonts import font
from ui.paint import painting, text, text_width
from ui.theme import Shape


class Legend(QWidget):
    def __init__(self, word: str, kind: Shape, dashes: list[float]) -> None:
        super().__init__()
        self._word, self._kind, self._dashes = word, kind, dashes
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(text_width(self._word, font(13)) + 8, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            text(painter, self.rect().adjusted(4, 0, -4, -2), self._word, font(13), of.ink2)
            pen = QPen(QColor(of.tones[self._kind].ink), 2.5 if self._dashes else 1.4)
            if self._dashes:
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                pen.setDashPattern(self._dashes)
            painter.setPen(pen)
            painter.drawLine(4, self.height() - 2, self.width() - 4, self.height() - 2)
