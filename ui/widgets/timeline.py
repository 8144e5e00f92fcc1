"""What happened to a package, from the top down: a sign, what it was, when and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.fonts import font
from ui.paint import Row, painting, shape, text
from ui.theme import Shape
from ui.words import joined

STEP_PX = 54


@dataclass(frozen=True, slots=True)
class Moment:
    shape: Shape
    what: str
    detail: str


class Timeline(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.moments: tuple[Moment, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_moments(self, moments: Sequence[Moment]) -> None:
        self.moments = tuple(moments)
        self.setAccessibleName(joined(*(f"{m.what} {m.detail}" for m in self.moments)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, STEP_PX * len(self.moments))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, STEP_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            row, wide = Row(self.rect(), self.layoutDirection()), self.width() - 30
            for place, moment in enumerate(self.moments):
                y = place * STEP_PX
                if y + STEP_PX - 8 > self.height():
                    break  # the rest does not fit; nothing is cut in half
                if place:
                    painter.fillRect(row.at(8, y - STEP_PX + 22, 1, STEP_PX - 24), QColor(of.line))
                shape(painter, moment.shape, QRectF(row.at(0, y + 2, 17, 17)), of)
                text(painter, row.at(30, y - 1, wide, 23), moment.what, font(14, 600), of.ink)
                text(painter, row.at(30, y + 22, wide, 20), moment.detail, font(13), of.ink2)
