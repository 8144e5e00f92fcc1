"""Today: what comes next for the person at work, what went wrong, and what is on its way."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from archiver.i18n import digits, isolate
from archiver.model.delivery import Delivery
from archiver.workflow.rights import Right, role_name
from archiver.workflow.today import Job, Today, today
from ui.acts import TODAY
from ui.ask import Ask
from ui.deck import Deck, Handlers
from ui.delegates.job import JobDelegate
from ui.jobs import SCREEN_OF
from ui.models.rows import ROW, Rows
from ui.screens.screen import Screen
from ui.session import Session
from ui.widgets.day_side import DaySide
from ui.widgets.job_card import JobCard
from ui.widgets.keys import KeyButton
from ui.widgets.parts import Empty, Panel, between, words
from ui.words import hijri, translate

SIDE_PX = (270, 372)
PAPER_FROM_PX = 980  # of the screen's width; below it the next job has no picture of its pages


class TodayScreen(Screen):
    name = TODAY
    job_opened = Signal(str, int)  # screen, id of the case file or the lot

    def __init__(self, session: Session, deck: Deck) -> None:
        super().__init__(session, deck)
        self.shown: Today | None = None
        self._ask = Ask(self)
        self.jobs: Rows[Job] = Rows(lambda job: job.kind, lambda job: str(job.kind), self)
        self.list = QListView()
        self.list.setModel(self.jobs)
        self.list.setItemDelegate(JobDelegate(self.list))
        self.list.setAccessibleName(translate("Today", "Jobs after the next one"))
        self.card, self.side = JobCard(session.images, deck), DaySide(deck)
        self._hello, self._date = words("", 22, 600), words("", 14, tone="ink2")
        self._who = words("", 13, tone="ink2")
        self._assemble()
        self._ask.answered.connect(self.show_day)
        self._ask.failed.connect(session.told)
        session.cases_listed.connect(self._look)
        session.bridge.started.connect(lambda *_: self._judge())
        session.bridge.finished.connect(self._judge)
        self.list.clicked.connect(lambda _: self.open_job())

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 8, 0, 2)
        head.setSpacing(14)
        head.addWidget(self._hello)
        head.addWidget(self._date)
        head.addStretch(1)
        head.addWidget(self._who)
        then = Panel(padding=0, gap=0)
        title = words(translate("Today", "Then"), 15, 600)
        title.setContentsMargins(14, 10, 14, 8)
        then.add(title, self.list)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.card)
        column.addWidget(then, 1)
        nothing = Panel()
        rest = translate("Today", "Nothing waits for you.")
        nothing.add(Empty(rest, KeyButton(self.deck, "import", primary=True)))
        self.stack = QStackedWidget()
        self.stack.addWidget(work)
        self.stack.addWidget(nothing)
        body = QHBoxLayout()
        body.setSpacing(10)
        body.addWidget(self.stack, 71)
        body.addWidget(between(self.side, SIDE_PX), 29)
        self.column.addLayout(head)
        self.column.addLayout(body, 1)

    def handlers(self) -> Handlers:
        return {
            "open_job": self.open_job,
            "measure_card": self.choose_card,
            "send_again": self.send_again,
        }

    def panes(self) -> list[QWidget]:
        return [self.card.open_button, self.list]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.card.show_paper(self.width() >= PAPER_FROM_PX)

    def _look(self) -> None:
        if self.isVisible():
            self._ask.ask(partial(today, self.session.station, self.session.actor))

    def empty(self) -> None:
        self.stack.setCurrentIndex(1)

    def leave(self) -> None:
        self._ask.stop()

    def show_day(self, found: Today) -> None:
        self.shown = found
        self._greet()
        self.jobs.set_rows(found.jobs[1:])
        self.stack.setCurrentIndex(0 if found.jobs else 1)
        if found.jobs:
            self.card.show_job(found.jobs[0], found.next_pages)
        self.side.show_day(found, self.session.cases)
        self._judge()

    def _judge(self) -> None:
        idle = not self.session.bridge.busy and self.session.may(Right.DELIVER)
        self.deck.allow(
            open_job=bool(self.shown and self.shown.jobs), send_again=idle and bool(self._failed)
        )

    @property
    def _failed(self) -> tuple[Delivery, ...]:
        """What did not arrive and nobody holds back, as the alerts name it."""
        found = self.shown.troubles if self.shown else ()
        return tuple(trouble.delivery for trouble in found if not trouble.delivery.paused)

    def send_again(self) -> None:
        from ui import sendings  # noqa: PLC0415 - brings keys and XML, for which no start waits

        for delivery in self._failed[:1]:
            sendings.send(self.session, delivery.target, only=delivery.seal_id)

    def _greet(self) -> None:
        now, actor = datetime.now().astimezone(), self.session.actor
        hello = (
            translate("Today", "Good morning, %1")
            if now.hour < 12
            else translate("Today", "Good afternoon, %1")
        )
        self._hello.setText(hello.replace("%1", isolate(actor.person)))
        form = translate("Today", "dddd d MMMM yyyy", "the day, as QLocale writes it")
        day = digits(QLocale().toString(now.replace(tzinfo=None), form))
        self._date.setText(f"{day} · {hijri(now.date())}")
        role = role_name(self.session.roles[0]) if self.session.roles else ""
        self._who.setText(" · ".join(filter(None, (role, actor.station, actor.company))))

    def choose_card(self) -> None:
        from ui import verbs  # noqa: PLC0415 - brings numpy, for which no start waits

        title = translate("Today", "A photograph of the colour card")
        name, _ = QFileDialog.getOpenFileName(self, title)
        if name:
            verbs.measure_card(self.session, Path(name))

    def open_job(self) -> None:
        """The one chosen in the list while the list has the focus, else the next."""
        if not self.shown or not self.shown.jobs:
            return
        index = self.list.currentIndex()
        chosen = index.data(ROW) if self.list.hasFocus() and index.isValid() else None
        job: Job = chosen or self.shown.jobs[0]
        wanted = job.cases[0].case.id if job.cases else job.lots[0].lot.id if job.lots else 0
        self.job_opened.emit(SCREEN_OF[job.kind], wanted)
