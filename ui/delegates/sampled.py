"""An image of a sample in the list: what it is, of which page, and what was said of it."""

from PySide6.QtCore import QObject, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.fonts import font
from ui.models.rows import ROW, Index
from ui.models.sampled import SampledRow
from ui.paint import Row, shape, text
from ui.theme import tokens

ROW_PX = 58


class SampledDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found: SampledRow = index.data(ROW)
        of, row = tokens(option.palette), Row(option.rect, option.direction)
        wide = option.rect.width()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(of.selection))
            painter.fillRect(row.at(0, 0, 3, ROW_PX), QColor(of.accent))
        shape(painter, found.shape, QRectF(row.at(12, 12, 15, 15)), of)
        title = f"{found.title} · {found.verdict}" if found.image.defect else found.title
        ink = of.tones[found.shape].ink if found.image.defect else of.ink
        text(painter, row.at(36, 8, wide - 46, 24), title, font(13.5, 500), ink)
        text(painter, row.at(36, 30, wide - 46, 20), found.place, font(12.5), of.ink2)
        painter.fillRect(row.at(0, ROW_PX - 1, wide, 1), QColor(of.line))
        painter.restore()
