"""The kind of the document that begins with the next sheet: a digit says it, or a click."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from ui.acts import KINDS
from ui.widgets.key_choice import KeyChoice
from ui.widgets.kinds_menu import offer_kinds
from ui.widgets.parts import Panel, words, wrapped
from ui.words import document_name, short_kind, translate

UNSORTED = "unsorted"


class KindsPanel(Panel):
    chosen = Signal(str)  # code

    def __init__(self) -> None:
        super().__init__(padding=12, gap=6)
        self.kind = UNSORTED
        self._buttons: dict[str, KeyChoice] = {}
        title = QHBoxLayout()
        title.addWidget(words(translate("Capture", "Kind of the next document"), 14, 600))
        self._hint = wrapped(words(translate("Capture", "a digit says it"), 13, tone="ink2"))
        title.addWidget(self._hint, 1)
        grid = QGridLayout()
        grid.setSpacing(1)
        for place, (digit, code) in enumerate(KINDS.items()):
            button = KeyChoice(digit, short_kind(code), tip=document_name(code, ""))
            button.clicked.connect(lambda _=False, code=code: self.choose(code))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            grid.addWidget(button, place // 2, place % 2)
            self._buttons[code] = button
        self.add(title, grid)

    def choose(self, code: str) -> None:
        """The same once more takes it back."""
        self.kind = UNSORTED if self.kind == code else code
        other = self.kind not in (*self._buttons, UNSORTED)  # has no digit
        hint = document_name(code, "") if other else translate("Capture", "a digit says it")
        self._hint.setText(hint)
        for known, button in self._buttons.items():
            button.setChecked(known == self.kind)
        self.chosen.emit(self.kind)

    def offer_all(self) -> None:
        """K: a menu of all kinds."""
        offer_kinds(self, self.rect().topLeft(), self.choose)
