"""What was checked on a page: a sign, its name, a gauge with the limit, the figure."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from archiver.i18n import digits
from archiver.model.checks import PageCheck
from archiver.workflow.page_checks import check_name, figure_of, limit_of, told
from ui.fonts import font
from ui.models.desk_pages import SHAPES
from ui.paint import CENTRE_V, Row, painting, shape, text, text_width
from ui.theme import Shape, Tokens
from ui.words import joined, translate

LINE_PX, COLUMN_PX, GAUGE_PX = 38, 62, 44


class ChecksTable(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.checks: tuple[PageCheck, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_checks(self, checks: Sequence[PageCheck]) -> None:
        """What needs a look first."""
        self.checks = tuple(sorted(checks, key=lambda check: not check.needs_a_look))
        self.setAccessibleName(joined(*(told(check) for check in self.checks)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, LINE_PX * len(self.checks))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            for place, check in enumerate(self.checks):
                row = Row(self.rect(), self.layoutDirection())
                self._line(painter, row, place * LINE_PX, check, of)

    def _line(self, painter: QPainter, row: Row, y: int, check: PageCheck, of: Tokens) -> None:
        wide = self.width()
        sign = Shape.OK if check.accepted else SHAPES[check.verdict]
        shape(painter, sign, QRectF(row.at(2, y + 11, 15, 15)), of)
        weight = 600 if check.needs_a_look else 400
        name = check_name(check)
        if check.accepted:
            name = f"{name} · {translate('Desk', 'let stand')}"
        _name(painter, row.at(26, y, wide - 208, LINE_PX), name, weight, of)
        gauge = row.end(132, y + 15, GAUGE_PX, 7)
        painter.fillRect(gauge, QColor(of.tones[Shape.WAITING].tint))
        filled = Row(gauge, row.direction)
        share = min(1.0, abs(check.figure) / (2 * check.limit)) if check.limit else 1.0
        painter.fillRect(filled.at(0, 0, round(GAUGE_PX * share), 7), QColor(of.tones[sign].ink))
        if check.limit:
            painter.fillRect(filled.at(GAUGE_PX // 2, -3, 2, 13), QColor(of.ink))
        ink = of.tones[sign].ink if check.needs_a_look else of.ink
        figure, limit = _fitting(figure_of(check), check.figure), limit_of(check)
        text(painter, row.end(66, y, COLUMN_PX, LINE_PX), figure, font(13, 600), ink)
        limit = _fitting(limit, check.limit)
        text(painter, row.end(0, y, COLUMN_PX, LINE_PX), limit, font(12), of.ink3)
        painter.fillRect(row.at(0, y + LINE_PX - 1, wide, 1), QColor(of.line))


def _name(painter: QPainter, room: QRect, name: str, weight: int, of: Tokens) -> None:
    """In one line, or in two smaller ones."""
    face = font(13, weight)
    if text_width(name, face) <= room.width():
        text(painter, room, name, face, of.ink)
        return
    painter.setFont(font(12, weight))
    painter.setPen(QColor(of.ink))
    flags = Qt.AlignmentFlag.AlignLeft | CENTRE_V | Qt.TextFlag.TextWordWrap
    painter.drawText(room, flags, name)


def _fitting(told: str, figure: float) -> str:
    """Without its unit where that is too long for the column."""
    return told if text_width(told, font(13, 600)) <= COLUMN_PX else digits(f"{figure:g}")
