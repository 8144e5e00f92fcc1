"""A package in the table: the plate in the first column, the state as a chip."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archiver.i18n import isolate
from ui.fonts import font
from ui.models.deliveries import CASE, PROGRESS, STATE, PackageRow
from ui.models.rows import ROW
from ui.paint import Row, chip, chip_width, text
from ui.plates import LIST, paint_plate, plate_width
from ui.theme import Shape, Tokens, tokens
from ui.words import plate


class PackageDelegate(QStyledItemDelegate):
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        of, row = tokens(option.palette), Row(option.rect, option.direction)
        height, width = option.rect.height(), option.rect.width()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(of.selection))
            if index.column() == CASE:
                painter.fillRect(row.at(0, 0, 3, height), QColor(of.accent))
        painter.fillRect(row.at(0, height - 1, width, 1), QColor(of.line))
        if index.column() == CASE:
            _case(painter, row, index.data(ROW), of)
        elif index.column() == STATE:
            _state(painter, row, index.data(ROW), of)
        elif index.column() == PROGRESS:
            _progress(painter, row, index.data(ROW), of)
        else:
            where = row.at(12, 0, width - 18, height)
            text(painter, where, str(index.data()), font(13.5), of.ink)
        painter.restore()


def _case(painter: QPainter, row: Row, found: PackageRow, of: Tokens) -> None:
    words = plate(found.case)
    paint_plate(painter, row.at(14, 9, plate_width(words, LIST), 23), words, LIST, of)
    below = row.at(14, 34, row.rect.width() - 22, 20)
    text(painter, below, isolate(found.case.title), font(12.5), of.ink3)


def _state(painter: QPainter, row: Row, found: PackageRow, of: Tokens) -> None:
    sign, face = found.sign, font(13, 500)
    top = (row.rect.height() - 26) // 2
    where = row.at(12, top, min(chip_width(sign.word, face), row.rect.width() - 16), 26)
    chip(painter, where, sign.shape, sign.word, face, of)


def _progress(painter: QPainter, row: Row, found: PackageRow, of: Tokens) -> None:
    """A bar while there is something to fill, with its words beside or below."""
    wide, share = row.rect.width() - 24, found.share
    y = 0
    if share:
        tone = Shape.SENDING if found.parcel else found.sign.shape
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, part in ((of.tones[Shape.WAITING].tint, 1.0), (of.tones[tone].ink, share)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(row.at(12, 16, round(wide * part), 7), 3, 3)
        y = 10
    words = " · ".join(part for part in (found.progress, found.urgency) if part)
    text(painter, row.at(12, y, wide, row.rect.height()), words, font(13), of.ink2)
