"""Charts drawn by hand in the colours of the window: lines, ranked bars, a line with a forecast.

Time runs from left to right in any language; ranked bars begin where reading begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from archiver.i18n import digits
from ui.fonts import font
from ui.paint import painting, text, text_width
from ui.theme import Shape, Tokens

TOP, BOTTOM, GUTTER, END, NAME_PX = 16, 28, 44, 78, 20
TWO_LINES = 18  # more below bars, whose names may be long
FARTHEST = 4  # times the past that the forecast shows
_CENTRE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    points: tuple[float, ...]
    tone: Shape


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    count: int


def ceiling(most: float) -> int:
    """A round number that is not below `most`, of which thirds or halves are round, too."""
    step = 1
    while True:
        for times in (2, 3, 4, 6, 10):
            if step * times >= most:
                return step * times
        step *= 10


class Chart(QWidget):
    """What all charts have: a ground of lines, with figures, for values from 0 to `self.most`."""

    def __init__(self) -> None:
        super().__init__()
        self.most = 1
        self.setMinimumSize(QSize(260, 150))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def ground(self) -> QRectF:
        return QRectF(GUTTER, TOP, self.width() - GUTTER - END, self.height() - TOP - BOTTOM)

    def y(self, value: float) -> float:
        area = self.ground()
        return area.bottom() - area.height() * value / self.most

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            self._lines(painter, of)
            self.draw(painter, of)

    def draw(self, painter: QPainter, of: Tokens) -> None:
        raise NotImplementedError

    def _lines(self, painter: QPainter, of: Tokens) -> None:
        area, parts = self.ground(), 2 if self.most % 2 == 0 else 3
        for part in range(parts + 1):
            value = self.most * part // parts
            y = self.y(value)
            painter.setPen(QPen(QColor(of.edge if part == 0 else of.line), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            where = QRect(0, round(y) - 10, GUTTER - 8, 20)
            text(painter, where, digits(value), font(12), of.ink3, Qt.AlignmentFlag.AlignRight)

    def below(self, painter: QPainter, x: float, words: str, of: Tokens, wide: int = 60) -> None:
        where = QRect(round(x) - wide // 2, self.height() - BOTTOM + 5, wide, 20)
        text(painter, where, words, font(12), of.ink2, _CENTRE)


class LineChart(Chart):
    """Several series over the same steps, each named at its end."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[str, ...] = ()
        self._series: tuple[Line, ...] = ()

    def show_lines(self, steps: Sequence[str], series: Sequence[Line]) -> None:
        self._steps, self._series = tuple(steps), tuple(series)
        self.most = ceiling(max((p for line in series for p in line.points), default=1))
        told = (
            f"{line.name}: {' '.join(digits(round(p)) for p in line.points)}" for line in series
        )
        self.setAccessibleName("\n".join(told))
        self.update()

    def _x(self, step: int) -> float:
        area = self.ground()
        return area.left() + area.width() * (step + 0.5) / max(1, len(self._steps))

    def draw(self, painter: QPainter, of: Tokens) -> None:
        for step, name in enumerate(self._steps):
            self.below(painter, self._x(step), name, of)
        for line in self._series:
            self._line(painter, line, of)
        for line, y in self._named():
            where = QRect(round(self.ground().right()) + 6, round(y), END - 8, 20)
            text(painter, where, line.name, font(13, 500), of.tones[line.tone].ink)

    def _named(self) -> list[tuple[Line, float]]:
        """Where the names stand: at the ends of their lines, and never one over the other."""
        lines = sorted((s for s in self._series if s.points), key=lambda s: s.points[-1])
        placed: list[tuple[Line, float]] = []
        lowest = self.ground().bottom() + 10 - NAME_PX
        for line in lines:
            y = min(self.y(line.points[-1]) - NAME_PX / 2, lowest)
            placed.append((line, y))
            lowest = y - NAME_PX
        return placed

    def _line(self, painter: QPainter, line: Line, of: Tokens) -> None:
        colour = QColor(of.tones[line.tone].ink)
        points = [QPointF(self._x(n), self.y(value)) for n, value in enumerate(line.points)]
        painter.setPen(QPen(colour, 2))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for point in points:
            _mark(painter, point, line.tone)


def _mark(painter: QPainter, at: QPointF, tone: Shape) -> None:
    """A shape beside the colour, so that series are told apart without colours."""
    box = QRectF(at.x() - 4, at.y() - 4, 8, 8)
    if tone is Shape.SENDING:
        painter.drawRect(box)
    elif tone is Shape.SIGNED:
        painter.drawPolygon(QPolygonF([QPointF(at.x(), box.top()), box.bottomRight(),
                                       box.bottomLeft()]))  # fmt: skip
    elif tone is Shape.DOUBTFUL:
        x, y = at.x(), at.y()
        corners = [QPointF(x, y - 5), QPointF(x + 5, y), QPointF(x, y + 5), QPointF(x - 5, y)]
        painter.drawPolygon(QPolygonF(corners))
    else:
        painter.drawEllipse(box)


