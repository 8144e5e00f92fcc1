"""`DocketPlate` and the track of a case file's steps: what heads every case screen."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.fonts import font
from ui.paint import Row, painting, shape, text, text_width
from ui.plates import HEAD, paint_plate, plate_width
from ui.steps import Sign
from ui.theme import Shape, tokens
from ui.words import Plate


class DocketPlate(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plate: Plate | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_plate(self, plate: Plate) -> None:
        self._plate = plate
        self.setAccessibleName(plate.sentence)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(plate_width(self._plate, HEAD) if self._plate else 0, 46)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._plate:
            with painting(self) as (painter, of):
                paint_plate(painter, self.rect(), self._plate, HEAD, of)


class Track(QWidget):
    """One sign a step; the words give way first where there is no room."""

    STEP_PX = 66
    NARROW_PX = 38

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs: tuple[Sign, ...] = ()
        self.worded = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_signs(self, signs: tuple[Sign, ...]) -> None:
        self._signs = signs
        self.setAccessibleName(_spoken(signs))
        self.setToolTip(_spoken(signs))
        self.updateGeometry()
        self.update()

    def set_worded(self, worded: bool) -> None:
        self.worded = worded
        self.updateGeometry()

    def _widths(self) -> list[int]:
        if not self.worded:
            return [self.NARROW_PX] * len(self._signs)
        return [max(self.STEP_PX, text_width(s.word, font(12, 600)) + 14) for s in self._signs]

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), 46)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            row, x, before = Row(self.rect(), self.layoutDirection()), 0, -1
            top = 4 if self.worded else 15
            for sign, width in zip(self._signs, self._widths(), strict=True):
                middle = x + width // 2
                if before >= 0:
                    line = row.at(before + 13, top + 8, middle - before - 26, 1)
                    painter.fillRect(line, QColor(of.line))
                shape(painter, sign.shape, QRectF(row.at(middle - 8, top, 16, 16)), of)
                if self.worded:
                    self._word(painter, row, sign, x, width)
                before, x = middle, x + width

    def _word(self, painter: QPainter, row: Row, sign: Sign, x: int, width: int) -> None:
        of = tokens(self.palette())
        now = sign.shape is Shape.CURRENT
        where = row.at(x, 24, width, 18)
        colour = of.accent if now else of.ink2
        centred = Qt.AlignmentFlag.AlignHCenter
        text(painter, where, sign.word, font(12, 600 if now else 400), colour, centred)


def _spoken(signs: tuple[Sign, ...]) -> str:
    now = [sign.word for sign in signs if sign.shape in (Shape.CURRENT, Shape.WRONG)]
    return " ".join(now) or (signs[-1].word if signs else "")
