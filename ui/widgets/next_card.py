"""The case file's side: what comes next with its key, the account of its pages, its history."""

import json

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from archiver.i18n import digits, isolate
from archiver.model.casefile import CaseSummary
from archiver.store.audit import EventRow
from ui import counts
from ui.deck import Deck
from ui.paint import Row, hatch, painting
from ui.steps import case_sign, next_verb
from ui.theme import Shape, Tokens
from ui.widgets.keys import KeyButton
from ui.widgets.parts import Chip, Panel, words, wrapped
from ui.widgets.timeline import Moment, Timeline
from ui.words import moment, translate

# acts that come page by page: told once
MANY = ("read", "import", "set aside", "capture", "compact", "judge image", "describe", "correct")


class NextCard(Panel):
    """One sentence on what comes next and the key that does it."""

    def __init__(self, deck: Deck) -> None:
        super().__init__()
        self._deck = deck
        self._chip = Chip()
        self._sentence = wrapped(words("", 15))
        self.main = KeyButton(deck, "next_step", primary=True)
        self.second = KeyButton(deck, "reject")
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(translate("Next", "Why it goes back"))
        self.reason.setAccessibleName(translate("Next", "Why it goes back"))
        self.reason.hide()
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.main)
        buttons.addWidget(self.second)
        self.add(words(translate("Next", "Next"), 13, 600, "ink2"))
        self.add(self._chip, self._sentence, self.reason, buttons)

    def show_case(self, row: CaseSummary) -> None:
        verb = next_verb(row)
        self._chip.set_sign(case_sign(row))
        self._sentence.setText(_sentence(verb, row))
        self.main.setVisible(bool(verb))
        self.second.setVisible(verb == "check")
        if verb:
            self.main.set_words(_button(verb))
        self.reason.hide()
        self.reason.clear()

    def ask_reason(self) -> None:
        self.reason.show()
        self.reason.setFocus()


def _button(verb: str) -> str:
    return {
        "process": translate("Next", "Read the pages"),
        "check": translate("Next", "Accept"),
        "seal": translate("Next", "Seal"),
        "send": translate("Next", "Go to delivery"),
        "collect": translate("Next", "Go to delivery"),
    }[verb]


def _sentence(verb: str, row: CaseSummary) -> str:
    left = row.pages - row.read - row.failed
    return {
        "process": counts.pages_unread(left),
        "check": translate("Next", "All pages are read. A second person looks and accepts."),
        "seal": translate("Next", "Checked. Sealing makes a signed package of it."),
        "send": translate("Next", "The package is ready for the information centre."),
        "collect": translate("Next", "The package is there; the signed receipt is awaited."),
        "": translate("Next", "Done: the centre has signed for every file.")
        if row.pages
        else translate("Next", "Import its pages to begin."),
    }[verb]


class AccountBar(QWidget):
    """Read pages, blank backs, pages set aside and pages that wait, to scale."""

    def __init__(self) -> None:
        super().__init__()
        self._row: CaseSummary | None = None
        self.setFixedHeight(16)

    def show_case(self, row: CaseSummary) -> None:
        self._row = row
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        found = self._row
        if not found or not found.pages:
            return
        with painting(self) as (painter, of):
            row, x = Row(self.rect(), self.layoutDirection()), 0
            for kind, count in _account(found):
                wide = round(self.width() * count / found.pages)
                if wide:
                    _part(painter, QRectF(row.at(x, 0, wide, 15)), kind, of)
                x += wide


def _account(row: CaseSummary) -> list[tuple[str, int]]:
    waiting = row.pages - row.read - row.failed
    return [("read", row.read - row.blank), ("blank", row.blank), ("failed", row.failed),
            ("waiting", waiting)]  # fmt: skip