class ParetoChart(Chart):
    """Causes by how often they come, with the share of all that they make together."""

    MANY = 0.8  # the causes up to this share stand out

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """The most frequent first."""
        self._bars = tuple(bars)
        self.most = ceiling(max((bar.count for bar in bars), default=1))
        self.setAccessibleName("\n".join(f"{bar.name}: {digits(bar.count)}" for bar in bars))
        self.update()

    def ground(self) -> QRectF:
        high = self.height() - TOP - BOTTOM - TWO_LINES
        return QRectF(GUTTER, TOP, self.width() - GUTTER - 14, high)

    def draw(self, painter: QPainter, of: Tokens) -> None:
        area, whole = self.ground(), sum(bar.count for bar in self._bars)
        slot = area.width() / max(1, len(self._bars))
        rtl, so_far = self.layoutDirection() is Qt.LayoutDirection.RightToLeft, 0
        curve = []
        for place, bar in enumerate(self._bars):
            x = area.right() - slot * (place + 0.5) if rtl else area.left() + slot * (place + 0.5)
            few = so_far >= self.MANY * whole
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(of.edge if few else of.accent))
            wide, top = min(slot * 0.7, 64), self.y(bar.count)
            painter.drawRect(QRectF(x - wide / 2, top, wide, area.bottom() - top))
            above = QRect(round(x - slot / 2), round(top) - 19, round(slot), 18)
            text(painter, above, digits(bar.count), font(13, 600), of.ink, _CENTRE)
            self._name(painter, QRectF(x - slot / 2 + 3, area.bottom() + 5, slot - 6, 38), bar, of)
            so_far += bar.count
            curve.append(QPointF(x, area.bottom() - area.height() * so_far / whole))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(of.ink), 1.6, Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF(curve))

    @staticmethod
    def _name(painter: QPainter, where: QRectF, bar: Bar, of: Tokens) -> None:
        painter.setFont(font(12))
        painter.setPen(QColor(of.ink2))
        painter.drawText(where, _CENTRE | Qt.TextFlag.TextWordWrap, bar.name)


class BacklogChart(Chart):
    """What is left day by day, and how it goes on at the present pace with its doubt."""

    def __init__(self) -> None:
        super().__init__()
        self._past: tuple[int, ...] = ()
        self._ends: tuple[int, int, int] | None = None
        self._names: tuple[str, str, str] = ("", "", "")

    def show_backlog(
        self, past: Sequence[int], ends: tuple[int, int, int] | None, names: tuple[str, str, str]
    ) -> None:
        """past: pages left, day by day, today last; ends: days from today until nothing is left,
        earliest, likely, latest; names: of the first day, today, and the likely end."""
        self._past, self._ends, self._names = tuple(past), ends, names
        self.most = ceiling(max(past, default=1) or 1)
        self.setAccessibleName(" ".join(filter(None, (digits(past[-1]) if past else "", *names))))
        self.update()

    def draw(self, painter: QPainter, of: Tokens) -> None:
        if not self._past:
            return
        area, before = self.ground(), max(1, len(self._past) - 1)
        ahead = min(self._ends[2], FARTHEST * before) if self._ends else 0
        day = area.width() / (before + ahead * 1.05)
        now = QPointF(area.left() + before * day, self.y(self._past[-1]))
        if self._ends:
            painter.save()
            painter.setClipRect(area.adjusted(0, -2, END - 6, BOTTOM))
            self._ahead(painter, now, day, of)
            painter.restore()
        points = [QPointF(area.left() + n * day, self.y(left)) for n, left in enumerate(self._past)]
        painter.setPen(QPen(QColor(of.accent), 2))
        painter.drawPolyline(QPolygonF([*points, now]))
        painter.setPen(QPen(QColor(of.ink), 1.4))
        painter.drawLine(QPointF(now.x(), area.top()), QPointF(now.x(), area.bottom()))
        if now.x() - area.left() > text_width(self._names[0], font(12)):
            self.below(painter, area.left() + 30, self._names[0], of, 90)
        self.below(painter, now.x(), self._names[1], of, 90)

    def _ahead(self, painter: QPainter, now: QPointF, day: float, of: Tokens) -> None:
        early, likely, late = (
            QPointF(now.x() + days * day, self.ground().bottom()) for days in self._ends or ()
        )
        tint = QColor(of.selection)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        painter.drawPolygon(QPolygonF([now, early, late]))
        painter.setPen(QPen(QColor(of.accent), 2, Qt.PenStyle.DashLine))
        painter.drawLine(now, likely)
        x = min(likely.x(), self.width() - 62.0)
        words = self._names[2] if likely.x() < self.width() else f"{self._names[2]} →"
        if x - now.x() > 70:
            self.below(painter, x, words, of, 124)
