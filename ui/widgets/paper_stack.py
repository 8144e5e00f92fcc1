"""The first pages of a case file, one behind the other, as they lie on the table."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from archiver.model.casefile import Page
from ui.images import Images, thumbnail
from ui.paint import painting
from ui.theme import PAPER_OPACITY_DARK, Tokens

PAGE_PX = QSize(168, 238)
STEP_PX = QSize(50, 8)


class PaperStack(QWidget):
    def __init__(self, images: Images) -> None:
        super().__init__()
        self._images, self._pages = images, ()
        self.setFixedSize(self.sizeHint())
        images.ready.connect(lambda _: self.update())

    def sizeHint(self) -> QSize:
        return PAGE_PX + STEP_PX * 2 + QSize(2, 2)

    def show_pages(self, pages: Sequence[Page]) -> None:
        self._pages = tuple(pages)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Never mirrored: paper lies as it lies."""
        with painting(self) as (painter, of):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            for place, page in reversed(list(enumerate(self._pages))):
                behind = len(self._pages) - 1 - place
                x, y = STEP_PX.width() * behind, STEP_PX.height() * place
                self._paint_page(painter, QRect(x, y, PAGE_PX.width(), PAGE_PX.height()), page, of)

    def _paint_page(self, painter: QPainter, where: QRect, page: Page, of: Tokens) -> None:
        painter.setPen(QPen(QColor(of.edge), 1))
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRect(where)
        pixmap = self._images.get(thumbnail(page))
        if pixmap is not None and not pixmap.isNull():
            painter.setOpacity(PAPER_OPACITY_DARK if of.dark else 1)
            fitted = pixmap.scaled(where.size() - QSize(1, 1),
                                   Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                                   Qt.TransformationMode.SmoothTransformation)  # fmt: skip
            part = QRect(0, 0, where.width() - 1, where.height() - 1)
            painter.drawPixmap(where.topLeft() + QRect(1, 1, 0, 0).topLeft(), fitted, part)
            painter.setOpacity(1)
