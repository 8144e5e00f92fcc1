"""The status at the top: who may write, what waits, what is on its way, the time."""

from datetime import datetime

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from archiver.i18n import digits
from archiver.model.changes import Changed
from archiver.model.delivery import DeliveryState
from ui import counts
from ui.session import Session
from ui.theme import Shape
from ui.widgets.bars import GOOD_NEWS_MS, SHORT_LETTERS
from ui.widgets.parts import SignMark, words
from ui.words import hijri, translate


class _Item(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._mark, self._label = SignMark(px=14), words("", 13, tone="ink2")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self._mark)
        line.addWidget(self._label)

    def tell(self, kind: Shape, text: str) -> None:
        self._mark.set_shape(kind)
        self._label.setText(text)
        self.setVisible(bool(text))


class StatusLine(QWidget):
    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._done = ""  # good news, for a moment
        self._saved, self._pages, self._packages = _Item(), _Item(), _Item()
        self._clock = words("", 13, tone="ink2")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(18)
        for part in (self._saved, self._pages, self._packages, self._clock):
            line.addWidget(part)
        session.cases_listed.connect(self.refresh)
        session.bridge.started.connect(lambda *_: self.refresh())
        session.bridge.changed.connect(self._tell)
        self._news = QTimer(self, singleShot=True, interval=GOOD_NEWS_MS)
        self._news.timeout.connect(lambda: self._tell(None))
        timer = QTimer(self, interval=20_000)
        timer.timeout.connect(self._tick)
        timer.start()
        self._tick()
        self.refresh()

    def _tell(self, changed: Changed | None) -> None:
        """The sentence of what is done stands where `Saved` does; a longer one has a bar."""
        told = changed.sentence if changed else ""
        self._done = told if len(told) <= SHORT_LETTERS else ""
        if self._done:
            self._news.start()
        self.refresh()

    def refresh(self) -> None:
        cases = self._session.cases
        if not self._session.writable:
            self._saved.tell(Shape.DOUBTFUL, translate("Status", "Reading only"))
        elif self._session.bridge.busy:
            self._saved.tell(Shape.CURRENT, translate("Status", "At work"))
        else:
            self._saved.tell(Shape.OK, self._done or translate("Status", "Saved"))
        waiting = sum(row.pages - row.read - row.failed for row in cases)
        text = counts.pages_to_read(waiting) if waiting else ""
        self._pages.tell(Shape.WAITING, text)
        unsigned = [row for row in cases if row.delivery == DeliveryState.COMMITTED]
        text = counts.without_receipt(len(unsigned)) if unsigned else ""
        self._packages.tell(Shape.SENDING, text)

    def _tick(self) -> None:
        form = translate("Status", "ddd d MMMM · H:mm", "date and time, as QLocale writes them")
        now = datetime.now().astimezone().replace(tzinfo=None)
        self._clock.setText(digits(QLocale().toString(now, form)))
        self._clock.setToolTip(hijri(now.date()))
