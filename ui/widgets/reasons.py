"""Why: one of the known reasons by a digit, or words of one's own. In place, Esc leaves."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout

from archiver.i18n import digits
from archiver.workflow.page_reasons import reason_word
from ui.deck import ANSWERED_BY_KEYS
from ui.widgets.parts import Panel, lead, words
from ui.words import translate

ACCEPTING = ("nothing_lost", "original")
LEAVING = ("folded", "cut", "dark", "blurred", "two_sheets", "duplicate", "spoilt", "not_of_file")
_DIGITS = "1234567890"


class Reasons(Panel):
    left = Signal()

    def __init__(self) -> None:
        super().__init__(padding=12, gap=6)
        self._then: Callable[[str], None] | None = None
        self._codes: tuple[str, ...] = ()
        self._title = words("", 14, 600)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(4)
        self.own = QLineEdit()
        self.own.setPlaceholderText(translate("Desk", "or in your own words, then Enter"))
        lead(self.own)
        self.own.returnPressed.connect(lambda: self._take(self.own.text()))
        self.add(self._title, self._choices, self.own)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(ANSWERED_BY_KEYS, True)
        self.hide()

    def ask(self, title: str, accepting: bool, then: Callable[[str], None]) -> None:
        """`then` hears the reason: a code, or words."""
        self._then, self._codes = then, ACCEPTING if accepting else LEAVING
        self._title.setText(title)
        self.own.clear()
        while self._choices.count():
            old = self._choices.takeAt(0).widget()
            if old:
                old.hide()
                old.deleteLater()
        for place, code in enumerate(self._codes):
            button = QPushButton(f"{digits(_DIGITS[place])}   {reason_word(code)}")
            button.setProperty("quiet", True)
            button.setStyleSheet("text-align: left;")  # where reading begins: Qt mirrors it
            button.clicked.connect(lambda _=False, code=code: self._take(code))
            self._choices.addWidget(button)
        self.show()
        self.setFocus()

    def _take(self, reason: str) -> None:
        if reason.strip() and self._then:
            self.hide()
            self._then(reason.strip())
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1 if event.key() != Qt.Key.Key_0 else 9
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        elif 0 <= place < len(self._codes) and not self.own.hasFocus():
            self._take(self._codes[place])
        else:
            super().keyPressEvent(event)
