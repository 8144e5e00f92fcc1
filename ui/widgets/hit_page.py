"""The page of a hit: its words boxed, place by place, and the pages around it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from archiver.i18n import digits
from archiver.workflow import queries
from ui.ask import Ask
from ui.models.hits import HitRow, places
from ui.searching import Leaf, Wanted, leaf
from ui.session import Session
from ui.widgets.page_view import PageView
from ui.widgets.parts import Panel, words, wrapped, yielding
from ui.words import joined, plate, translate


class HitPage(QWidget):
    shown = Signal()  # another page lies there

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.view = PageView(session.images)
        self.view.set_whole(True)
        self.leaf: Leaf | None = None
        self._wanted: Wanted | None = None
        self._likely = False
        self._at = 0
        self._caption = yielding(words("", 14, 600))
        self._place = words("", 13, tone="ink2")
        self._citation = wrapped(words("", 14))
        self._asker = Ask(self)
        self._asker.answered.connect(self._show)
        self._asker.failed.connect(session.told)
        self.view.word_chosen.connect(self._go_to)
        self._assemble()

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._caption, 1)
        head.addWidget(self._place)
        citation = Panel(padding=10)
        citation.add(self._citation)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(citation)

    def show_hit(self, row: HitRow | None, wanted: Wanted) -> None:
        self._wanted = wanted
        self._likely = bool(row and row.likely)
        if row:
            self._ask(row.hit.page.id)
        else:
            self._asker.drop()
            self.leaf = None
            self.view.show_page(None, None)

    def _ask(self, page_id: int) -> None:
        station, wanted = self._session.station, self._wanted
        if wanted:
            self._asker.ask(lambda: leaf(station, queries.page(station, page_id), wanted))

    def _show(self, found: Leaf) -> None:
        self.leaf, self._at = found, 0
        self.view.show_page(found.row.page, found.read)
        self.view.mark(found=found.words, likely=self._likely)
        self._caption.setText(found.row.caption)
        self._citation.setText(joined(plate(found.case).sentence, found.row.caption))
        self._tell_place()
        self.shown.emit()

    def turn(self, by: int) -> None:
        """To the next or previous page of the case file."""
        if self.leaf is None:
            return
        place = self.leaf.leaves.index(self.leaf.row.page.id) + by
        if 0 <= place < len(self.leaf.leaves):
            self._ask(self.leaf.leaves[place])

    def step(self, by: int) -> None:
        """To the next or previous place on the page, round and round."""
        found = places(self.leaf.words) if self.leaf else ()
        if found:
            at_one = self.view.marks.current in found[self._at]
            self._at = (self._at + by) % len(found) if at_one else (0 if by > 0 else -1)
            self._at %= len(found)
            self._point(found[self._at][0])

    def _go_to(self, word: int) -> None:
        found = places(self.leaf.words) if self.leaf else ()
        for place, of in enumerate(found):
            if word in of:
                self._at = place
                self._point(word)

    def _point(self, word: int) -> None:
        self.view.mark(current=word)
        self.view.reveal(word)
        self._tell_place()

    def _tell_place(self) -> None:
        total = len(places(self.leaf.words)) if self.leaf else 0
        of = translate("Search", "place %1 of %2")
        text = digits(of.replace("%1", str(self._at + 1)).replace("%2", str(total)))
        self._place.setText(text if total else "")

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self._citation.text())

    def stop(self) -> None:
        self._asker.stop()
