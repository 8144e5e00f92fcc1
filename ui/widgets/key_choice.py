"""One of several words, each with the key that says it; the chosen one stands on a tint."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from archiver.i18n import digits
from ui.fonts import font
from ui.paint import Row, focus_ring, painting, text, text_width
from ui.widgets.keys import CAP_PX, paint_cap

LINE_PX, WORDS_AT_PX = 30, 38


class KeyChoice(QAbstractButton):
    def __init__(self, key: str, words: str, *, tip: str = "") -> None:
        """tip: the whole name, where `words` are short."""
        super().__init__()
        self._key, self._words = digits(key), words
        self.setCheckable(True)
        self.setAccessibleName(tip or words)
        self.setToolTip(f"{tip or words} ({self._key})")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(WORDS_AT_PX + text_width(self._words, font(13.5, 600)) + 4, LINE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            row = Row(self.rect(), self.layoutDirection())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.isChecked() or (self.underMouse() and self.isEnabled()):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(of.selection))
                painter.drawRoundedRect(self.rect(), 4, 4)
            ink, edge = (of.ink, of.edge) if self.isEnabled() else (of.ink3, of.line)
            cap = row.at(5, (LINE_PX - CAP_PX) // 2, CAP_PX, CAP_PX)
            paint_cap(painter, cap, self._key, ink, edge, of.surface)
            chosen = self.isChecked() and self.isEnabled()
            where = row.at(WORDS_AT_PX, 0, self.width() - WORDS_AT_PX - 2, LINE_PX)
            face = font(13.5, 600 if self.isChecked() else 400)
            text(painter, where, self._words, face, of.accent if chosen else ink)
            if self.hasFocus():
                focus_ring(painter, QRectF(self.rect()), of.accent, 4)
