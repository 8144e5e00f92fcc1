"""A window that dies in the middle of a word: `python -m tests.dying_window ARCHIVE MEMORY SCREEN`.

It types WORDS on the Text or the Describe screen, and kills itself as soon as the window's memory
has written them down.
"""

import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from archiver import app
from tests.ui_papers import OPERATOR, soon
from ui.acts import TEXT
from ui.memory import HALF, Memory
from ui.session import Session
from ui.start import set_up
from ui.window import Window

WORDS = "نصف كل"


def main(archive: str, memory: str, screen: str) -> None:
    application = QApplication([])
    set_up(application, "ar")
    with app.open_station(Path(archive)) as station:
        kept = Memory(Path(memory))
        window = Window(Session(station, app.actor(station, OPERATOR), memory=kept))
        window.show()
        assert soon(window.isActiveWindow)  # keys count only where the focus is
        window.open(screen)
        room = window.screens[screen]
        if screen == TEXT:
            assert soon(lambda: bool(room.pane.places))
            room.choose(1, reveal="both")
            field = room.bench.reading
        else:
            assert soon(lambda: bool(room.form.rows))
            field = room.form.rows[1].editor
        field.setFocus()
        field.clear()
        for letter in WORDS:
            press = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(field, press)
        seen = lambda: WORDS in Memory(Path(memory)).get(OPERATOR, HALF + screen, [])  # noqa: E731
        soon(seen)
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
