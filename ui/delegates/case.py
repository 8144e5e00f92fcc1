"""A case file in the list: plate and state above, title and pages below."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archiver.i18n import isolate
from archiver.model.casefile import CaseSummary
from ui import counts
from ui.fonts import font
from ui.models.rows import ROW
from ui.paint import Row, chip, chip_width, shape, text, text_width
from ui.plates import LIST, paint_plate, plate_width
from ui.steps import case_sign
from ui.theme import tokens
from ui.words import plate

ROW_PX = 78


class CaseDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(200, ROW_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        found: CaseSummary = index.data(ROW)
        of, row = tokens(option.palette), Row(option.rect, option.direction)
        width = option.rect.width()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(of.selection))
            painter.fillRect(row.at(0, 0, 3, ROW_PX), QColor(of.accent))
        words = plate(found.case)
        paint_plate(painter, row.at(14, 12, plate_width(words, LIST), 24), words, LIST, of)
        sign, face = case_sign(found), font(12.5, 500)
        wide = chip_width(sign.word, face)
        if plate_width(words, LIST) + wide + 36 <= width:
            chip(painter, row.end(14, 12, wide, 24), sign.shape, sign.word, face, of)
        else:  # the number comes first
            shape(painter, sign.shape, QRectF(row.end(14, 15, 18, 18)), of)
        pages = counts.pages(found.pages)
        wide = text_width(pages, font(13))
        text(painter, row.end(14, 42, wide, 24), pages, font(13), of.ink3)
        title = row.at(14, 42, width - wide - 42, 24)
        text(painter, title, isolate(found.case.title), font(14), of.ink2)
        painter.fillRect(row.at(0, ROW_PX - 1, width, 1), QColor(of.line))
        painter.restore()
