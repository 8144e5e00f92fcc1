"""The packages: case file, seal, size, target, state and progress, one a row."""

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.delegates.package import PackageDelegate
from ui.models.deliveries import CASE, SIZE, STATE, TARGET, VERSION, DeliveryTable
from ui.words import translate

WIDTHS_PX: Final = {CASE: 260, VERSION: 58, SIZE: 92, TARGET: 100, STATE: 168}
FIGURES_FROM_PX, NARROW_PX = 660, 210  # of the table; of the case file where that is less


class PackageTable(QTableView):
    """Where there is little room the state stays: the figures stand beside the package, too."""

    def __init__(self, packages: DeliveryTable) -> None:
        super().__init__()
        self.setModel(packages)
        self.setItemDelegate(PackageDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setAccessibleName(translate("Delivery", "Packages"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(60)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        for column, width in WIDTHS_PX.items():
            self.setColumnWidth(column, width)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < FIGURES_FROM_PX
        if narrow != self.isColumnHidden(SIZE):
            for column in (VERSION, SIZE, TARGET):
                self.setColumnHidden(column, narrow)
            self.setColumnWidth(CASE, NARROW_PX if narrow else WIDTHS_PX[CASE])
