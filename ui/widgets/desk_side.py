"""Beside the page: its measures, what is advised, and the question that an act asks first."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.deck import Deck
from ui.models.desk_pages import DeskRow, advice
from ui.widgets.checks_table import ChecksTable
from ui.widgets.crop_form import CropForm
from ui.widgets.keys import KeyButton
from ui.widgets.name_form import NameForm
from ui.widgets.parts import Panel, rule, scrolled, words, wrapped
from ui.widgets.reasons import Reasons
from ui.words import joined, translate


class DeskSide(Panel):
    """The measures give their room to a question."""

    left = Signal()  # a question without an answer

    def __init__(self, deck: Deck) -> None:
        super().__init__(padding=14, gap=8)
        self.checks, self.reasons, self.cropping = ChecksTable(), Reasons(), CropForm()
        self.marking = NameForm(translate("Desk", "What else is on the page"), needed=False)
        self._name, self._advice = words("", 15, 600), wrapped(words("", 13, tone="ink2"))
        self._measures = scrolled(self._checked())
        mends = QHBoxLayout()
        mends.addWidget(KeyButton(deck, "rescan", primary=True))
        mends.addWidget(KeyButton(deck, "keep_page"))
        mends.addStretch(1)
        self.add(
            self._name, self._measures, rule(), self._advice, mends, self.reasons, self.marking,
            self.cropping,
        )  # fmt: skip
        self.column.setStretchFactor(self._measures, 1)
        self.column.addStretch(0)  # while a question has the room of the measures
        for part in (self.reasons, self.marking, self.cropping):
            part.left.connect(self.left)

    def _checked(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.checks)
        column.addStretch(1)
        return inner

    def show_row(self, row: DeskRow | None) -> None:
        self.checks.show_checks(row.checks if row else ())
        self._name.setText(joined(row.title, row.row.name) if row else "")
        self._advice.setText(advice(row))

    def ask(self, title: str, accepting: bool, then: Callable[[str], None]) -> None:
        self._measures.hide()
        self.reasons.ask(title, accepting, then)

    def ask_crop(self) -> None:
        self._measures.hide()
        self.cropping.start()

    def put_away(self) -> None:
        """A question is about one page."""
        for part in (self.reasons, self.marking, self.cropping):
            part.hide()
        self._measures.show()
