"""A page in the strip: its thumbnail under its document's bracket; a blank back is a sliver."""

from functools import reduce

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archiver.i18n import digits
from archiver.model.casefile import Outline, Page, PageState
from ui.delegates.bracket import paint_bracket
from ui.fonts import font
from ui.images import THUMBNAIL_PX, Images, Picture, thumbnail
from ui.models.pages import PageRow
from ui.models.rows import ROW
from ui.paint import Row, hatch, shape, text
from ui.theme import PAPER_OPACITY_DARK, Shape, Tokens, tokens
from ui.words import translate

HEAD_PX, FOOT_PX, GAP_PX, SLIVER_PX = 30, 26, 12, 20
DOUBT_PAGE_BELOW = 0.70
Index = QModelIndex | QPersistentModelIndex


def page_sign(page: Page) -> Shape | None:
    """The exception to mark; None for a page that is as it should be."""
    if page.state is PageState.FAILED:
        return Shape.WRONG
    if page.state is PageState.WAITING:
        return Shape.WAITING
    doubtful = not page.blank and page.confidence < DOUBT_PAGE_BELOW
    return Shape.DOUBTFUL if doubtful or page.loose else None


class PageDelegate(QStyledItemDelegate):
    def __init__(self, images: Images, paper_px: int, parent: QObject | None = None) -> None:
        """`paper_px`: the height of a page."""
        super().__init__(parent)
        self._images, self._paper_px = images, paper_px

    def paper_width(self, page: Page | Outline) -> int:
        if page.blank:
            return SLIVER_PX
        width, height = page.width_px, page.height_px
        if page.turn_deg in (90, 270):
            width, height = height, width
        return round(min(1.5, width / max(1, height)) * self._paper_px)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self.paper_width(index.model().rows.outline[index.row()])
        return QSize(width + GAP_PX, HEAD_PX + self._paper_px + FOOT_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found: PageRow = index.data(ROW)
        of, page = tokens(option.palette), found.page
        row = Row(option.rect, option.direction)
        paper = row.at(GAP_PX // 2, HEAD_PX, self.paper_width(page), self._paper_px)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        self._bracket(painter, option, index, of)
        self._paper(painter, paper, page, of)
        self._foot(painter, paper, found, of, chosen=chosen)
        sign = page_sign(page)
        if sign and not page.blank:
            corner = QRectF(Row(paper, option.direction).end(-7, -7, 18, 18))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(of.surface))
            painter.drawEllipse(corner.adjusted(-2, -2, 2, 2))
            shape(painter, sign, corner, of)
        painter.restore()

    def _bracket(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, of: Tokens
    ) -> None:
        """The document's name over its pages; each page paints its slice of the whole."""
        span = _line_of(option.widget, index)
        span.moveTop(option.rect.top())
        found = index.data(ROW)
        painter.save()
        painter.setClipRect(option.rect)
        words = (found.name, found.document.kind)
        paint_bracket(painter, span, option.direction, words, HEAD_PX, GAP_PX, of)
        painter.restore()

    def _paper(self, painter: QPainter, paper: QRect, page: Page, of: Tokens) -> None:
        painter.fillRect(paper, QColor("#F6F3EA"))
        if page.blank:
            painter.setOpacity(PAPER_OPACITY_DARK if of.dark else 1.0)
            hatch(painter, QRectF(paper), "#9A9C92")
        else:
            picture = thumbnail(page)
            pixmap = self._images.get(picture)
            if pixmap and not pixmap.isNull():
                painter.setOpacity(PAPER_OPACITY_DARK if of.dark else 1.0)
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawPixmap(paper, pixmap)
        painter.setOpacity(1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(QColor(of.edge if of.dark else "#B9BDB4"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(paper.adjusted(0, 0, -1, -1))

    def _foot(
        self, painter: QPainter, paper: QRect, found: PageRow, of: Tokens, *, chosen: bool
    ) -> None:
        back = translate("Pages", "back", "a blank back, as small as can be")
        words = back if found.page.blank else digits(found.page.position)
        foot = QRect(paper.left() - 2, paper.bottom() + 3, paper.width() + 4, 20)
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(of.accent), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(paper.adjusted(-2, -2, 1, 1), 3, 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(of.accent))
            painter.drawRoundedRect(foot.adjusted(-1, -3, 1, 0), 3, 3)
        size = 11 if found.page.blank else 13
        face = font(size, 600 if chosen else 400)
        ink = of.on_accent if chosen else of.ink2
        centred = Qt.AlignmentFlag.AlignHCenter
        text(painter, foot.adjusted(-3, 0, 3, 0), words, face, ink, centred)


def _line_of(view: QListView, index: Index) -> QRect:
    """The room of those pages of its document that stand on the same line, as far as laid out."""
    here, (first, last) = view.visualRect(index), index.model().rows.span(index.row())
    if not view.isWrapping():
        ends = (view.visualRect(index.siblingAtRow(row)) for row in (first, last))
        return reduce(QRect.united, ends, here)
    return reduce(QRect.united, (_beside(view, index, end) for end in (first, last)), here)


def _beside(view: QListView, index: Index, end: int) -> QRect:
    """Where the last page towards row `end` on the line of `index` is."""
    here = found = view.visualRect(index)
    step = 1 if end > index.row() else -1
    for row in range(index.row(), end + step, step):
        room = view.visualRect(index.siblingAtRow(row))
        if room.top() != here.top():
            break
        found = room
    return found


def repaint_when_ready(images: Images, view: QListView) -> None:
    """Let `view` show a thumbnail as soon as it is decoded."""

    def arrived(picture: Picture) -> None:
        if picture.fit_px == THUMBNAIL_PX:
            view.viewport().update()

    images.ready.connect(arrived)