def _part(painter: QPainter, rect: QRectF, kind: str, of: Tokens) -> None:
    rect = rect.adjusted(0.5, 0.5, -1.5, -0.5)
    if kind in ("read", "failed"):
        tone = of.tones[Shape.OK if kind == "read" else Shape.WRONG]
        painter.fillRect(rect, QColor(tone.ink))
    elif kind == "blank":
        hatch(painter, rect, of.ink3, 5)
    else:
        pen = QPen(QColor(of.edge), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRect(rect)


class _Swatch(QWidget):
    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(14, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as (painter, of):
            _part(painter, QRectF(self.rect()).adjusted(0, 0, 1, 0), self._kind, of)


class Account(Panel):
    """The account of the pages: what makes up the whole."""

    def __init__(self) -> None:
        super().__init__()
        self._sum = words("", 13, tone="ink2")
        title = QHBoxLayout()
        title.addWidget(words(translate("Account", "Account of the pages"), 14, 600))
        title.addWidget(self._sum)
        title.addStretch(1)
        self._bar = AccountBar()
        self._figures = {}
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for line, (kind, text) in enumerate(_kinds()):
            figure = self._figures[kind] = words("", 14, 600)
            grid.addWidget(_Swatch(kind), line, 0)
            grid.addWidget(words(text, 13.5), line, 1)
            grid.addWidget(figure, line, 2)
        self.add(title, self._bar, grid)

    def show_case(self, row: CaseSummary) -> None:
        self._bar.show_case(row)
        self._sum.setText(counts.pages(row.pages))
        for kind, count in _account(row):
            self._figures[kind].setText(digits(count))


def _kinds() -> list[tuple[str, str]]:
    return [
        ("read", translate("Account", "Read")),
        ("blank", translate("Account", "Blank backs")),
        ("failed", translate("Account", "Set aside")),
        ("waiting", translate("Account", "Not read yet")),
    ]


class History(Panel):
    """What was done to the case file and by whom, newest first; reading counts as one act."""

    SHOWN = 8

    def __init__(self) -> None:
        super().__init__()
        self.add(words(translate("History", "History"), 14, 600))
        self.timeline = Timeline()
        self.column.addWidget(self.timeline, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_events(self, events: tuple[EventRow, ...]) -> None:
        """The newest first."""
        self.timeline.show_moments([_moment(event) for event in events])


def _moment(event: EventRow) -> Moment:
    detail = f"{moment(event.at, 'd MMMM · H:mm')} · {isolate(event.person)}"
    return Moment(_event_shape(event.verb), _event_words(event), detail)


def _event_shape(verb: str) -> Shape:
    wrong = {"reject": Shape.WRONG, "set aside": Shape.DOUBTFUL, "receipt": Shape.SIGNED}
    return wrong.get(verb, Shape.OK)


def _event_words(event: EventRow) -> str:
    facts = json.loads(event.detail or "{}")
    if event.verb == "receipt" and facts.get("verdict") == "refused":
        return translate("History", "Refused by the centre")
    if event.verb == "reject":
        back = translate("History", "Sent back: %1")
        return back.replace("%1", isolate(facts.get("reason", "")))
    known = {
        "import": translate("History", "Imported"),
        "read": translate("History", "Read"),
        "set aside": translate("History", "Pages set aside"),
        "begin": translate("History", "Begun, its condition to be noted"),
        "capture": translate("History", "Scanned"),
        "end capture": translate("History", "Scanning ended"),
        "compact": translate("History", "Masters packed more tightly"),
        "declare": translate("History", "Sheets declared"),
        "slip": translate("History", "Began at a slip"),
        "unreadable slip": translate("History", "A slip could not be read"),
        "settle slip": translate("History", "A slip was settled"),
        "judge image": translate("History", "Images judged in a sample"),
        "training lines": translate("History", "Lines taken to teach the reader"),
        "arrange": translate("History", "Documents arranged"),
        "propose": translate("History", "Fields proposed"),
        "describe": translate("History", "Described"),
        "key": translate("History", "Keyed a second time"),
        "settle": translate("History", "Readings settled"),
        "correct": translate("History", "Words corrected"),
        "take back": translate("History", "Taken back"),
        "make again": translate("History", "Made again"),
        "reread": translate("History", "Read again"),
        "let stand": translate("History", "A complaint let stand"),
        "leave text out": translate("History", "A page goes without its words"),
        "export": translate("History", "Copies made"),
        "pause": translate("History", "Sending paused"),
        "resume": translate("History", "Sending resumed"),
        "priority": translate("History", "Order of sending changed"),
        "reopen": translate("History", "Opened again"),
        "purge": translate("History", "Masters removed"),
        "take in": translate("History", "Taken in"),
        "accept": translate("History", "Checked and accepted"),
        "seal": translate("History", "Sealed"),
        "send": translate("History", "Sent to the centre"),
        "receipt": translate("History", "Signed for by the centre"),
    }
    return known.get(event.verb, event.verb)
