"""Questions that may take longer than a frame: asked on a thread, answered on the event loop."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from archiver.errors import ArchiverError


class _Question(QRunnable):
    def __init__(self, number: int, question: Callable[[], Any], asker: "Ask") -> None:
        super().__init__()
        self._number, self._question, self._asker = number, question, asker

    def run(self) -> None:
        try:
            answer = self._question()
        except ArchiverError as error:
            self._asker.came.emit(self._number, None, error)
        else:
            self._asker.came.emit(self._number, answer, None)


class Ask(QObject):
    """Only the answer to the newest question is told."""

    answered = Signal(object)
    failed = Signal(object)  # ArchiverError
    came = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._newest = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(-1)  # one thread, one database connection
        self.came.connect(self._tell)

    def ask(self, question: Callable[[], Any]) -> None:
        self._newest += 1
        self._pool.clear()
        self._pool.start(_Question(self._newest, question, self))

    def drop(self) -> None:
        """Tell no answer to what was asked so far."""
        self._newest += 1
        self._pool.clear()

    def stop(self) -> None:
        self._pool.clear()
        self._pool.waitForDone()

    def _tell(self, number: int, answer: object, error: ArchiverError | None) -> None:
        if number != self._newest:
            return
        if error:
            self.failed.emit(error)
        else:
            self.answered.emit(answer)
