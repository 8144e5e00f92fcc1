"""A page on the desk: flagged with its picture and what is wrong, sound in one line."""

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archiver.workflow.page_checks import check_name, figure_of
from ui.fonts import font
from ui.images import Images, thumbnail
from ui.models.desk_pages import SHAPES, DeskRow
from ui.models.rows import ROW, Index
from ui.paint import Row, shape, text, text_width
from ui.theme import PAPER_OPACITY_DARK, Tokens, tokens

FLAGGED_PX, SOUND_PX, HEADING_PX, PAPER_PX = 96, 34, 38, 60


class DeskDelegate(QStyledItemDelegate):
    def __init__(self, images: Images, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images = images

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        rows, place = index.model().rows, index.row()
        if place < rows.needy:
            return QSize(190, FLAGGED_PX)
        return QSize(190, SOUND_PX + (HEADING_PX if place == rows.needy else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found: DeskRow = index.data(ROW)
        of = tokens(option.palette)
        rect = QRect(option.rect)
        painter.save()
        if found.heading:
            head = Row(rect, option.direction)
            where = head.at(12, 8, rect.width() - 20, 26)
            text(painter, where, found.heading, font(13, 600), of.ink2)
            rect.setTop(rect.top() + HEADING_PX)
        row = Row(rect, option.direction)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(of.selection))
            painter.fillRect(row.at(0, 0, 3, rect.height()), QColor(of.accent))
        if found.complaints:
            self._flagged(painter, row, found, of)
        else:
            _sound(painter, row, found, of)
        painter.restore()

    def _flagged(self, painter: QPainter, row: Row, found: DeskRow, of: Tokens) -> None:
        wide = row.rect.width() - PAPER_PX - 34
        self._paper(painter, row.at(12, 8, PAPER_PX, FLAGGED_PX - 16), found, of)
        x = PAPER_PX + 22
        text(painter, row.at(x, 8, wide, 24), found.title, font(14.5, 600), of.ink)
        text(painter, row.at(x, 30, wide, 22), found.row.name, font(13), of.ink2)
        for line, check in enumerate(found.complaints[:2]):
            box = QRectF(row.at(x, 55 + 19 * line, 13, 13))
            shape(painter, SHAPES[check.verdict], box, of)
            where = row.at(x + 19, 51 + 19 * line, wide - 19, 20)
            ink = of.tones[SHAPES[check.verdict]].ink
            words = f"{check_name(check)} {figure_of(check)}"  # its limit stands in the table
            text(painter, where, words, font(12.5, 500), ink)
        painter.fillRect(row.at(0, FLAGGED_PX - 1, row.rect.width(), 1), QColor(of.line))

    def _paper(self, painter: QPainter, room: QRect, found: DeskRow, of: Tokens) -> None:
        pixmap = self._images.get(thumbnail(found.row.page))
        if pixmap is None or pixmap.isNull():
            return
        size = pixmap.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        paper = QRect(room.topLeft(), size)
        paper.moveCenter(room.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(PAPER_OPACITY_DARK if of.dark else 1.0)
        painter.drawPixmap(paper, pixmap)
        painter.setOpacity(1.0)
        painter.setPen(QPen(QColor(of.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(paper)


def _sound(painter: QPainter, row: Row, found: DeskRow, of: Tokens) -> None:
    shape(painter, found.shape, QRectF(row.at(12, 10, 13, 13)), of)
    name = text_width(found.title, font(13.5, 500))
    text(painter, row.at(34, 0, name, SOUND_PX), found.title, font(13.5, 500), of.ink)
    left = row.rect.width() - name - 56
    text(painter, row.at(44 + name, 0, left, SOUND_PX), found.row.name, font(13), of.ink3)
