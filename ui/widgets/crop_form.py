"""How much of a page goes on each side, in percent; or what stays is drawn on the page."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QLabel

from archiver.workflow.cropping import Margins
from ui.widgets.parts import Panel, words, wrapped
from ui.words import translate

STEP, MOST = 0.5, 45.0  # percent


class CropForm(Panel):
    """`changed` with every figure, `cropped` when Enter keeps them; Esc leaves."""

    changed = Signal(object)  # Margins
    cropped = Signal(object)  # Margins
    left = Signal()

    def __init__(self, *, drawn: bool = True) -> None:
        """drawn: it can be drawn on the page, too."""
        super().__init__(padding=12, gap=8)
        self.sides: dict[str, QDoubleSpinBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for place, (side, title) in enumerate(_sides()):
            box = self.sides[side] = _box(title)
            box.valueChanged.connect(lambda _: self.changed.emit(self.margins))
            label = QLabel(title)
            label.setBuddy(box)
            grid.addWidget(label, place // 2, place % 2 * 2)
            grid.addWidget(box, place // 2, place % 2 * 2 + 1)
        told = translate("Crop", "The whole image is kept; J brings it back.")
        if drawn:
            told = translate("Crop", "Or draw on the page what stays. The whole image is kept; J "
                                     "brings it back.")  # fmt: skip
        keys = translate("Search", "Enter keeps it, Esc leaves.")
        self.add(words(translate("Crop", "What goes of the page, in percent"), 14, 600), grid)
        self.add(wrapped(words(told, 13, tone="ink2")), words(keys, 12, tone="ink3"))
        self.hide()

    @property
    def margins(self) -> Margins:
        return Margins(**{side: box.value() / 100 for side, box in self.sides.items()})

    def start(self) -> None:
        self.set_margins(Margins())
        self.show()
        first = self.sides["top"]
        first.setFocus()
        first.selectAll()
        self.changed.emit(self.margins)

    def set_margins(self, margins: Margins) -> None:
        """As drawn on the page."""
        for side, share in margins._asdict().items():
            self.sides[side].setValue(round(100 * share, 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if any(self.margins):
                self.cropped.emit(self.margins)
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _sides() -> tuple[tuple[str, str], ...]:
    return (
        ("top", translate("Crop", "Head")),
        ("foot", translate("Crop", "Foot")),
        ("right", translate("Crop", "Right")),
        ("left", translate("Crop", "Left")),
    )


def _box(title: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0, MOST)
    box.setSingleStep(STEP)
    box.setDecimals(1)
    box.setMinimumHeight(30)
    box.setAccessibleName(title)
    return box
