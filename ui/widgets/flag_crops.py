"""The places that the checks complain of, cut out of the page and enlarged."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from archiver.model.casefile import Page
from archiver.model.checks import PageCheck, Part
from archiver.workflow.page_checks import told
from ui.images import Images, Picture, full
from ui.paint import painting
from ui.theme import MARK_ON_PAPER, PAPER_OPACITY_DARK
from ui.widgets.desk_view import upright
from ui.widgets.parts import words, wrapped

MOST, HIGH_PX, AROUND = 3, 104, 0.25  # paper shown around a place, in shares of the place


class Cut(QWidget):
    chosen = Signal()

    def __init__(self, images: Images, page: Page, part: Part) -> None:
        super().__init__()
        self._images, self._picture, self._part = images, full(page), part
        self.setFixedHeight(HIGH_PX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        images.ready.connect(self._arrived)

    def _arrived(self, picture: Picture) -> None:
        if picture == self._picture:
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.chosen.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            room, pixmap = QRectF(self.rect()), self._images.get(self._picture)
            painter.fillRect(room, QColor(of.desk))
            if pixmap is None or pixmap.isNull():
                return
            x, y, wide, high = self._part
            place = QRectF(x * pixmap.width(), y * pixmap.height(),
                           wide * pixmap.width(), high * pixmap.height())  # fmt: skip
            seen = _around(place, room.size()) & QRectF(pixmap.rect())
            paper = QRectF(room.topLeft(), seen.size().scaled(
                room.size(), Qt.AspectRatioMode.KeepAspectRatio))  # fmt: skip
            paper.moveCenter(room.center())
            painter.setOpacity(PAPER_OPACITY_DARK if of.dark else 1.0)
            painter.drawPixmap(paper, pixmap, seen)
            painter.setOpacity(1.0)
            scale = paper.width() / seen.width()
            corner = paper.topLeft() + (place.topLeft() - seen.topLeft()) * scale
            pen = QPen(QColor(MARK_ON_PAPER), 2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(corner, place.size() * scale) & paper)


def _around(place: QRectF, room: QSizeF) -> QRectF:
    """The place with paper about it, as wide as the room is."""
    size = place.size() * (1 + 2 * AROUND)
    seen = QRectF(0, 0, *_expanded(size, room).toTuple())
    seen.moveCenter(place.center())
    return seen


def _expanded(size: QSizeF, room: QSizeF) -> QSizeF:
    return room.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding)


class FlagCrops(QWidget):
    """`chosen` with the place that is clicked, in shares of the upright page."""

    chosen = Signal(tuple)

    def __init__(self, images: Images) -> None:
        super().__init__()
        self._images, self._line = images, QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(10)
        self.parts: tuple[Part, ...] = ()

    def show_checks(self, page: Page | None, checks: Sequence[PageCheck]) -> None:
        """At most three; a check of the whole page has no place to show."""
        while self._line.count():
            old = self._line.takeAt(0).widget()
            if old:
                old.hide()
                old.deleteLater()
        placed = [check for check in checks if check.at][:MOST] if page else []
        self.parts = tuple(upright(check.at, page.turn_deg) for check in placed if page)
        for check, part in zip(placed, self.parts, strict=True):
            if page:
                self._line.addWidget(self._crop(page, part, told(check)), 1)
        self.setVisible(bool(placed))

    def _crop(self, page: Page, part: Part, caption: str) -> QWidget:
        whole, cut = QWidget(), Cut(self._images, page, part)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(cut)
        column.addWidget(wrapped(words(caption, 12.5, tone="ink2")))
        cut.setAccessibleName(caption)
        cut.chosen.connect(lambda: self.chosen.emit(part))
        return whole
