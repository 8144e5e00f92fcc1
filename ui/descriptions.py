"""What a person says of fields and documents: written in order on the command thread."""

import time
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from archiver.errors import ArchiverError
from archiver.model.changes import Changed, Step
from archiver.workflow import arranging, describing, keying
from archiver.workflow.arranging import Change as Arranged
from archiver.workflow.carrying import carry
from archiver.workflow.describe_form import FormRow, accepting, retold, settling
from archiver.workflow.document_proposals import accept_proposals
from archiver.workflow.effort import keep_effort
from archiver.workflow.indexing import index_pending
from archiver.workflow.proposing import propose
from archiver.workflow.station import Station
from ui.session import Session

REST_MS = 700  # without an act before the search index and the lists are told


class Descriptions(QObject):
    """Each act is an errand; `written` tells when the archive has it, `refused` when it has not."""

    written = Signal(object)  # Changed
    refused = Signal(object)  # ArchiverError

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.waiting, self._open = 0, True
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._tell_all)

    def say(self, case_id: int, row: FormRow, words: str) -> None:
        """The value of a row says `words` from now on; "" takes it out."""
        station, actor = self._session.station, self._session.actor

        def steps() -> Iterator[Step]:
            changes = retold(station, case_id, row.field.id, row.place, words)
            yield from describing.describe(station, actor, case_id, changes, index=False)

        self._post(steps)

    def accept(self, case_id: int, row: FormRow) -> None:
        station, actor = self._session.station, self._session.actor

        def steps() -> Iterator[Step]:
            changes = accepting(station, case_id, row)
            yield from describing.describe(station, actor, case_id, changes, index=False)

        self._post(steps)

    def settle(self, case_id: int, row: FormRow, words: str) -> None:
        """Two readings differ, and this third person says what stands on the paper."""
        station, actor = self._session.station, self._session.actor

        def steps() -> Iterator[Step]:
            yield from keying.settle(station, actor, case_id,
                                     settling(station, case_id, row, words))  # fmt: skip

        self._post(steps)

    def carry(self, case_id: int, field: str) -> None:
        self._post(partial(carry, self._session.station, self._session.actor, case_id, [field]))

    def propose(self, case_id: int) -> None:
        """Find anew what the pages say, where their words changed."""
        self._post(partial(propose, self._session.station, self._session.actor, case_id))

    def undo(self, case_id: int, *, arrangement: bool) -> None:
        self._turn(arranging.undo if arrangement else describing.undo, case_id)

    def redo(self, case_id: int, *, arrangement: bool) -> None:
        self._turn(arranging.redo if arrangement else describing.redo, case_id)

    def _turn(self, act: Callable[..., Iterator[Step]], case_id: int) -> None:
        self._post(partial(act, self._session.station, self._session.actor, case_id, index=False))

    def arrange(self, case_id: int, act: str, change: Arranged) -> None:
        self._post(
            partial(arranging.arrange, self._session.station, self._session.actor, case_id, act,
                    change, index=False)
        )  # fmt: skip

    def sort_pages(self, case_id: int) -> None:
        self._post(partial(accept_proposals, self._session.station, self._session.actor, case_id))

    def finish(self) -> None:
        """The window closes: what was only waiting for a rest is done now, and nothing later."""
        waits, self._open = self.waiting or self._rest.isActive(), False
        if waits:
            self._rest.stop()
            self._session.bridge.errand(partial(_index, self._session.station), lambda _what: None)

    def keep_effort(self, case_id: int, effort: "Effort") -> None:
        if effort.keystrokes and self._session.writable:
            steps = partial(
                keep_effort, self._session.station, self._session.actor, case_id,
                effort.seconds, effort.keystrokes,
            )  # fmt: skip
            self._session.bridge.errand(steps, lambda _what: None)

    def _post(self, steps: Callable[[], Iterator[Step]]) -> None:
        self.waiting += 1
        self._rest.stop()
        self._session.bridge.errand(steps, self._done)

    def _done(self, what: Changed | ArchiverError) -> None:
        self.waiting -= 1
        if isinstance(what, ArchiverError):
            self.refused.emit(what)
        else:
            self.written.emit(what)
        if not self.waiting and self._open:
            self._rest.start()

    def _tell_all(self) -> None:
        self._session.bridge.errand(partial(_index, self._session.station), lambda _what: None)
        self._session.refresh()


class Effort:
    """Keys pressed and seconds spent on one case file; a pause does not count as work."""

    PAUSE_SECONDS = 30.0

    def __init__(self) -> None:
        self.keystrokes, self.seconds = 0, 0.0
        self._last = time.monotonic()

    def press(self) -> None:
        now = time.monotonic()
        self.seconds += min(now - self._last, self.PAUSE_SECONDS)
        self._last = now
        self.keystrokes += 1


def _index(station: Station) -> Iterator[Step]:
    yield Changed("index", facts={"indexed": index_pending(station)})
