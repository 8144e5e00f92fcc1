"""A hit: whose page it is, the words around, and the strip of the page itself."""

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.fonts import document_font, font
from ui.images import Images, Picture, thumbnail
from ui.models.hits import HitRow
from ui.models.rows import ROW, Index
from ui.paint import Row, focus_ring, panel, text, text_width
from ui.plates import LIST, paint_plate, plate_width
from ui.theme import (
    CURRENT_ON_PAPER,
    FOUND_ON_PAPER,
    MARK_ON_PAPER,
    PAPER_OPACITY_DARK,
    Tokens,
    tokens,
)
from ui.words import plate, translate

CARD_PX, STRIP_PX, GAP_PX, PART_PX = 84, 36, 9, 46
PICTURE_PX = (96, 128)  # of a heritage item


class HitDelegate(QStyledItemDelegate):
    def __init__(self, images: Images, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images = images

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        found: HitRow = index.data(ROW)
        height = CARD_PX + (STRIP_PX + 8 if found.strip else 0)
        height = max(height, PICTURE_PX[1] + 20) if found.pictured else height
        return QSize(300, height + GAP_PX + (PART_PX if found.parted else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found: HitRow = index.data(ROW)
        of = tokens(option.palette)
        card = option.rect.adjusted(1, PART_PX if found.parted else 0, -1, -GAP_PX)
        row = Row(card, option.direction)
        painter.save()
        if found.parted:
            _part(painter, Row(option.rect, option.direction), of)
        panel(painter, QRectF(card), of.surface, of.line)
        if option.state & QStyle.StateFlag.State_Selected:
            focus_ring(painter, QRectF(card), of.accent)
            painter.fillRect(row.at(0, 4, 4, card.height() - 8), QColor(of.accent))
        wide = card.width() - 28
        if found.pictured:
            wide -= PICTURE_PX[0] + 12
            self._picture(painter, row.end(10, 10, *PICTURE_PX), found, of)
        self._head(painter, row, found, wide, of)
        _snippet(painter, row.at(14, 40, wide, 38), found, of)
        if found.strip:
            self._strip(painter, row.at(14, CARD_PX - 2, wide, STRIP_PX), found, of)
        painter.restore()

    def _head(self, painter: QPainter, row: Row, found: HitRow, wide: int, of: Tokens) -> None:
        words = plate(found.hit.case)
        tag = plate_width(words, LIST)
        paint_plate(painter, row.at(14, 11, tag, 24), words, LIST, of)
        places = text_width(found.places, font(13)) if found.places else 0
        where = row.at(14 + wide - places, 11, places, 24)
        text(painter, where, found.places, font(13), of.ink2)
        left = wide - tag - places - 26
        told = " · ".join(part for part in (found.caption, found.why) if part)
        text(painter, row.at(14 + tag + 14, 11, left, 24), told, font(13), of.ink2)

    def _picture(self, painter: QPainter, room: QRect, found: HitRow, of: Tokens) -> None:
        """The page itself, small."""
        pixmap = self._images.get(thumbnail(found.hit.page))
        if pixmap is None or pixmap.isNull():
            return
        size = pixmap.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        paper = QRect(room.topLeft(), size)
        paper.moveCenter(room.center())
        painter.setOpacity(PAPER_OPACITY_DARK if of.dark else 1.0)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(paper, pixmap)
        painter.setOpacity(1.0)
        painter.setPen(QPen(QColor(of.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(paper)

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
            tint = QColor(CURRENT_ON_PAPER if found.likely else FOUND_ON_PAPER)
            tint.setAlphaF(0.12 if found.likely else 0.4)
            painter.setBrush(tint)
            line = QPen(QColor(CURRENT_ON_PAPER if found.likely else MARK_ON_PAPER), 1)
            if found.likely:
                line.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(line)
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


def _part(painter: QPainter, row: Row, of: Tokens) -> None:
    """Over the first hit of the second tier: what stands below is only likely."""
    pen = QPen(QColor(of.edge), 1, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawLine(row.rect.topLeft() + QPoint(0, 3), row.rect.topRight() + QPoint(0, 3))
    title = translate("Hits", "Likely results")
    wide = text_width(title, font(14, 600))
    text(painter, row.at(4, 8, wide, 32), title, font(14, 600), of.ink)
    told = translate("Hits", "near forms, or doubtful readings")
    text(painter, row.at(wide + 16, 8, row.rect.width() - wide - 20, 32), told, font(13), of.ink2)


def _snippet(painter: QPainter, area: QRect, row: HitRow, of: Tokens) -> None:
    """One line of document text, the words found on their ground."""
    found = row.hit.snippet
    layout = QTextLayout(found.text.replace("\n", " "), document_font())
    option = QTextOption(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    if not found.text or not _runs_from_the_right(found.text):
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    layout.setTextOption(option)
    ground = QTextCharFormat()
    ground.setBackground(QColor(of.selection if row.likely else of.found))
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


def repaint_when_strips_ready(images: Images, view: QListView) -> None:
    def arrived(picture: Picture) -> None:
        if picture.part or picture.fit_px:
            view.viewport().update()

    images.ready.connect(arrived)
