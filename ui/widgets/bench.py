"""The bench: the current word enlarged from the paper beside its reading."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from archiver.i18n import digits
from archiver.model.casefile import Page
from ocr.doubt import is_doubtful, sureness
from ocr.page import Word
from ui import counts
from ui.deck import Deck
from ui.fonts import document_font
from ui.images import Images, Picture, full
from ui.paint import painting
from ui.steps import Sign
from ui.theme import CURRENT_ON_PAPER, PAPER_OPACITY_DARK, Shape
from ui.widgets.bars import Bar
from ui.widgets.keys import KeyButton
from ui.widgets.page_view import box, upright_size
from ui.widgets.parts import Chip, Panel, words
from ui.widgets.readings import Readings
from ui.words import percent, translate

READINGS_FROM_PX = 1000


class Crop(QWidget):
    """A word and its neighbours as they stand on the paper."""

    def __init__(self, images: Images) -> None:
        super().__init__()
        self._images = images
        self._page: Page | None = None
        self._word: Word | None = None
        self.setMinimumWidth(140)
        self.setFixedHeight(86)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        images.ready.connect(self._arrived)

    def _arrived(self, picture: Picture) -> None:
        if self._page and picture == full(self._page):
            self.update()

    def show_word(self, page: Page | None, word: Word | None) -> None:
        self._page, self._word = page, word
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 86)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            area = QRectF(self.rect())
            ground = (of.desk if of.dark else "#F4F1E8") if self._word else of.window
            painter.fillRect(area, QColor(ground))
            pixmap = self._images.get(full(self._page)) if self._page and self._word else None
            if pixmap and not pixmap.isNull() and self._page and self._word:
                where = box(self._word)
                scale = min(
                    2.4, area.height() / (where.height() * 2.0), area.width() / where.width()
                )
                part = QRectF(0, 0, area.width() / scale, area.height() / scale)
                part.moveCenter(where.center())
                page = upright_size(self._page)
                part.moveRight(min(part.right(), page.right()))
                part.moveLeft(max(part.left(), 0.0))
                ratio = pixmap.width() / upright_size(self._page).width()
                source = QRectF(part.topLeft() * ratio, part.size() * ratio)
                painter.setOpacity(PAPER_OPACITY_DARK if of.dark else 1.0)
                painter.drawPixmap(area, pixmap, source)
                shown = QRectF((where.topLeft() - part.topLeft()) * scale, where.size() * scale)
                tint = QColor(CURRENT_ON_PAPER)
                tint.setAlphaF(0.10)
                painter.setBrush(tint)
                painter.setPen(QPen(QColor(CURRENT_ON_PAPER), 2))
                painter.drawRect(shown.adjusted(-5, -5, 5, 5))
            painter.setOpacity(1)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(of.line), 1))
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))


class Field(QLineEdit):
    """The reading, ready to be typed over; Esc brings back what stood there.

    Undo belongs to the screen, which takes back typing first and then corrections.
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.setFont(document_font(30))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumWidth(150)
        self.setFixedHeight(64)
        self.setAccessibleName(translate("Bench", "Reading"))

    @property
    def typed(self) -> bool:
        """Whether something else stands here than was shown."""
        return self.text() != self._shown

    def show_reading(self, text: str) -> None:
        self._shown = text
        self.restore()

    def restore(self) -> None:
        self.setText(self._shown)
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        overrides = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        keys = QKeySequence.StandardKey
        if overrides and (event.matches(keys.Undo) or event.matches(keys.Redo)):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.typed:
            self.restore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()


class Bench(Panel):
    """Which doubt of how many, the crop, the reading with its sureness, and the way on."""

    def __init__(self, images: Images, deck: Deck) -> None:
        super().__init__(padding=12)
        self._number, self._of = words("", 30, 600), words("", 13, tone="ink2")
        self._bar = Bar(7)
        self._bar.setFixedWidth(110)
        self.crop = Crop(images)
        self.reading = Field()
        self._allowed = True
        self._chip, self._place = Chip(), words("", 13, tone="ink2")
        count = QVBoxLayout()
        count.setSpacing(3)
        for part in (self._number, self._of, self._bar):
            count.addWidget(part)
        count.addWidget(words(translate("Bench", "numbers first"), 12, tone="ink3"))
        said = QVBoxLayout()
        said.setSpacing(4)
        said.addWidget(words(translate("Bench", "Reading"), 13, tone="ink2"))
        said.addWidget(self.reading, 1)
        side = QVBoxLayout()
        side.setSpacing(5)
        side.addWidget(self._chip)
        side.addWidget(self._place)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(KeyButton(deck, "accept_word", primary=True))
        keys.addWidget(KeyButton(deck, "next_doubt"))
        side.addLayout(keys)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addLayout(count)
        line.addWidget(self.crop, 3)
        line.addLayout(said, 1)
        line.addLayout(side)
        self._line = line
        self._readings: Readings | None = None
        self.add(line)

    def add_readings(self, readings: Readings) -> None:
        """Beside the reading, where the window is wide enough."""
        self._readings = readings
        self._line.insertWidget(3, readings)
        readings.picked.connect(self._pick)

    def _pick(self, reading: str) -> None:
        if not self.reading.isReadOnly():
            self.reading.setText(reading)
            self.reading.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._readings:
            self._readings.setVisible(self.width() >= READINGS_FROM_PX)

    def show_count(self, place: int, total: int) -> None:
        """`place`: which doubt, from 1; 0 while none is chosen."""
        self._number.setText(digits(place or total))
        self._of.setText(counts.of_doubts(total) if place else translate("Bench", "doubts"))
        self._bar.show_share(place / total if total else 0)

    def allow(self, editing: bool) -> None:
        self._allowed = editing

    def show_word(self, page: Page | None, word: Word | None, line: int) -> None:
        self.crop.show_word(page, word)
        self.reading.setReadOnly(word is None or not self._allowed)
        self.reading.show_reading(word.text if word else "")
        if word is None:
            self._chip.set_sign(None)
            self._place.setText(translate("Bench", "Choose a word"))
            return
        share = percent(sureness(word))
        if word.review == "checked":
            sign = Sign(Shape.OK, translate("Bench", "Accepted"))
        elif word.review:
            sign = Sign(Shape.WRONG, translate("Bench", "Illegible"))
        elif is_doubtful(word):
            sign = Sign(Shape.DOUBTFUL, translate("Bench", "Doubtful · %1").replace("%1", share))
        else:
            sign = Sign(Shape.OK, translate("Bench", "Sure · %1").replace("%1", share))
        self._chip.set_sign(sign)
        self._place.setText(digits(translate("Bench", "Line %1").replace("%1", str(line))))
