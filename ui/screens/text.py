"""Text: the page and its text side by side, tied word by word."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from archiver.errors import ArchiverError
from archiver.i18n import digits
from archiver.model.casefile import CaseState, Page
from archiver.model.changes import Changed
from archiver.model.revision import RevisionKind
from archiver.workflow.correcting import Edit
from archiver.workflow.rights import Right
from ocr.page import PageText
from ui import counts
from ui.acts import TEXT
from ui.corrections import Corrections
from ui.deck import Deck, Handlers
from ui.images import full, glance
from ui.leafing import Leafing
from ui.models.pages import PageRow
from ui.screens.screen import Screen
from ui.session import Session
from ui.theme import Shape
from ui.widgets.bench import Bench
from ui.widgets.head import CaseHead
from ui.widgets.legend import Legend
from ui.widgets.page_strip import PageStrip
from ui.widgets.page_view import PageView, doubt_dashes
from ui.widgets.parts import Empty, Panel, rule, words
from ui.widgets.readings import Readings
from ui.widgets.text_pane import TextPane
from ui.words import percent, translate

STRIP_PAPER_PX = 64
ROOM_FOR_STRIP_PX = 720


class TextScreen(Screen):
    name = TEXT

    def __init__(self, session: Session, deck: Deck) -> None:
        self.bench = Bench(session.images, deck)
        self.view, self.pane = PageView(session.images), TextPane()
        self.strip = PageStrip(session, STRIP_PAPER_PX, grid=False)
        self.corrections = Corrections(session)
        self.readings = Readings(session, deck)
        self.read: PageText | None = None
        self._row: PageRow | None = None
        self._later: tuple[int, tuple[int, ...]] | None = None
        self._caption, self._zoom = words("", 13, tone="ink2"), words("", 13, tone="ink2")
        self._line = words("", 13, tone="ink2")
        super().__init__(session, deck)
        self._soon = Leafing(self)
        self._soon.timeout.connect(self._fetch_neighbours)
        self._assemble()
        self.view.word_pointed.connect(self.pane.point_at)
        self.pane.word_pointed.connect(self.view.point_at)
        self.view.word_chosen.connect(lambda word: self._point(word, reveal="text"))
        self.pane.word_chosen.connect(lambda word: self._point(word, reveal="page"))
        self.bench.reading.textChanged.connect(self._half)
        self.corrections.taken_back.connect(self._taken_back)
        self.corrections.refused.connect(self._refused)
        self.view.zoomed.connect(lambda scale: self._zoom.setText(percent(scale)))
        self.strip.page_selected.connect(lambda page_id: self._show(page_id, ()))
        session.case_shown.connect(self.refresh)
        self.refresh()

    def _assemble(self) -> None:
        image = QWidget()
        left = QVBoxLayout(image)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        title = QHBoxLayout()
        title.setContentsMargins(4, 2, 4, 0)
        title.addWidget(words(translate("Text", "Page image"), 14, 600))
        title.addWidget(self._caption, 1)
        title.addWidget(self._zoom)
        left.addLayout(title)
        left.addWidget(self.view, 1)
        text = Panel(padding=0, gap=0)
        legend = QHBoxLayout()
        legend.setContentsMargins(14, 9, 14, 8)
        legend.setSpacing(12)
        legend.addWidget(words(translate("Text", "Text as written"), 14, 600))
        doubtful, number = translate("Text", "doubtful"), translate("Text", "number")
        legend.addWidget(Legend(doubtful, Shape.DOUBTFUL, doubt_dashes("")))
        legend.addWidget(Legend(number, Shape.DOUBTFUL, doubt_dashes("1")))
        legend.addWidget(Legend(translate("Text", "accepted"), Shape.OK, []))
        legend.addStretch(1)
        legend.addWidget(self._line)
        self._texts = QStackedWidget()
        self._texts.addWidget(self.pane)
        self._texts.addWidget(Empty(translate("Text", "This page has not been read yet.")))
        self._texts.addWidget(Empty(translate("Text", "A blank back, kept with its sheet.")))
        text.add(legend, rule(), self._texts)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(10)
        self.splitter.addWidget(image)
        self.splitter.addWidget(text)
        self.splitter.setSizes([530, 470])
        self._pages = Panel(padding=2)
        self._pages.add(self.strip)
        self.column.addWidget(CaseHead(self.session))
        self.bench.add_readings(self.readings)
        self.column.addWidget(self.bench)
        self.column.addWidget(self.splitter, 1)
        self.column.addWidget(self._pages)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pages.setVisible(self.height() >= ROOM_FOR_STRIP_PX)

    def handlers(self) -> Handlers:
        return {
            "next_doubt": lambda: self._go(1),
            "last_doubt": lambda: self._go(-1),
            "accept_word": self.accept,
            "illegible": lambda: self._say(RevisionKind.ILLEGIBLE),
            "take_back": self.take_back,
            "make_again": self.make_again,
            **self.readings.handlers(),
            "next_page": lambda: self._turn(1),
            "last_page": lambda: self._turn(-1),
            "boxes": lambda: self.view.show_boxes(not self.view.boxed),
            **self.view.handlers(),
        }

    def panes(self) -> list[QWidget]:
        return [self.bench.reading, self.pane, self.view, self.strip]

    def leave(self) -> None:
        self._soon.stop()
        self._keep_typed()
        self.corrections.finish()
        self.readings.stop()

    def refresh(self) -> None:
        """Another case file, or the same one changed."""
        self.strip.refresh()
        self._judge()
        rows = self.strip.pages.rows
        if not rows:
            self._show(-1, ())
        elif self._row is None or not self.strip.go(self._row.page.id):
            self.strip.go(rows[0].page.id)
        elif self.strip.current() != self._row:
            self._look_again()

    def _look_again(self) -> None:
        """The page on the screen has changed: by what was said here, or by somebody else."""
        row = self.strip.current()
        if row and row.page.alto and self.corrections.words(row.page.id) == self.read:
            self._row = row
        elif row:
            self._show(row.page.id, ())

    def _judge(self) -> None:
        """Whether words may be corrected here at all."""
        view = self.session.view
        may = self.session.may(Right.CORRECT) and view is not None
        may = may and view.case.state is not CaseState.SEALED
        self.bench.allow(may)
        self.deck.allow(accept_word=may, illegible=may, take_back=may, make_again=may)

    def open_page(self, page_id: int, found: tuple[int, ...]) -> None:
        """Show that page with the words `found` boxed."""
        self.strip.go(page_id)
        self._show(page_id, found)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._later:
            self._show(*self._later)

    def _show(self, page_id: int, found: tuple[int, ...]) -> None:
        if not self.isVisible():  # a page is read and decoded when somebody looks
            self._later = (page_id, found)
            return
        self._later = None
        place = self.strip.pages.place(page_id)
        self._row = row = self.strip.pages.rows[place] if place >= 0 else None
        page = row.page if row else None
        self.read = self.corrections.words(page.id) if page else None
        self.view.show_page(page, self.read)
        self.pane.show_text(self.read)
        blank = page is not None and page.blank
        unread = page is not None and not page.alto
        self._texts.setCurrentIndex(2 if blank else 1 if unread else 0)
        self._caption.setText(_caption(row) if row else "")
        self.bench.show_count(0, len(self.pane.doubts()))
        self.choose(found[0] if found else -1, reveal="both")
        if found:
            self.view.mark(found=found)
            self.pane.mark(found=found)
        self._soon.turn()
        if self._soon.held:
            self._decode_neighbours()

    def _fetch_neighbours(self) -> None:
        """Read and decode the pages beside this one, so that turning shows them at once."""
        beside = self._decode_neighbours()
        if self._row:
            self.session.images.get(full(self._row.page))  # its words are seen enlarged
        self.corrections.fetch(beside)

    def _decode_neighbours(self) -> list[Page]:
        rows = self.strip.pages.rows
        place = self.strip.pages.place(self._row.page.id) if self._row else -1
        beside = [rows[n].page for n in (place + 1, place - 1) if place >= 0 and 0 <= n < len(rows)]
        for page in beside:
            self.session.images.get(glance(page))
        return beside

    def choose(self, word: int, *, reveal: str) -> None:
        """Make `word` the current one in both panes; `reveal`: text, page or both."""
        known = self.read.words if self.read else ()
        chosen = known[word] if 0 <= word < len(known) else None
        self.view.mark(current=word)
        self.pane.mark(current=word)
        if reveal in ("page", "both"):
            self.view.reveal(word)
        if reveal in ("text", "both"):
            self.pane.reveal(word)
        line = self.pane.places[word].line + 1 if chosen else 0
        self.bench.show_word(self._row.page if self._row else None, chosen, line)
        self.readings.show_word(self._row.page if self._row else None, self.read, word)
        lines = len(self.read.lines) if self.read else 0
        of = translate("Text", "line %1 of %2")
        at = digits(of.replace("%1", str(line)).replace("%2", str(lines)))
        self._line.setText(at if chosen else counts.lines(lines) if lines else "")
        doubts = self.pane.doubts()
        self.bench.show_count(doubts.index(word) + 1 if word in doubts else 0, len(doubts))

    def step_doubt(self, by: int) -> None:
        """To the next doubt, numbers first; behind the last one begins with the first."""
        doubts, here = self.pane.doubts(), self.pane.current
        if not doubts:
            return
        rank = self.pane.urgency(here) if here >= 0 else (False, -1)
        ranked = [(self.pane.urgency(doubt), doubt) for doubt in doubts]
        if by > 0:
            ahead = [doubt for urgency, doubt in ranked if urgency > rank]
        else:
            ahead = [doubt for urgency, doubt in reversed(ranked) if urgency < rank]
        self.choose((ahead or doubts)[0], reveal="both")

    def accept(self) -> None:
        """Enter: what stands in the field is right."""
        if self.pane.current < 0:
            self.step_doubt(1)
        elif self.bench.reading.typed:
            self._say(RevisionKind.TEXT, self.bench.reading.text())
        else:
            self._say(RevisionKind.ACCEPT)

    def take_back(self) -> None:
        """Typing first, then the newest correction of the page."""
        if self.bench.reading.typed:
            self.bench.reading.undo()
        elif self._row and not self.corrections.taking_back:
            self.corrections.take_back(self._row.page)

    def make_again(self) -> None:
        """Typing that was taken back first, then the correction."""
        if self.bench.reading.isRedoAvailable():
            self.bench.reading.redo()
        elif self._row and not self.corrections.taking_back:
            self.corrections.take_back(self._row.page, again=True)

    def _say(self, kind: RevisionKind, text: str = "") -> None:
        """Say something of the current word and go on to the next doubt."""
        if self._write(kind, text):
            self.step_doubt(1)

    def _write(self, kind: RevisionKind, text: str = "") -> bool:
        word = self.pane.current
        if self.read is None or self._row is None or word < 0 or self.corrections.taking_back:
            return False
        place = self.pane.places[word]
        in_line = word - next(n for n, p in enumerate(self.pane.places) if p.line == place.line)
        edit = Edit(kind, place.line + 1, in_line + 1, text, before=place.text)
        try:
            after = self.corrections.send(self._row.page, self.read, edit)
        except ArchiverError as error:
            self.session.told.emit(error)
            return False
        self._put(after, word)
        return True

    def _put(self, read: PageText | None, word: int) -> None:
        """Other words on the same page, `word` the current one."""
        self.read = read
        if read is None:
            return
        self.pane.correct_text(read)
        self.view.marks.correct_words(read.words)
        self.choose(min(word, len(read.words) - 1), reveal="")

    def _keep_typed(self) -> None:
        """What was typed and not yet accepted is not lost by going elsewhere."""
        if self.bench.reading.typed:
            self._write(RevisionKind.TEXT, self.bench.reading.text())

    def _half(self, text: str) -> None:
        """Against a crash: the word that is being typed over."""
        where = (self._row.page.id, self.pane.current, text) if self._row else ()
        said = where if self.bench.reading.typed else ()
        self.session.memory.half_typed(self.session.actor.person, TEXT, *said)

    def go_on(self, page_id: int, word: int, text: str) -> None:
        """Where somebody was when the window died."""
        if self._row and self._row.page.id == page_id and 0 <= word < len(self.pane.places):
            self.choose(word, reveal="both")
            self.bench.reading.setText(text)

    def _go(self, by: int) -> None:
        self._keep_typed()
        self.step_doubt(by)

    def _turn(self, by: int) -> None:
        self._keep_typed()
        self.strip.step(by)

    def _point(self, word: int, *, reveal: str) -> None:
        self._keep_typed()
        self.choose(word, reveal=reveal)

    def _reload(self, word: int) -> None:
        if self._row:
            self._put(self.corrections.words(self._row.page.id), word)

    def _refused(self, line: int) -> None:
        """Show the words that the archive holds, from the line where they are others."""
        self._reload(self.pane.current)
        first = next((n for n, place in enumerate(self.pane.places) if place.line == line - 1), -1)
        if first >= 0:
            self.choose(first, reveal="both")

    def _taken_back(self, changed: Changed) -> None:
        """Show the words as they were, and the one that was taken back."""
        if self._row is None or self._row.page.id not in changed.pages:
            return
        self._reload(-1)
        (revision,) = changed.facts["revisions"]
        first = [n for n, p in enumerate(self.pane.places) if p.line == revision["line"] - 1]
        if first:
            word = min((revision["word"] or 1) - 1, len(first) - 1)
            self.choose(first[word], reveal="both")


def _caption(row: PageRow) -> str:
    """Which page it is, and the corrections that its newest reading has no place for."""
    loose = row.page.loose
    return f"{row.caption} · {counts.look_again(loose)}" if loose else row.caption
