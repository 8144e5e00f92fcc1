"""Second keying, blind: the number of a case file from its paper, without any other reading."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from archiver.errors import ArchiverError
from archiver.i18n import digits, isolate
from archiver.metadata.profiles import Field
from archiver.model.casefile import Page
from archiver.model.changes import Changed, Step
from archiver.model.keying import BlindSheet
from archiver.workflow import keying, queries, vocabulary
from archiver.workflow.key_readings import critical_fields
from archiver.workflow.rights import Right
from ui.acts import KEYING
from ui.ask import Ask
from ui.deck import Deck, Handlers
from ui.descriptions import Effort
from ui.screens.screen import Screen
from ui.session import Session
from ui.widgets.keys import KeyButton
from ui.widgets.page_view import PageView
from ui.widgets.parts import Empty, Panel, between, lead, rule, words, wrapped
from ui.words import translate

FORM_PX = (360, 460)
MEMORY: Final = "keyed"  # what is half typed


class KeyLine(QLineEdit):
    """One value of a field, as it stands on the paper."""

    pressed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.setAccessibleName(str(field.label))
        lead(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.pressed.emit()
        super().keyPressEvent(event)


class KeyingScreen(Screen):
    name = KEYING

    def __init__(self, session: Session, deck: Deck) -> None:
        self.view, self.series = PageView(session.images), QComboBox()
        self.lines: list[KeyLine] = []
        self.sheet: BlindSheet | None = None
        self._fields: tuple[Field, ...] = ()
        self._pages: tuple[Page, ...] = ()
        self._place, self._effort = 0, Effort()
        super().__init__(session, deck)
        self._asker = Ask(self)
        self._handle, self._caption = words("", 14, tone="ink2"), words("", 13, tone="ink2")
        self._wrong = wrapped(words("", 13, tone="wrong"))
        self._assemble()
        self._asker.answered.connect(self._show_sheet)
        self._asker.failed.connect(self._nothing)
        self._judge()

    # --- how it looks ----------------------------------------------------------------------------

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 8, 0, 2)
        head.setSpacing(12)
        head.addWidget(words(translate("Keying", "Second keying"), 22, 600))
        head.addWidget(self._handle, 1)
        form = Panel(padding=14, gap=10)
        blind = translate("Keying", "Type what stands on the paper. What others read is not shown.")
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(8)
        self._grid.setHorizontalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        keys = QHBoxLayout()
        keys.addWidget(KeyButton(self.deck, "keep_reading", primary=True))
        keys.addWidget(KeyButton(self.deck, "add_number"))
        keys.addStretch(1)
        form.add(wrapped(words(blind, 14, tone="ink2")), rule(), self._grid, self._wrong, keys)
        form.column.addStretch(1)
        paper, column = QWidget(), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._caption)
        column.addWidget(self.view, 1)
        paper.setLayout(column)
        whole, body = QWidget(), QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(10)
        body.addWidget(between(form, FORM_PX), 34)
        body.addWidget(paper, 66)
        whole.setLayout(body)
        self._empty = Empty("")
        nothing = Panel()
        nothing.add(self._empty)
        self._stack = QStackedWidget()
        self._stack.addWidget(whole)
        self._stack.addWidget(nothing)
        self._stack.setCurrentIndex(1)
        self.column.addLayout(head)
        self.column.addWidget(self._stack, 1)

    def handlers(self) -> Handlers:
        return {
            "keep_reading": self.keep,
            "add_number": self._add,
            "next_page": lambda: self._turn(1),
            "last_page": lambda: self._turn(-1),
            **self.view.handlers(),
        }

    def panes(self) -> list[QWidget]:
        return [*self.lines[:1], self.series, self.view]

    def arrive(self) -> None:
        super().arrive()
        if self.sheet is None:
            self.next_sheet()

    def empty(self) -> None:
        self.sheet, self._pages = None, ()
        self.view.show_page(None, None)
        self._lay(())

    def leave(self) -> None:
        self._asker.stop()

    # --- what is there ---------------------------------------------------------------------------

    def next_sheet(self) -> None:
        station, actor = self.session.station, self.session.actor

        def ask() -> tuple[BlindSheet, tuple[Field, ...], tuple[Page, ...]]:
            sheet = keying.next_sheet(station, actor)
            case = queries.case_by_id(station, sheet.case_id)
            pages = tuple(queries.page(station, place.page_id) for place in sheet.look_at)
            return sheet, critical_fields(station, case), pages

        self._asker.ask(ask)

    def _nothing(self, error: ArchiverError) -> None:
        self.sheet = None
        self._handle.setText("")
        self._empty.label.setText(f"{error} {error.way_out()}")
        self._stack.setCurrentIndex(1)
        self._judge()

    def _show_sheet(self, found: tuple[BlindSheet, tuple[Field, ...], tuple[Page, ...]]) -> None:
        self.sheet, self._fields, self._pages = found
        self._place, self._effort = 0, Effort()
        self._handle.setText(isolate(self.sheet.handle))
        _handle, series, *texts = self._remembered() or [self.sheet.handle, ""]
        self._lay(self._fields, texts)
        self.series.setCurrentIndex(max(0, self.series.findData(series)))
        self._wrong.setText("")
        self._stack.setCurrentIndex(0)
        self._look()
        self._judge()
        if self.isVisible():
            self.lines[0].setFocus()

    def _lay(self, fields: Sequence[Field], texts: Sequence[str] = ()) -> None:
        """The lines to type into; more than fields where joined appeals were half typed."""
        while self._grid.count():
            old = self._grid.takeAt(0).widget()
            if old and old is not self.series:
                old.hide()
                old.deleteLater()
        self.lines = []
        self.series.hide()
        if any(field.type == "case_key" for field in fields):
            self._fill_series()
            self._grid.addWidget(words(translate("Keying", "Series"), 14, tone="ink2"), 0, 0)
            self._grid.addWidget(self.series, 0, 1)
            self.series.show()  # only now, in a layout: alone it would be a window
        more = [fields[0]] * (len(texts) - len(fields)) if fields else []
        for field in [*fields, *more]:
            self._line(field)
        for line, text in zip(self.lines, texts, strict=False):
            line.setText(text)

    def _fill_series(self) -> None:
        self.series.clear()
        self.series.addItem(translate("Keying", "as on the paper"), "")
        for code in vocabulary.items("docket_series"):
            self.series.addItem(vocabulary.label("docket_series", code), code)
        self.series.setAccessibleName(translate("Keying", "Series"))

    def _line(self, field: Field) -> KeyLine:
        line, row = KeyLine(field), len(self.lines) + 1
        line.pressed.connect(self._effort_press)
        line.textEdited.connect(lambda _text: self._remember())
        self._grid.addWidget(words(str(field.label), 14, tone="ink2"), row, 0)
        self._grid.addWidget(line, row, 1)
        line.show()  # a layout does it later, and nothing hidden gets the focus
        self.lines.append(line)
        return line

    def _effort_press(self) -> None:
        self._effort.press()

    def _look(self) -> None:
        """The paper, enlarged where the number stands."""
        if self.sheet is None or not self._pages:
            return
        place, page = self.sheet.look_at[self._place], self._pages[self._place]
        self.view.show_page(page, None)
        if place.box:
            self.view.look_at(QRectF(*place.box))
        told = translate("Keying", "page %1").replace("%1", digits(place.position))
        self._caption.setText(told)

    def _turn(self, by: int) -> None:
        if 0 <= self._place + by < len(self._pages):
            self._place += by
            self._look()

    def _judge(self) -> None:
        may = self.session.may(Right.KEY) and self.sheet is not None
        repeats = any(field.repeats for field in self._fields)
        self.deck.allow(keep_reading=may, add_number=may and repeats)

    # --- acts ------------------------------------------------------------------------------------

    def _add(self) -> None:
        """Insert: one more value, as joined appeals have."""
        field = next(field for field in self._fields if field.repeats)
        self._line(field).setFocus()

    def keep(self) -> None:
        """Enter: to the next line that is empty, then the reading is kept."""
        empty = next((line for line in self.lines if not line.text().strip()), None)
        if empty and not empty.hasFocus():
            empty.setFocus()
            return
        series, said = self.series.currentData(), [
            (line.field.id, line.text()) for line in self.lines if line.text().strip()
        ]  # fmt: skip
        if not self.series.isHidden() and not series:
            self._wrong.setText(translate("Keying", "Choose the series, as the paper has it."))
            self.series.setFocus()
            return
        station, actor, sheet, effort = (
            self.session.station, self.session.actor, self.sheet, self._effort
        )  # fmt: skip
        if sheet is None:
            return

        def steps() -> Iterator[Step]:
            case = queries.case_by_id(station, sheet.case_id)
            values = keying.typed_values(station, case, said, series)
            yield from keying.key(station, actor, sheet.case_id, values, seconds=effort.seconds,
                                  keystrokes=effort.keystrokes)  # fmt: skip

        self.session.bridge.errand(steps, self._told)

    def _told(self, what: Changed | ArchiverError) -> None:
        if isinstance(what, ArchiverError):
            self._wrong.setText(f"{what} {what.way_out()}")
            return
        self.session.memory.put(self.session.actor.person, MEMORY, [])
        self.session.bridge.changed.emit(what)
        self.next_sheet()

    # --- against a crash -------------------------------------------------------------------------

    def _remember(self) -> None:
        if self.sheet:
            texts = [line.text() for line in self.lines]
            half = [self.sheet.handle, self.series.currentData() or "", *texts]
            self.session.memory.put(self.session.actor.person, MEMORY, half)

    def _remembered(self) -> list[str]:
        """What was half typed of this very sheet."""
        half: list[str] = self.session.memory.get(self.session.actor.person, MEMORY, [])
        return half if half and self.sheet and half[0] == self.sheet.handle else []
