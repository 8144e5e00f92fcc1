"""Search: one line, facets to narrow it, hits in two tiers, and the page with its words boxed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QListView,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from archiver.errors import ArchiverError, IndexLost
from archiver.i18n import digits
from archiver.model.changes import Changed
from archiver.store.saved_searches import SavedSearch
from archiver.workflow.saving_searches import forget_search, save_search, searches_of
from ui import counts, verbs
from ui.acts import SEARCH
from ui.ask import Ask
from ui.deck import Deck, Handlers
from ui.delegates.hit import HitDelegate, repaint_when_strips_ready
from ui.fonts import font
from ui.models.hits import HitRow, hit_list
from ui.models.rows import ROW
from ui.screens.screen import Screen
from ui.searching import Found, Offer, Wanted, find, offers, sorts
from ui.session import Session
from ui.widgets.facets import FacetTree
from ui.widgets.hit_page import HitPage
from ui.widgets.kept_searches import KeptSearches
from ui.widgets.keys import KeyButton
from ui.widgets.name_form import NameForm
from ui.widgets.parts import Empty, Panel, between, rule, words
from ui.widgets.search_line import SearchLine
from ui.widgets.suggesting import Suggesting
from ui.words import translate

FACETS_PX = (190, 226)  # least and most
SLOW_MS = 250  # without an answer for so long, a search says that it goes on
AHEAD_PX = 400  # before the end of the list more hits are asked for


class SearchScreen(Screen):
    name = SEARCH

    def __init__(self, session: Session, deck: Deck) -> None:
        self.line, self.facets, self.kept = SearchLine(), FacetTree(), KeptSearches()
        self.naming = NameForm(translate("Search", "Keep the search as"))
        self.sort, self.exact = QComboBox(), QCheckBox()
        self.hits, self.list = hit_list(), QListView()
        self.page = HitPage(session)
        super().__init__(session, deck)
        self.suggesting = Suggesting(self.line, self._offers)
        self._person = session.actor.person
        self.hits.setParent(self)
        self.found: Found | None = None
        self.asker, self._further = Ask(self), Ask(self)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._total = 0
        self._asking_on = False
        self._refused: ArchiverError | None = None
        self._told, self._aside = words("", 15, 600), words("", 13, tone="ink2")
        self._assemble()
        self._connect()
        self._list_kept()
        self._judge()

    # --- how it looks ----------------------------------------------------------------------------

    def _assemble(self) -> None:
        self.list.setModel(self.hits)
        self.list.setItemDelegate(HitDelegate(self.session.images, self.list))
        self.list.setAccessibleName(translate("Search", "Hits"))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self._stack = QStackedWidget()
        self._empty = Empty(beginning())
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._results())
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.line, 1)
        top.addWidget(KeyButton(self.deck, "save_search"))
        top.addWidget(KeyButton(self.deck, "export_hits"))
        body = QHBoxLayout()
        body.setSpacing(10)
        body.addWidget(between(self._narrowing(), FACETS_PX), 17)
        body.addWidget(self._stack, 83)
        self.column.setContentsMargins(0, 6, 0, 0)
        self.column.addLayout(top)
        self.column.addLayout(body, 1)

    def _narrowing(self) -> QWidget:
        side = Panel(padding=12, gap=8)
        side.add(words(translate("Search", "Narrow the results"), 14, 600), self.facets)
        side.column.setStretchFactor(self.facets, 1)
        self._kept_rule = rule()
        self._kept_title = words(translate("Search", "Kept searches"), 13, 600)
        side.add(self._kept_rule, self._kept_title, self.kept, self.naming)
        return side

    def _results(self) -> QWidget:
        found = QWidget()
        left = QVBoxLayout(found)
        left.setContentsMargins(0, 0, 0, 0)
        title = QHBoxLayout()
        title.setSpacing(10)
        title.addWidget(self._told)
        title.addWidget(self._aside, 1)
        self.exact.setText(translate("Search", "Only as typed"))
        self.exact.setFont(font(13))
        self.sort.setFont(font(13))
        self.sort.setAccessibleName(translate("Search", "Order of the hits"))
        for code, words_of in sorts().items():
            self.sort.addItem(words_of, code)
        title.addWidget(self.exact)
        title.addWidget(self.sort)
        left.addLayout(title)
        left.addWidget(self.list, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(12)
        splitter.addWidget(found)
        splitter.addWidget(self.page)
        splitter.setSizes([600, 440])
        splitter.setChildrenCollapsible(False)
        return splitter

    def _connect(self) -> None:
        repaint_when_strips_ready(self.session.images, self.list)
        self.line.returnPressed.connect(self._enter)
        self.suggesting.taken.connect(self._take)
        self.session.person_changed.connect(self._meet)
        self.facets.chosen.connect(self.search)
        self.sort.activated.connect(lambda _: self.search())
        self.exact.clicked.connect(lambda _: self.search())
        self.asker.answered.connect(self._answer)
        self._further.answered.connect(self._add)
        self._slow.timeout.connect(self._tell_of_waiting)
        for asker in (self.asker, self._further):
            asker.failed.connect(self._refuse)
        self.kept.asked.connect(self.ask_kept)
        self.kept.forgotten.connect(self.forget)
        self.naming.named.connect(self.keep)
        self.naming.left.connect(self.list.setFocus)
        bridge = self.session.bridge
        bridge.changed.connect(self._follow)
        bridge.started.connect(lambda *_: self._judge())
        bridge.finished.connect(self._judge)
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._show(now.data(ROW)))
        self.list.activated.connect(lambda _: self.open())
        self.list.verticalScrollBar().valueChanged.connect(lambda _: self._look_on())

    def handlers(self) -> Handlers:
        view = self.page.view
        return {
            "open": self.open,
            "find": self.arrive,
            "next_place": lambda: self.page.step(1),
            "last_place": lambda: self.page.step(-1),
            "next_page": lambda: self.page.turn(1),
            "last_page": lambda: self.page.turn(-1),
            "save_search": self.name_search,
            "export_hits": self.export,
            "boxes": lambda: view.show_boxes(not view.boxed),
            **view.handlers(),
            "copy": self.page.copy,
        }

    def panes(self) -> list[QWidget]:
        return [self.line, self.list, self.facets, self.kept, self.page.view]

    def arrive(self) -> None:
        self.line.setFocus()
        self.line.selectAll()
        self._list_kept()

    def _meet(self) -> None:
        """Whoever comes finds nothing that another person looked for."""
        if self._person != self.session.actor.person:
            self._person = self.session.actor.person
            self.empty()

    def empty(self) -> None:
        for asked in (self.asker, self._further, self.suggesting):
            asked.drop()
        self._slow.stop()
        self.found, self._total, self._asking_on = None, 0, False
        self.line.clear()
        self.sort.setCurrentIndex(0)
        self.exact.setChecked(False)
        self.facets.clear_choice()
        self.facets.show_facets({})
        self.hits.set_rows(())
        self.page.show_hit(None, self.wanted)
        self.naming.hide()
        self._empty.label.setText(beginning())
        self._stack.setCurrentIndex(0)
        self._list_kept()
        self._judge()

    def leave(self) -> None:
        self.suggesting.stop()
        self.asker.stop()
        self._further.stop()
        self.page.stop()

    # --- asking ----------------------------------------------------------------------------------

    @property
    def wanted(self) -> Wanted:
        typed, choice = self.line.text().strip(), self.facets.choice
        return Wanted(typed, choice, self.sort.currentData(), self.exact.isChecked())

    def _offers(self, typed: str) -> Callable[[], tuple[Offer, ...]]:
        station, person = self.session.station, self.session.actor.person
        return lambda: offers(station, person, typed)

    def _enter(self) -> None:
        if not self.suggesting.marked:
            self.ask_anew()

    def _take(self, query: str) -> None:
        self.line.setText(query)
        self.ask_anew()

    def ask_anew(self) -> None:
        """Another question: nothing is narrowed yet."""
        self.suggesting.drop()
        self.facets.clear_choice()
        self.search()

    def search(self) -> None:
        wanted, station, person = self.wanted, self.session.station, self.session.actor.person
        if wanted.typed:
            self._slow.start()
            self.asker.ask(lambda: find(station, person, wanted))

    def _look_on(self) -> None:
        """Ask for more of the same as soon as the last ones come into sight."""
        found, count = self.found, self.hits.rowCount()
        bar = self.list.verticalScrollBar()
        near = bar.value() >= bar.maximum() - AHEAD_PX
        if not found or self._asking_on or count >= self._total or not near:
            return
        station, person = self.session.station, self.session.actor.person
        parted = any(row.parted for row in self.hits.rows)
        self._asking_on = True
        self._further.ask(lambda: find(station, person, found.wanted, count, parted=parted))

    def _add(self, more: Found) -> None:
        self._asking_on = False
        if self.found and more.wanted == self.found.wanted:
            known = {row.hit.page.id for row in self.hits.rows}
            self.hits.add_rows([row for row in more.rows if row.hit.page.id not in known])
            self._total = more.result.total if more.rows else self.hits.rowCount()

    def _tell_of_waiting(self) -> None:
        """The hits in sight are those of the last question."""
        tip = translate("Search", "Searching…")
        for label in (self._told, self._empty.label):
            label.setText(tip)
        self._aside.clear()

    def _answer(self, found: Found) -> None:
        self._slow.stop()
        if self._refused:
            self.session.past.emit(self._refused)
            self._refused = None
        narrowing = bool(found.wanted.choice)
        self.found, self._total, self._asking_on = found, found.result.total, False
        self.facets.show_facets(found.facets)
        self.hits.set_rows(found.rows)
        self._tell(found)
        self._stack.setCurrentIndex(1 if found.rows else 0)
        if found.rows:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self.hits.index(0), flags)
            self._show(found.rows[0])
            if not narrowing:
                self.list.setFocus()
        self._judge()

    def _tell(self, found: Found) -> None:
        result = found.result
        self._told.setText(counts.results(result.total))
        files = counts.in_case_files(len({row.hit.case.id for row in found.rows}))
        seconds = digits(f"{max(0.01, result.seconds):.2f}".replace(".", decimal_point()))
        took = translate("Search", "%1 s", "seconds").replace("%1", seconds)
        whole = len(found.rows) == result.total
        self._aside.setText(f"{files} · {took}" if whole else took)
        self._empty.label.setText(translate("Search", "Nothing was found. Try fewer words."))

    def _refuse(self, error: ArchiverError) -> None:
        self._slow.stop()
        self._asking_on = False
        if self.found:
            self._tell(self.found)
        self._empty.label.setText(beginning())
        if isinstance(error, IndexLost) and verbs.rebuild_index(self.session):
            tip = translate("Search", "The search index is being made anew. Your search follows.")
            self._empty.label.setText(tip)
            self._stack.setCurrentIndex(0)
        else:
            self._refused = error
            self.session.told.emit(error)

    def _follow(self, changed: Changed) -> None:
        """A search that waited for the index."""
        if changed.verb == "index" and self.isVisible():
            self.search()

    def _judge(self) -> None:
        may = self.session.station.lock is not None and self.found is not None
        idle = not self.session.bridge.busy
        self.deck.allow(save_search=may, export_hits=may and idle and bool(self.hits.rowCount()))

    def _show(self, row: HitRow | None) -> None:
        if self.found:
            self.page.show_hit(row, self.found.wanted)

    def open(self) -> None:
        leaf = self.page.leaf
        if leaf:
            self.session.open_page(leaf.case.id, leaf.row.page.id, leaf.words)

    # --- keeping and taking along ----------------------------------------------------------------

    def _list_kept(self) -> None:
        kept = searches_of(self.session.station, self.session.actor.person)
        self.kept.show_searches(kept)
        for part in (self._kept_rule, self._kept_title, self.kept):
            part.setVisible(bool(kept))

    def name_search(self) -> None:
        if self.found:
            self.naming.start(self.found.wanted.typed)

    def keep(self, name: str) -> None:
        if not self.found:
            return
        wanted, station, actor = self.found.wanted, self.session.station, self.session.actor
        self.session.bridge.errand(
            lambda: save_search(station, actor, name, wanted.query, sort=wanted.sort,
                                exact=wanted.exact),
            self._kept_anew,
        )  # fmt: skip
        self.list.setFocus()

    def forget(self, name: str) -> None:
        station, actor = self.session.station, self.session.actor
        self.session.bridge.errand(lambda: forget_search(station, actor, name), self._kept_anew)

    def _kept_anew(self, what: Changed | ArchiverError) -> None:
        if isinstance(what, ArchiverError):
            self.session.told.emit(what)
        self._list_kept()

    def ask_kept(self, kept: SavedSearch) -> None:
        self.line.setText(kept.query)
        self.sort.setCurrentIndex(max(0, self.sort.findData(kept.sort)))
        self.exact.setChecked(kept.exact)
        self.ask_anew()

    def export(self) -> None:
        if not self.found:
            return
        title = translate("Search", "Where the table of hits goes")
        table = translate("Search", "Tables (%1)").replace("%1", "*.csv")
        # The verb refuses a file that is there; asking whether to replace it would be a lie.
        plain = QFileDialog.Option.DontConfirmOverwrite
        name, _ = QFileDialog.getSaveFileName(self, title, "", table, options=plain)
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        if self.found:
            path = path if path.suffix else path.with_suffix(".csv")
            verbs.export_hits(self.session, self.found.wanted, path)


def beginning() -> str:
    return translate("Search", "Write what you look for and press Enter.")


def decimal_point() -> str:
    return translate("Search", ".", "the decimal point")
