"""Sealed packages and where they are, as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from archiver.i18n import digits, isolate
from archiver.model.casefile import CaseFile
from archiver.model.delivery import Delivery, Seal
from archiver.workflow import queries
from archiver.workflow.station import Station
from ui.models.rows import ROW, Index
from ui.steps import delivery_word
from ui.words import moment, plate, size, translate

CASE, VERSION, SIZE, TARGET, STATE, UPDATED = range(6)


@dataclass(frozen=True, slots=True)
class PackageRow:
    case: CaseFile
    seal: Seal
    delivery: Delivery | None  # None: nobody has sent it yet

    @property
    def state(self) -> str:
        return self.delivery.state if self.delivery else ""

    @property
    def since(self) -> str:
        return self.delivery.updated_at if self.delivery else self.seal.sealed_at

    @property
    def identity(self) -> tuple[int, int]:
        return self.seal.id, self.delivery.id if self.delivery else 0


def package_rows(station: Station) -> Iterator[PackageRow]:
    """Sealed packages that nobody has sent yet, then the deliveries, the newest first."""
    known = queries.list_deliveries(station)
    sent = {row.seal.id for row in known}
    for summary in queries.list_cases(station):
        if summary.case.state == "sealed":
            for seal in queries.case_view(station, summary.case.id).seals:
                if seal.id not in sent:
                    yield PackageRow(summary.case, seal, None)
    for row in known:
        yield PackageRow(row.case, row.seal, row.delivery)


class DeliveryTable(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PackageRow, ...] = ()

    @property
    def rows(self) -> tuple[PackageRow, ...]:
        return self._rows

    def set_rows(self, rows: Sequence[PackageRow]) -> None:
        new = tuple(rows)
        if [row.identity for row in new] == [row.identity for row in self._rows]:
            self._rows = new
            if new:
                self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, UPDATED))
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else UPDATED + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation is Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[section]
        if across and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == CASE:
            return isolate(row.seal.name)
        return None

    @staticmethod
    def _titles() -> tuple[str, ...]:
        return (
            translate("Deliveries", "Case file"),
            translate("Deliveries", "Seal"),
            translate("Deliveries", "Size"),
            translate("Deliveries", "Target"),
            translate("Deliveries", "State"),
            translate("Deliveries", "Since"),
        )

    @staticmethod
    def _words(row: PackageRow, column: int) -> str:
        return (
            plate(row.case).sentence,
            digits(row.seal.version),
            size(row.seal.size),
            isolate(row.delivery.target) if row.delivery else "—",
            delivery_word(row.state),
            moment(row.since),
        )[column]
