"""Delivery: sealed packages on their way to the information centre, and its receipts."""

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QWidget,
)

from archiver.i18n import isolate
from archiver.model.delivery import DeliveryState
from ui import counts, verbs
from ui.acts import DELIVERY
from ui.deck import Deck, Handlers
from ui.delegates.package import PackageDelegate
from ui.models.deliveries import CASE, STATE, DeliveryTable, package_rows
from ui.models.rows import ROW
from ui.screens.screen import Screen
from ui.session import Session
from ui.widgets.keys import KeyButton
from ui.widgets.package_side import PackageSide
from ui.widgets.parts import Empty, Panel, between, words
from ui.words import translate

ADD_TARGET = "archiver target add NAME FOLDER --centre-key FILE"
SIDE_PX = (310, 380)  # least and most
WIDTHS_PX = {CASE: 250, 1: 60, 2: 85, 3: 85, STATE: 170}


class DeliveryScreen(Screen):
    name = DELIVERY

    def __init__(self, session: Session, deck: Deck) -> None:
        super().__init__(session, deck)
        self.packages, self.table = DeliveryTable(self), QTableView()
        self.side, self.target = PackageSide(), QComboBox()
        self._count = words("", 14, tone="ink2")
        missing = translate("Delivery", "No target is set up yet. The command %1 adds one.")
        self._no_target = words(missing.replace("%1", isolate(ADD_TARGET)), 14, tone="ink2")
        self._assemble()
        session.cases_listed.connect(self.refresh)
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _: self.side.show_package(now.data(ROW))
        )
        self.refresh()

    def _assemble(self) -> None:
        self._set_up_table()
        self.target.setMinimumWidth(140)
        self.target.setMinimumHeight(34)
        self.target.setAccessibleName(translate("Delivery", "Target"))
        head = QHBoxLayout()
        head.setContentsMargins(0, 8, 0, 2)
        head.setSpacing(12)
        head.addWidget(words(translate("Delivery", "Delivery to the information centre"), 22, 600))
        head.addWidget(self._count, 1)
        head.addWidget(words(translate("Delivery", "Target"), 14, tone="ink2"))
        head.addWidget(self.target)
        head.addWidget(KeyButton(self.deck, "send", primary=True))
        head.addWidget(KeyButton(self.deck, "collect"))
        sheet = Panel(padding=0)
        sheet.add(self.table)
        nothing = Panel()
        nothing.add(Empty(translate("Delivery", "Nothing is sealed yet. Checked files come here.")))
        self._stack = QStackedWidget()
        self._stack.addWidget(sheet)
        self._stack.addWidget(nothing)
        body = QHBoxLayout()
        body.setSpacing(10)
        body.addWidget(self._stack, 71)
        body.addWidget(between(self.side, SIDE_PX), 29)
        self.column.addLayout(head)
        self.column.addWidget(self._no_target)
        self.column.addLayout(body, 1)

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.packages)
        table.setItemDelegate(PackageDelegate(table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setAccessibleName(translate("Delivery", "Packages"))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(60)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in WIDTHS_PX.items():
            table.setColumnWidth(column, width)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def handlers(self) -> Handlers:
        return {"send": self.send, "collect": self.collect}

    def panes(self) -> list[QWidget]:
        return [self.table, self.target]

    def _list_targets(self) -> None:
        names = tuple(self.session.station.settings.targets)
        if names != tuple(self.target.itemData(n) for n in range(self.target.count())):
            self.target.clear()
            for name in names:
                self.target.addItem(isolate(name), name)

    def refresh(self) -> None:
        self._list_targets()
        self._no_target.setVisible(self.target.count() == 0)
        rows = tuple(package_rows(self.session.station))
        before = self.table.currentIndex().row()
        self.packages.set_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self._count.setText(_summary(rows))
        if rows and not 0 <= before < len(rows):
            # not selectRow: it goes by geometry, and selects nothing in a table not shown yet
            flag = QItemSelectionModel.SelectionFlag
            first = self.packages.index(0, 0)
            self.table.selectionModel().setCurrentIndex(first, flag.ClearAndSelect | flag.Rows)
            before = 0
        self.side.show_package(rows[before] if rows else None)
        can = self.session.writable and self.target.count() > 0
        self.deck.allow(send=can and bool(rows), collect=can)

    def send(self) -> None:
        verbs.send(self.session, self.target.currentData())

    def collect(self) -> None:
        verbs.collect(self.session, [self.target.currentData()])


def _summary(rows: tuple) -> str:
    signed = sum(row.state == DeliveryState.RECEIPTED for row in rows)
    if not rows:
        return ""
    packages = counts.packages(len(rows))
    return f"{packages} · {counts.signed_for(signed)}"
