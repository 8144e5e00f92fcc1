"""What the hits are made of, to be narrowed by a tick: a tree of facets with their counts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from archiver.i18n import digits
from archiver.workflow.search import FacetValue, facet_name
from index.engine import FacetName
from ui.delegates.facet import FacetDelegate, FacetLine
from ui.models.rows import ROW
from ui.searching import Choice
from ui.words import joined, translate

SHOWN = 6  # values of a facet before the rest is asked for
ORDER: Final[tuple[FacetName, ...]] = (
    "circuit", "kind", "year", "series", "checked", "lot", "station"
)  # fmt: skip


class FacetTree(QTreeWidget):
    """`chosen` when a tick is set or taken back, by a click, Space or Enter."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._ticked: dict[FacetName, set[str]] = {}
        self._opened: set[FacetName] = set()
        self._facets: Mapping[str, tuple[FacetValue, ...]] = {}
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(FacetDelegate(self))
        self.setAccessibleName(translate("Search", "Narrow the results"))
        self.itemClicked.connect(self._take)

    @property
    def choice(self) -> Choice:
        return {facet: frozenset(values) for facet, values in self._ticked.items() if values}

    def clear_choice(self) -> None:
        self._ticked, self._opened = {}, set()

    def show_facets(self, facets: Mapping[str, tuple[FacetValue, ...]]) -> None:
        self._facets = facets
        here = self.currentItem().data(0, ROW) if self.currentItem() else None
        self.clear()
        for name in ORDER:
            if facets.get(name):
                self._add(name, facets[name])
        self.expandAll()
        if here:
            self._return_to(here)

    def _add(self, name: FacetName, values: tuple[FacetValue, ...]) -> None:
        head = QTreeWidgetItem(self)
        self._say(head, FacetLine(name, "", facet_name(name), named=True))
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        ticked = self._ticked.get(name, set())
        whole = name in self._opened or len(values) <= SHOWN + 1
        for place, value in enumerate(values):
            if whole or place < SHOWN or value.value in ticked:
                on = value.value in ticked
                line = FacetLine(name, value.value, value.word, value.pages, on)
                self._say(QTreeWidgetItem(head), line)
        if not whole:
            more = FacetLine(name, "", translate("Search", "All of them…"))
            self._say(QTreeWidgetItem(head), more)

    @staticmethod
    def _say(item: QTreeWidgetItem, line: FacetLine) -> None:
        item.setData(0, ROW, line)
        item.setToolTip(0, line.word)
        chosen = translate("Search", "chosen") if line.ticked else ""
        told = [part for part in (line.word, digits(line.pages), chosen) if part]
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, joined(*told))

    def _return_to(self, here: FacetLine) -> None:
        heads = (self.topLevelItem(n) for n in range(self.topLevelItemCount()))
        for item in (head.child(n) for head in heads for n in range(head.childCount())):
            line = item.data(0, ROW)
            if (line.facet, line.value) == (here.facet, here.value):
                self.setCurrentItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in keys and self.currentItem():
            self._take(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _take(self, item: QTreeWidgetItem) -> None:
        line: FacetLine = item.data(0, ROW)
        if line.named:
            return
        if not line.value:
            self._opened.add(line.facet)
            self.show_facets(self._facets)
            return
        ticked = self._ticked.setdefault(line.facet, set())
        (ticked.discard if line.ticked else ticked.add)(line.value)
        self._say(item, replace(line, ticked=not line.ticked))
        self.chosen.emit()
