"""What a person says of words: on the screen at once, written behind it, in order."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from archiver.errors import ArchiverError
from archiver.model.casefile import Page
from archiver.model.changes import Changed, Step
from archiver.workflow import queries
from archiver.workflow.correcting import Edit, correct, redo, said, undo
from archiver.workflow.indexing import index_pending
from archiver.workflow.station import Station
from ocr.page import PageText
from ui.ask import Ask
from ui.session import Session

KEPT = 6  # pages whose words are read before somebody goes there
REST_MS = 700  # without a correction before the search index and the lists are told


class Corrections(QObject):
    """`send` gives the words as they will be; the archive follows on the command thread."""

    taken_back = Signal(object)  # Changed, once the archive has it
    refused = Signal(int)  # the archive holds other words than the screen; line, from 1, or 0

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._open = True
        self.waiting = 0  # to be written
        self._ahead: dict[int, PageText] = {}  # pages as they will be, until all is written
        self._known: dict[str, PageText] = {}  # by the key of their ALTO, which never changes
        self._reader = Ask(self)
        self._reader.answered.connect(self._keep)
        self.taking_back = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._tell_all)
        session.bridge.errand_done.connect(self._done)

    def words(self, page_id: int) -> PageText | None:
        """The words of a page with everything that was said of them, written or not."""
        if page_id in self._ahead:
            return self._ahead[page_id]
        page = queries.page(self._session.station, page_id)
        known = self._known.get(page.alto)
        return known or queries.page_text(self._session.station, page)

    def fetch(self, pages: Sequence[Page]) -> None:
        """Read the words of pages that may come next, off the event loop."""
        station = self._session.station
        wanted = [page for page in pages if page.alto and page.alto not in self._known]
        if wanted:
            self._reader.ask(lambda: {p.alto: queries.page_text(station, p) for p in wanted})

    def _keep(self, found: dict[str, PageText]) -> None:
        self._known |= found
        while len(self._known) > KEPT:
            del self._known[next(iter(self._known))]

    def send(self, page: Page, read: PageText, edit: Edit) -> PageText:
        """Raises NotOneLine for text that cannot be kept."""
        _, after = said(edit, read, page, self._session.actor)
        self._post(correct(self._session.station, self._session.actor, page.id, [edit],
                           index=False))  # fmt: skip
        self._ahead[page.id] = after
        return after

    def take_back(self, page: Page, *, again: bool = False) -> None:
        """The newest correction of a page, or with `again` what was taken back last; what it was
        is known when it is written.
        """
        self.taking_back = True
        act = redo if again else undo
        self._post(act(self._session.station, self._session.actor, page.id, index=False))

    def finish(self) -> None:
        """The window closes: what was only waiting for a rest is done now, and nothing later."""
        waits, self._open = self.waiting or self._rest.isActive(), False
        self._reader.stop()
        if waits:
            self._rest.stop()
            self._session.bridge.errand(partial(_index, self._session.station))

    def _post(self, steps: Iterator[Step]) -> None:
        self.waiting += 1
        self._rest.stop()
        self._session.bridge.errand(lambda: steps)

    def _done(self, what: Changed | ArchiverError) -> None:
        if isinstance(what, Changed) and what.verb != "correct":
            return
        self.waiting -= 1
        if not self.waiting:
            self._ahead.clear()
            if self._open:
                self._rest.start()
        if isinstance(what, ArchiverError):
            self.taking_back = False
            self._ahead.clear()
            self._session.told.emit(what)
            self.refused.emit(int(what.facts.get("line", 0)))
        elif self.taking_back and not self.waiting:
            self.taking_back = False
            self.taken_back.emit(what)

    def _tell_all(self) -> None:
        self._session.bridge.errand(partial(_index, self._session.station))
        self._session.refresh()


def _index(station: Station) -> Iterator[Step]:
    yield Changed("index", facts={"indexed": index_pending(station)})
