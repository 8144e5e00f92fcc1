"""A line of the facets: a box to tick, the word, how many pages; or the name of a facet."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archiver.i18n import digits
from index.engine import FacetName
from ui.fonts import font
from ui.models.rows import ROW, Index
from ui.paint import Row, focus_ring, panel, text, text_width, tick
from ui.theme import Tokens, tokens

NAME_PX, VALUE_PX = 34, 30


@dataclass(frozen=True, slots=True)
class FacetLine:
    facet: FacetName
    value: str  # "" for the facet's own name and for the line that shows all its values
    word: str
    pages: int = 0
    ticked: bool = False
    named: bool = False  # the facet's own name


class FacetDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(150, NAME_PX if index.data(ROW).named else VALUE_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: FacetLine = index.data(ROW)
        of, row = tokens(option.palette), Row(option.rect, option.direction)
        wide = option.rect.width()
        painter.save()
        if line.named:
            text(painter, row.at(4, 8, wide - 8, 24), line.word, font(13, 600), of.ink2)
        else:
            if option.state & QStyle.StateFlag.State_HasFocus:
                focus_ring(painter, QRectF(option.rect), of.accent, 4)
            _value(painter, row, wide, line, of)
        painter.restore()


def _value(painter: QPainter, row: Row, wide: int, line: FacetLine, of: Tokens) -> None:
    face = font(13.5, 600 if line.ticked else 400)
    ink = of.accent if line.ticked or not line.value else of.ink
    count = digits(line.pages) if line.value else ""
    counted = text_width(count, font(13))
    if line.value:
        _box(painter, QRectF(row.at(5, 7, 16, 16)), line, of)
        text(painter, row.end(5, 0, counted, VALUE_PX), count, font(13), of.ink2)
    text(painter, row.at(28, 0, wide - 42 - counted, VALUE_PX), line.word, face, ink)


def _box(painter: QPainter, where: QRectF, line: FacetLine, of: Tokens) -> None:
    if not line.ticked:
        panel(painter, where, of.surface, of.edge, 3)
        return
    panel(painter, where, of.accent, of.accent, 3)
    painter.save()
    painter.translate(where.topLeft())
    tick(painter, QPen(QColor(of.on_accent), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.restore()
