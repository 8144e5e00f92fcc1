"""The condition of a heritage item, noted before its first image: a list to be ticked by keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from archiver.i18n import isolate
from archiver.workflow import vocabulary
from archiver.workflow.destination import Destination
from archiver.workflow.heritage import CONDITION
from ui import verbs
from ui.session import Session
from ui.widgets.parts import Panel, words, wrapped
from ui.words import translate

CODE = Qt.ItemDataRole.UserRole
LIST_PX = 220


class ConditionForm(Panel):
    """Space ticks, Enter keeps what is ticked, Esc leaves."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(padding=12, gap=6)
        self._session, self._into = session, Destination(None)
        self._title, self.list = wrapped(words("", 14, 600)), QListWidget()
        self.list.setProperty("bare", True)
        self.list.setFixedHeight(LIST_PX)
        self.list.setAccessibleName(translate("Condition", "Condition of the item"))
        hint = translate("Condition", "Space ticks, Enter keeps it, Esc leaves.")
        self.add(self._title, self.list, words(hint, 12, tone="ink3"))
        self.hide()

    def ask(self, into: Destination) -> None:
        """into: an item without a number."""
        self._into = into
        title = translate("Condition", "What is the condition of %1?")
        self._title.setText(title.replace("%1", isolate(into.reference)))
        self.list.clear()
        for code in vocabulary.items(CONDITION):
            item = QListWidgetItem(vocabulary.label(CONDITION, code), self.list)
            item.setData(CODE, code)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.show()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    @property
    def ticked(self) -> list[str]:
        items = (self.list.item(row) for row in range(self.list.count()))
        return [i.data(CODE) for i in items if i.checkState() is Qt.CheckState.Checked]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not enters and event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        if enters and not self.ticked:
            return
        self.hide()
        if enters:
            verbs.note_condition(self._session, self._into, self.ticked)
        self.left.emit()
