"""The form of a case file: one row a value, in the order of the profile, all by keys."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from archiver.model.casefile import Page
from archiver.workflow.describe_form import FormRow
from ui.images import Images
from ui.widgets.field_row import FieldRow
from ui.words import translate


class FieldForm(QScrollArea):
    entered = Signal(object)  # FieldRow
    thought = Signal(object)  # FieldRow
    struck = Signal()  # a key, while a list is open

    def __init__(self, images: Images) -> None:
        super().__init__()
        self._images = images
        self.rows: list[FieldRow] = []
        self._wide = True
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(4, 4, 12, 4)
        self._column.setSpacing(9)
        self._column.addStretch(1)
        self.setWidget(self._body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(translate("Describe", "Fields of the case file"))
        QApplication.instance().focusChanged.connect(self._left)

    def show_rows(self, found: Sequence[FormRow], page_of: Callable[[int], Page | None]) -> None:
        """Widgets are kept, so that the cursor and what is typed stay."""
        while len(self.rows) < len(found):
            row = FieldRow(self._images)
            row.entered.connect(self._enter)
            row.thought.connect(self.thought)
            row.struck.connect(self.struck)
            row.set_wide(self._wide)
            self._column.insertWidget(len(self.rows), row)
            self.rows.append(row)
        while len(self.rows) > len(found):
            old = self.rows.pop()
            self._column.removeWidget(old)
            old.deleteLater()
        here = self.current
        wanted = here.row.key if here and here.row else None
        typed = here.editor.text() if here and here.editor.typed else None
        for widget, row in zip(self.rows, found, strict=True):
            page = page_of(row.proposal.page_id) if row.proposal else None
            if widget.row and widget.row.key != row.key:
                widget.editor.keep()
            widget.show_row(row, page)
        gone = here is not None and here not in self.rows
        if wanted and here and here.row and (gone or here.row.key != wanted):
            self._go_back(wanted, typed)
        for before, after in zip(self.rows, self.rows[1:], strict=False):
            QWidget.setTabOrder(before.editor, after.editor)

    def _go_back(self, wanted: tuple[str, int], typed: str | None) -> None:
        """Rows came or went above the cursor: it goes with its field."""
        again = next((w for w in self.rows if w.row and w.row.key == wanted), None)
        if again is not None:
            again.editor.setFocus()
            if typed is not None:
                again.editor.setText(typed)

    def clear(self) -> None:
        self.show_rows((), lambda _page_id: None)

    @property
    def current(self) -> FieldRow | None:
        return next((row for row in self.rows if row.editor.hasFocus()), None)

    def step(self, by: int, *, problems: bool = False) -> None:
        """To the next row, or the next to look at; behind the last it begins anew."""
        if not self.rows:
            return
        here = self.current
        start = self.rows.index(here) if here else (-1 if by > 0 else 0)
        order = [(start + by * n) % len(self.rows) for n in range(1, len(self.rows) + 1)]
        wanted = [n for n in order if self.rows[n].is_problem] if problems else order
        if wanted:
            self.rows[wanted[0]].editor.setFocus(Qt.FocusReason.TabFocusReason)

    def of_field(self, name: str) -> list[FieldRow]:
        return [row for row in self.rows if row.row and row.row.field.id == name]

    def set_wide(self, wide: bool) -> None:
        if wide != self._wide:
            self._wide = wide
            for row in self.rows:
                row.set_wide(wide)

    def _left(self, old: QWidget | None, _now: QWidget | None) -> None:
        for row in self.rows:
            if row.editor is old:
                row.leave()

    def _enter(self, row: FieldRow) -> None:
        self.ensureWidgetVisible(row, 0, 60)
        self.entered.emit(row)
