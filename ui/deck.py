"""The QActions made of the table of acts, and who answers them on which screen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QTextEdit,
    QWidget,
)

from ui.acts import ARABIC_KEYS, LEADS, Act, acts

ANSWERED_BY_KEYS = "answered_by_keys"
"""Property of a widget that has its own use for letters and digits while it has the focus."""

Handlers = dict[str, Callable[[], None]]

# evdev codes of the letter keys plus 8, as X11 and Wayland count them: the place, not the letter.
_ROWS = ((24, "QWERTYUIOP"), (38, "ASDFGHJKL"), (52, "ZXCVBNM"))
LETTER_AT = {first + n: letter for first, row in _ROWS for n, letter in enumerate(row)}
_HELD = {
    Qt.KeyboardModifier.ControlModifier: "Ctrl+",
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier: "Ctrl+Shift+",
    Qt.KeyboardModifier.AltModifier: "Alt+",
}
_DIGIT_AT = {10 + n: digit for n, digit in enumerate("1234567890")}


def both_layouts(keys: str) -> list[QKeySequence]:
    """The sequence, and what the same keys are where the layout is Arabic."""
    before, _, letter = keys.rpartition("+")
    arabic = ARABIC_KEYS.get(letter, "")
    twins = [f"{before}+{arabic}"] if len(arabic) == 1 else []
    return [QKeySequence(each) for each in (keys, *twins)]


class Deck(QObject):
    """`answer` registers a screen's handlers; `enter` makes that screen's acts live."""

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._table = {act.name: act for act in acts()}
        self._handlers: dict[str, Handlers] = {}
        self._forbidden: set[str] = set()
        self._screen = ""
        self.actions = {name: self._action(act) for name, act in self._table.items()}

    def _action(self, act: Act) -> QAction:
        action = QAction(act.text, self._window)
        action.setObjectName(act.name)
        action.setToolTip(f"{act.text} ({act.cap})")
        if act.bare:
            action.setText(f"{act.text}\t{act.cap}")
            action.setShortcuts([QKeySequence(key) for key in act.keys[1:]])
        elif act.name != "open":  # lists answer Enter themselves
            action.setShortcuts([QKeySequence(key) for key in act.keys])
            action.setAutoRepeat(act.key != "Return")  # a key held down accepts one word
        action.triggered.connect(lambda: self.do(act.name))
        self._window.addAction(action)
        return action

    def act(self, name: str) -> Act:
        return self._table[name]

    def acts(self) -> list[Act]:
        return list(self._table.values())

    def here(self) -> list[Act]:
        """Of the present screen, whether they make sense now or not."""
        return [a for a in self._table.values() if self._screen in a.screens]

    def answer(self, screen: str, handlers: Handlers) -> None:
        """Handlers of one screen; "" is for acts that every screen has."""
        self._handlers.setdefault(screen, {}).update(handlers)

    def enter(self, screen: str) -> None:
        self._screen = screen
        self._refresh()

    def allow(self, **may: bool) -> None:
        """Which acts make sense for what is shown now; those not named keep their state."""
        for name, allowed in may.items():
            (self._forbidden.discard if allowed else self._forbidden.add)(name)
        self._refresh()

    def do(self, name: str) -> None:
        handler = self._handler(name)
        if handler and name not in self._forbidden:
            handler()

    def shown(self) -> list[Act]:
        """What the strip of the present screen offers, its main act first."""
        leads = LEADS.get(self._screen, ())
        able = [a for a in self._table.values() if a.strip and self.actions[a.name].isEnabled()]
        rank = {name: place for place, name in enumerate(leads)}
        return sorted(able, key=lambda act: rank.get(act.name, len(leads)))

    def watch(self) -> None:
        """Hear keys before the widgets do; call it once the window is shown.

        Only this window's own events pass here: a filter on the application would run for
        every event of every object.
        """
        self._window.windowHandle().installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        return pressed and self._letter(event)

    def _letter(self, event: QKeyEvent) -> bool:
        code = event.nativeScanCode()
        letter = LETTER_AT.get(code) or _DIGIT_AT.get(code) or _letter_of(event.key())
        held = _HELD.get(event.modifiers())
        if held and letter and not _letter_of(event.key()):
            return self._press(held + letter)  # Qt knows shortcuts by Latin letters alone
        if event.modifiers() == Qt.KeyboardModifier.ShiftModifier and letter and not _typing():
            return self._press(f"Shift+{letter}")
        if event.key() == Qt.Key.Key_Space:
            letter = "" if isinstance(QApplication.focusWidget(), QAbstractButton) else "Space"
        bare = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        return bare and bool(letter) and not _typing() and self._press(letter)

    def _press(self, key: str) -> bool:
        for act in self._table.values():
            own = act.bare and key != act.key and _typing()  # an editor has its own undo
            if key in act.keys and not own and self.actions[act.name].isEnabled():
                self.do(act.name)
                return True
        return False

    def _handler(self, name: str) -> Callable[[], None] | None:
        on_screen = self._handlers.get(self._screen, {})
        return on_screen.get(name) or self._handlers.get("", {}).get(name)

    def _refresh(self) -> None:
        for name, action in self.actions.items():
            here = self._screen in self._table[name].screens
            able = here and self._handler(name) is not None and name not in self._forbidden
            action.setEnabled(able)
        self.changed.emit()


def _typing() -> bool:
    focus = QApplication.focusWidget()
    if isinstance(focus, QTextEdit | QLineEdit):
        return not focus.isReadOnly()
    asked = focus is not None and focus.property(ANSWERED_BY_KEYS)
    return bool(asked) or isinstance(focus, QComboBox | QAbstractSpinBox)


def _letter_of(key: int) -> str:
    plain = Qt.Key.Key_A <= key <= Qt.Key.Key_Z or Qt.Key.Key_0 <= key <= Qt.Key.Key_9
    return chr(key) if plain else ""
