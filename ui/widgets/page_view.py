"""The picture of a page on the desk, with its words in boxes. Never mirrored."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from archiver.model.casefile import Page
from ocr.doubt import is_doubtful
from ocr.page import PageText, Word
from ui.deck import Handlers
from ui.images import GLANCE_PX, Images, Picture, full, glance, thumbnail
from ui.theme import (
    CHECKED_ON_PAPER,
    CURRENT_ON_PAPER,
    FOUND_ON_PAPER,
    ILLEGIBLE_ON_PAPER,
    MARK_ON_PAPER,
    PAPER_OPACITY_DARK,
    tokens,
)

MARGIN_PX = 14


def is_number(word_text: str) -> bool:
    return any(letter.isdigit() for letter in word_text)


def doubt_dashes(word_text: str) -> list[float]:
    """Of the underline: dots under a word, dashes under a number."""
    return [2.2, 1.8] if is_number(word_text) else [0.01, 1.9]


class Marks(QGraphicsItem):
    """The boxes of a page, painted as one item in pixels of the upright page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: tuple[Word, ...] = ()
        self.size = QRectF()
        self.current, self.hovered = -1, -1
        self.found: frozenset[int] = frozenset()
        self.likely = False  # what was found was only likely what was asked for

    def show_words(self, words: tuple[Word, ...], size: QRectF) -> None:
        self.prepareGeometryChange()
        self.words, self.size = words, size
        self.current = self.hovered = -1
        self.found = frozenset()
        self.update()

    def correct_words(self, words: tuple[Word, ...]) -> None:
        """Other words of the same page."""
        self.words = words
        self.current = self.hovered = -1
        self.update()

    def boundingRect(self) -> QRectF:
        return self.size

    def at(self, place: QPointF) -> int:
        """The word under `place`, -1 for none."""
        for number, word in enumerate(self.words):
            if box(word).adjusted(-3, -6, 3, 6).contains(place):
                return number
        return -1

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        for number, word in enumerate(self.words):
            self._paint_word(painter, number, word)

    def _paint_word(self, painter: QPainter, number: int, word: Word) -> None:
        where = box(word)
        if number in self.found:
            wide = where.adjusted(-5, -5, 5, 5)
            if self.likely:
                _frame(painter, wide, CURRENT_ON_PAPER, CURRENT_ON_PAPER, dashes=[3, 2])
            else:
                _frame(painter, wide, FOUND_ON_PAPER, MARK_ON_PAPER)
        elif is_doubtful(word):
            tint = QColor(MARK_ON_PAPER)
            tint.setAlphaF(0.13)
            painter.fillRect(where, tint)
            pen = _pen(MARK_ON_PAPER, 2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setDashPattern(doubt_dashes(word.text))
            painter.setPen(pen)
            base = where.translated(0, 4)
            painter.drawLine(base.bottomLeft(), base.bottomRight())
        elif word.review == "checked":
            painter.setPen(_pen(CHECKED_ON_PAPER, 1.4))
            base = where.translated(0, 4)
            painter.drawLine(base.bottomLeft(), base.bottomRight())
        elif word.review:
            _frame(painter, where.adjusted(-2, -2, 2, 2), "", ILLEGIBLE_ON_PAPER, 1.6)
        if number == self.current:
            _frame(painter, where.adjusted(-6, -6, 6, 6), CURRENT_ON_PAPER, CURRENT_ON_PAPER, 2.2)
        elif number == self.hovered:
            _frame(painter, where.adjusted(-6, -6, 6, 6), "", CURRENT_ON_PAPER, 1.2)


def box(word: Word) -> QRectF:
    return QRectF(word.box.x, word.box.y, word.box.width, word.box.height)


def _pen(colour: str, width: float) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCosmetic(True)
    return pen


def _frame(
    painter: QPainter,
    rect: QRectF,
    fill: str,
    line: str,
    width: float = 1.4,
    dashes: Sequence[float] = (),
) -> None:
    tint = QColor(fill) if fill else QColor(0, 0, 0, 0)
    if fill:
        tint.setAlphaF(0.14 if fill == line else 0.42)
    painter.setBrush(tint)
    pen = _pen(line, width)
    if dashes:
        pen.setDashPattern(dashes)
    painter.setPen(pen)
    painter.drawRect(rect)


class PageView(QGraphicsView):
    """`word_pointed` while the mouse is over a word, `word_chosen` when it is clicked."""

    word_pointed = Signal(int)
    word_chosen = Signal(int)
    zoomed = Signal(float)  # screen pixels a page pixel

    def __init__(self, images: Images) -> None:
        super().__init__()
        self._images, self._page = images, None
        self._shown: Picture | None = None
        self._fitting, self._whole = True, False
        self.boxed = True
        self._paper = QGraphicsPixmapItem()
        self._paper.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.marks = Marks()
        scene = QGraphicsScene(self)
        scene.addItem(self._paper)
        scene.addItem(self.marks)
        self.setScene(scene)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        images.ready.connect(self._arrived)

    def set_whole(self, whole: bool) -> None:
        """Fit the whole page instead of its width."""
        self._whole = whole

    def show_page(self, page: Page | None, read: PageText | None) -> None:
        """The thumbnail at once, if it is there, and the page as soon as it is decoded."""
        self._page = page
        size = upright_size(page) if page else QRectF()
        self.scene().setSceneRect(size.adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX))
        self.marks.show_words(read.words if read else (), size)
        self.marks.setVisible(self.boxed)
        self._put(None)
        self.fit()

    def mark(
        self,
        *,
        current: int | None = None,
        found: tuple[int, ...] | None = None,
        likely: bool = False,
    ) -> None:
        if current is not None:
            self.marks.current = current
        if found is not None:
            self.marks.found, self.marks.likely = frozenset(found), likely
        self.marks.update()

    def point_at(self, word: int) -> None:
        self.marks.hovered = word
        self.marks.update()

    def reveal(self, word: int) -> None:
        if 0 <= word < len(self.marks.words):
            self.ensureVisible(box(self.marks.words[word]), 60, 90)

    def show_boxes(self, boxed: bool) -> None:
        self.boxed = boxed
        self.marks.setVisible(boxed)

    def fit(self) -> None:
        self._fitting = True
        area, room = self.sceneRect(), self.viewport().rect()
        if area.width() <= 0 or room.width() <= 0:
            return
        scale = room.width() / area.width()
        if self._whole:
            scale = min(scale, room.height() / area.height())
        self._scale_to(scale)

    def look_at(self, part: QRectF) -> None:
        """Enlarge `part`, in pixels of the upright page, as far as it fits."""
        self._fitting = False
        room = self.viewport().rect()
        self._scale_to(min(2.0, room.width() / part.width(), room.height() / part.height()))
        self.centerOn(part.center())

    def handlers(self) -> Handlers:
        return {
            "zoom_in": lambda: self.zoom(1.25),
            "zoom_out": lambda: self.zoom(0.8),
            "fit": self.fit,
        }

    def zoom(self, factor: float) -> None:
        self._fitting = False
        self._scale_to(min(4.0, max(0.05, self.transform().m11() * factor)))

    def _scale_to(self, scale: float) -> None:
        policy = Qt.ScrollBarPolicy
        across = policy.ScrollBarAlwaysOff if self._fitting else policy.ScrollBarAsNeeded
        self.setHorizontalScrollBarPolicy(across)
        top = self.mapToScene(0, 0).y()
        self.resetTransform()
        self.scale(scale, scale)
        if self._fitting and top <= 0:
            self.verticalScrollBar().setValue(self.verticalScrollBar().minimum())
        self._look()
        self.zoomed.emit(scale)

    @property
    def sharp(self) -> bool:
        """Whether the page is seen from a picture as fine as the screen shows it."""
        return self._shown in self._fine()

    def _fine(self) -> tuple[Picture, ...]:
        """Those that are fine enough at this scale, the least first."""
        if self._page is None:
            return ()
        page, pixels = self._page, self.transform().m11() * self.devicePixelRatioF()
        fitted = pixels * max(page.width_px, page.height_px) <= GLANCE_PX
        return (glance(page), full(page)) if fitted else (full(page),)

    def _look(self) -> None:
        """The best that is there; what is missing is asked for."""
        if self._page is None or self.sharp:
            return
        fine = self._fine()
        known = [each for each in (*fine, glance(self._page)) if self._images.at_hand(each)]
        if not known or known[0] not in fine:
            self._images.get(fine[0])
        if known:
            self._put(known[0])
        elif self._shown is None and self._images.get(thumbnail(self._page)):
            self._put(thumbnail(self._page))

    def _arrived(self, picture: Picture) -> None:
        if self._page and picture in (thumbnail(self._page), glance(self._page), full(self._page)):
            self._look()

    def _put(self, picture: Picture | None) -> None:
        pixmap = self._images.get(picture) if picture else None
        self._shown = picture
        self._paper.setPixmap(pixmap or QPixmap())
        if pixmap and not pixmap.isNull() and self._page:
            self._paper.setScale(upright_size(self._page).width() / pixmap.width())
        dark = tokens(self.palette()).dark
        self._paper.setOpacity(PAPER_OPACITY_DARK if dark else 1.0)

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        painter.fillRect(rect, QColor(tokens(self.palette()).desk))
        if self._page and self._paper.pixmap().isNull():
            painter.fillRect(upright_size(self._page), QColor("#F4F1E8"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitting:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.15 if event.angleDelta().y() > 0 else 1 / 1.15)
        else:
            super().wheelEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        word = self.marks.at(self.mapToScene(event.position().toPoint())) if self.boxed else -1
        if word != self.marks.hovered:
            self.point_at(word)
            self.word_pointed.emit(word)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        word = self.marks.at(self.mapToScene(event.position().toPoint())) if self.boxed else -1
        if word >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.word_chosen.emit(word)


def upright_size(page: Page) -> QRectF:
    width, height = page.width_px, page.height_px
    return QRectF(0, 0, *((height, width) if page.turn_deg in (90, 270) else (width, height)))
