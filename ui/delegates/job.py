"""A job in the list: what it is and for which case file, how much of it waits."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archiver.workflow.today import Job
from ui.fonts import font
from ui.icons import paint_icon
from ui.jobs import ICON_OF, about, sign, title
from ui.models.rows import ROW
from ui.paint import Row, chip, chip_width, text
from ui.theme import tokens

ROW_PX = 62
Index = QModelIndex | QPersistentModelIndex


class JobDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(320, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        job: Job = index.data(ROW)
        of, row = tokens(option.palette), Row(option.rect, option.direction)
        width, found = option.rect.width(), sign(job)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(of.selection))
            painter.fillRect(row.at(0, 0, 3, ROW_PX), QColor(of.accent))
        paint_icon(painter, ICON_OF[job.kind], QRectF(row.at(14, 19, 22, 22)), of.ink2)
        face = font(13, 500)
        wide = chip_width(found.word, face)
        chip(painter, row.end(14, 18, wide, 26), found.shape, found.word, face, of)
        room = width - wide - 84
        below = about(job)
        top = 9 if below else (ROW_PX - 24) // 2
        text(painter, row.at(50, top, room, 24), title(job.kind), font(15, 600), of.ink)
        text(painter, row.at(50, 33, room, 20), below, font(13), of.ink2)
        painter.fillRect(row.at(0, ROW_PX - 1, width, 1), QColor(of.line))
        painter.restore()
