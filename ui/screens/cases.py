"""Cases: the list of case files, the pages of the open one, and what comes next for it."""

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from archiver.workflow.case_lists import next_key
from archiver.workflow.open_case import last_acts
from archiver.workflow.rights import Right
from ui import counts, verbs
from ui.acts import CASES
from ui.deck import Deck, Handlers
from ui.delegates.case import CaseDelegate
from ui.models.cases import case_list
from ui.models.rows import ROW
from ui.screens.screen import Screen
from ui.session import Session
from ui.steps import next_verb
from ui.verbs import Intake
from ui.widgets.head import CaseHead
from ui.widgets.import_form import ImportForm
from ui.widgets.keys import KeyButton
from ui.widgets.next_card import MANY, Account, History, NextCard
from ui.widgets.page_strip import PageStrip
from ui.widgets.parts import Empty, Panel, between, rule, words
from ui.widgets.screen_stack import ScreenStack
from ui.words import plate, translate

PAPER_PX = 158
LIST_PX, SIDE_PX = (280, 366), (210, 276)  # least and most; the side panels give way first


class CasesScreen(Screen):
    name = CASES
    rejecting_asked = Signal()
    delivery_asked = Signal()

    def __init__(self, session: Session, deck: Deck) -> None:
        super().__init__(session, deck)
        self.setAcceptDrops(True)
        self.cases = case_list(self)
        self.list = QListView()
        self.list.setModel(self.cases)
        self.list.setItemDelegate(CaseDelegate(self.list))
        self.list.setAccessibleName(translate("Cases", "Case files"))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.strip = PageStrip(session, PAPER_PX, grid=True)
        self.form = ImportForm(session.station.settings.station.series)
        self.card, self.account, self.history = NextCard(deck), Account(), History()
        self._count = words("", 13, tone="ink2")
        self.desk = ScreenStack()
        self._assemble()
        self._connect()
        self.refresh()
        self._show_case()

    def _assemble(self) -> None:
        pages = Panel(padding=10)
        pages.add(self.strip)
        empty = translate("Cases", "No case files yet. Import scanned pages to begin.")
        nothing = Panel()
        nothing.add(Empty(empty, KeyButton(self.deck, "import", primary=True)))
        for part in (pages, self.form, nothing):
            self.desk.addWidget(part)
        self._listing = Panel(padding=0, gap=0)
        title = QHBoxLayout()
        title.setContentsMargins(14, 10, 14, 10)
        title.setSpacing(10)
        title.addWidget(words(translate("Cases", "Case files"), 15, 600))
        title.addWidget(self._count)
        title.addStretch(1)
        title.addWidget(KeyButton(self.deck, "import", bare=True))
        self._listing.add(title, rule(), self.list)
        column = QWidget()
        self._side = QScrollArea()  # where the window is low, the side scrolls and no more
        self._side.setWidgetResizable(True)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setWidget(column)
        side = QVBoxLayout(column)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(10)
        side.addWidget(self.card)
        side.addWidget(self.account)
        side.addWidget(self.history, 1)
        body = QHBoxLayout()
        body.setSpacing(10)
        body.addWidget(between(self._listing, LIST_PX), 27)
        body.addWidget(self.desk, 52)
        body.addWidget(between(self._side, SIDE_PX), 21)
        self.column.addWidget(CaseHead(self.session))
        self.column.addLayout(body, 1)

    def _connect(self) -> None:
        self.session.cases_listed.connect(self.refresh)
        self.session.case_shown.connect(self._show_case)
        self.list.selectionModel().currentChanged.connect(
            lambda now, _: self.session.show_case(now.data(ROW).case.id) if now.isValid() else None
        )
        self.list.activated.connect(lambda _: self.strip.setFocus())
        self.strip.page_opened.connect(self._open_page)
        self.form.submitted.connect(self._import)
        self.form.dismissed.connect(self.refresh)
        self.card.reason.returnPressed.connect(self.send_back)

    def handlers(self) -> Handlers:
        return {
            "next_step": self.next_step,
            "open": self._open,
            "import": self.start_import,
            "process": self.process,
            "accept": lambda: self.check(accept=True),
            "reject": self.reject,
            "seal": self.seal,
        }

    def panes(self) -> list[QWidget]:
        return [self.list, self.strip]

    def refresh(self) -> None:
        rows = self.session.cases
        self.cases.set_rows(rows)
        self._count.setText(counts.case_files(len(rows)) if rows else "")
        self.desk.setCurrentIndex(0 if rows else 2)
        self._side.setVisible(bool(rows))
        self._select()

    def _select(self) -> None:
        view = self.session.view
        place = self.cases.place(view.case.id) if view else -1
        if place >= 0 and place != self.list.currentIndex().row():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self.cases.index(place), flags)

    def _show_case(self) -> None:
        summary, view = self.session.summary, self.session.view
        self._select()
        self.strip.refresh()
        if summary and view:
            self.desk.setCurrentIndex(0)
            self.card.show_case(summary)
            self.account.show_case(summary)
            self.history.show_events(
                last_acts(self.session.station, view.case.id, History.SHOWN, once=MANY)
            )

    def _open(self) -> None:
        row = self.strip.current() or (self.strip.pages.rows[0] if self.strip.pages.rows else None)
        if row:
            self._open_page(row.page.id)

    def _open_page(self, page_id: int) -> None:
        if self.session.view:
            self.session.open_page(self.session.view.case.id, page_id)

    def start_import(self, files: tuple[Path, ...] = ()) -> None:
        view = self.session.view
        sealed = view is not None and bool(view.seals)
        key = view.case.keys[0] if view and view.case.keys and not sealed else None
        self.desk.setCurrentWidget(self.form)
        self.form.start(key, files, next_key(self.session.station))

    def _import(self, intake: Intake) -> None:
        if verbs.import_files(self.session, intake):
            self.desk.setCurrentIndex(0)

    def process(self) -> None:
        row = self.session.summary
        if row:
            verbs.process(self.session, row.case.id, again=row.failed > 0)

    def check(self, *, accept: bool, reason: str = "") -> None:
        row = self.session.summary
        if row:
            verbs.check(self.session, row.case.id, accept=accept, reason=reason)

    def reject(self) -> None:
        self.rejecting_asked.emit()
        self.card.ask_reason()

    def send_back(self) -> None:
        self.check(accept=False, reason=self.card.reason.text())

    def seal(self) -> None:
        """Sealing cannot be undone, so it asks."""
        row = self.session.summary
        if row is None:
            return
        box = QMessageBox(self.window())
        box.setWindowTitle(translate("Window", "Seal"))
        question = translate("Window", "Seal %1?").replace("%1", plate(row.case).sentence)
        box.setText(question)
        box.setInformativeText(
            translate("Window", "The package is signed and never changed afterwards.")
        )
        go = box.addButton(translate("Window", "Seal"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(translate("Window", "Not yet"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is go:
            verbs.seal(self.session, row.case.id)

    def next_step(self) -> None:
        verb = next_verb(self.session.summary) if self.session.summary else ""
        if verb == "check":
            self.check(accept=True)
        elif verb == "process":
            self.process()
        elif verb == "seal":
            self.seal()
        elif verb:
            self.delivery_asked.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.session.may(Right.TAKE_IN) and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.start_import(tuple(paths))
