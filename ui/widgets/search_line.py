"""The one line in which everything is looked for."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLineEdit

from ui.fonts import font
from ui.icons import paint_icon
from ui.paint import painting
from ui.widgets.parts import lead
from ui.words import translate


class SearchLine(QLineEdit):
    """With its glass on the leading side."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(font(17))
        self.setProperty("large", True)
        self.setClearButtonEnabled(True)
        self.setPlaceholderText(translate("Search", "Words, a phrase in quotes, or a case number"))
        self.setAccessibleName(translate("Search", "Search line"))
        lead(self)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setTextMargins(6 if rtl else 38, 0, 38 if rtl else 6, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        lead(self)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = self.width() - 40 if rtl else 16
        glass = QRectF(x, self.height() / 2 - 12, 24, 24)
        with painting(self) as (painter, of):
            paint_icon(painter, "magnifying-glass", glass, of.ink2)
