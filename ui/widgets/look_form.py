"""Language, digits, light and size: each takes effect at once, for the person at work."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from archiver.i18n import digits
from ui.look import SIZES, Look
from ui.widgets.choice import Choice
from ui.widgets.parts import rule, words, wrapped
from ui.words import percent, translate

LABEL_PX = 150


class LookForm(QWidget):
    chosen = Signal(object)  # Look

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.choices: dict[tuple[str, object], Choice] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 4, 10, 4)
        self._column.setSpacing(14)
        for place, (name, title, meaning, ways) in enumerate(_rows()):
            if place:
                self._column.addWidget(rule())
            self._row(name, title, meaning, ways)
        self._column.addStretch(1)

    def _row(
        self, name: str, title: str, meaning: str, ways: list[tuple[object, str, str]]
    ) -> None:
        label = QWidget()
        label.setFixedWidth(LABEL_PX)
        texts = QVBoxLayout(label)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.addWidget(words(title, 15, 600))
        if meaning:
            texts.addWidget(wrapped(words(meaning, 13, tone="ink2")))
        cards = QWidget()  # one group: only one of them is chosen
        line = QHBoxLayout(cards)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        for value, text, hint in ways:
            card = self.choices[name, value] = Choice(text, hint)
            card.setChecked(getattr(self.look, name) == value)
            card.clicked.connect(lambda _=False, n=name, v=value: self._choose(n, v))
            line.addWidget(card)
        whole = QHBoxLayout()
        whole.setSpacing(16)
        whole.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        whole.addWidget(cards, 1)
        self._column.addLayout(whole)

    def _choose(self, name: str, value: object) -> None:
        if getattr(self.look, name) != value:
            self.look = replace(self.look, **{name: value})
            self.chosen.emit(self.look)


def _rows() -> list[tuple[str, str, str, list[tuple[object, str, str]]]]:
    languages = [("ar", "العربية", "من اليمين إلى اليسار"), ("en", "English", "left to right")]
    styles = [("arabic", "٠١٢٣٤٥٦٧٨٩", ""), ("plain", "0123456789", "")]
    lights = [
        ("light", translate("Look", "Light"), ""),
        ("dark", translate("Look", "Dark"), ""),
        ("system", translate("Look", "As the system"), ""),
    ]
    sizes = [(size, percent(size / 100), "") for size in SIZES]
    at_start = translate("Look", "The window opens anew; nothing is lost.")
    paper = translate("Look", "On screens in Arabic. The text of the paper stays as written.")
    return [
        ("language", translate("Look", "Language"), "", languages),
        ("digits", translate("Look", "Digits"), digits(paper), styles),
        ("light", translate("Look", "Light and dark"), "", lights),
        ("size", translate("Look", "Size of everything"), at_start, sizes),
    ]
