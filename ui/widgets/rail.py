"""The spine of the file: one divider tab a screen, the institution above, the person below."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from ui.fonts import font
from ui.icons import paint_icon
from ui.paint import Row, painting, text

RAIL_PX = 86
TAB_PX, WORDED_PX, LEAST_TAB_PX = 62, 44, 30  # as designed; with its word; its sign alone
MARGIN_PX, LEAST_MARGIN_PX = 92, 48  # above for the institution, below for the person
_EDGE_PX = 9  # of the spine beside a name: the open divider begins there
_CENTRE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    words: str
    icon: str
    keys: str
    low: bool = False  # at the foot of the rail, above the person


class TabButton(QAbstractButton):
    def __init__(self, tab: Tab) -> None:
        super().__init__()
        self.tab, self._badge = tab, ""
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(tab.words)
        self.setToolTip(f"{tab.words} ({tab.keys})")
        self.setFixedSize(RAIL_PX, TAB_PX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_badge(self, words: str) -> None:
        self._badge = words
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(RAIL_PX, TAB_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            row = Row(self.rect(), self.layoutDirection())
            if self.isChecked():
                painter.fillPath(self._divider(row), QColor(of.window))
            elif self.underMouse() or self.hasFocus():
                painter.fillPath(self._divider(row), QColor(255, 255, 255, 22))
            colour = of.accent if self.isChecked() else of.spine_ink
            name = f"{self.tab.icon}-fill" if self.isChecked() else self.tab.icon
            worded = self.height() >= WORDED_PX
            top = (self.height() - (47 if worded else 26)) // 2
            paint_icon(painter, name, QRectF(row.at(RAIL_PX // 2 - 12, top + 1, 24, 24)), colour)
            if worded:
                words = row.at(2, top + 28, RAIL_PX - 4, 20)
                text(painter, words, self.tab.words, self._font(), colour, _CENTRE)
            if self._badge:
                self._paint_badge(painter, row.at(22, 6 if worded else 1, 17, 17))
            if self.hasFocus():
                painter.setPen(QPen(QColor(of.accent if self.isChecked() else "#FFFFFF"), 2))
                painter.drawRoundedRect(
                    QRectF(row.at(11, 3, RAIL_PX - 22, self.height() - 6)), 5, 5
                )

    def _font(self) -> QFont:
        """As large as designed, or as the longest name allows; no other size once it is open."""
        room = RAIL_PX - 2 * _EDGE_PX
        fits = (
            size
            for size in (13, 12, 11)
            if QFontMetrics(font(size, 600)).horizontalAdvance(self.tab.words) <= room
        )
        return font(next(fits, 10), 600 if self.isChecked() else 400)

    def _divider(self, row: Row) -> QPainterPath:
        """Rounded on the spine's side, joined to the file on the other."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        body = QRectF(row.at(8, 0, RAIL_PX - 8, self.height()))
        path.addRoundedRect(body, 6, 6)
        path.addRect(QRectF(row.at(RAIL_PX - 20, 0, 20, self.height())))
        return path.simplified()

    def _paint_badge(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#EDB45C"))
        painter.drawEllipse(rect)
        text(painter, rect, self._badge, font(11, 600), "#2A1B00", _CENTRE)


class Rail(QWidget):
    chosen = Signal(str)

    def __init__(self, tabs: Sequence[Tab], institution: str, person: str) -> None:
        super().__init__()
        self._institution, self._person = institution.split(" ", 1), person
        self._margin = MARGIN_PX
        self.setToolTip(person)
        self.setFixedWidth(RAIL_PX)
        self.buttons = {tab.name: TabButton(tab) for tab in tabs}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, MARGIN_PX, 0, MARGIN_PX)
        column.setSpacing(1)
        for button in self.buttons.values():
            if not button.tab.low:
                column.addWidget(button)
        column.addStretch(1)
        for name, button in self.buttons.items():
            if button.tab.low:
                column.addWidget(button)
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))

    def show_screen(self, name: str) -> None:
        self.buttons[name].setChecked(True)

    def show_tabs(self, names: Sequence[str]) -> None:
        for name, button in self.buttons.items():
            button.setVisible(name in names)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Tabs are as high as designed, or as a low window allows; then without their words."""
        shown = [button for button in self.buttons.values() if not button.isHidden()]
        low = self.height() < 2 * MARGIN_PX + len(shown) * (WORDED_PX + 1)
        self._margin = LEAST_MARGIN_PX if low else MARGIN_PX
        self.layout().setContentsMargins(0, self._margin, 0, self._margin)
        room = (self.height() - 2 * self._margin) // max(1, len(shown)) - 1
        for button in self.buttons.values():
            button.setFixedHeight(max(LEAST_TAB_PX, min(TAB_PX, room)))

    def minimumSizeHint(self) -> QSize:
        lowest = len(self.buttons) * (LEAST_TAB_PX + 1)
        return QSize(RAIL_PX, 2 * LEAST_MARGIN_PX + lowest)

    def set_person(self, person: str) -> None:
        self._person = person
        self.setToolTip(person)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            painter.fillRect(self.rect(), QColor(of.spine))
            row = Row(self.rect(), self.layoutDirection())
            paint_icon(painter, "scales", QRectF(row.at(31, 13, 24, 24)), "#FFFFFF")
            whole = self._margin == MARGIN_PX
            for line, words in enumerate(self._institution if whole else ()):
                where = row.at(2, 40 + 18 * line, RAIL_PX - 4, 18)
                text(painter, where, words, font(13, 600), "#FFFFFF", _CENTRE)
            below = self._margin - 9 if whole else self._margin - 3
            painter.fillRect(row.at(12, below, RAIL_PX - 24, 1), QColor(of.spine_ink).darker(190))
            self._paint_person(painter, row)

    def _paint_person(self, painter: QPainter, row: Row) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = self._margin == MARGIN_PX
        ring = row.at(28, self.height() - (78 if whole else 38), 30, 30)
        painter.setPen(QPen(QColor("#FFFFFF"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
        text(painter, ring, self._person[:1].upper(), font(14, 500), "#FFFFFF", _CENTRE)
        if whole:
            below = row.at(4, self.height() - 42, RAIL_PX - 8, 20)
            text(painter, below, self._person, font(13), "#FFFFFF", _CENTRE)
