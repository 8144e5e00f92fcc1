"""The condition of a heritage item, noted before its first image: a list to be ticked by keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from archiver.i18n import isolate
from archiver.workflow import vocabulary
from archiver.workflow.destination import Destination
from archiver.workflow.heritage import CONDITION
from ui import verbs
from ui.session import Session
from ui.widgets.parts import Panel, scrolled, words, wrapped
from ui.words import translate

LIST_PX = 220


class ConditionForm(Panel):
    """Space ticks, Enter keeps what is ticked, Esc leaves."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(padding=12, gap=6)
        self._session, self._into = session, Destination(None)
        self._title, inner = wrapped(words("", 14, 600)), QWidget()
        self.boxes = {
            code: QCheckBox(vocabulary.label(CONDITION, code))
            for code in vocabulary.items(CONDITION)
        }
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        for box in self.boxes.values():
            column.addWidget(box)
        self._area = scrolled(inner)
        self._area.setFixedHeight(LIST_PX)
        self._area.setAccessibleName(translate("Condition", "Condition of the item"))
        hint = translate("Condition", "Space ticks, Enter keeps it, Esc leaves.")
        self.add(self._title, self._area, words(hint, 12, tone="ink3"))
        self.hide()

    def ask(self, into: Destination) -> None:
        """into: an item without a number."""
        self._into = into
        title = translate("Condition", "What is the condition of %1?")
        self._title.setText(title.replace("%1", isolate(into.reference)))
        for box in self.boxes.values():
            box.setChecked(False)
        self.show()
        next(iter(self.boxes.values())).setFocus()

    @property
    def ticked(self) -> list[str]:
        return [code for code, box in self.boxes.items() if box.isChecked()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not enters and event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        if enters and not self.ticked:
            return
        if enters and not verbs.note_condition(self._session, self._into, self.ticked):
            return  # other work is just ending: what was ticked stays
        self.hide()
        self.left.emit()
