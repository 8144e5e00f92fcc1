"""Questions that may take longer than a frame: asked on a thread, answered on the event loop."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from archiver.errors import ArchiverError
from ui.crew import Crew


class Ask(QObject):
    """Only the answer to the newest question is told."""

    answered = Signal(object)
    failed = Signal(object)  # ArchiverError
    came = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None, *, rest_ms: int = 0) -> None:
        """rest_ms: so long the loop goes on by itself first, for answers that Python works out."""
        super().__init__(parent)
        self._newest = 0
        self._question: Callable[[], Any] | None = None
        self._timer = QTimer(self, singleShot=True, interval=rest_ms)
        self._timer.timeout.connect(self._begin)
        self._crew = Crew("question of the window")
        self.came.connect(self._tell)

    def ask(self, question: Callable[[], Any]) -> None:
        self._newest += 1
        self._crew.clear()
        self._question = question
        if self._timer.interval():
            self._timer.start()
        else:
            self._begin()

    def _begin(self) -> None:
        if self._question:
            self._crew.do(partial(self._work_out, self._newest, self._question))

    def _work_out(self, number: int, question: Callable[[], Any]) -> None:
        try:
            answer = question()
        except ArchiverError as error:
            self.came.emit(number, None, error)
        else:
            self.came.emit(number, answer, None)

    def drop(self) -> None:
        """Tell no answer to what was asked so far."""
        self._timer.stop()
        self._newest += 1
        self._crew.clear()

    def stop(self) -> None:
        self._timer.stop()
        self._crew.stop()

    def _tell(self, number: int, answer: object, error: ArchiverError | None) -> None:
        if number != self._newest:
            return
        if error:
            self.failed.emit(error)
        else:
            self.answered.emit(answer)
