"""One field of the form: its name, its value, the place on the paper, the sentence beneath."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QWidget

from archiver.i18n import isolate, runs
from archiver.model.casefile import Page
from archiver.model.description import ValueSource
from archiver.model.keying import ItemState
from archiver.workflow.describe_form import FormRow, Remark
from ocr.page import Box, Word
from ocr.tsv import around
from ui.images import Images
from ui.paint import Row
from ui.theme import Shape
from ui.widgets.bench import Crop
from ui.widgets.drop_list import drop_list
from ui.widgets.parts import SignMark, lead, words, wrapped
from ui.words import RIGHT_TO_LEFT_MARK, percent, translate

LABEL_PX, FIELD_PX, CROP_PX, SIGN_PX = 118, 34, 170, 16
MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
)
THINK_MS = 180  # without a key before what is typed is judged


def is_stroke(event: QEvent) -> bool:
    """Of a key, a chord being one: its release, since the press of a shortcut reaches no window."""
    return (
        event.type() == QEvent.Type.KeyRelease
        and isinstance(event, QKeyEvent)
        and not event.isAutoRepeat()
        and event.key() not in MODIFIERS
    )


class Editor(QLineEdit):
    """The value for reading; words to be typed over as soon as it has the focus.

    Undo belongs to the screen; Esc brings back what stood there.
    """

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown = self._words = ""
        self.sign = SignMark(Shape.WAITING, SIGN_PX)  # at its far end
        self.sign.setParent(self)
        self.setFixedHeight(FIELD_PX)
        aside = (SIGN_PX + 6, 0) if self.isRightToLeft() else (0, SIGN_PX + 6)
        self.setTextMargins(aside[0], 0, aside[1], 0)
        lead(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        end = Row(self.rect(), self.layoutDirection())
        self.sign.move(end.end(9, (FIELD_PX - SIGN_PX) // 2, SIGN_PX, SIGN_PX).topLeft())

    @property
    def typed(self) -> bool:
        return self.hasFocus() and self.text() != self._words

    def show_value(self, shown: str, as_words: str) -> None:
        typed = self.typed
        # In front of a number the line would begin behind it: a mark is where reading begins.
        self._shown = RIGHT_TO_LEFT_MARK + shown if shown and self.isRightToLeft() else shown
        self._words = as_words
        if not typed:
            self.restore()

    def restore(self) -> None:
        self.setText(self._words if self.hasFocus() else self._shown)
        self.setCursorPosition(0)
        if self.hasFocus():
            self.selectAll()

    def keep(self) -> None:
        """What is typed has been sent: it is what stands here now."""
        self._shown = self._words = self.text()

    def event(self, event: QEvent) -> bool:
        overrides = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        keys = QKeySequence.StandardKey
        if overrides and (event.matches(keys.Undo) or event.matches(keys.Redo)):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.typed:
            self.restore()
            self.textEdited.emit(self.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason and self.text() == self._shown:
            self.restore()
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.rest()

    def rest(self) -> None:
        """The value for reading, unless something is typed."""
        if self.text() == self._words:
            self.setText(self._shown)
            self.setCursorPosition(0)


class FieldCrop(Crop):
    """A strip of the paper around the words that a proposal rests on."""

    def __init__(self, images: Images) -> None:
        super().__init__(images)
        self.shows = False
        self.setMinimumWidth(CROP_PX)
        self.setFixedHeight(FIELD_PX)

    def show_boxes(self, page: Page | None, boxes: Sequence[Box]) -> None:
        """Of words that run over two lines, the longer part: both would be too small to read."""
        self.shows = bool(page and boxes)
        parts = [[each for each in boxes if _beside(each, one)] for one in boxes]
        longest = max(parts, key=len, default=[])
        word = Word("", around(longest), 1.0, "rtl") if page and longest else None
        self.show_word(page if word else None, word)


def _beside(one: Box, other: Box) -> bool:
    """Whether both stand on one line."""
    return one.y < other.y + other.height and other.y < one.y + one.height


class FieldRow(QWidget):
    """`entered` when it gets the focus, `thought` when what is typed is to be judged."""

    entered = Signal(object)  # FieldRow
    thought = Signal(object)  # FieldRow
    struck = Signal()  # a key, while the list is open

    def __init__(self, images: Images) -> None:
        super().__init__()
        self.row: FormRow | None = None
        self.editor, self.crop = Editor(), FieldCrop(images)
        self._label = words("", 14, tone="ink2")
        self._sign = self.editor.sign
        self._wide = True
        self._arranged: tuple[bool, bool] | None = None  # crop beside the field, crop at all
        self._remark = wrapped(words("", 13, tone="ink2"))
        self._completer = QCompleter(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(12)
        self._words = QStringListModel(self)
        self._completer.setModel(self._words)
        drop_list(self._completer).installEventFilter(self)  # an open list has the keys
        self._thinking = QTimer(self, singleShot=True, interval=THINK_MS)
        self._thinking.timeout.connect(lambda: self.thought.emit(self))
        self.editor.entered.connect(lambda: self.entered.emit(self))
        self.editor.textEdited.connect(lambda _text: self._thinking.start())
        self._assemble()

    def _assemble(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        self._label.setFixedWidth(LABEL_PX)
        self._label.setWordWrap(True)
        grid.addWidget(self._label, 0, 0)
        grid.addWidget(self.editor, 0, 1)
        grid.addWidget(self.crop, 0, 2)
        grid.addWidget(self._remark, 2, 1, 1, 2)
        self._grid = grid
        self.set_wide(True)

    def show_row(self, row: FormRow, page: Page | None) -> None:
        """page: the one that the row's proposal stands on."""
        self.row = row
        star = " *" if row.keyed_twice else ""
        name = str(row.field.label) if row.place == 1 else ""
        self._label.setText(f"{name}{star if name else ''}")
        self.editor.setAccessibleName(str(row.field.label))
        self.editor.setPlaceholderText(self._placeholder(row))
        self.editor.show_value(row.shown, row.words)
        self.crop.show_boxes(page, row.proposal.boxes if row.proposal else ())
        self.set_wide(self._wide)
        if self.editor.typed:  # what is typed is judged, not what stood here
            self._thinking.start()
            return
        offered = row.source is None and (row.proposal is not None or bool(row.before))
        self.show_remarks(() if offered else row.remarks)  # what would fill it says it already

    def _placeholder(self, row: FormRow) -> str:
        """The proposal in grey; how sure it is stands in the tooltip."""
        sure = percent(row.proposal.probability) if row.proposal else ""
        self.editor.setToolTip(isolate(sure) if sure else "")
        mark = RIGHT_TO_LEFT_MARK if self.isRightToLeft() else ""
        return f"{mark}{isolate(row.proposed)}" if row.proposal else ""

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """The first complaint in words, what would be right behind it; else whence the value is."""
        tone = "ink2"
        if remarks:
            first = next((remark for remark in remarks if remark.blocks), remarks[0])
            text = f"{first.wrong} {first.mend}".strip()
            tone = "wrong" if first.blocks else "doubtful"
        else:
            text = self._whence()
        self._remark.setText(text)
        if self._remark.property("tone") != tone:
            self._remark.setProperty("tone", tone)
            self._remark.style().unpolish(self._remark)
            self._remark.style().polish(self._remark)
        self._remark.setVisible(bool(text))
        self._sign.set_shape(self._shape(remarks))

    def _shape(self, remarks: Sequence[Remark]) -> Shape:
        stands = self.row is not None and self.row.source is not None
        if remarks and (stands or self.editor.typed):
            return Shape.WRONG if any(r.blocks for r in remarks) else Shape.DOUBTFUL
        if self.row is not None and self.row.reading is ItemState.DIFFERS:
            return Shape.DOUBTFUL
        return Shape.OK if stands else Shape.WAITING

    def _whence(self) -> str:
        row = self.row
        if row is None:
            return ""
        if row.reading is ItemState.DIFFERS:
            differ = translate("Describe", "readings differ: %1. A third person settles: Enter")
            return differ.replace("%1", row.readers)
        if row.reading is not None:
            return {
                ItemState.WAITING: translate("Describe", "read by one so far"),
                ItemState.AGREED: translate("Describe", "two readings agree"),
                ItemState.SETTLED: translate("Describe", "keyed twice and settled"),
            }[row.reading]
        if row.source is None and row.before and row.proposal is None:
            return translate("Describe", "F2: %1").replace("%1", isolate(row.before))
        if row.source is ValueSource.PROPOSAL and row.proposal:
            return translate("Describe", "read on page %1").replace("%1", runs(row.proposal.pages))
        return {
            ValueSource.CASE_LIST: translate("Describe", "from the court's list"),
            ValueSource.CARRIED: translate("Describe", "as the file before"),
        }.get(row.source, "") if row.source else ""  # fmt: skip

    @property
    def is_problem(self) -> bool:
        """Whether somebody has to look: a complaint, or a proposal that waits."""
        row = self.row
        return row is not None and (
            bool(row.remarks)
            or (row.source is None and bool(row.proposal))
            or row.reading is ItemState.DIFFERS
        )

    def offer(self, found: Sequence[str], *, show: bool) -> None:
        """Words of the field's list; `show` opens it though nothing was typed."""
        self._words.setStringList(list(found))
        self.editor.setCompleter(self._completer if found else None)
        if found and show and self.editor.hasFocus():  # a list that opens late takes the keys
            self._completer.complete()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if is_stroke(event):
            self.struck.emit()
        return False

    def leave(self) -> None:
        """The list goes with the focus: it would take the first key of the next field."""
        if self._completer.popup().isVisible():
            self._completer.popup().hide()
            self.editor.rest()  # an open list keeps the loss of focus from the editor

    def set_wide(self, wide: bool) -> None:
        """The crop stands beside the field, or under it where there is no room for both."""
        self._wide = wide
        beside = wide and self.crop.shows
        if self._arranged == (beside, self.crop.shows):  # a new place is a new layout of the form
            return
        self._arranged = (beside, self.crop.shows)
        self.crop.setVisible(self.crop.shows)
        self._grid.addWidget(self.editor, 0, 1, 1, 1 if beside else 2)
        self._grid.addWidget(self.crop, *((0, 2) if beside else (1, 1, 1, 2)))
        self._grid.setColumnStretch(1, 5)
        self._grid.setColumnStretch(2, 4 if beside else 0)
