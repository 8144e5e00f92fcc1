"""Capture: paper in, each page seen once it is safe; the scanner never waits for the screen."""

from collections.abc import Callable
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
from archiver.model.scanning import ScanSettings
from archiver.workflow import queries
from archiver.workflow.account import account_of
from archiver.workflow.capturing import Found, devices, settings_for
from archiver.workflow.destination import Destination
from archiver.workflow.lots import open_lots
from archiver.workflow.rights import Right
from ui.acts import CAPTURE, KINDS
from ui.ask import Ask
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
from ui.desk_acts import DeskActs
from ui.memory import LAST
from ui.models.captured import CapturedRow, captured, captured_list
from ui.screens.screen import Screen
from ui.session import Session
from ui.theme import Shape
from ui.widgets.captured_strip import CapturedStrip
from ui.widgets.head import CaseHead
from ui.widgets.keys import KeyButton
from ui.widgets.kinds_panel import KindsPanel
from ui.widgets.paper_account import PaperAccount
from ui.widgets.parts import Panel, between, scrolled
from ui.widgets.reasons import Reasons
from ui.widgets.scanner_card import ScannerCard
from ui.widgets.sheet_view import SheetView
from ui.words import translate

SIDE_PX = (272, 310)  # least and most


class CaptureScreen(Screen):
    name = CAPTURE

    def __init__(self, session: Session, deck: Deck) -> None:
        self.card, self.paper, self.reasons = ScannerCard(), PaperAccount(), Reasons()
        self.rows, self._pictures = captured_list(), dict[int, QPixmap]()
        self.strip = CapturedStrip(self.rows, self._pictures)
        self.sheet, self.kinds = SheetView(), KindsPanel()
        self.front, self.back = self.sheet.front.picture, self.sheet.back.picture
        self.acts = DeskActs(session, self._told)
        self._looked = False
        super().__init__(session, deck)
        self.rows.setParent(self)
        self.arrivals, self._asker = Arrivals(self), Ask(self)
        self._assemble()
        self._connect()
        self._ready()
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
        for part in (self.card, account, self.reasons, self.kinds):
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
        self.card.into.currentIndexChanged.connect(lambda _: self._say_where())
        self._asker.answered.connect(self._found)
        self._asker.failed.connect(self._not_found)
        self.arrivals.decoded.connect(self._decoded)
        self.strip.selectionModel().currentChanged.connect(lambda *_: self._show())
        self.reasons.left.connect(self.strip.setFocus)

    def handlers(self) -> Handlers:
        page = self._with_page
        kinds = {
            f"kind_{digit}": lambda code=code: self.kinds.choose(code)
            for digit, code in KINDS.items()
        }
        return {
            "scan": self.scan,
            "find_scanners": self.look_for_scanners,
            "turn_captured": page(lambda now: self.acts.turn(now, 90)),
            "blank_captured": page(self.acts.blank),
            "reject_captured": page(self._ask_reject),
            "rescan_captured": page(self._ask_rescan),
            "insert_captured": page(lambda now: self._insert(now, before=False)),
            "insert_first": page(lambda now: self._insert(now, before=True)),
            "undo_captured": self._undo,
            "last_scanned": lambda: self.strip.step(-1),
            "next_scanned": lambda: self.strip.step(1),
            **kinds,
        }

    def panes(self) -> list[QWidget]:
        return [self.strip, *self.card.fields]

    def arrive(self) -> None:
        super().arrive()
        if not self._looked:
            self.look_for_scanners()

    def empty(self) -> None:
        self.rows.set_rows(())
        self._pictures.clear()
        self._show()

    def leave(self) -> None:
        self.arrivals.stop()
        self._asker.stop()

    # --- scanners --------------------------------------------------------------------------------

    def look_for_scanners(self) -> None:
        self._looked = True
        station = self.session.station
        self.card.show_devices(tuple(station.settings.scanners), ())
        self.card.tell(Shape.CURRENT, translate("Capture", "Looking for scanners"))
        self._asker.ask(lambda: devices(station))

    def _found(self, found: Found) -> None:
        named = self.session.station.settings.scanners
        known = {scanner.device for scanner in named.values()}
        fresh = [device for device in found.devices if device.name not in known]
        self.card.show_devices(tuple(named), fresh)
        self._ready()

    def _not_found(self, error: ArchiverError) -> None:
        self.card.tell(Shape.DOUBTFUL, str(error), error.way_out())
        self._judge()

    def _ready(self) -> None:
        if self.card.device.count():
            self.card.tell(Shape.OK, translate("Capture", "The scanner is ready"))
        else:
            none = translate("Capture", "No scanner answers")
            on = translate("Capture", "Is it on, and on the same network? Then look again.")
            self.card.tell(Shape.WAITING, none, on)
        self._judge()

    def _use_settings(self) -> None:
        name = self.card.device.currentData()
        named = name in self.session.station.settings.scanners
        if named or not self.rows.rowCount():
            known = settings_for(self.session.station, name or "")
            self.card.use(known if named else replace(known, source=ScanSettings().source))

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

    def _finished(self) -> None:
        if self._feeding:
            self._feeding = self._again = False
            if self._came_into:  # where a slip or the choice said, if not into the open one
                self.session.show_case(self._came_into)
                self.card.into_open()
            if self.card.told_well:
                self._ready()
        self._judge()

    # --- what is there ---------------------------------------------------------------------------

    def refresh(self) -> None:
        view = self.session.view
        lots = open_lots(self.session.station)
        self.card.show_lots(lots)
        self.card.show_waiting(unscanned(self.session.station, lots))
        self.paper.show_account(account_of(self.session.station, view.case.id) if view else None)
        there = view.pages.outline if view else ()
        instead = {row.instead_of: row.id for row in there if row.instead_of}

        def fresh(page: Page) -> Page:
            return (view and view.pages.find(instead.get(page.id, page.id))) or page

        rows = [replace(row, page=fresh(row.page)) if row.page else row for row in self.rows.rows]
        for row, before in zip(rows, self.rows.rows, strict=True):
            if row.page and before.page and row.page.id != before.page.id:
                path = queries.blob_path(self.session.station, row.page.thumbnail)
                self.arrivals.show(row.number, path, SMALL_PX)
        self.rows.set_rows(rows)
        self.strip.scheduleDelayedItemsLayout()  # a blank back has become narrow
        self.sheet.tell_of(*self._faces())
        self._say_where()
        self._judge()

    def _say_where(self) -> None:
        into = self._into()
        told = translate("Capture", "Slips among the paper must name its case file.")
        if into is not None:
            told = translate("Capture", "Space scans into case file %1.")
            told = told.replace("%1", isolate(digits(into.name)))
        self.sheet.tell(told)

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
        chosen = self.current()
        sheet = [row for row in self.rows.rows if chosen and row.sheet == chosen.sheet]
        front = next((row for row in sheet if not row.back), None)
        return front, next((row for row in sheet if row.back), None)

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
        row = self.current()
        mine = may and row is not None and row.page is not None
        self.deck.allow(
            scan=may and bool(self.card.device.count()) and (not busy or self._feeding),
            find_scanners=not busy,
            turn_captured=mine,
            blank_captured=mine,
            reject_captured=mine,
            rescan_captured=mine and not busy and bool(self.card.device.count()),
            insert_captured=mine and not busy and bool(self.card.device.count()),
            insert_first=mine and not busy and bool(self.card.device.count()),
            undo_captured=may and self.session.view is not None,
        )

    # --- acts ------------------------------------------------------------------------------------

    def _with_page(self, act: Callable[[Page], None]) -> Callable[[], None]:
        def on_page() -> None:
            row = self.current()
            if row and row.page:
                act(queries.page(self.session.station, row.page.id))

        return on_page

    def _ask_reject(self, page: Page) -> None:
        title = translate("Desk", "Why is it rejected? The image is kept.")
        self.reasons.ask(title, False, lambda why: self.acts.reject(page, why))

    def _ask_rescan(self, page: Page) -> None:
        title = translate("Desk", "Why another image?")
        self.reasons.ask(title, False, lambda why: self._rescan(page, why))

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

    def _undo(self) -> None:
        if self.session.view:
            self.acts.undo(self.session.view.case.id)

    def _told(self, what: Changed | ArchiverError) -> None:
        if isinstance(what, ArchiverError):
            self.session.told.emit(what)
            return
        self.session.bridge.changed.emit(what)
        self.session.refresh()
