"""When a window stands: what it has painted, and what a key does then."""

import json
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class Watch(QObject):
    """Calls `then` once, after the first painting of a window that finds `ready`."""

    def __init__(
        self, window: QWidget, ready: Callable[[], bool], then: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._window, self._ready, self._then = window, ready, then
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.UpdateRequest and self._ready():
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False


def tell(began: float, window: QWidget, key: Qt.Key, answered: Callable[[], bool]) -> None:
    """Print both moments, in seconds since `began`, and close the window."""
    painted = time.monotonic()
    from PySide6.QtTest import QTest  # noqa: PLC0415 - no part of a start

    while not window.isActiveWindow():  # the window manager's time is nobody's, and keys need it
        QApplication.processEvents()
    pressed = time.monotonic()
    QTest.keyClick(window.windowHandle(), key)
    while not answered():
        QApplication.processEvents()
    usable = painted - began + time.monotonic() - pressed
    print(json.dumps({"painted_s": painted - began, "usable_s": usable}), flush=True)
    window.close()
