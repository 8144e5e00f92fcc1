"""When we may send, as a bar of the day. A time axis runs from the left in every language."""

from datetime import datetime, time

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from archiver.i18n import digits
from archiver.workflow.outbox import hours_of, within
from ui.fonts import font
from ui.paint import painting, text
from ui.theme import Shape, Tokens
from ui.words import moment, size, translate

BAR_PX, AXIS_PX, TOP_PX = 40, 20, 20
DAY_MINUTES = 24 * 60


class DayBar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._hours: tuple[time, time] | None = None
        self._limit = ""
        self.setFixedHeight(TOP_PX + BAR_PX + AXIS_PX + 4)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        timer = QTimer(self, interval=60_000)
        timer.timeout.connect(self.update)
        timer.start()

    def show_hours(self, hours: str, kilobytes_per_second: int) -> None:
        """hours: as in the settings, "" for any; 0 kB/s for as fast as the line is."""
        self._hours = hours_of(hours)
        full = translate("DayBar", "the whole line")
        most = translate("DayBar", "at most %1/s").replace("%1", size(kilobytes_per_second * 1000))
        self._limit = most if kilobytes_per_second else full
        self.setAccessibleName(f"{self._spoken()} · {self._limit}")
        self.update()

    def _spoken(self) -> str:
        if not self._hours:
            return translate("DayBar", "all day")
        begin, end = (digits(f"{edge:%H:%M}") for edge in self._hours)
        return translate("DayBar", "from %1 to %2").replace("%1", begin).replace("%2", end)

    def spans(self) -> list[tuple[int, int]]:
        """The minutes of the day in which we may send."""
        if not self._hours:
            return [(0, DAY_MINUTES)]
        begin, end = (edge.hour * 60 + edge.minute for edge in self._hours)
        return [(begin, end)] if begin <= end else [(0, end), (begin, DAY_MINUTES)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            wide = self.width() - 24
            painter.fillRect(12, TOP_PX, wide, BAR_PX, QColor(of.tones[Shape.WAITING].tint))
            longest = max(self.spans(), key=lambda span: span[1] - span[0])
            for begin, end in self.spans():
                x, across = 12 + wide * begin // DAY_MINUTES, wide * (end - begin) // DAY_MINUTES
                painter.fillRect(x, TOP_PX, across, BAR_PX, QColor(of.tones[Shape.SENDING].tint))
                painter.fillRect(x, TOP_PX, across, 2, QColor(of.tones[Shape.SENDING].ink))
                if (begin, end) == longest:
                    where = QRectF(x, TOP_PX, across, BAR_PX).toRect()
                    centred = Qt.AlignmentFlag.AlignHCenter
                    ink = of.tones[Shape.SENDING].ink
                    text(painter, where, self._limit, font(12.5), ink, centred)
            painter.fillRect(12, TOP_PX + BAR_PX, wide, 1, QColor(of.edge))
            self._axis(painter, wide, of)
            self._now(painter, wide, of)

    def _axis(self, painter: QPainter, wide: int, of: Tokens) -> None:
        for hour in range(0, 25, 3):
            x = 12 + wide * hour // 24
            where = QRectF(x - 14, TOP_PX + BAR_PX + 3, 28, AXIS_PX).toRect()
            text(painter, where, digits(hour), font(11.5), of.ink3, Qt.AlignmentFlag.AlignHCenter)

    def _now(self, painter: QPainter, wide: int, of: Tokens) -> None:
        here = datetime.now().astimezone()
        x = 12 + wide * (here.hour * 60 + here.minute) // DAY_MINUTES
        painter.fillRect(x - 1, TOP_PX - 4, 2, BAR_PX + 8, QColor(of.ink))
        open_now = self._hours is None or within(here.time(), *self._hours)
        told = translate("DayBar", "now") if open_now else translate("DayBar", "now: closed")
        told = f"{moment(here.isoformat(), 'H:mm')} · {told}"
        where = QRectF(min(max(0, x - 80), self.width() - 160), 0, 160, TOP_PX - 3).toRect()
        text(painter, where, told, font(12, 600), of.ink, Qt.AlignmentFlag.AlignHCenter)
