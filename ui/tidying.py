"""Python's collector of cycles, kept on the thread of the event loop.

Left alone it works on whichever thread allocates just then. A widget or model that is garbage would
be destroyed there, beside the event loop that may be painting it; Qt does not survive that.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS: Final = 500
ALL_EVERY_LOOKS: Final = 60  # everything there is takes a tenth of a second in a large case file


class Tidying(QObject):
    """Collects as long as it lives and the event loop runs."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._looks = 0
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect where Python itself would have."""
        self._looks += 1
        for generation in (2, 1, 0) if self._looks % ALL_EVERY_LOOKS == 0 else (1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()
