"""A section of the settings: its sign and its name; the chosen one on a tint with a bar."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.fonts import font
from ui.icons import paint_icon
from ui.paint import Row, focus_ring, text, text_width
from ui.theme import tokens

ROW_PX = 42
ICON = Qt.ItemDataRole.UserRole  # name of a Phosphor icon
Index = QModelIndex | QPersistentModelIndex


class SectionDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(text_width(index.data(), font(15, 600)) + 60, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        of, row = tokens(option.palette), Row(option.rect, option.direction)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, QColor(of.selection))
            painter.fillRect(row.at(0, 0, 3, ROW_PX), QColor(of.accent))
        sign = QRectF(row.at(14, (ROW_PX - 20) // 2, 20, 20))
        icon = f"{index.data(ICON)}-fill" if chosen else index.data(ICON)
        paint_icon(painter, icon, sign, of.accent if chosen else of.ink2)
        words = row.at(46, 0, option.rect.width() - 56, ROW_PX)
        text(painter, words, index.data(), font(15, 600 if chosen else 400), of.ink)
        if option.state & QStyle.StateFlag.State_HasFocus and option.widget.hasFocus():
            focus_ring(painter, QRectF(option.rect), of.accent, 4)
        painter.restore()
