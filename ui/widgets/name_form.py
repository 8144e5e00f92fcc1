"""One line of words, asked in place: Enter keeps it, Esc leaves."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.widgets.parts import Panel, lead, words
from ui.words import translate


class _Line(QLineEdit):
    """Enter belongs to it, whatever the screen around it does on Enter."""

    def event(self, event: QEvent) -> bool:
        enters = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if enters and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return True
        return super().event(event)


class NameForm(Panel):
    named = Signal(str)
    left = Signal()

    def __init__(self, title: str, *, needed: bool = True) -> None:
        """needed: an empty line is no answer."""
        super().__init__(padding=10)
        self._needed = needed
        self.name = _Line()
        self.name.setAccessibleName(title)
        lead(self.name)
        self.add(words(title, 13, 600), self.name)
        self.add(words(translate("Search", "Enter keeps it, Esc leaves."), 12, tone="ink3"))
        self.name.returnPressed.connect(self._keep)
        self.hide()

    def start(self, name: str) -> None:
        self.name.setText(name)
        self.show()
        self.name.setFocus()
        self.name.selectAll()

    def _keep(self) -> None:
        name = self.name.text().strip()
        if name or not self._needed:
            self.hide()
            self.named.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)
