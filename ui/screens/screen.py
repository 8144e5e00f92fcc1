"""What a screen is to the window: a widget with a name, its handlers and its first focus."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.deck import Deck, Handlers
from ui.session import Session


class Screen(QWidget):
    name = ""

    def __init__(self, session: Session, deck: Deck) -> None:
        super().__init__()
        self.session, self.deck = session, deck
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)
        deck.answer(self.name, self.handlers())

    def handlers(self) -> Handlers:
        return {}

    def panes(self) -> list[QWidget]:
        """What F6 goes through, the first one gets the focus when the screen opens."""
        return []

    def arrive(self) -> None:
        if self.panes():
            self.panes()[0].setFocus()

    def empty(self) -> None:
        """Another person goes on: show nothing that they may not see."""

    def leave(self) -> None:
        """The window closes: stop what runs beside it."""
