"""The page as it came, with the places that the checks complain of; and as the reader sees it."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap, QTransform
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from archiver.model.casefile import Page
from archiver.model.checks import PageCheck, Part, Verdict
from archiver.workflow.cropping import Margins
from ocr.imaging.arrays import Gray
from ui.images import Images
from ui.paint import hatch, painting
from ui.theme import ILLEGIBLE_ON_PAPER, MARK_ON_PAPER, PAPER_OPACITY_DARK
from ui.widgets.crop_frame import CropFrame, kept_of, margins_of, paint_crop
from ui.widgets.page_view import PageView, upright_size

AROUND_PX = 150  # of the page, around a place that is looked at
LEAST = 0.1  # of a page's width: less is a slip of the hand


def upright(part: Part, turn_deg: int) -> Part:
    """A part of the picture as delivered, in shares of the upright page."""
    left, top, wide, high = part
    return {
        0: part,
        90: (1 - top - high, left, high, wide),
        180: (1 - left - wide, 1 - top - high, wide, high),
        270: (top, 1 - left - wide, high, wide),
    }[turn_deg]


class Spots(QGraphicsItem):
    """Dashed where the reader makes up for it, red where only another image can."""

    def __init__(self) -> None:
        super().__init__()
        self.size = QRectF()
        self.spots: tuple[tuple[QRectF, Verdict], ...] = ()

    def show_checks(self, page: Page | None, checks: Sequence[PageCheck]) -> None:
        self.prepareGeometryChange()
        self.size = upright_size(page) if page else QRectF()
        found = [(upright(check.at, page.turn_deg), check.verdict)
                 for check in checks if page and check.at]  # fmt: skip
        wide, high = self.size.width(), self.size.height()
        self.spots = tuple(
            (QRectF(x * wide, y * high, w * wide, h * high), verdict)
            for (x, y, w, h), verdict in found
        )
        self.update()

    def boundingRect(self) -> QRectF:
        return self.size

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        for where, verdict in self.spots:
            wrong = verdict is Verdict.WRONG
            pen = QPen(QColor(ILLEGIBLE_ON_PAPER if wrong else MARK_ON_PAPER), 2)
            pen.setCosmetic(True)
            if not wrong:
                pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(where)


class DeskView(PageView):
    """`looked` tells which part of the page is seen, in shares of it; `drawn` what goes around
    the part that was drawn on it.
    """

    looked = Signal(QRectF)
    drawn = Signal(object)  # Margins

    def __init__(self, images: Images) -> None:
        super().__init__(images)
        self.set_whole(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.spots, self.frame = Spots(), CropFrame()
        for item in (self.spots, self.frame):
            self.scene().addItem(item)
        self.rubberBandChanged.connect(lambda band, *_: self._draw(band))
        self.zoomed.connect(lambda _scale: self._tell())
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(lambda _value: self._tell())

    def _tell(self) -> None:
        page = self.spots.size
        if page.isEmpty():
            return
        seen = self.mapToScene(self.viewport().rect()).boundingRect() & page
        self.looked.emit(
            QRectF(
                seen.x() / page.width(), seen.y() / page.height(),
                seen.width() / page.width(), seen.height() / page.height(),
            )
        )  # fmt: skip

    def crop(self, margins: Margins | None) -> None:
        """Show what these leave, and let it be drawn; None: no more."""
        self.frame.show_margins(self.spots.size, margins)
        ways = QGraphicsView.DragMode
        self.setDragMode(ways.ScrollHandDrag if margins is None else ways.RubberBandDrag)

    def _draw(self, band: QRect) -> None:
        kept = self.mapToScene(band).boundingRect() & self.spots.size
        if kept.width() > LEAST * self.spots.size.width() and kept.height() > 0:
            self.drawn.emit(margins_of(kept, self.spots.size))

    def look_at_part(self, part: Part) -> None:
        """A place and some paper around it."""
        x, y, wide, high = part
        page = self.spots.size
        around = QRectF(x * page.width(), y * page.height(), wide * page.width(),
                        high * page.height())  # fmt: skip
        self.look_at(around.adjusted(-AROUND_PX, -AROUND_PX, AROUND_PX, AROUND_PX))

    def show_checked(self, page: Page | None, checks: Sequence[PageCheck]) -> None:
        self.show_page(page, None)
        self.spots.show_checks(page, checks)


class After(QWidget):
    """The picture that the reader gets, whole."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap, self._part, self._blank = QPixmap(), QRectF(0, 0, 1, 1), False
        self._margins: Margins | None = None
        self.setMinimumWidth(140)

    def set_blank(self, blank: bool) -> None:
        """A blank back is hatched."""
        self._blank = blank
        self.update()

    def crop(self, margins: Margins | None) -> None:
        """Show what these leave; None: no more."""
        self._margins = margins
        self.update()

    def look_at(self, part: QRectF) -> None:
        """Show that part of the picture, in shares of it."""
        self._part = part if not part.isEmpty() else QRectF(0, 0, 1, 1)
        self.update()

    def show_gray(self, picture: Gray | None) -> None:
        self._pixmap = QPixmap() if picture is None else _pixmap(picture)
        self.update()

    def show_image(self, image: QImage, page: Page | None) -> None:
        """As it came, or turned upright where somebody said so."""
        turn = QTransform().rotate(page.turn_deg if page else 0)
        self._pixmap = QPixmap.fromImage(image.transformed(turn))
        self.update()

    @property
    def empty(self) -> bool:
        return self._pixmap.isNull()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            painter.fillRect(self.rect(), QColor(of.desk))
            if self._pixmap.isNull():
                return
            room = QRectF(self.rect().adjusted(8, 8, -8, -8))
            wide, high = self._pixmap.width(), self._pixmap.height()
            part = QRectF(
                self._part.x() * wide, self._part.y() * high,
                self._part.width() * wide, self._part.height() * high,
            )  # fmt: skip
            size = part.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            paper = QRectF(room.topLeft(), size)
            paper.moveCenter(room.center())
            paper.moveTop(room.top())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(PAPER_OPACITY_DARK if of.dark else 1.0)
            painter.drawPixmap(paper, self._pixmap, part)
            if self._blank:
                hatch(painter, paper, "#C9C5B6", 18)
            if self._margins:
                paint_crop(painter, paper, kept_of(paper, self._margins))


def _pixmap(picture: Gray) -> QPixmap:
    height, width = picture.shape
    form = QImage.Format.Format_Grayscale8
    return QPixmap.fromImage(QImage(picture.tobytes(), width, height, width, form).copy())
