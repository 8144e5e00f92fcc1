"""What a crop leaves of a page: the rest is shaded on the page itself."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from archiver.workflow.cropping import Margins
from ui.theme import CURRENT_ON_PAPER

SHADE = QColor(0, 0, 0, 120)


class CropFrame(QGraphicsItem):
    def __init__(self) -> None:
        super().__init__()
        self.size = self.kept = QRectF()
        self.hide()

    def show_margins(self, page: QRectF, margins: Margins | None) -> None:
        """page: of the upright page, in its pixels; None: nobody is cropping."""
        self.prepareGeometryChange()
        self.size = page
        self.kept = kept_of(page, margins) if margins else page
        self.setVisible(margins is not None)
        self.update()

    def boundingRect(self) -> QRectF:
        return self.size

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        paint_crop(painter, self.size, self.kept)


def paint_crop(painter: QPainter, page: QRectF, stays: QRectF) -> None:
    whole, kept = QPainterPath(), QPainterPath()
    whole.addRect(page)
    kept.addRect(stays)
    painter.fillPath(whole - kept, SHADE)
    pen = QPen(QColor(CURRENT_ON_PAPER), 2)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(stays)


def kept_of(page: QRectF, margins: Margins) -> QRectF:
    """What these leave of the rectangle `page`."""
    return page.adjusted(
        margins.left * page.width(),
        margins.top * page.height(),
        -margins.right * page.width(),
        -margins.foot * page.height(),
    )


def margins_of(kept: QRectF, page: QRectF) -> Margins:
    """What lies around `kept`, in shares of the page."""
    return Margins(
        left=kept.left() / page.width(),
        top=kept.top() / page.height(),
        right=1 - kept.right() / page.width(),
        foot=1 - kept.bottom() / page.height(),
    )
