"""What may be meant by what is typed so far, offered below the search line."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from archiver.i18n import digits, isolate
from ui import counts
from ui.ask import Ask
from ui.fonts import font
from ui.models.rows import ROW, Rows
from ui.searching import OFFERED, Offer
from ui.widgets.drop_list import drop_list
from ui.words import joined, translate

PAUSE_MS: Final = 150  # of the typing
Question = Callable[[], Sequence[Offer]]


class Suggesting(QObject):
    """Down goes into the list, Enter takes what is marked there, Esc closes it."""

    taken = Signal(str)  # the query that finds it

    def __init__(self, line: QLineEdit, question: Callable[[str], Question]) -> None:
        """question: for what is typed, what is asked on a thread."""
        super().__init__(line)
        self._line, self._question = line, question
        self._asker = Ask(self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.offers: Rows[Offer] = Rows(lambda offer: offer.query, _words, self)
        completer = QCompleter(self.offers, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(OFFERED)
        completer.setWidget(line)  # not the line's own: it would write each marked one into it
        self._completer, self.list = completer, drop_list(completer)
        self.list.setFont(font(15))
        self.list.setAccessibleName(translate("Search", "Suggestions"))
        line.textEdited.connect(lambda _: self._pause.start())
        self._pause.timeout.connect(self._ask)
        self._asker.answered.connect(self._offer)
        completer.activated[QModelIndex].connect(self._take)

    @property
    def marked(self) -> bool:
        """Whether Enter takes one of them: the line then asks nothing by itself."""
        return self.list.isVisible() and self.list.currentIndex().isValid()

    def drop(self) -> None:
        """Offer nothing for what was typed so far."""
        self._pause.stop()
        self._asker.drop()
        self.list.hide()

    def stop(self) -> None:
        self.drop()
        self._asker.stop()

    def _ask(self) -> None:
        self._asker.ask(self._question(self._line.text()))

    def _offer(self, offers: Sequence[Offer]) -> None:
        self.offers.set_rows(offers)
        if offers and self._line.hasFocus():
            self._completer.complete()
            self.list.setCurrentIndex(QModelIndex())  # Enter asks what was typed
        else:
            self.list.hide()

    def _take(self, index: QModelIndex) -> None:
        self.taken.emit(index.data(ROW).query)


def _words(offer: Offer) -> str:
    """As written, what it is, and in how many case files."""
    kinds = {
        "case": translate("Search", "Case number"),
        "party": translate("Search", "Party"),
        "subject": translate("Search", "Subject heading"),
    }
    found = offer.suggestion
    about = joined(kinds[found.kind], counts.case_files(found.files))
    return f"{isolate(digits(found.text))} · {about}"
