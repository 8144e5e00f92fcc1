"""How somebody goes through pages: by a hand that rests on each, or with the key held down."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

HELD_MS: Final = 200  # from one page to the next; a quicker hand reads none of them
RESTED_MS: Final = 40  # the page is painted, and what is beside it may be worked out
STOPPED_MS: Final = 150  # the same, behind a key that was held


class Leafing(QTimer):
    """`timeout` when a page has stood long enough that its surroundings are worth working out."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent, singleShot=True)
        self._since = QElapsedTimer()
        self.held = False  # whether the page before was passed at once

    def turn(self) -> None:
        """Another page is shown."""
        self.held = self._since.isValid() and self._since.elapsed() < HELD_MS
        self._since.start()
        self.start(STOPPED_MS if self.held else RESTED_MS)
