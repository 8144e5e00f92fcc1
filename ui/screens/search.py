"""Search: one line, the hits with the words on their ground, and the page with them boxed."""

from PySide6.QtCore import QItemSelectionModel, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from archiver.errors import ArchiverError, IndexLost
from archiver.i18n import digits
from archiver.model.changes import Changed
from archiver.workflow import queries
from archiver.workflow.access import levels_seen
from archiver.workflow.search import SearchResult, search
from ui import counts, verbs
from ui.acts import SEARCH
from ui.ask import Ask
from ui.deck import Deck, Handlers
from ui.delegates.hit import HitDelegate
from ui.fonts import font
from ui.icons import paint_icon
from ui.images import Picture
from ui.models.hits import HitRow, hit_list, hit_rows
from ui.models.rows import ROW
from ui.screens.screen import Screen
from ui.session import Session
from ui.theme import tokens
from ui.widgets.page_view import PageView
from ui.widgets.parts import Empty, Panel, lead, words, wrapped
from ui.words import joined, plate, translate

LIMIT = 50


class SearchLine(QLineEdit):
    """The one line, with its glass on the leading side."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(font(17))
        self.setProperty("large", True)
        self.setClearButtonEnabled(True)
        self.setPlaceholderText(translate("Search", "Words, a phrase in quotes, or a case number"))
        self.setAccessibleName(translate("Search", "Search line"))
        lead(self)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setTextMargins(6 if rtl else 38, 0, 38 if rtl else 6, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        lead(self)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = self.width() - 40 if rtl else 16
        glass = QRectF(x, self.height() / 2 - 12, 24, 24)
        paint_icon(QPainter(self), "magnifying-glass", glass, tokens(self.palette()).ink2)


class SearchScreen(Screen):
    name = SEARCH

    def __init__(self, session: Session, deck: Deck) -> None:
        self.line = SearchLine()
        self.hits = hit_list()
        self.list = QListView()
        self.view = PageView(session.images)
        super().__init__(session, deck)
        self.hits.setParent(self)
        self.asker = Ask(self)
        self._told, self._aside = words("", 15, 600), words("", 13, tone="ink2")
        self._caption, self._place = words("", 14, 600), words("", 13, tone="ink2")
        self._citation = wrapped(words("", 14))
        self._at = 0
        self._assemble()
        self._connect()

    def _assemble(self) -> None:
        self.list.setModel(self.hits)
        self.list.setItemDelegate(HitDelegate(self.session.images, self.list))
        self.list.setAccessibleName(translate("Search", "Hits"))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.set_whole(True)
        self._stack = QStackedWidget()
        tip = translate("Search", "Write what you look for and press Enter.")
        self._empty = Empty(tip)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._results())
        self.column.setContentsMargins(0, 6, 0, 0)
        self.column.addWidget(self.line)
        self.column.addWidget(self._stack, 1)

    def _results(self) -> QWidget:
        found = QWidget()
        left = QVBoxLayout(found)
        left.setContentsMargins(0, 0, 0, 0)
        title = QHBoxLayout()
        title.addWidget(self._told)
        title.addWidget(self._aside)
        title.addStretch(1)
        left.addLayout(title)
        left.addWidget(self.list, 1)
        page = QWidget()
        right = QVBoxLayout(page)
        right.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self._caption)
        head.addStretch(1)
        head.addWidget(self._place)
        citation = Panel(padding=10)
        citation.add(self._citation)
        right.addLayout(head)
        right.addWidget(self.view, 1)
        right.addWidget(citation)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(12)
        splitter.addWidget(found)
        splitter.addWidget(page)
        splitter.setSizes([640, 580])
        return splitter

    def _connect(self) -> None:
        repaint_when_strips_ready(self)
        self.line.returnPressed.connect(self.search)
        self.asker.answered.connect(self._answer)
        self.asker.failed.connect(self._refuse)
        self.session.bridge.changed.connect(self._follow)
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._show(now.data(ROW)))
        self.list.activated.connect(lambda _: self.open())
        self.view.word_chosen.connect(self._go_to)

    def handlers(self) -> Handlers:
        return {
            "open": self.open,
            "find": self.arrive,
            "next_page": lambda: self.step(1),
            "last_page": lambda: self.step(-1),
            "boxes": lambda: self.view.show_boxes(not self.view.boxed),
            "zoom_in": lambda: self.view.zoom(1.25),
            "zoom_out": lambda: self.view.zoom(0.8),
            "fit": self.view.fit,
            "copy": self.copy,
        }

    def panes(self) -> list[QWidget]:
        return [self.line, self.list, self.view]

    def arrive(self) -> None:
        self.line.setFocus()
        self.line.selectAll()

    def leave(self) -> None:
        self.asker.stop()

    def search(self) -> None:
        query, station = self.line.text().strip(), self.session.station
        levels = levels_seen(station, self.session.actor.person)

        def question() -> tuple[SearchResult, tuple[HitRow, ...]]:
            result = search(station, query, limit=LIMIT, levels=levels)
            return result, hit_rows(station, result)

        if query:
            self.asker.ask(question)

    def _answer(self, answer: tuple[SearchResult, tuple[HitRow, ...]]) -> None:
        result, rows = answer
        self.hits.set_rows(rows)
        self._told.setText(counts.results(result.total))
        files = counts.in_case_files(len({row.hit.case.id for row in rows}))
        seconds = digits(f"{max(0.01, result.seconds):.2f}".replace(".", decimal_point()))
        took = translate("Search", "%1 s", "seconds").replace("%1", seconds)
        self._aside.setText(f"{files} · {took}")
        self._empty.label.setText(translate("Search", "Nothing was found. Try fewer words."))
        self._stack.setCurrentIndex(1 if rows else 0)
        if rows:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self.hits.index(0), flags)
            self._show(rows[0])
            self.list.setFocus()

    def _refuse(self, error: ArchiverError) -> None:
        if isinstance(error, IndexLost) and verbs.rebuild_index(self.session):
            tip = translate("Search", "The search index is being made anew. Your search follows.")
            self._empty.label.setText(tip)
            self._stack.setCurrentIndex(0)
        else:
            self.session.told.emit(error)

    def _follow(self, changed: Changed) -> None:
        """A search that waited for the index."""
        if changed.verb == "index" and self.isVisible():
            self.search()

    def _show(self, row: HitRow | None) -> None:
        if row is None:
            self.view.show_page(None, None)
            return
        page = row.hit.page
        self.view.show_page(page, queries.page_text(self.session.station, page))
        self.view.mark(found=row.hit.words)
        self._caption.setText(row.caption)
        self._citation.setText(_citation(row))
        self._at = 0
        self._tell_place(row)

    def _tell_place(self, row: HitRow) -> None:
        total = len(row.hit.words)
        of = translate("Search", "place %1 of %2")
        text = digits(of.replace("%1", str(self._at + 1)).replace("%2", str(total)))
        self._place.setText(text if total else "")

    def _go_to(self, word: int) -> None:
        row: HitRow | None = self.list.currentIndex().data(ROW)
        if row and word in row.hit.words:
            self._at = row.hit.words.index(word)
            self.view.mark(current=word)
            self._tell_place(row)

    def step(self, by: int) -> None:
        """To the next or previous hit."""
        place = self.list.currentIndex().row() + by
        if 0 <= place < self.hits.rowCount():
            self.list.setCurrentIndex(self.hits.index(place))

    def open(self) -> None:
        row: HitRow | None = self.list.currentIndex().data(ROW)
        if row:
            self.session.open_page(row.hit.case.id, row.hit.page.id, row.hit.words)

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self._citation.text())


def decimal_point() -> str:
    return translate("Search", ".", "the decimal point")


def _citation(row: HitRow) -> str:
    return joined(plate(row.hit.case).sentence, row.caption)


def repaint_when_strips_ready(screen: SearchScreen) -> None:
    def arrived(picture: Picture) -> None:
        if picture.part:
            screen.list.viewport().update()

    screen.session.images.ready.connect(arrived)
