"""Delivery: sealed packages on their way to the information centre, and its receipts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from archiver.errors import ArchiverError
from archiver.i18n import isolate
from archiver.model.changes import Changed, Progress, Sending
from archiver.model.delivery import DeliveryState
from archiver.settings import TargetSettings
from archiver.workflow.doctor import Finding
from archiver.workflow.outbox import paused_targets
from archiver.workflow.rights import Right
from archiver.workflow.target_doctor import examine_target
from ocr.digits import fold_digits
from ui import counts, sendings
from ui.acts import DELIVERY
from ui.ask import Ask
from ui.deck import Deck, Handlers
from ui.models.deliveries import (
    DeliveryTable,
    PackageRow,
    package_rows,
)
from ui.models.rows import ROW
from ui.screens.screen import Screen
from ui.session import Session
from ui.widgets.day_bar import DayBar
from ui.widgets.findings import Findings
from ui.widgets.keys import KeyButton
from ui.widgets.name_form import NameForm
from ui.widgets.package_side import PackageSide
from ui.widgets.package_table import PackageTable
from ui.widgets.parts import Empty, Panel, between, scrolled, words, yielding
from ui.widgets.target_form import KeyToGive, TargetForm, TargetWords
from ui.words import moment, size, translate

SIDE_PX = (310, 380)  # least and most


class DeliveryScreen(Screen):
    name = DELIVERY

    def __init__(self, session: Session, deck: Deck) -> None:
        self.packages = DeliveryTable()
        self.table = PackageTable(self.packages)
        self.target, self.day = QComboBox(), DayBar()
        self.form, self.findings, self.key = TargetForm(), Findings(), KeyToGive()
        ask = translate("Delivery", "Hours of sending, such as 20:00-06:00; empty for at any hour")
        self.asking = NameForm(ask, needed=False)
        super().__init__(session, deck)
        self.packages.setParent(self)
        self.side = PackageSide(deck)
        self.doctor = Ask(self)
        self._count = yielding(words("", 14, tone="ink2"))
        self._speed, self._left, self._ends = (words("", 14, 600) for _ in range(3))
        self._assemble()
        self._connect()
        self.refresh()

    # --- how it looks ----------------------------------------------------------------------------

    def _assemble(self) -> None:
        self.target.setMinimumWidth(130)
        self.target.setMinimumHeight(34)
        self.target.setAccessibleName(translate("Delivery", "Target"))
        sheet = Panel(padding=0)
        sheet.add(self.table)
        nothing = Panel()
        nothing.add(Empty(translate("Delivery", "Nothing is sealed yet. Checked files come here.")))
        homeless = Panel()
        first = translate("Delivery", "No target is set up yet.")
        homeless.add(Empty(first, KeyButton(self.deck, "add_target", primary=True)))
        self._stack = QStackedWidget()
        self._forms = scrolled(self.form)
        for part in (sheet, nothing, homeless, self._forms):
            self._stack.addWidget(part)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self._stack, 1)
        left.addWidget(self.key)
        left.addWidget(self.findings)
        left.addWidget(self._hours())
        body = QHBoxLayout()
        body.setSpacing(10)
        body.addLayout(left, 70)
        self._beside = scrolled(self.side)
        body.addWidget(between(self._beside, SIDE_PX), 30)
        self.column.addLayout(self._head())
        self.column.addLayout(body, 1)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(0, 8, 0, 2)
        head.setSpacing(12)
        head.addWidget(words(translate("Delivery", "Delivery to the information centre"), 22, 600))
        head.addWidget(self._count, 1)
        for counter in (self._speed, self._left, self._ends):
            head.addWidget(counter)
            counter.hide()
        head.addWidget(self.target)
        head.addWidget(KeyButton(self.deck, "send", primary=True))
        head.addWidget(KeyButton(self.deck, "collect"))
        return head

    def _hours(self) -> QWidget:
        self._window = Panel(padding=10, gap=4)
        title = QHBoxLayout()
        title.addWidget(words(translate("Delivery", "When we may send"), 14, 600))
        self._where = yielding(words("", 13, tone="ink2"))
        title.addWidget(self._where, 1)
        title.addWidget(KeyButton(self.deck, "examine"))
        title.addWidget(KeyButton(self.deck, "set_hours"))
        self._window.add(title, self.day, self.asking)
        return self._window

    def _connect(self) -> None:
        session = self.session
        session.cases_listed.connect(self.refresh)
        session.bridge.progress.connect(self._follow)
        session.bridge.finished.connect(self._arrived)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show())
        self.target.currentIndexChanged.connect(lambda _: self._show_hours())
        self.form.submitted.connect(self.add_target)
        self.form.dismissed.connect(self._leave_form)
        self.doctor.answered.connect(self._examined)
        self.doctor.failed.connect(session.told)
        self.findings.closed.connect(self.table.setFocus)
        self.asking.named.connect(self._set_hours)
        self.asking.left.connect(self.table.setFocus)

    def handlers(self) -> Handlers:
        return {
            "send": lambda: sendings.send(self.session, self.target.currentData()),
            "collect": lambda: sendings.collect(self.session, [self.target.currentData()]),
            "resend": self.resend,
            "pause": self.pause,
            "pause_all": self.pause_all,
            "sooner": lambda: self.hurry(1),
            "less_soon": lambda: self.hurry(-1),
            "next_problem": self.next_problem,
            "examine": self.examine,
            "add_target": self.ask_target,
            "set_hours": self.ask_hours,
            "hand_over_record": self.ask_record,
            "delivery_report": self.ask_report,
        }

    def panes(self) -> list[QWidget]:
        return [self.table, self.target]

    def leave(self) -> None:
        self.doctor.stop()

    # --- what is there ---------------------------------------------------------------------------

    def current(self) -> PackageRow | None:
        return self.table.currentIndex().data(ROW)

    def _list_targets(self) -> None:
        names = tuple(self.session.station.settings.targets)
        if names != tuple(self.target.itemData(n) for n in range(self.target.count())):
            self.target.clear()
            for name in names:
                self.target.addItem(isolate(name), name)
        self.target.setVisible(bool(names))
        self._show_hours()

    def _show_hours(self) -> None:
        settings: TargetSettings | None = self.session.station.settings.targets.get(
            self.target.currentData()
        )
        self._window.setVisible(settings is not None)
        if settings:
            self.day.show_hours(settings.hours, settings.kilobytes_per_second)
            self._where.setText(isolate(settings.location))

    def refresh(self) -> None:
        self._list_targets()
        rows = tuple(package_rows(self.session.station))
        before = self.table.currentIndex().row()
        self.packages.set_rows(rows)
        if self._stack.currentWidget() is not self._forms:
            self._stack.setCurrentIndex(0 if rows else 2 if not self.target.count() else 1)
        self._count.setText(_summary(rows))
        if rows and not self.table.currentIndex().isValid():
            self._select(min(max(before, 0), len(rows) - 1))
        self._show()

    def _select(self, place: int) -> None:
        # not selectRow: it goes by geometry, and selects nothing in a table not shown yet
        flag = QItemSelectionModel.SelectionFlag
        index = self.packages.index(place, 0)
        self.table.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    def _show(self) -> None:
        row = self.current()
        self.side.show_package(row)
        self._beside.setVisible(row is not None)
        may = self.session.may(Right.DELIVER) and self.target.count() > 0
        idle = may and not self.session.bridge.busy
        going = row is not None and row.state not in (
            DeliveryState.COMMITTED,
            DeliveryState.RECEIPTED,
        )
        self.deck.allow(
            send=idle and self.packages.rowCount() > 0,
            collect=idle,
            resend=idle and going and not row.paused,
            pause=may and going and row.delivery is not None,
            pause_all=may,
            sooner=may and going and row.delivery is not None,
            less_soon=may and going and row.delivery is not None,
            examine=self.target.count() > 0,
            add_target=self.session.may(Right.TARGETS),
            set_hours=self.session.may(Right.TARGETS) and self.target.count() > 0,
            hand_over_record=idle and row is not None and not going,
            delivery_report=idle and self.packages.rowCount() > 0,
        )

    def _follow(self, step: Progress) -> None:
        if not isinstance(step, Sending):
            return
        known = {row.delivery.id for row in self.packages.rows if row.delivery}
        if not {parcel.delivery for parcel in step.parcels} <= known:
            self.refresh()  # they have just come into the outbox
        self.packages.show_parcels(step)
        self._count.setVisible(step.bytes_per_second is None)
        if step.bytes_per_second:
            self._speed.setText(speed_words(step.bytes_per_second))
            self._left.setText(
                translate("Delivery", "%1 left").replace("%1", size(step.bytes_left))
            )
            self._speed.show()
            self._left.show()
        if step.seconds_left is not None:
            end = datetime.now().astimezone() + timedelta(seconds=step.seconds_left)
            about = translate("Delivery", "ends about %1")
            self._ends.setText(about.replace("%1", moment(end.isoformat(), "H:mm")))
            self._ends.show()

    def _arrived(self) -> None:
        for counter in (self._speed, self._left, self._ends):
            counter.hide()
        self._count.show()
        self.packages.show_parcels(None)
        self._show()

    # --- acts ------------------------------------------------------------------------------------

    def _done(self, what: Changed | ArchiverError) -> None:
        if isinstance(what, ArchiverError):
            self.session.told.emit(what)
        self.session.refresh()

    def resend(self) -> None:
        row = self.current()
        if row:
            target = row.delivery.target if row.delivery else self.target.currentData()
            sendings.send(self.session, target, only=row.seal.id)

    def pause(self) -> None:
        """What is on its way stops at its next piece and goes on from there."""
        row = self.current()
        if row and row.delivery:
            stopped = not row.delivery.paused
            sendings.pause(self.session, row, paused=stopped, done=self._done)
            if stopped and row.parcel:
                self.session.bridge.cancel()

    def pause_all(self) -> None:
        target = self.target.currentData()
        paused = not {"", target} & paused_targets(self.session.station)
        sendings.pause_target(self.session, target, paused=paused, done=self._done)
        if paused and any(row.parcel for row in self.packages.rows):
            self.session.bridge.cancel()

    def hurry(self, by: int) -> None:
        row = self.current()
        if row and row.delivery:
            sendings.set_priority(self.session, row, row.delivery.priority + by, done=self._done)

    def next_problem(self) -> None:
        rows, here = self.packages.rows, self.table.currentIndex().row()
        order = [*range(here + 1, len(rows)), *range(here + 1)]
        found = next((place for place in order if rows[place].failed), None)
        if found is not None:
            self._select(found)
            self.table.setFocus()

    def examine(self) -> None:
        station, name = self.session.station, self.target.currentData()
        self.doctor.ask(lambda: (name, examine_target(station, name)))

    def _examined(self, answer: tuple[str, tuple[Finding, ...]]) -> None:
        name, findings = answer
        title = translate("Delivery", "What was found at %1").replace("%1", isolate(name))
        self.findings.show_findings(title, findings)

    def ask_hours(self) -> None:
        """H: in place, over the day that shows them."""
        settings = self.session.station.settings.targets[self.target.currentData()]
        self.asking.start(settings.hours)

    def _set_hours(self, told: str) -> None:
        hours = fold_digits(told.strip())
        sendings.set_hours(self.session, self.target.currentData(), hours, self._done)
        self.table.setFocus()

    def ask_target(self) -> None:
        self._stack.setCurrentWidget(self._forms)
        self.form.start()

    def _leave_form(self) -> None:
        self._stack.setCurrentIndex(0)
        self.refresh()
        self.table.setFocus()

    def add_target(self, told: TargetWords) -> None:
        sendings.add_target(self.session, told, self._added)

    def _added(self, what: Changed | ArchiverError) -> None:
        if isinstance(what, ArchiverError):
            self.form.refuse(f"{what} {what.way_out()}")
            return
        self.key.show_key(str(what.facts["ssh_key"]))
        self.session.bridge.changed.emit(what)
        self._leave_form()
        self.target.setCurrentIndex(self.target.findData(what.facts["name"]))

    def ask_record(self) -> None:
        title = translate("Delivery", "Where the hand-over record goes")
        self._ask_pdf(title, self.write_record)

    def write_record(self, out: Path) -> None:
        row = self.current()
        if row and row.delivery:
            sendings.hand_over(self.session, row.delivery.target, row.delivery.updated_at[:10], out)

    def ask_report(self) -> None:
        title = translate("Delivery", "Where the report goes")
        self._ask_pdf(title, lambda out: sendings.report(self.session, out))

    def _ask_pdf(self, title: str, write: Callable[[Path], object]) -> None:
        name, _ = QFileDialog.getSaveFileName(self, title, "", "PDF (*.pdf)")
        if name:
            path = Path(name)
            write(path if path.suffix else path.with_suffix(".pdf"))


def speed_words(bytes_per_second: float) -> str:
    return translate("Delivery", "%1/s", "a speed").replace("%1", size(int(bytes_per_second)))


def _summary(rows: tuple[PackageRow, ...]) -> str:
    if not rows:
        return ""
    signed = sum(row.state == DeliveryState.RECEIPTED for row in rows)
    parts = [counts.packages(len(rows)), counts.signed_for(signed)]
    needy = sum(row.failed for row in rows)
    if needy:
        parts.append(counts.need_you(needy))
    return " · ".join(parts)
