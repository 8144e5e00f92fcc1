"""What happened and what is going on, in place: the notice bar and the work bar."""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from archiver.errors import ArchiverError
from archiver.i18n import digits
from archiver.model.changes import Changed, Notice, Progress
from ui import counts
from ui.bridge import Bridge
from ui.paint import Row, painting
from ui.theme import Shape
from ui.widgets.parts import SignMark, words, wrapped
from ui.words import translate

GOOD_NEWS_MS = 8000
ADVICE_MAX_PX = 112
SHORT_LETTERS = 70  # of good news that the status line holds


class NoticeBar(QFrame):
    """One sentence on what happened, one on the way out; several notices stand below each other."""

    def __init__(self, *, closing: bool = True) -> None:
        super().__init__()
        self._kind = Shape.WRONG
        self._lines: list[tuple[str, str]] = []
        self._mark = SignMark(Shape.WRONG, 20)
        self._title = wrapped(words("", 15, 600))
        self._advice = wrapped(words("", 14))
        self._title.setObjectName("what")
        self._advice.setObjectName("way_out")
        close = QPushButton(translate("Bars", "Close"))
        close.clicked.connect(self.clear)
        close.setVisible(closing)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        self._area = self._scrolled(self._advice)
        texts.addWidget(self._area)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 10, 14, 10)
        line.setSpacing(12)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        line.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._timer = QTimer(self, singleShot=True, interval=GOOD_NEWS_MS)
        self._timer.timeout.connect(self.clear)
        self.hide()

    @staticmethod
    def _scrolled(label: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setWidget(label)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return area

    def refused(self, error: ArchiverError) -> None:
        self._show(Shape.WRONG, [(str(error), error.way_out())])

    def set_aside(self, notice: Notice) -> None:
        """One thing was refused and the rest goes on: keep them all until they are read."""
        kept = self._lines if self.isVisible() and self._kind is Shape.DOUBTFUL else []
        line = (str(notice.error), notice.error.way_out())
        self._show(Shape.DOUBTFUL, kept if line in kept else [*kept, line])

    def done(self, changed: Changed) -> None:
        """What is soon read stands in the status line and moves nothing (`ui.widgets.status`)."""
        short = len(changed.sentence) <= SHORT_LETTERS
        if short and self._kind is Shape.OK:
            self.clear()
        elif not short and not (self.isVisible() and self._kind is Shape.DOUBTFUL):
            self._show(Shape.OK, [(changed.sentence, "")])
            self._timer.start()

    def withdraw(self, error: ArchiverError) -> None:
        """It holds no more; anything else that stands there stays."""
        if self._lines == [(str(error), error.way_out())]:
            self.clear()

    def clear(self) -> None:
        self._lines = []
        self.hide()

    def _show(self, kind: Shape, lines: list[tuple[str, str]]) -> None:
        self._timer.stop()
        self._kind, self._lines = kind, lines
        self._mark.set_shape(kind)
        if len(lines) == 1:
            title, advice = lines[0]
        else:
            title = counts.not_taken(len(lines))
            advice = "\n".join(f"{what} {way_out}" for what, way_out in lines)
        self._title.setText(title)
        self._advice.setText(advice)
        self.setAccessibleName(f"{title} {advice}")
        self._area.setVisible(bool(advice))
        self.show()
        self._fit()
        self.update()

    def _fit(self) -> None:
        """As high as the advice is at this width; what is longer is scrolled."""
        if self._advice.text():
            wanted = self._advice.heightForWidth(max(self._area.width(), 1))
            self._advice.setFixedHeight(wanted)  # its own hint is for a narrower place
            self._area.setFixedHeight(min(wanted, ADVICE_MAX_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(of.tones[self._kind].tint))
            painter.setPen(QPen(QColor(of.tones[self._kind].ink), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class Bar(QWidget):
    """How far the work is; fills in reading direction, and runs where the end is not known."""

    def __init__(self, height: int = 8) -> None:
        super().__init__()
        self.share = 0.0
        self.kind = Shape.CURRENT
        self.setFixedHeight(height)

    def show_share(self, share: float, kind: Shape = Shape.CURRENT) -> None:
        self.share, self.kind = share, kind
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(of.tones[Shape.WAITING].tint))
            painter.drawRoundedRect(self.rect(), 3, 3)
            painter.setBrush(QColor(of.tones[self.kind].ink))
            full = Row(self.rect(), self.layoutDirection())
            filled = full.at(0, 0, round(self.width() * self.share), self.height())
            painter.drawRoundedRect(filled, 3, 3)


class WorkBar(QFrame):
    """Live progress of the running command, the time left, and an honest stop."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.setProperty("panel", True)
        self._title = words("", 14, 600)
        self._what = words("", 13, tone="ink2")
        self._figure = words("", 14, 600)
        self._left = words("", 13, tone="ink2")
        self._bar = Bar()
        self.stop = QPushButton(translate("Bars", "Stop"))
        self._cancelled = False
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 6, 14, 6)
        line.setSpacing(12)
        line.addWidget(SignMark(Shape.CURRENT))
        for label in (self._title, self._what):
            line.addWidget(label)
        line.addWidget(self._bar, 1)
        for label in (self._figure, self._left, self.stop):
            line.addWidget(label)
        self._what.setMaximumWidth(420)
        self.stop.clicked.connect(bridge.cancel)
        bridge.started.connect(self._start)
        bridge.progress.connect(self._step)
        bridge.cancelling.connect(self._cancelling)
        bridge.finished.connect(self.hide)
        self.hide()

    def _start(self, what: str, stoppable: bool) -> None:
        self._cancelled = False
        self._title.setText(what)
        for label in (self._what, self._figure, self._left):
            label.setText("")
        self._bar.show_share(0)
        self.stop.setEnabled(True)
        self.stop.setVisible(stoppable)
        self.show()

    def _step(self, step: Progress) -> None:
        self._what.setText(step.what)
        if step.total:
            of = translate("Bars", "%1 of %2")
            of = of.replace("%1", str(step.done)).replace("%2", str(step.total))
            self._figure.setText(digits(of))
            self._bar.show_share(step.done / step.total)
        self._left.setText("" if self._cancelled else counts.time_left(step.seconds_left))

    def _cancelling(self) -> None:
        self._cancelled = True
        self.stop.setEnabled(False)
        self._title.setText(translate("Bars", "Stopping: what is begun is finished first"))
        self._left.setText("")
