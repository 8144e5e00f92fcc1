"""Which scanner, into which case file, and how: what the site says, each field open to change."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from archiver.i18n import digits, isolate
from archiver.model.lot import Declared, Lot
from archiver.model.scanning import LARGEST, PAPER_MM, Device, Mode, ScanSettings, Source
from ui.captures import BY_SLIPS, OPEN_CASE
from ui.theme import Shape
from ui.widgets.parts import Panel, SignMark, words, wrapped
from ui.words import translate

DPIS = (150, 200, 240, 300, 400, 600)


class ScannerCard(Panel):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__(padding=12, gap=8)
        self._sign, self._state = SignMark(Shape.WAITING), wrapped(words("", 15, 600))
        self._told = wrapped(words("", 13, tone="ink2"))
        self.device, self.source, self.mode = QComboBox(), QComboBox(), QComboBox()
        self.dpi, self.paper, self.sheets = QComboBox(), QComboBox(), QSpinBox()
        self.lot, self.into = QComboBox(), QComboBox()
        self._summary = wrapped(words("", 13, tone="ink2"))
        self._more = QPushButton(translate("Scanner", "Change"))
        self._more.setCheckable(True)
        self._details = QWidget()
        self._known, self._kind = ScanSettings(), Shape.WAITING
        self._waiting: list[tuple[str, str]] = []
        self._fill()
        head = QHBoxLayout()
        head.addWidget(self._sign)
        head.addWidget(self._state, 1)
        head.addWidget(self._more)
        self.add(head, self._told, self._summary)
        self._details.setLayout(self._grid(self._rare()))
        self._details.layout().setContentsMargins(0, 0, 0, 0)
        self._details.hide()
        self.add(self._details, self._grid(self._usual()))
        self._more.toggled.connect(self._details.setVisible)
        self._more.toggled.connect(self._summary.setHidden)
        self.device.currentIndexChanged.connect(lambda _: self.changed.emit())
        for box in (self.device, self.source, self.mode, self.dpi, self.paper):
            box.currentIndexChanged.connect(lambda _: self._sum_up())

    def _sum_up(self) -> None:
        boxes = (self.device, self.source, self.dpi, self.mode, self.paper)
        self._summary.setText(" · ".join(filter(None, (box.currentText() for box in boxes))))

    @property
    def fields(self) -> list[QWidget]:
        """That are to be seen, in their order."""
        rare = [field for _, field in self._rare()] if self._more.isChecked() else []
        return [self._more, *rare, *(field for _, field in self._usual())]

    def _fill(self) -> None:
        for source, told in (
            (Source.DUPLEX, translate("Scanner", "Both faces")),
            (Source.FEEDER, translate("Scanner", "Feeder, fronts")),
            (Source.FLATBED, translate("Scanner", "Glass")),
        ):
            self.source.addItem(told, source)
        for mode, told in (
            (Mode.COLOUR, translate("Scanner", "Colour")),
            (Mode.GREY, translate("Scanner", "Grey")),
            (Mode.LINEART, translate("Scanner", "Black and white")),
        ):
            self.mode.addItem(told, mode)
        dots = translate("Scanner", "%1 dpi")
        for dpi in DPIS:
            self.dpi.addItem(digits(dots.replace("%1", str(dpi))), dpi)
        for paper in PAPER_MM:
            self.paper.addItem(isolate(paper.upper() if len(paper) == 2 else paper), paper)
        self.paper.addItem(translate("Scanner", "All it sees"), LARGEST)
        self.sheets.setRange(0, 5000)
        self.sheets.setSpecialValueText(translate("Scanner", "not counted"))

    def _rare(self) -> list[tuple[str, QWidget]]:
        return [
            (translate("Scanner", "Scanner"), self.device),
            (translate("Scanner", "Paper from"), self.source),
            (translate("Scanner", "Colours"), self.mode),
            (translate("Scanner", "Resolution"), self.dpi),
            (translate("Scanner", "Size"), self.paper),
            (translate("Sample", "Lot"), self.lot),
        ]

    def _usual(self) -> list[tuple[str, QWidget]]:
        return [
            (translate("Scanner", "Into"), self.into),
            (translate("Scanner", "Sheets counted"), self.sheets),
        ]

    @staticmethod
    def _grid(rows: list[tuple[str, QWidget]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(5)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(1, 1)
        for line, (told, field) in enumerate(rows):
            label = QLabel(told)
            label.setBuddy(field)
            field.setAccessibleName(told)
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(field, line, 1)
        return grid

    def show_devices(self, named: Sequence[str], seen: Sequence[Device]) -> None:
        """Those that station.toml names, then those that answer."""
        here = self.device.currentData()
        self.device.blockSignals(True)
        self.device.clear()
        for name in named:
            self.device.addItem(isolate(name), name)
        for device in seen:
            told = f"{device.vendor} {device.model}".strip() or device.name
            self.device.addItem(isolate(told), device.name)
            self.device.setItemData(
                self.device.count() - 1, device.name, Qt.ItemDataRole.ToolTipRole
            )
        self.device.setCurrentIndex(max(0, self.device.findData(here)))
        self.device.blockSignals(False)
        self.changed.emit()

    def show_lots(self, lots: Sequence[Lot]) -> None:
        """Those that are open; without a choice pages join the lot their case file is in."""
        known = tuple(self.lot.itemData(place) for place in range(1, self.lot.count()))
        if self.lot.count() and known == tuple(lot.id for lot in lots):
            return
        here = self.lot.currentData()
        self.lot.clear()
        self.lot.addItem(translate("Scanner", "as declared"), 0)
        for lot in lots:
            self.lot.addItem(isolate(digits(lot.name)), lot.id)
        self.lot.setCurrentIndex(max(0, self.lot.findData(here)))

    def show_waiting(self, rows: Sequence[Declared]) -> None:
        """The case files that were declared and whose paper is not all here."""
        names = [(row.series, row.reference) for row in rows]
        if self.into.count() and names == self._waiting:
            return
        here, self._waiting = self.into.currentData(), names
        self.into.clear()
        self.into.addItem(translate("Scanner", "the open case file"), OPEN_CASE)
        self.into.addItem(translate("Scanner", "what the slips say"), BY_SLIPS)
        for row in rows:
            self.into.addItem(isolate(digits(row.reference)), row)
        known = [self.into.itemData(place) for place in range(self.into.count())]
        self.into.setCurrentIndex(known.index(here) if here in known else 0)

    def into_open(self) -> None:
        """What was chosen is the open case file now; slips go on saying it."""
        if self.into.currentData() != BY_SLIPS:
            self.into.setCurrentIndex(0)

    def use(self, settings: ScanSettings) -> None:
        """What the site says of the chosen scanner."""
        self._known = settings
        for box, value in (
            (self.source, settings.source),
            (self.mode, settings.mode),
            (self.dpi, settings.dpi),
            (self.paper, settings.paper),
        ):
            if box.findData(value) < 0:
                box.addItem(isolate(digits(value)), value)
            box.setCurrentIndex(box.findData(value))

    @property
    def settings(self) -> ScanSettings:
        return replace(
            self._known,
            source=Source(self.source.currentData()),
            mode=Mode(self.mode.currentData()),
            dpi=self.dpi.currentData(),
            paper=self.paper.currentData(),
            options=dict(self._known.options),
        )

    @property
    def told_well(self) -> bool:
        return self._kind is not Shape.DOUBTFUL

    def tell(self, kind: Shape, state: str, more: str = "") -> None:
        self._kind = kind
        self._sign.set_shape(kind)
        self._state.setText(state)
        self._told.setText(more)
        self._told.setVisible(bool(more))
