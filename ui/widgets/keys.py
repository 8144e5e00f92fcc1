"""Key caps: the strip at the bottom, and buttons that show their key."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui.acts import ARABIC_KEYS, Act
from ui.deck import Deck
from ui.fonts import font
from ui.paint import Row, focus_ring, painting, panel, text, text_width
from ui.theme import Tokens

CAP_PX = 24


def cap_width(cap: str) -> int:
    return max(CAP_PX, text_width(cap, font(12.5, 500)) + 14)


def paint_cap(painter: QPainter, rect: QRect, cap: str, ink: str, edge: str, fill: str) -> None:
    """A key with a thicker lower edge: the Latin letter leads, the Arabic one is fainter."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(edge), 1))
    box = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, 4, 4)
    base = box.bottom() - 1
    painter.drawLine(QRectF(box.left() + 2, base, box.width() - 4, 0).topLeft(),
                     QRectF(box.left() + 2, base, box.width() - 4, 0).topRight())  # fmt: skip
    row = Row(rect, painter.layoutDirection())
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    latin, _, arabic = cap.partition(" ")
    if len(latin) == 1 and arabic in ARABIC_KEYS.values():
        half = rect.width() // 2
        centred = Qt.AlignmentFlag.AlignHCenter
        text(painter, row.at(3, 0, half - 3, rect.height()), latin, font(12.5, 500), ink, centred)
        painter.setOpacity(0.8)
        text(painter, row.end(3, 0, half - 3, rect.height()), arabic, font(12.5), ink, centred)
    else:
        text(painter, rect, cap, font(12.5, 500), ink, Qt.AlignmentFlag.AlignHCenter)
    painter.restore()


class KeyButton(QAbstractButton):
    """An act with its key: `bare` in the strip, else a button with a border."""

    def __init__(self, deck: Deck, name: str, *, bare: bool = False, primary: bool = False) -> None:
        super().__init__()
        self._act: Act = deck.act(name)
        self._bare, self._primary = bare, primary
        self._words = self._act.text
        action = deck.actions[name]
        self.setEnabled(action.isEnabled())
        action.enabledChanged.connect(self.setEnabled)
        self.clicked.connect(lambda: deck.do(self._act.name))
        self.setToolTip(action.toolTip())
        self.setAccessibleName(self._words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if bare else Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def set_act(self, deck: Deck, name: str) -> None:
        self._act = deck.act(name)
        self.set_words(self._act.text)

    @property
    def _font(self) -> QFont:
        return font(13 if self._bare else 14, 600 if self._primary else 400)

    def sizeHint(self) -> QSize:
        width = cap_width(self._act.cap) + 9 + text_width(self._words, self._font)
        return QSize(width + (0 if self._bare else 24), 28 if self._bare else 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            row = Row(self.rect(), self.layoutDirection())
            height, cap = self.height(), cap_width(self._act.cap)
            x = 0 if self._bare else 12
            cap_rect = row.at(x, (height - CAP_PX) // 2, cap, CAP_PX)
            ink = self._paint_body(painter, cap_rect, of)
            words = row.at(x + cap + 9, 0, self.width() - x - cap - 9, height)
            text(painter, words, self._words, self._font, ink)
            if self.hasFocus():
                focus_ring(painter, QRectF(self.rect()), of.ink if self._primary else of.accent)

    def _paint_body(self, painter: QPainter, cap: QRect, of: Tokens) -> str:
        """Draw border and key; the colour of the words."""
        name = self._act.cap
        if not self.isEnabled():
            if not self._bare:
                panel(painter, QRectF(self.rect()), of.window, of.line)
            paint_cap(painter, cap, name, of.ink3, of.line, "")
            return of.ink3
        if self._primary and not self._bare:
            panel(painter, QRectF(self.rect()), of.accent, of.accent)
            paint_cap(painter, cap, name, of.on_accent, of.on_accent, "")
            return of.on_accent
        if self._primary:
            paint_cap(painter, cap, name, of.on_accent, of.accent, of.accent)
            return of.ink
        if not self._bare:
            fill = of.selection if self.underMouse() else of.surface
            panel(painter, QRectF(self.rect()), fill, of.edge)
        paint_cap(painter, cap, name, of.ink, of.edge, of.surface)
        return of.ink if self.underMouse() else of.ink2


class KeyStrip(QWidget):
    """The keys of the open screen, the first one its main act; clickable."""

    def __init__(self, deck: Deck) -> None:
        super().__init__()
        self._deck = deck
        self._shown: list[str] = []
        self.setFixedHeight(42)
        self._keys = QHBoxLayout()
        self._keys.setSpacing(20)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 0, 14, 0)
        line.addLayout(self._keys)
        line.addStretch(1)
        line.addWidget(KeyButton(deck, "key_map", bare=True))
        deck.changed.connect(self.refresh)

    def refresh(self) -> None:
        names = [act.name for act in self._deck.shown()]
        if names == self._shown:
            return
        self._shown = names
        while self._keys.count():
            old = self._keys.takeAt(0).widget()
            if old:
                old.hide()
                old.deleteLater()
        for place, name in enumerate(names):
            main = place == 0 and name != "find"  # that every screen has
            self._keys.addWidget(KeyButton(self._deck, name, bare=True, primary=main))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())  # keys give way, not the window

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Keys that would not fit are left out whole; the menu has them all."""
        room = self.width() - 28 - 130
        for place in range(self._keys.count()):
            button = self._keys.itemAt(place).widget()
            room -= button.sizeHint().width() + self._keys.spacing()
            button.setVisible(room > 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            painter.fillRect(self.rect(), QColor(of.surface if of.dark else "#F6F7F5"))
            painter.fillRect(0, 0, self.width(), 1, QColor(of.line))
