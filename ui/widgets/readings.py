"""What else the word may be: other readings of a doubtful number, each on Alt and a digit."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from archiver.model.casefile import Page
from ocr.doubt import is_doubtful
from ocr.page import PageText
from ui.ask import Ask
from ui.deck import Deck, Handlers
from ui.session import Session
from ui.widgets.keys import CAP_PX, KeyButton
from ui.widgets.parts import words
from ui.words import translate

MOST = 4
ASKED_MS = 60  # somebody who hurries past a number does not want it read
WIDE_PX = 140


class Readings(QWidget):
    """Its room is kept whether there are any: nothing moves when they come."""

    picked = Signal(str)

    def __init__(self, session: Session, deck: Deck) -> None:
        super().__init__()
        self._session, self._deck = session, deck
        self.offered: tuple[str, ...] = ()
        self._title = words(translate("Bench", "Other readings"), 13, tone="ink2")
        self._keys = [KeyButton(deck, f"pick_{n}", bare=True) for n in range(1, MOST + 1)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        for key in self._keys:
            key.setFixedHeight(CAP_PX)
            column.addWidget(key)
        column.addStretch(1)
        self.setFixedWidth(WIDE_PX)
        self._asker = Ask(self, rest_ms=ASKED_MS)
        self._asker.answered.connect(self._offer)
        self._asker.failed.connect(session.told)
        self._offer(())

    def handlers(self) -> Handlers:
        return {f"pick_{n}": partial(self._pick, n - 1) for n in range(1, MOST + 1)}

    def show_word(self, page: Page | None, text: PageText | None, number: int) -> None:
        """number: of the word, from 0; -1 for none."""
        self._asker.drop()
        self._offer(())
        if page is None or text is None or number < 0 or self.isHidden():
            return
        chosen = text.words[number]
        if is_doubtful(chosen) and any(letter.isdecimal() for letter in chosen.text):
            self._asker.ask(lambda: _readings(self._session, page, text, number))

    def stop(self) -> None:
        self._asker.stop()

    def _offer(self, offered: tuple[str, ...]) -> None:
        self.offered = offered
        self._title.setVisible(0 < len(offered) < MOST)  # all of them need its room
        for place, key in enumerate(self._keys):
            key.setVisible(place < len(offered))
            if place < len(offered):
                key.set_words(offered[place])
        self._deck.allow(**{f"pick_{n}": n <= len(offered) for n in range(1, MOST + 1)})

    def _pick(self, place: int) -> None:
        self.picked.emit(self.offered[place])


def _readings(session: Session, page: Page, text: PageText, number: int) -> tuple[str, ...]:
    from archiver.workflow import number_readings  # noqa: PLC0415 - brings onnxruntime

    return number_readings.of_word(session.station, page, text, number)
