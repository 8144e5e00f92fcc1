"""Capture: paper in, each page seen once it is safe; the scanner never waits for the screen."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from archiver.errors import ArchiverError
from archiver.i18n import digits, isolate
from archiver.model.casefile import Page
from archiver.model.changes import Arrived, Changed, Notice, Progress, Taken
from archiver.workflow import queries
from archiver.workflow.account import account_of
from archiver.workflow.destination import Destination
from archiver.workflow.heritage import ConditionUnknown
from archiver.workflow.lots import open_lots
from archiver.workflow.rights import Right
from ui.acts import CAPTURE, KIND_ACTS
from ui.captured_acts import FREE, CapturedActs
from ui.captures import (
    LARGE_PX,
    SCANNER,
    SMALL_PX,
    Arrivals,
    Plan,
    destination,
    inserted,
    scan,
    scan_again,
    scan_between,
    unscanned,
)
from ui.deck import Deck, Handlers
from ui.memory import LAST
from ui.models.captured import CapturedRow, as_they_stand, captured, captured_list, faces
from ui.scanners import Scanners
from ui.screens.screen import Screen
from ui.session import Session
from ui.theme import Shape
from ui.widgets.captured_strip import CapturedStrip
from ui.widgets.condition_form import ConditionForm
from ui.widgets.desk_view import After
from ui.widgets.head import CaseHead
from ui.widgets.keys import KeyButton
from ui.widgets.kinds_panel import KindsPanel
from ui.widgets.paper_account import PaperAccount
from ui.widgets.parts import Panel, between, scrolled
from ui.widgets.scanner_card import ScannerCard
from ui.widgets.sheet_view import SheetView
from ui.words import translate

SIDE_PX = (272, 310)  # least and most


class CaptureScreen(Screen):
    name = CAPTURE

    def __init__(self, session: Session, deck: Deck) -> None:
        self.card, self.paper = ScannerCard(), PaperAccount()
        self.rows, self._pictures = captured_list(), dict[int, QPixmap]()
        self.strip = CapturedStrip(self.rows, self._pictures)
        self.sheet, self.kinds = SheetView(), KindsPanel()
        self.front, self.back = self.sheet.front.picture, self.sheet.back.picture
        self.condition = ConditionForm(session)
        self.acts = CapturedActs(session, self.strip.current)
        super().__init__(session, deck)
        self.acts.setParent(self)
        self.rows.setParent(self)
        self.arrivals, self.scanners = Arrivals(self), Scanners(session, self.card)
        self._assemble()
        self._connect()
        self.scanners.ready()
        self.refresh()

    # --- how it looks ----------------------------------------------------------------------------

    def _assemble(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.sheet, 1)
        below = Panel(padding=4)
        below.add(self.strip)
        left.addWidget(below)
        body = QHBoxLayout()
        body.setSpacing(10)
        body.addLayout(left, 76)
        body.addWidget(between(self._side(), SIDE_PX), 24)
        self.column.addWidget(CaseHead(self.session))
        self.column.addLayout(body, 1)

    def _side(self) -> QWidget:
        inner = QWidget()
        side = QVBoxLayout(inner)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(10)
        keys = QHBoxLayout()
        keys.addWidget(KeyButton(self.deck, "scan", primary=True))
        keys.addStretch(1)
        self.card.add(keys)
        account = Panel(padding=12)
        account.add(self.paper)
        self.kinds.add(KeyButton(self.deck, "all_kinds", bare=True))
        for part in (self.card, *self.acts.forms, self.condition, account, self.kinds):
            side.addWidget(part)
        side.addStretch(1)
        return scrolled(inner)

    def _connect(self) -> None:
        session, bridge = self.session, self.session.bridge
        session.case_shown.connect(self.refresh)
        bridge.progress.connect(self._follow)
        bridge.notice.connect(self._noticed)
        bridge.failed.connect(lambda error: self._ended(error) if self._feeding else None)
        bridge.started.connect(lambda *_: self._judge())
        bridge.finished.connect(self._finished)
        bridge.changed.connect(self._placed)
        self._feeding = self._again = False
        self._came_into = 0  # the case file of the page that came last
        for told in (self._use_settings, self._judge):
            self.card.changed.connect(told)
        self.acts.crop_shown.connect(lambda margins: self._face().crop(margins))
        self.card.into.currentIndexChanged.connect(lambda _: self._say_where())
        self.scanners.told.connect(self._judge)
        self.arrivals.decoded.connect(self._decoded)
        self.strip.selectionModel().currentChanged.connect(lambda *_: self._show())
        for part in (self.acts, self.condition):
            part.left.connect(self.strip.setFocus)

    def handlers(self) -> Handlers:
        page = self.acts.with_page
        kinds = {
            name: lambda code=code: self.kinds.choose(code) for name, code in KIND_ACTS.items()
        }
        return {
            "scan": self.scan,
            "find_scanners": self.look_for_scanners,
            "rescan_captured": page(self._ask_rescan),
            "insert_captured": page(lambda now: self._insert(now, before=False)),
            "insert_first": page(lambda now: self._insert(now, before=True)),
            "last_scanned": lambda: self.strip.step(-1),
            "next_scanned": lambda: self.strip.step(1),
            "all_kinds": self.kinds.offer_all,
            "note_condition": self._ask_condition,
            **self.acts.handlers(),
            **kinds,
        }

    def panes(self) -> list[QWidget]:
        return [self.strip, *self.card.fields]

    def arrive(self) -> None:
        super().arrive()
        if not self.scanners.looked:
            self.look_for_scanners()

    def empty(self) -> None:
        self.rows.set_rows(())
        self._pictures.clear()
        self._show()

    def leave(self) -> None:
        self.arrivals.stop()
        self.scanners.stop()

    def look_for_scanners(self) -> None:
        self.scanners.look()

    def _use_settings(self) -> None:
        self.scanners.use_settings(begun=self.rows.rowCount() > 0)

    # --- scanning --------------------------------------------------------------------------------

    def _into(self) -> Destination | None:
        view = self.session.view
        return destination(view.case if view else None, self.card.into.currentData(),
                           self.kinds.kind)  # fmt: skip

    def scan(self) -> None:
        """Space begins a feed, and ends it behind the sheet that is under way."""
        if self.session.bridge.busy:
            if self._feeding:
                self.session.bridge.cancel()
            return
        device = self.card.device.currentData()
        if device:
            self.rows.set_rows(())
            self._pictures.clear()
            plan = self._plan()
            self.session.memory.put(LAST, SCANNER, device)
            self._feeding = True
            self.card.tell(Shape.CURRENT, translate("Capture", "Scanning"))
            scan(self.session, plan)

    def _plan(self) -> Plan:
        card = self.card
        device, lot = card.device.currentData(), card.lot.currentData() or 0
        return Plan(device, card.settings, self._into(), card.sheets.value(), lot)

    def _follow(self, step: Progress) -> None:
        if self._again:  # it has a place already, and is no page more of the feed
            return
        if isinstance(step, Arrived):
            row = captured(step)
            self.rows.add_rows([row])
            self.arrivals.show(row.number, row.thumbnail, SMALL_PX)
            self.strip.select(self.rows.rowCount() - 1)
            self._count()
        elif isinstance(step, Taken):
            page = queries.page(self.session.station, step.page) if step.page else None
            self._came_into = page.case_id if page else self._came_into
            self._put(step.number, page)

    def _put(self, number: int, page: Page | None) -> None:
        rows = list(self.rows.rows)
        place = self.rows.place(number)
        if place >= 0:
            rows[place] = replace(rows[place], page=page, separator=page is None)
            self.rows.set_rows(rows)
            if page is not None and page.blank:
                self.strip.doItemsLayout()
            self.sheet.tell_of(*self._faces())

    def _count(self) -> None:
        sheets = {row.sheet for row in self.rows.rows}
        self.paper.show_feed(len(sheets), self.rows.rowCount(), self.card.sheets.value())

    def _noticed(self, notice: Notice) -> None:
        if self._feeding:
            self._ended(notice.error)

    def _ended(self, error: ArchiverError) -> None:
        """A device condition stands on the card, beside what is safe and what to do."""
        self.card.tell(Shape.DOUBTFUL, str(error), error.way_out())
        if isinstance(error, ConditionUnknown):
            self._ask_condition()

    def _finished(self) -> None:
        if self._feeding:
            self._feeding = self._again = False
            if self._came_into:  # where a slip or the choice said, if not into the open one
                self.session.show_case(self._came_into)
                self.card.into_open()
            if self.card.told_well:
                self.scanners.ready()
        self._judge()

    # --- what is there ---------------------------------------------------------------------------

    def refresh(self) -> None:
        view = self.session.view
        lots = open_lots(self.session.station)
        self.card.show_lots(lots)
        self.card.show_waiting(unscanned(self.session.station, lots))
        self.paper.show_account(account_of(self.session.station, view.case.id) if view else None)
        rows = as_they_stand(self.rows.rows, view)
        before = {row.number: row.page.id if row.page else 0 for row in self.rows.rows}
        others = [r for r in rows if r.page and before.get(r.number, -1) not in (0, r.page.id)]
        for row in others:
            path = queries.blob_path(self.session.station, row.page.thumbnail)
            self.arrivals.show(row.number, path, SMALL_PX)
        here = self.strip.currentIndex().row()
        self.rows.set_rows(rows)
        if rows and not self.strip.currentIndex().isValid():  # a half more, or one less
            self.strip.select(min(max(here, 0), len(rows) - 1))
        elif others:
            self._show()
        self.strip.scheduleDelayedItemsLayout()  # a blank back has become narrow
        self.sheet.tell_of(*self._faces())
        self._say_where()

    def _say_where(self) -> None:
        into = self._into()
        told = translate("Capture", "Slips among the paper must name its case file.")
        if into is not None:
            told = translate("Capture", "Space scans into case file %1.")
            told = told.replace("%1", isolate(digits(into.name)))
        self.sheet.tell(told)
        self._judge()

    def current(self) -> CapturedRow | None:
        return self.strip.current()

    def _show(self) -> None:
        """The sheet of the chosen page: its front on the leading side, its back beside it."""
        faces = self._faces()
        self.sheet.show_sheet(*faces)
        for row in filter(None, faces):
            self.arrivals.show(row.number, self._file(row), LARGE_PX)
        self._judge()

    def _faces(self) -> tuple[CapturedRow | None, CapturedRow | None]:
        """The two rows of the sheet of the chosen page."""
        return faces(self.rows.rows, self.current())

    def _face(self) -> After:
        """Where the chosen page is shown."""
        row = self.current()
        return self.back if row and row.back else self.front

    def _file(self, row: CapturedRow) -> Path:
        return queries.blob_path(self.session.station, row.page.access) if row.page else row.image

    def _decoded(self, number: int, fit_px: int, image: QImage) -> None:
        place = self.rows.place(number)
        if place < 0 or image.isNull():
            return
        if fit_px == SMALL_PX:
            self._pictures[number] = QPixmap.fromImage(image)
            self.strip.viewport().update()
            return
        row, chosen = self.rows.rows[place], self.current()
        if chosen and chosen.sheet == row.sheet:
            (self.back if row.back else self.front).show_image(image, row.page)

    def _judge(self) -> None:
        may, busy = self.session.may(Right.TAKE_IN), self.session.bridge.busy
        row, into = self.current(), self._into()
        item = into is not None and into.key is None  # its condition is noted first
        mine = may and row is not None and row.page is not None
        self.deck.allow(
            scan=may and bool(self.card.device.count()) and (not busy or self._feeding),
            find_scanners=not busy,
            rescan_captured=mine and not busy and bool(self.card.device.count()),
            insert_captured=mine and not busy and bool(self.card.device.count()),
            insert_first=mine and not busy and bool(self.card.device.count()),
            note_condition=may and not busy and item,
            **dict.fromkeys(FREE, mine),
            **dict.fromkeys(("undo_captured", "redo_captured"), may and bool(self.session.view)),
        )

    # --- acts ------------------------------------------------------------------------------------

    def _ask_condition(self) -> None:
        if into := self._into():
            self.condition.ask(into)

    def _ask_rescan(self, page: Page) -> None:
        title = translate("Desk", "Why another image?")
        self.acts.reasons.ask(title, False, lambda why: self._rescan(page, why))

    def _rescan(self, page: Page, why: str) -> None:
        """The sheet lies in the scanner again; a scanner's way of two faces gives one here."""
        self.card.tell(Shape.CURRENT, translate("Capture", "Scanning"))
        self._again = self._feeding = scan_again(self.session, page, why, self._plan())

    def _insert(self, page: Page, *, before: bool) -> None:
        self.card.tell(Shape.CURRENT, translate("Capture", "Scanning"))
        plan = self._plan()
        self._again = self._feeding = scan_between(self.session, page, plan, before=before)

    def _placed(self, changed: Changed) -> None:
        """What was inserted stands in the strip where it stands in its case file."""
        if not self._again or changed.facts.get("act") != "insert":
            return
        first, station = changed.facts["page"], self.session.station
        there = queries.case_view(station, changed.cases[0]).pages
        new = list(there[first - 1 : first - 1 + changed.facts["pages"]])
        numbers = [row.number for row in self.rows.rows]
        rows = inserted(station, new, max(numbers, default=0))
        here = self.strip.currentIndex().row()
        at = here if first == self._place_of(here) else here + 1
        self.rows.set_rows([*self.rows.rows[:at], *rows, *self.rows.rows[at:]])
        for row in rows:
            self.arrivals.show(row.number, row.thumbnail, SMALL_PX)
        self.strip.select(at)

    def _place_of(self, row: int) -> int:
        page = self.rows.rows[row].page if row >= 0 else None
        return page.position if page else 0
