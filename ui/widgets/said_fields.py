"""What is said of a case file, to be read and not to be typed: names beside their values."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from archiver.i18n import isolate
from ui.widgets.parts import words, wrapped
from ui.words import translate

NAME_PX = 104


class SaidFields(QScrollArea):
    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(translate("Sample", "What is said of the file"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_fields(self, said: Sequence[tuple[str, str]]) -> None:
        """said: (name, value); the name of a field with several values stands once."""
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        before = ""
        for line, (name, value) in enumerate(said):
            grid.addWidget(_name("" if name == before else name), line, 0, _TOP)
            grid.addWidget(wrapped(words(isolate(value), 13.5)), line, 1)
            before = name
        grid.setRowStretch(len(said), 1)
        self.setWidget(inner)


_TOP = Qt.AlignmentFlag.AlignTop


def _name(text: str) -> QLabel:
    label = words(text, 13, tone="ink2")
    label.setFixedWidth(NAME_PX)
    label.setWordWrap(True)
    return label
