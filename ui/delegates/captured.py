"""A page that came from the scanner: its picture, its number; a back is a little lower."""

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archiver.i18n import digits
from ui.delegates.page import SLIVER_PX
from ui.fonts import font
from ui.models.captured import CapturedRow
from ui.models.rows import ROW, Index
from ui.paint import Row, hatch, shape, text
from ui.theme import PAPER_OPACITY_DARK, Shape, Tokens, tokens
from ui.words import translate

PAPER_PX, FOOT_PX, GAP_PX = (66, 92), 24, 8


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
        return QSize(self.width(index.data(ROW)) + GAP_PX, PAPER_PX[1] + FOOT_PX + 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found: CapturedRow = index.data(ROW)
        of, row = tokens(option.palette), Row(option.rect, option.direction)
        wide = self.width(found)
        paper = row.at(GAP_PX // 2, 4, wide, PAPER_PX[1])
        painter.save()
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
