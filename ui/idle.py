"""Notices when nobody has touched keys or mouse for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

_TOUCHES = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)


class Idle(QObject):
    elapsed = Signal()

    def __init__(self, minutes: int, parent: QObject) -> None:
        """`minutes`: 0 waits for ever."""
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=minutes * 60_000)
        self._timer.timeout.connect(self.elapsed)

    def watch(self, window: QWindow) -> None:
        """Only this window's own events: a filter on the application would hear every object's."""
        window.installEventFilter(self)
        self._wind()

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._wind()
        return False

    def _wind(self) -> None:
        if self._timer.interval():
            self._timer.start()
