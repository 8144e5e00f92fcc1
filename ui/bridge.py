"""From a command's steps to Qt signals: one command at a time, on a thread of its own."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, Signal

from archiver.errors import ArchiverError
from archiver.model.changes import Changed, Notice, Progress, Step
from ui.crew import Crew

Command = Callable[[threading.Event], Iterator[Step]]
Errand = Callable[[], Iterator[Step]]
Answer = Callable[[Changed | ArchiverError], None]


class Bridge(QObject):
    """`run` starts a command; its steps come back as signals on the bridge's own thread.

    A command that cannot be stopped at once goes on until it says so: `cancel` only asks.
    `errand` is for what takes a moment and needs no bar: it is done in its turn, between two
    steps of a command that can be stopped and behind any other.
    """

    started = Signal(str, bool)  # what the person asked for, worded; whether it can be stopped
    progress = Signal(object)  # Progress
    notice = Signal(object)  # Notice
    changed = Signal(object)  # Changed
    failed = Signal(object)  # ArchiverError
    cancelling = Signal()
    finished = Signal()
    errand_done = Signal(object)  # Changed or ArchiverError, one for each errand
    answered = Signal(object, object)  # the same, to the one who asked
    stepped = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancel = threading.Event()
        self.busy = False
        self._errands: deque[tuple[Errand, Answer | None]] = deque()
        self._crew = Crew("work of the window")
        self.stepped.connect(self._tell)
        self.ended.connect(self._end)
        self.answered.connect(self._answer)

    def run(self, what: str, command: Command, *, stoppable: bool = True) -> bool:
        """Start `command`; False, and nothing happens, while another one runs."""
        if self.busy:
            return False
        self.busy, self._cancel = True, threading.Event()
        self.started.emit(what, stoppable)
        self._crew.do(partial(self._work, command, self._cancel, yields=stoppable))
        return True

    def _work(self, command: Command, cancel: threading.Event, *, yields: bool) -> None:
        try:
            for step in command(cancel):
                self.stepped.emit(step)
                if yields:
                    self._do_errands()
        except ArchiverError as error:
            self.stepped.emit(error)
        finally:  # a bug goes on to the interpreter's hook, and the window stays usable
            self.ended.emit()

    def errand(self, errand: Errand, answer: Answer | None = None) -> None:
        """`answer` hears what came of it, on this thread; else `errand_done` tells it."""
        self._errands.append((errand, answer))
        self._crew.do(self._do_errands)

    def errands_wait(self) -> bool:
        return bool(self._errands)

    def _do_errands(self) -> None:
        """Those that wait, in their order."""
        while self._errands:
            self._do(*self._errands.popleft())

    def _do(self, errand: Errand, answer: Answer | None) -> None:
        try:
            for step in errand():
                if isinstance(step, Changed):
                    self._hand(step, answer)
        except ArchiverError as error:
            self._hand(error, answer)

    def _hand(self, what: Changed | ArchiverError, answer: Answer | None) -> None:
        if answer is None:
            self.errand_done.emit(what)
        else:
            self.answered.emit(answer, what)

    def _answer(self, answer: Answer, what: Changed | ArchiverError) -> None:
        answer(what)

    def cancel(self) -> None:
        if self.busy and not self._cancel.is_set():
            self._cancel.set()
            self.cancelling.emit()

    def wait(self) -> None:
        """Ask the running command to stop and wait until it has."""
        self.cancel()
        self._crew.finish()

    def _tell(self, step: Step | ArchiverError) -> None:
        match step:
            case Progress():
                self.progress.emit(step)
            case Notice():
                self.notice.emit(step)
            case Changed():
                self.changed.emit(step)
            case ArchiverError():
                self.failed.emit(step)

    def _end(self) -> None:
        self.busy = False
        self.finished.emit()
