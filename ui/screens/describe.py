"""Describe: what the case file is, confirmed field by field beside the paper; its documents."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from archiver.errors import ArchiverError
from archiver.i18n import digits
from archiver.model.casefile import CaseState
from archiver.model.changes import Changed
from archiver.model.keying import ItemState
from archiver.workflow.describe_form import FormRow, form, remarks_while_typing, suggestions
from archiver.workflow.effort import effort_of
from archiver.workflow.proposing import is_fresh
from archiver.workflow.rights import Right
from ui import counts
from ui.acts import DESCRIBE
from ui.ask import Ask
from ui.deck import Deck, Handlers
from ui.descriptions import Descriptions, Effort
from ui.document_acts import DocumentActs
from ui.screens.screen import Screen
from ui.session import Session
from ui.widgets.case_paper import CasePaper
from ui.widgets.document_tree import DocumentTree
from ui.widgets.field_form import FieldForm
from ui.widgets.field_row import FieldRow, is_stroke
from ui.widgets.head import CaseHead
from ui.widgets.keys import KeyButton
from ui.widgets.parts import Panel, between, rule, words
from ui.words import translate

TREE_PX, FORM_PX, PAGE_PX = 250, 640, 420
TREE_BETWEEN_PX = (190, 280)
AFTER_PAINT_MS = 300  # the form comes first
CROPS_FROM_PX = 1180  # of the screen's width; below it the strips of paper stand underneath


class DescribeScreen(Screen):
    name = DESCRIBE

    def __init__(self, session: Session, deck: Deck) -> None:
        self.tree, self.form = DocumentTree(), FieldForm(session.images)
        self.paper = CasePaper(session)
        self.view = self.paper.view
        self.descriptions = Descriptions(session)
        self.documents = DocumentActs(session, self.tree, self.descriptions)
        self._effort = Effort()
        self._case_id = 0
        self._may = False
        self._stale = True
        self._count = words("", 13, tone="ink2")
        self._cost = words("", 12, tone="ink3")
        self._pages = words("", 13, tone="ink2")
        super().__init__(session, deck)
        self._asker = Ask(self, rest_ms=AFTER_PAINT_MS)
        self._asker.answered.connect(self._propose)
        self._asker.failed.connect(session.told)
        self._assemble()
        self.form.entered.connect(self._entered)
        self.form.thought.connect(self._think)
        self.form.struck.connect(self._press)
        self.tree.page_chosen.connect(self.paper.show_page)
        self.descriptions.written.connect(self._written)
        self.descriptions.refused.connect(self._refused)
        session.case_shown.connect(self.refresh)
        self.refresh()

    # --- how it is put together -----------------------------------------------------------------

    def _assemble(self) -> None:
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setHandleWidth(10)
        for part in (self._documents(), self._fields(), self.paper):
            parts.addWidget(part)
        parts.setStretchFactor(1, 3)
        parts.setStretchFactor(2, 2)
        parts.setSizes([TREE_PX, FORM_PX, PAGE_PX])
        self.column.addWidget(CaseHead(self.session))
        self.column.addWidget(parts, 1)

    def _documents(self) -> QWidget:
        panel = between(Panel(padding=10, gap=6), TREE_BETWEEN_PX)
        title = QHBoxLayout()
        title.addWidget(words(translate("Describe", "Documents"), 14, 600))
        title.addWidget(self._pages, 1)
        keys = QVBoxLayout()
        keys.setSpacing(2)
        for name in ("split", "join", "kind", "sort_pages"):
            keys.addWidget(KeyButton(self.deck, name, bare=True))
        panel.add(title, rule(), self.tree, keys)
        return panel

    def _fields(self) -> QWidget:
        panel = Panel(padding=12, gap=8)
        title = QHBoxLayout()
        title.setSpacing(10)
        title.addWidget(words(translate("Describe", "About the file"), 14, 600))
        title.addWidget(self._count, 1)
        title.addWidget(KeyButton(self.deck, "carry"))
        foot = QHBoxLayout()
        foot.addWidget(words(translate("Describe", "* is keyed twice"), 12, tone="ink3"), 1)
        foot.addWidget(self._cost)
        panel.add(title, rule(), self.form, rule(), foot)
        return panel

    def handlers(self) -> Handlers:
        return {
            "accept_field": self.accept,
            "next_field": lambda: self._go(1),
            "last_field": lambda: self._go(-1),
            "next_problem": lambda: self._go(1, problems=True),
            "carry": self._carry,
            "list_words": self._list,
            "add_value": self._add,
            "undo_act": self.undo,
            "redo_act": self.redo,
            **self.documents.handlers(),
            "sort_pages": lambda: self.descriptions.sort_pages(self._case_id),
            **self.paper.handlers(),
        }

    def panes(self) -> list[QWidget]:
        first = self.form.rows[0].editor if self.form.rows else self.form
        return [first, self.tree, self.view]

    def arrive(self) -> None:
        self._look()
        if self.form.current is None:
            self.form.step(1, problems=True)
        if self.form.current is None:
            super().arrive()

    def leave(self) -> None:
        self._keep_typed()
        self._keep_effort()
        self._asker.stop()
        self.descriptions.finish()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.window().windowHandle():  # a filter on the application would hear every event
            self.window().windowHandle().installEventFilter(self)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.window().windowHandle():
            self.window().windowHandle().removeEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.form.set_wide(self.width() >= CROPS_FROM_PX)

    # --- what is shown --------------------------------------------------------------------------

    def refresh(self) -> None:
        """Another case file, or the same one changed."""
        self._stale = True
        if self.isVisible():
            self._look()

    def _look(self) -> None:
        """Ask for the form when somebody looks at it."""
        if not self._stale:
            return
        self._stale = False
        view = self.session.view
        case_id = view.case.id if view else 0
        if case_id != self._case_id:
            self._keep_effort()
            self._case_id, self.paper.page_id = case_id, 0
        self._may = (
            view is not None
            and self.session.may(Right.DESCRIBE)
            and view.case.state is not CaseState.SEALED
        )
        self._judge()
        self.tree.show_case(view)
        if view is None:
            self.form.clear()
            self.paper.clear()
            return
        self._pages.setText(counts.pages(len(view.pages)))
        if self._may:
            self._asker.ask(lambda: (case_id, is_fresh(self.session.station, case_id)))
        self._show_form()
        if not self.paper.page_id and view.pages:
            self.paper.show_page(view.pages[0].id)

    def _propose(self, answer: tuple[int, bool]) -> None:
        """Behind the painting: a large case file takes a while, and Python holds the loop."""
        case_id, fresh = answer
        if case_id == self._case_id and not fresh:
            self.descriptions.propose(case_id)

    def _judge(self) -> None:
        acts = ("accept_field", "carry", "add_value", "undo_act", "redo_act", "split", "join",
                "kind", "earlier", "later", "sort_pages")  # fmt: skip
        self.deck.allow(**dict.fromkeys(acts, self._may))

    def _show_form(self) -> None:
        rows = form(self.session.station, self._case_id)
        self.form.show_rows(rows, self.paper.page)
        for row in self.form.rows:
            row.editor.setReadOnly(not self._may)
        said = len({row.field.id for row in rows if row.source is not None})
        total = len({row.field.id for row in rows})
        of = translate("Describe", "%1 of %2 fields")
        self._count.setText(digits(of.replace("%1", str(said)).replace("%2", str(total))))
        self._show_cost()

    def _show_cost(self) -> None:
        seconds, keys = effort_of(self.session.station, self._case_id)
        seconds, keys = seconds + self._effort.seconds, keys + self._effort.keystrokes
        if keys:
            text = f"{counts.keystrokes(keys)} · {counts.seconds(round(seconds))}"
            self._cost.setText(text)
        else:
            self._cost.setText("")

    # --- fields ---------------------------------------------------------------------------------

    def _entered(self, widget: FieldRow) -> None:
        row = widget.row
        if row and row.proposal:
            self.paper.show_page(row.proposal.page_id, row.proposal.words)
        if row:
            widget.offer(suggestions(self.session.station, row.field, ""), show=False)

    def _think(self, widget: FieldRow) -> None:
        """Judge what is typed, a moment after the last key."""
        row = widget.row
        if row is None:
            return
        self._half(widget)
        station, text = self.session.station, widget.editor.text()
        widget.offer(suggestions(station, row.field, text), show=bool(text))
        if not widget.editor.typed:
            widget.show_remarks(row.remarks)
            return
        others = [
            w.row.words for w in self.form.of_field(row.field.id) if w.row and w is not widget
        ]
        said = [text, *filter(None, others)] if row.field.repeats else [text]
        said = [line for line in said if line.strip()]
        widget.show_remarks(remarks_while_typing(station, self._case_id, row.field.id, said))

    def accept(self) -> None:
        """Enter: what is typed counts, else the proposal; and on to what needs a look."""
        here = self.form.current
        if here is None:
            self.form.step(1, problems=True)
            return
        row = here.row
        if row is None or not self._may:
            return
        if row.reading is ItemState.DIFFERS:
            self.descriptions.settle(self._case_id, row, here.editor.text())
            here.editor.keep()
        elif here.editor.typed:
            self._keep_typed()
        elif row.source is None and row.proposal:
            here.editor.setText(row.proposed)
            here.editor.keep()
            self.descriptions.accept(self._case_id, row)
        self._go(1)

    def _half(self, widget: FieldRow | None) -> None:
        """Against a crash: the field that is being typed into; None: it is said."""
        typed = widget and widget.row and widget.editor.typed
        what = (self._case_id, *widget.row.key, widget.editor.text()) if typed else ()
        self.session.memory.half_typed(self.session.actor.person, DESCRIBE, *what)

    def go_on(self, case_id: int, field: str, place: int, text: str) -> None:
        """Where somebody was when the window died."""
        rows = [w for w in self.form.rows if w.row and w.row.key == (field, place)]
        if case_id == self._case_id and rows:
            rows[0].editor.setFocus()
            rows[0].editor.setText(text)
            self._think(rows[0])

    def _keep_typed(self) -> None:
        """What was typed is not lost by going elsewhere."""
        self._half(None)
        here = self.form.current
        if here and here.row and here.editor.typed and self._may:
            if here.row.reading is ItemState.DIFFERS:  # only Enter settles that
                here.editor.restore()
                return
            self.descriptions.say(self._case_id, here.row, here.editor.text())
            here.editor.keep()

    def _go(self, by: int, *, problems: bool = False) -> None:
        self._keep_typed()
        self.form.step(by, problems=problems)

    def _carry(self) -> None:
        """F2: the field says what it says in the file before."""
        here = self.form.current
        if here and here.row and here.row.before:
            self.descriptions.carry(self._case_id, here.row.field.id)
            self.form.step(1)

    def _list(self) -> None:
        here = self.form.current
        if here and here.row:
            here.offer(suggestions(self.session.station, here.row.field, ""), show=True)

    def _add(self) -> None:
        """Insert: one more value behind the last of a field that takes several."""
        here = self.form.current
        if here is None or here.row is None or not here.row.field.repeats:
            return
        self._keep_typed()
        rows = [w.row for w in self.form.rows if w.row]
        mine = [row for row in rows if row.field.id == here.row.field.id]
        last = rows.index(mine[-1])
        if mine[-1].source is None:
            return
        more = FormRow(here.row.field, len(mine) + 1, "", "", None, None, "", "", ())
        rows.insert(last + 1, more)
        self.form.show_rows(rows, self.paper.page)
        self.form.rows[last + 1].editor.setFocus()

    def undo(self) -> None:
        """Typing first, then the newest act: of the documents where the tree has the focus."""
        here = self.form.current
        if here and here.editor.typed:
            here.editor.restore()
        elif self._case_id:
            self.descriptions.undo(self._case_id, arrangement=self.tree.hasFocus())

    def redo(self) -> None:
        """What was taken back last, in the same manner."""
        if self._case_id:
            self.descriptions.redo(self._case_id, arrangement=self.tree.hasFocus())

    def _written(self, changed: Changed) -> None:
        if changed.verb in ("arrange", "settle"):
            self.session.refresh()
        elif not self.descriptions.waiting and self.isVisible() and self._case_id:
            self._show_form()

    def _refused(self, error: ArchiverError) -> None:
        self.session.told.emit(error)
        if self._case_id:
            self._show_form()

    # --- what it costs --------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if is_stroke(event):
            self._press()
        return False

    def _press(self) -> None:
        self._effort.press()

    def _keep_effort(self) -> None:
        if self._case_id:
            self.descriptions.keep_effort(self._case_id, self._effort)
        self._effort = Effort()
