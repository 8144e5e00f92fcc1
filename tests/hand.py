"""A hand at the keyboard of a real window: it waits for what it needs, presses, and counts.

A journey is a generator: what it yields is a condition, and it goes on when that holds. Keys are
sent from the event loop, one after the other, because one of them may open a dialog.
"""

import time
import traceback
from collections import deque
from collections.abc import Callable, Generator
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

Journey = Generator[Callable[[], object], None, None]
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
EVERY_MS = 15


class Hand(QObject):
    """`keys`: strokes so far, a chord being one; `typed`: letters of text beside them."""

    def __init__(self, patience_seconds: float) -> None:
        super().__init__()
        self.keys, self.typed = 0, 0
        self.stages: dict[str, int] = {}
        self.failed = ""
        self._patience = patience_seconds
        self._waiting: deque[Callable[[], None]] = deque()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._look)

    def go(self, journey: Journey) -> None:
        self._journey, self._ready = journey, lambda: True
        self._since = time.monotonic()
        self._timer.start()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.keys += 1
        self._waiting.append(lambda: QTest.keyClick(QGuiApplication.focusWindow(), key, modifier))

    def write(self, text: str) -> None:
        """As a keyboard in either layout sends it."""
        self.typed += len(text)
        for letter in text:
            self._waiting.append(partial(_send, letter))

    def stage(self, name: str) -> None:
        """What was pressed since the stage before belongs to `name`."""
        self.stages[name] = self.keys - sum(self.stages.values())

    def _look(self) -> None:
        if self._waiting:
            QTimer.singleShot(0, self._waiting.popleft())
            self._since = time.monotonic()
        elif self._ready():
            self._since = time.monotonic()
            try:
                self._ready = next(self._journey)
            except StopIteration:
                self._end("")
            except (AssertionError, AttributeError, LookupError, TypeError, ValueError):
                self._end(traceback.format_exc())
        elif time.monotonic() - self._since > self._patience:
            frame = self._journey.gi_frame
            self._end(f"waited in vain at line {frame.f_lineno if frame else 0}")

    def _end(self, failed: str) -> None:
        self.failed = failed
        self._timer.stop()
        for window in QApplication.topLevelWidgets():
            QTimer.singleShot(0, window.close)


def _send(letter: str) -> None:
    for down in (True, False):
        window = QGuiApplication.focusWindow()
        QTest.simulateEvent(window, down, ord(letter.upper()), NONE, letter, False)
