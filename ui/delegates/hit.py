"""A hit: whose page it is, the words around, and the strip of the page itself."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from index.highlight import Snippet
from ui.fonts import document_font, font
from ui.images import Images
from ui.models.hits import HitRow
from ui.models.rows import ROW
from ui.paint import Row, focus_ring, panel, text, text_width
from ui.plates import LIST, paint_plate, plate_width
from ui.theme import FOUND_ON_PAPER, MARK_ON_PAPER, PAPER_OPACITY_DARK, Tokens, tokens
from ui.words import plate

CARD_PX, STRIP_PX, GAP_PX = 84, 36, 9


class HitDelegate(QStyledItemDelegate):
    def __init__(self, images: Images, parent: object = None) -> None:
        super().__init__(parent)
        self._images = images

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        found: HitRow = index.data(ROW)
        return QSize(300, CARD_PX + (STRIP_PX + 8 if found.strip else 0) + GAP_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        found: HitRow = index.data(ROW)
        of = tokens(option.palette)
        card = option.rect.adjusted(1, 0, -1, -GAP_PX)
        row = Row(card, option.direction)
        painter.save()
        panel(painter, QRectF(card), of.surface, of.line)
        if option.state & QStyle.StateFlag.State_Selected:
            focus_ring(painter, QRectF(card), of.accent)
            painter.fillRect(row.at(0, 4, 4, card.height() - 8), QColor(of.accent))
        self._head(painter, row, found, of)
        _snippet(painter, row.at(14, 40, card.width() - 28, 38), found.hit.snippet, of)
        if found.strip:
            self._strip(painter, row.at(14, CARD_PX - 2, card.width() - 28, STRIP_PX), found, of)
        painter.restore()

    def _head(self, painter: QPainter, row: Row, found: HitRow, of: Tokens) -> None:
        words = plate(found.hit.case)
        wide = plate_width(words, LIST)
        paint_plate(painter, row.at(14, 11, wide, 24), words, LIST, of)
        places = text_width(found.places, font(13)) if found.places else 0
        text(painter, row.end(14, 11, places, 24), found.places, font(13), of.ink2)
        left = row.rect.width() - wide - places - 54
        text(painter, row.at(14 + wide + 14, 11, left, 24), found.caption, font(13), of.ink2)

    def _strip(self, painter: QPainter, area: QRect, found: HitRow, of: Tokens) -> None:
        painter.fillRect(area, QColor(of.desk if of.dark else "#F4F1E8"))
        painter.save()
        painter.setClipRect(area)
        painter.setOpacity(PAPER_OPACITY_DARK if of.dark else 1.0)
        pixmap = self._images.get(found.strip) if found.strip else None
        if pixmap and not pixmap.isNull():
            target = QRectF(0, 0, STRIP_PX * pixmap.width() / pixmap.height(), STRIP_PX)
            target.moveCenter(QRectF(area).center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
            tint = QColor(FOUND_ON_PAPER)
            tint.setAlphaF(0.4)
            painter.setBrush(tint)
            painter.setPen(QPen(QColor(MARK_ON_PAPER), 1))
            for share in found.boxes:
                painter.drawRect(_of(target, share).adjusted(-2, -1, 2, 1))
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(of.line), 1))
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _of(whole: QRectF, share: QRectF) -> QRectF:
    return QRectF(
        whole.x() + share.x() * whole.width(),
        whole.y() + share.y() * whole.height(),
        share.width() * whole.width(),
        share.height() * whole.height(),
    )


def _snippet(painter: QPainter, area: QRect, found: Snippet, of: Tokens) -> None:
    """One line of document text, the words found on their ground."""
    layout = QTextLayout(found.text.replace("\n", " "), document_font())
    option = QTextOption(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    if not found.text or not _runs_from_the_right(found.text):
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    layout.setTextOption(option)
    ground = QTextCharFormat()
    ground.setBackground(QColor(of.found))
    ranges = []
    for start, end in found.spans:
        made = QTextLayout.FormatRange()
        made.start, made.length, made.format = start, end - start, ground
        ranges.append(made)
    layout.setFormats(ranges)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(area.width())
    line.setPosition(QPointF(0, 0))
    layout.endLayout()
    painter.save()
    painter.setPen(QColor(of.ink))
    painter.setClipRect(area)
    layout.draw(painter, QPointF(area.x(), area.y() + (area.height() - line.height()) / 2))
    painter.restore()


def _runs_from_the_right(words: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in words)
