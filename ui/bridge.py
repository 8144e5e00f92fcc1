"""From a command's steps to Qt signals: one command at a time, on a thread of its own."""

import threading
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QThread, Signal

from archiver.errors import ArchiverError
from archiver.model.changes import Changed, Notice, Progress, Step

Command = Callable[[threading.Event], Iterator[Step]]


class _Worker(QThread):
    stepped = Signal(object)
    refused = Signal(object)

    def __init__(self, command: Command, cancel: threading.Event, parent: QObject) -> None:
        super().__init__(parent)
        self._command, self._cancel = command, cancel

    def run(self) -> None:
        try:
            for step in self._command(self._cancel):
                self.stepped.emit(step)
        except ArchiverError as error:
            self.refused.emit(error)


class Bridge(QObject):
    """`run` starts a command; its steps come back as signals on the caller's thread.

    A command that cannot be stopped at once goes on until it says so: `cancel` only asks.
    """

    started = Signal(str)  # what the person asked for, worded
    progress = Signal(object)  # Progress
    notice = Signal(object)  # Notice
    changed = Signal(object)  # Changed
    failed = Signal(object)  # ArchiverError
    cancelling = Signal()
    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancel = threading.Event()
        self._worker: _Worker | None = None

    @property
    def busy(self) -> bool:
        return self._worker is not None

    def run(self, what: str, command: Command) -> bool:
        """Start `command`; False, and nothing happens, while another one runs."""
        if self.busy:
            return False
        self._cancel = threading.Event()
        worker = self._worker = _Worker(command, self._cancel, self)
        worker.stepped.connect(self._tell)
        worker.refused.connect(self.failed)
        worker.finished.connect(self._end)
        self.started.emit(what)
        worker.start()
        return True

    def cancel(self) -> None:
        if self.busy and not self._cancel.is_set():
            self._cancel.set()
            self.cancelling.emit()

    def wait(self) -> None:
        """Ask the running command to stop and wait until it has."""
        self.cancel()
        if self._worker is not None:
            self._worker.wait()

    def _tell(self, step: Step) -> None:
        match step:
            case Progress():
                self.progress.emit(step)
            case Notice():
                self.notice.emit(step)
            case Changed():
                self.changed.emit(step)

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.deleteLater()
        self._worker = None
        self.finished.emit()
