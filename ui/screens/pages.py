"""Pages: what the checks complain of stands first, before and after, each mend on one key."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from archiver.errors import ArchiverError
from archiver.model.casefile import CaseState, Page
from archiver.model.changes import Changed
from archiver.workflow.cropping import Margins
from archiver.workflow.prepared import prepared
from archiver.workflow.rights import Right
from ocr.imaging.arrays import Gray
from ui import counts
from ui.acts import PAGES
from ui.ask import Ask
from ui.captures import scan_again, scan_between, scanner_at_hand
from ui.deck import Deck, Handlers
from ui.delegates.desk_page import DeskDelegate
from ui.delegates.page import repaint_when_ready
from ui.desk_acts import DeskActs, marks_of, marks_said
from ui.images import Picture, full, glance
from ui.leafing import Leafing
from ui.models.desk_pages import DeskRow, DeskRows, desk_list, desk_rows
from ui.models.rows import ROW
from ui.screens.screen import Screen
from ui.session import Session
from ui.widgets.desk_side import DeskSide
from ui.widgets.desk_view import After, DeskView
from ui.widgets.flag_crops import FlagCrops
from ui.widgets.head import CaseHead
from ui.widgets.import_form import PATTERNS
from ui.widgets.kinds_menu import offer_kinds
from ui.widgets.long_list import LongList
from ui.widgets.parts import Empty, Panel, between, rule, words, wrapped
from ui.words import translate

AT_ONCE = 500  # pages whose checks are there as soon as the list is painted
LIST_PX, SIDE_PX = (216, 262), (316, 380)  # least and most


class PagesScreen(Screen):
    name = PAGES

    def __init__(self, session: Session, deck: Deck) -> None:
        self.rows, self.list = desk_list(), LongList()
        self.view, self.after = DeskView(session.images), After()
        self.crops, self._spot = FlagCrops(session.images), -1
        self.side = DeskSide(deck)
        self.marking, self.cropping = self.side.marking, self.side.cropping
        self.acts = DeskActs(session, self._told)
        self._case_id, self._page_id, self._stale = 0, 0, True
        super().__init__(session, deck)
        self.rows.setParent(self)
        self._asker, self._reader = Ask(self), Ask(self)
        self._soon = Leafing(self)
        self._soon.timeout.connect(self._look_around)
        self._count = words("", 13, tone="ink2")
        self._assemble()
        self._connect()
        self.refresh()

    # --- how it looks ----------------------------------------------------------------------------

    def _assemble(self) -> None:
        self.list.setModel(self.rows)
        self.list.setItemDelegate(DeskDelegate(self.session.images, self.list))
        self.list.setAccessibleName(translate("Desk", "Pages, those that need a look first"))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        listing = Panel(padding=0, gap=0)
        title = QHBoxLayout()
        title.setContentsMargins(12, 10, 12, 10)
        title.setSpacing(8)
        title.addWidget(words(translate("Desk", "Need a look"), 15, 600))
        title.addWidget(self._count, 1)
        listing.add(title, rule(), self.list)
        body = QHBoxLayout()
        body.setSpacing(10)
        body.addWidget(between(listing, LIST_PX), 20)
        body.addWidget(self._pictures(), 48)
        body.addWidget(between(self.side, SIDE_PX), 32)
        whole, nothing = QWidget(), Panel()
        body.setContentsMargins(0, 0, 0, 0)
        whole.setLayout(body)
        nothing.add(Empty(translate("Desk", "This case file has no pages yet.")))
        self._stack = QStackedWidget()
        self._stack.addWidget(whole)
        self._stack.addWidget(nothing)
        self.column.addWidget(CaseHead(self.session))
        self.column.addWidget(self._stack, 1)

    def _pictures(self) -> QWidget:
        desk = Panel(desk=True, padding=10)
        both = QHBoxLayout()
        both.setSpacing(12)
        titles = (
            (translate("Desk", "As delivered"), translate("Desk", "the original, never touched")),
            (translate("Desk", "After the recipe"), translate("Desk", "what the reader gets")),
        )
        for (title, under), picture in zip(titles, (self.view, self.after), strict=True):
            half = QVBoxLayout()
            line = QHBoxLayout()
            line.addWidget(words(title, 14, 600))
            line.addWidget(wrapped(words(under, 13, tone="ink2")), 1)
            half.addLayout(line)
            half.addWidget(picture, 1)
            both.addLayout(half, 1)
        desk.add(both)
        desk.column.setStretch(0, 1)
        desk.add(self.crops)
        return desk

    def _connect(self) -> None:
        repaint_when_ready(self.session.images, self.list)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show())
        self.list.activated.connect(lambda _: self.open())
        self.view.looked.connect(self.after.look_at)
        self.crops.chosen.connect(self.view.look_at_part)
        self.cropping.changed.connect(self.view.crop)
        self.view.drawn.connect(self.cropping.set_margins)
        self.cropping.cropped.connect(self._crop)
        self.session.case_shown.connect(self.refresh)
        self.session.bridge.started.connect(lambda *_: self._judge())
        self.session.bridge.finished.connect(self._judge)
        self._asker.answered.connect(self._list_rows)
        self._asker.failed.connect(self.session.told)
        self._reader.answered.connect(self._show_after)
        self._reader.failed.connect(self.session.told)
        self.side.left.connect(self._leave_question)
        self.marking.named.connect(self._mark)

    def handlers(self) -> Handlers:
        page = self._with_page
        return {
            "open": self.open,
            "next_problem": self.next_problem,
            "next_page": lambda: self._step(1),
            "last_page": lambda: self._step(-1),
            "rescan": page(self._ask_rescan),
            "rescan_file": page(lambda now: self._ask_rescan(now, file=True)),
            "insert_file": page(lambda now: self._insert(now, before=False, file=True)),
            "keep_page": self.keep,
            "turn_page": page(lambda now: self.acts.turn(now, 90)),
            "turn_back": page(lambda now: self.acts.turn(now, 270)),
            "split_page": page(self.acts.split),
            "join_halves": page(self.acts.join),
            "insert_page": page(lambda now: self._insert(now, before=False)),
            "insert_before": page(lambda now: self._insert(now, before=True)),
            "crop_page": self._ask_crop,
            "blank_page": page(self.acts.blank),
            "mark_page": page(lambda now: self.marking.start("، ".join(marks_of(now)))),
            "reject_page": page(self._ask_reject),
            "undo_desk": lambda: self.acts.undo(self._case_id),
            "redo_desk": lambda: self.acts.redo(self._case_id),
            "magnify": self._next_spot,
            "all_kinds": page(self._offer_kinds),
            **self.acts.kinds(page),
            **self.view.handlers(),
        }

    def panes(self) -> list[QWidget]:
        return [self.list, self.view]

    def arrive(self) -> None:
        super().arrive()
        if self._stale:
            self.refresh()

    def empty(self) -> None:
        self._case_id = self._page_id = 0
        self.rows.set_rows(())
        self._show()

    def leave(self) -> None:
        self._soon.stop()
        self._asker.stop()
        self._reader.stop()

    # --- what is there ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Only while it is seen: the checks of a large case file take a moment."""
        view, station = self.session.view, self.session.station
        self._stale = not self.isVisible()
        if view is None or self._stale:
            return
        if len(view.pages) > AT_ONCE and view.case.id != self._case_id:
            self._list_rows((view.case.id, DeskRows(view)))
        self._asker.ask(lambda: (view.case.id, desk_rows(station, view)))

    def current(self) -> DeskRow | None:
        return self.list.currentIndex().data(ROW)

    def _list_rows(self, answer: tuple[int, DeskRows]) -> None:
        case_id, rows = answer
        same, place = case_id == self._case_id, self.list.currentIndex().row()
        was = self.current()
        self._case_id = case_id
        self.rows.set_rows(rows)
        needy = rows.needy
        self._count.setText(counts.of_pages(needy, len(rows)))
        self._stack.setCurrentIndex(0 if len(rows) else 1)
        flagged, sound = (self.rows.place((self._page_id, flag)) for flag in (True, False))
        found = max(flagged, sound)
        if same and was is not None and was.complaints and sound >= 0:
            found = min(place, max(0, needy - 1))  # it needs no look any more: the next one does
        elif same and was is not None and not was.checked and place == 0:
            found = 0  # nobody has moved yet: the first that needs a look
        self._select(max(found, 0) if rows else -1)
        self._show()

    def _next_spot(self) -> None:
        """F7: one flagged place after the other, before and after; then the whole page again."""
        self._spot += 1
        if self._spot < len(self.crops.parts):
            self.view.look_at_part(self.crops.parts[self._spot])
        else:
            self._spot = -1
            self.view.fit()

    def _select(self, place: int) -> None:
        index = self.rows.index(place)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.reach(index)
        self.list.selectionModel().setCurrentIndex(index, flags)

    def _show(self) -> None:
        row = self.current()
        page = row.row.page if row else None
        changed = page is None or page.id != self._page_id
        self._page_id = page.id if page else 0
        self.view.show_checked(page, row.complaints if row else ())
        self.crops.show_checks(page, row.complaints if row else ())
        self.side.show_row(row)
        if changed:
            self._spot = -1
            self._put_away()
            self.after.show_gray(None)
        if page:
            self._soon.turn() if changed else self._soon.start()
            if self._soon.held:
                self._decode_neighbours(glance)
        self._judge()

    def _look_around(self) -> None:
        """What the reader gets of the page, and the pages beside it: turning shows them at once."""
        row, station = self.current(), self.session.station
        if row:
            page = row.row.page
            self._reader.ask(lambda: (page.id, prepared(station, page)))
        self._decode_neighbours(glance, full)  # the cuts are of the full one

    def _decode_neighbours(self, *sizes: Callable[[Page], Picture]) -> None:
        here = self.list.currentIndex().row()
        beside = [n for n in (here + 1, here - 1) if 0 <= n < self.rows.rowCount()]
        pages = [self.rows.rows[n].row.page for n in beside]
        for size in sizes:
            for page in pages:
                self.session.images.get(size(page))

    def _show_after(self, answer: tuple[int, Gray | None]) -> None:
        page_id, picture = answer
        if page_id == self._page_id:
            self.after.show_gray(picture)

    def _judge(self) -> None:
        view = self.session.view
        free = view is not None and view.case.state is not CaseState.SEALED
        may = free and self.session.may(Right.PAGES) and self.current() is not None
        row = self.current()
        acts = (
            "turn_page", "turn_back", "split_page", "crop_page", "blank_page", "mark_page",
            "reject_page", "undo_desk", "redo_desk", "keep_page",
        )  # fmt: skip
        files = ("rescan", "insert_page", "insert_before", "rescan_file", "insert_file")
        idle = may and not self.session.bridge.busy
        halves = may and row is not None and bool(row.row.page.cut)
        self.deck.allow(
            join_halves=halves, **dict.fromkeys(acts, may), **dict.fromkeys(files, idle)
        )

    # --- acts ------------------------------------------------------------------------------------

    def _put_away(self) -> None:
        self.side.put_away()
        self.view.crop(None)

    def _leave_question(self) -> None:
        self._put_away()
        self.list.setFocus()

    def _with_page(self, act: Callable[[Page], None]) -> Callable[[], None]:
        def on_page() -> None:
            row = self.current()
            if row:
                act(row.row.page)

        return on_page

    def _told(self, what: Changed | ArchiverError) -> None:
        if isinstance(what, ArchiverError):
            self.session.told.emit(what)
            return
        self.session.bridge.changed.emit(what)
        self.session.refresh()

    def _step(self, by: int) -> None:
        place = self.list.currentIndex().row() + by
        if 0 <= place < self.rows.rowCount():
            self.list.lag()
            self._select(place)

    def next_problem(self) -> None:
        here, needy = self.list.currentIndex().row(), self.rows.rows.needy if self._case_id else 0
        if needy:
            self._select(here + 1 if here + 1 < needy else 0)

    def open(self) -> None:
        row = self.current()
        if row:
            self.session.open_page(row.row.page.case_id, row.row.page.id)

    def keep(self) -> None:
        """A page without complaints is passed; one with some wants a reason."""
        row = self.current()
        if row is None:
            return
        if not row.complaints:
            self._step(1)
            return
        page, title = row.row.page, translate("Desk", "Why may it stay so?")
        self.side.ask(title, True, lambda why: self.acts.let_stand(page, why))

    def _offer_kinds(self, page: Page) -> None:
        corner = self.list.visualRect(self.list.currentIndex()).bottomLeft()
        offer_kinds(self.list.viewport(), corner, lambda code: self.acts.set_kind(page, code))

    def _ask_crop(self) -> None:
        self.view.fit()
        self.side.ask_crop()

    def _crop(self, margins: Margins) -> None:
        row = self.current()
        if row:
            self.acts.crop(row.row.page, margins)

    def _ask_reject(self, page: Page) -> None:
        title = translate("Desk", "Why is it rejected? The image is kept.")
        self.side.ask(title, False, lambda why: self.acts.reject(page, why))

    def _ask_rescan(self, page: Page, *, file: bool = False) -> None:
        title = translate("Desk", "Why another image?")
        self.side.ask(title, False, lambda why: self._rescan(page, why, file=file))

    def _rescan(self, page: Page, why: str, *, file: bool) -> None:
        """From the scanner, if there is one and nobody asked for a file."""
        plan = None if file else scanner_at_hand(self.session)
        if plan:
            scan_again(self.session, page, why, plan)
        elif path := self._file(translate("Desk", "The new image of the page")):
            self.acts.rescan(page, path, why)

    def _insert(self, page: Page, *, before: bool, file: bool = False) -> None:
        plan = None if file else scanner_at_hand(self.session)
        if plan:
            scan_between(self.session, page, plan, before=before)
        elif path := self._file(translate("Desk", "The pages to insert")):
            self.acts.insert(page, path, before=before)

    def _file(self, title: str) -> Path | None:
        kinds = translate("Import", "Scanned files (%1)").replace("%1", PATTERNS)
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        return Path(name) if name else None

    def _mark(self, told: str) -> None:
        row = self.current()
        if row:
            self.acts.mark(row.row.page, marks_said(told))
        self.list.setFocus()
