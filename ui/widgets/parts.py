"""Small parts that every screen is made of: words, panels, signs, rules."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.fonts import font
from ui.paint import chip, chip_width, painting, shape
from ui.steps import Sign
from ui.theme import Shape
from ui.words import LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK


class Words(QLabel):
    """A label whose text runs as the interface does, even where it begins with digits or Latin."""

    def setText(self, text: str) -> None:
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        mark = RIGHT_TO_LEFT_MARK if rtl else LEFT_TO_RIGHT_MARK
        super().setText(mark + text if text else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is cut off says so."""
        room, metrics = self.contentsRect(), self.fontMetrics()
        if self.wordWrap() or metrics.horizontalAdvance(self.text()) <= room.width():
            super().paintEvent(event)
            return
        elided = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        with painting(self) as (painter, _of):
            self.style().drawItemText(
                painter, room, int(self.alignment()), self.palette(), self.isEnabled(), elided,
                self.foregroundRole(),
            )  # fmt: skip


def words(text: str = "", px: float = 14, weight: int = 400, tone: str = "") -> QLabel:
    """A label in `px`; `tone`: "" for ink, ink2, ink3, accent or wrong."""
    label = Words()
    label.setFont(font(px, weight))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    if tone:
        label.setProperty("tone", tone)
    return label


def wrapped(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    return yielding(label)


def yielding(label: QLabel) -> QLabel:
    """It gives way before the keys beside it do."""
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label


class Panel(QFrame):
    """A white sheet with a thin border; `desk` is the darker ground under paper."""

    def __init__(self, *, desk: bool = False, padding: int = 14, gap: int = 10) -> None:
        super().__init__()
        self.setProperty("desk" if desk else "panel", True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(padding, padding, padding, padding)
        self.column.setSpacing(gap)

    def add(self, *parts: QWidget | QLayout) -> None:
        for part in parts:
            if isinstance(part, QLayout):
                self.column.addLayout(part)
            else:
                self.column.addWidget(part)


def lead(line: QLineEdit) -> None:
    """Let what is typed begin where the interface does; digits alone have no direction."""
    if line.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        absolute = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        wanted = Qt.AlignmentFlag.AlignRight | absolute
        if line.alignment() != wanted:  # setting it paints the line anew, even while it is painted
            line.setAlignment(wanted)


def between(widget: QWidget, width_px: tuple[int, int]) -> QWidget:
    """Let `widget` be as wide as the window allows, within least and most."""
    widget.setMinimumWidth(width_px[0])
    widget.setMaximumWidth(width_px[1])
    return widget


def scrolled(inner: QWidget) -> QScrollArea:
    """Where the window is low, this part scrolls and the screen does not."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inner)
    return area


def rule() -> QFrame:
    line = QFrame()
    line.setProperty("rule", True)
    return line


class SignMark(QWidget):
    """The shape of a state alone."""

    def __init__(self, kind: Shape = Shape.WAITING, px: int = 16) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(px, px)

    def set_shape(self, kind: Shape) -> None:
        self._kind = kind
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            shape(painter, self._kind, QRectF(self.rect()), of)


class Chip(QWidget):
    """Shape and word of a state on its tint."""

    def __init__(self, sign: Sign | None = None) -> None:
        super().__init__()
        self._sign = sign
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_sign(self, sign: Sign | None) -> None:
        self._sign = sign
        self.setVisible(sign is not None)
        self.setAccessibleName(sign.word if sign else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._sign.word, font(13, 500)) if self._sign else 0, 26)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._sign:
            rect = QRect(0, 0, self.width(), self.height())
            face = font(13, 500)
            with painting(self) as (painter, of):
                chip(painter, rect, self._sign.shape, self._sign.word, face, of)


class Empty(QWidget):
    """What stands where there is nothing yet: a sign, one sentence, one key."""

    def __init__(self, sentence: str, key: QWidget | None = None) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(1)
        column.addWidget(SignMark(Shape.WAITING, 32), 0, Qt.AlignmentFlag.AlignHCenter)
        self.label = words(sentence, 16, tone="ink2")
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setWordWrap(True)
        column.addWidget(self.label)
        if key:
            column.addWidget(key, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
