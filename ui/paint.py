"""What every delegate and painted widget draws with: text, states, chips, hatching.

Rectangles are given as in a left-to-right row and mirrored by `Row` where the row runs
from the right. Text is always drawn with AlignLeft: in a right-to-left painter Qt turns
that to the leading side, and AlignRight to the trailing one.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QWidget

from ui.theme import Shape, Tokens, tokens

CENTRE_V = Qt.AlignmentFlag.AlignVCenter


@contextmanager
def painting(on: QWidget) -> Iterator[tuple[QPainter, Tokens]]:
    """A painter of that widget, and its colours; it ends with the block, whatever happens there.

    One that a traceback or a debugger keeps is still at work when the next widget is painted:
    Qt complains of that, and has ended the process by it.
    """
    with QPainter(on) as painter:
        yield painter, tokens(on.palette())


@dataclass(frozen=True, slots=True)
class Row:
    """A rectangle with a reading direction."""

    rect: QRect
    direction: Qt.LayoutDirection

    def at(self, x: int, y: int, width: int, height: int) -> QRect:
        """`x` from the leading edge, `y` from the top."""
        logical = QRect(self.rect.x() + x, self.rect.y() + y, width, height)
        return QStyle.visualRect(self.direction, self.rect, logical)

    def end(self, x: int, y: int, width: int, height: int) -> QRect:
        """`x` from the trailing edge."""
        return self.at(self.rect.width() - x - width, y, width, height)


def text_width(text: str, font: QFont) -> int:
    return math.ceil(QFontMetrics(font).horizontalAdvance(text)) + 2


def text(
    painter: QPainter,
    rect: QRect,
    words: str,
    font: QFont,
    colour: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line, elided to fit."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = QFontMetrics(font)
    elided = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, align | CENTRE_V | Qt.TextFlag.TextSingleLine, elided)


def panel(painter: QPainter, rect: QRectF, fill: str, border: str, radius: float = 6) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(border), 1))
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def focus_ring(painter: QPainter, rect: QRectF, colour: str, radius: float = 6) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)


def hatch(painter: QPainter, rect: QRectF, colour: str, step: float = 6) -> None:
    """Slanted lines: a blank back, kept."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(rect)
    painter.setPen(QPen(QColor(colour), 1))
    x = rect.left() - rect.height()
    while x < rect.right():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        x += step
    painter.restore()


def shape(painter: QPainter, kind: Shape, box: QRectF, tokens: Tokens) -> None:
    """The sign of a state in a square box; the mark inside is cut out in the surface colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour, mark = QColor(tokens.tones[kind].ink), QColor(tokens.surface)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 16, box.height() / 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    _SIGNS[kind](painter, colour, _pen(mark))
    painter.restore()


def _pen(colour: QColor) -> QPen:
    return QPen(colour, 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)


def tick(painter: QPainter, pen: QPen) -> None:
    """In a box of 16 by 16."""
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(5, 8.2), QPointF(7.2, 10.4), QPointF(11, 6)]))


def _ok(painter: QPainter, _colour: QColor, pen: QPen) -> None:
    painter.drawEllipse(QRectF(1, 1, 14, 14))
    tick(painter, pen)


def _doubtful(painter: QPainter, _colour: QColor, pen: QPen) -> None:
    corners = [QPointF(8, 0.4), QPointF(15.6, 8), QPointF(8, 15.6), QPointF(0.4, 8)]
    painter.drawPolygon(QPolygonF(corners))
    painter.setPen(pen)
    painter.drawLine(QPointF(8, 4.6), QPointF(8, 8.4))
    painter.drawPoint(QPointF(8, 11))


def _wrong(painter: QPainter, _colour: QColor, pen: QPen) -> None:
    painter.drawRoundedRect(QRectF(1, 1, 14, 14), 1.5, 1.5)
    painter.setPen(pen)
    painter.drawLine(QPointF(5.4, 5.4), QPointF(10.6, 10.6))
    painter.drawLine(QPointF(10.6, 5.4), QPointF(5.4, 10.6))


def _waiting(painter: QPainter, colour: QColor, _pen_: QPen) -> None:
    pen = QPen(colour, 1.5)
    pen.setDashPattern([2.4, 2.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(1.8, 1.8, 12.4, 12.4))


def _sending(painter: QPainter, _colour: QColor, pen: QPen) -> None:
    painter.drawEllipse(QRectF(1, 1, 14, 14))
    painter.setPen(pen)
    painter.drawLine(QPointF(8, 11.4), QPointF(8, 5))
    painter.drawPolyline(QPolygonF([QPointF(5.4, 7.4), QPointF(8, 4.8), QPointF(10.6, 7.4)]))


def _signed(painter: QPainter, _colour: QColor, pen: QPen) -> None:
    scallops = QPainterPath()
    scallops.setFillRule(Qt.FillRule.WindingFill)
    scallops.addEllipse(QPointF(8, 8), 5.8, 5.8)
    for turn in range(8):
        angle = math.tau * turn / 8
        scallops.addEllipse(QPointF(8 + 5.2 * math.cos(angle), 8 + 5.2 * math.sin(angle)), 2.5, 2.5)
    painter.drawPath(scallops.simplified())
    tick(painter, pen)


def _current(painter: QPainter, colour: QColor, _pen_: QPen) -> None:
    painter.drawPie(QRectF(1.8, 1.8, 12.4, 12.4), 90 * 16, -180 * 16)
    painter.setPen(QPen(colour, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(1.8, 1.8, 12.4, 12.4))


_SIGNS = {
    Shape.OK: _ok,
    Shape.DOUBTFUL: _doubtful,
    Shape.WRONG: _wrong,
    Shape.WAITING: _waiting,
    Shape.SENDING: _sending,
    Shape.SIGNED: _signed,
    Shape.CURRENT: _current,
}


def chip_width(words: str, font: QFont) -> int:
    return text_width(words, font) + 38


def chip(painter: QPainter, rect: QRect, kind: Shape, words: str, font: QFont, of: Tokens) -> None:
    """Shape and word on their tint; `rect` is `chip_width` wide, its sign on the leading side."""
    tone = of.tones[kind]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tone.tint))
    painter.drawRoundedRect(rect, 3, 3)
    row = Row(rect, painter.layoutDirection())
    top = (rect.height() - 14) // 2
    shape(painter, kind, QRectF(row.at(8, top, 14, 14)), of)
    text(painter, row.at(28, 0, rect.width() - 32, rect.height()), words, font, tone.ink)
