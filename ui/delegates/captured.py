"""A page that came from the scanner: its picture under its document's name, its number."""

from functools import reduce

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archiver.i18n import digits
from ui.delegates.bracket import paint_bracket
from ui.delegates.page import SLIVER_PX
from ui.fonts import font
from ui.models.captured import CapturedRow, document_span
from ui.models.rows import ROW, Index
from ui.paint import Row, hatch, shape, text
from ui.theme import PAPER_OPACITY_DARK, Shape, Tokens, tokens
from ui.words import document_name, translate

PAPER_PX, HEAD_PX, FOOT_PX, GAP_PX = (66, 92), 28, 24, 8


class CapturedDelegate(QStyledItemDelegate):
    def __init__(self, pictures: dict[int, QPixmap], parent: QObject | None = None) -> None:
        """pictures: by number, filled as they are decoded."""
        super().__init__(parent)
        self._pictures = pictures

    @staticmethod
    def width(found: CapturedRow) -> int:
        blank = found.page is not None and found.page.blank
        return SLIVER_PX if blank else PAPER_PX[0]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.width(index.data(ROW)) + GAP_PX, HEAD_PX + PAPER_PX[1] + FOOT_PX + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found: CapturedRow = index.data(ROW)
        of, row = tokens(option.palette), Row(option.rect, option.direction)
        wide = self.width(found)
        paper = row.at(GAP_PX // 2, HEAD_PX, wide, PAPER_PX[1])
        painter.save()
        if found.document:
            self._bracket(painter, option, index, of)
        self._paper(painter, paper, found, of)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(of.accent), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(paper.adjusted(-2, -2, 1, 1), 3, 3)
        blank = wide == SLIVER_PX
        words = translate("Pages", "back", "a blank back, as small as can be")
        words = words if blank else digits(found.number)
        foot = QRect(paper.left() - 3, paper.bottom() + 3, paper.width() + 6, FOOT_PX - 4)
        face = font(11 if blank else 13, 600 if chosen else 400)
        ink = of.accent if chosen else of.ink2
        text(painter, foot, words, face, ink, Qt.AlignmentFlag.AlignHCenter)
        if found.page is None:
            sign = Shape.OK if found.separator else Shape.CURRENT
            shape(painter, sign, QRectF(Row(paper, option.direction).end(-4, -4, 15, 15)), of)
        painter.restore()

    @staticmethod
    def _bracket(painter: QPainter, option: QStyleOptionViewItem, index: Index, of: Tokens) -> None:
        """Each page paints its slice of the whole."""
        first, last = document_span(index.model().rows, index.row())
        view, document = option.widget, index.data(ROW).document
        ends = (view.visualRect(index.siblingAtRow(place)) for place in (first, last))
        span = reduce(QRect.united, ends, option.rect)
        span.moveTop(option.rect.top())
        painter.save()
        painter.setClipRect(option.rect)
        words = (document_name(document.kind, document.title), document.kind)
        paint_bracket(painter, span, option.direction, words, HEAD_PX, GAP_PX, of)
        painter.restore()

    def _paper(self, painter: QPainter, paper: QRect, found: CapturedRow, of: Tokens) -> None:
        painter.fillRect(paper, QColor("#F6F3EA"))
        painter.setOpacity(PAPER_OPACITY_DARK if of.dark else 1.0)
        pixmap = self._pictures.get(found.number)
        if found.page is not None and found.page.blank:
            hatch(painter, QRectF(paper), "#9A9C92")
        elif pixmap and not pixmap.isNull():
            size = pixmap.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
            where = QRect(paper.topLeft(), size)
            where.moveCenter(paper.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(where, pixmap)
        painter.setOpacity(1.0)
        painter.setPen(QPen(QColor(of.edge if of.dark else "#B9BDB4"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(paper.adjusted(0, 0, -1, -1))
