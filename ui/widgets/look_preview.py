"""What the chosen look does: plate, text of the paper, states, a field and keys, as screens have
them. All of it is the real thing, so it follows light, language, digits and size by itself.
"""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from archiver.i18n import digits
from archiver.model.delivery import DeliveryState
from ocr.page import Box, Line, PageText, Word
from ui.deck import Deck
from ui.steps import DELIVERY_SHAPES, Sign, delivery_word
from ui.theme import Shape
from ui.widgets.keys import KeyButton
from ui.widgets.parts import Chip, Panel, lead, words, wrapped
from ui.widgets.plate import DocketPlate
from ui.widgets.text_pane import TextPane
from ui.words import Plate, short_label, translate

TEXT_PX = 134
DOUBTS = ("٩٩٠٠١", "الواحة")  # one number, one word
_DELIVERIES = (DeliveryState.SENDING, DeliveryState.REFUSED, DeliveryState.RECEIPTED)
LINES = ("في الطعن المقيد برقم ٩٩٠٠١", "المرفوع من شركة الواحة", "الافتراضية للتوريدات")


class LookPreview(QWidget):
    def __init__(self, deck: Deck) -> None:
        super().__init__()
        self._deck, self.paper = deck, TextPane()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(words(translate("Look", "As it looks now"), 14, 600))
        sheet = Panel(padding=14, gap=12)
        sheet.add(self._plate(), self.paper, self._states(), self._field(), self._keys())
        column.addWidget(sheet)
        hint = translate("Look", "Every state has a shape of its own, for whoever sees no colours.")
        column.addWidget(wrapped(words(hint, 13, tone="ink2")))
        column.addStretch(1)
        self.paper.setFixedHeight(TEXT_PX)
        self.paper.setAccessibleName(translate("Look", "Text of a page"))
        self.paper.show_text(sample())

    def _plate(self) -> QWidget:
        plate = DocketPlate()
        plate.show_plate(
            Plate(
                short_label("docket_series", "civil"),
                translate("Plate", "Appeal"),
                digits("99001"),
                translate("Plate", "JY", "between number and judicial year"),
                digits("93"),
                translate("Plate", " ", "after the judicial year"),
            )
        )
        return plate

    @staticmethod
    def _states() -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, (shape, word) in enumerate(_states()):
            grid.addWidget(Chip(Sign(shape, word)), place // 2, place % 2)
        grid.setColumnStretch(2, 1)
        return grid

    @staticmethod
    def _field() -> QWidget:
        field = QLineEdit(translate("Look", "Quashed and sent back"))
        field.setAccessibleName(translate("Look", "A field"))
        lead(field)
        return field

    def _keys(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(KeyButton(self._deck, "key_map", primary=True))
        line.addWidget(KeyButton(self._deck, "find"))
        line.addStretch(1)
        return line


def _states() -> list[tuple[Shape, str]]:
    return [
        (Shape.OK, translate("Look", "sound")),
        (Shape.DOUBTFUL, translate("Look", "doubtful")),
        (Shape.WAITING, translate("Look", "waiting")),
        *((DELIVERY_SHAPES[state], delivery_word(state)) for state in _DELIVERIES),
    ]


def sample() -> PageText:
    """Invented words, as the paper has them; two of them doubtful."""
    nowhere = Box(0, 0, 1, 1)
    lines = tuple(
        Line(tuple(_word(word, nowhere) for word in line.split()), nowhere, "rtl") for line in LINES
    )
    return PageText(1, 1, 300, lines, "", "ara")


def _word(word: str, where: Box) -> Word:
    sure = 0.3 if word in DOUBTS else 0.99
    return Word(word, where, sure, "rtl", probability=sure)
