"""Sealed packages and where they are, as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from archiver.i18n import digits, isolate
from archiver.model.casefile import CaseFile
from archiver.model.changes import Parcel, Sending
from archiver.model.delivery import Delivery, DeliveryState, Seal
from archiver.store.audit import now
from archiver.workflow import queries
from archiver.workflow.outbox import paused_targets
from archiver.workflow.station import Station
from ui import counts
from ui.models.rows import ROW, Index
from ui.steps import DELIVERY_SHAPES, Sign, delivery_word
from ui.theme import Shape
from ui.words import moment, percent, plate, size, translate

CASE, VERSION, SIZE, TARGET, STATE, PROGRESS = range(6)


@dataclass(frozen=True, slots=True)
class PackageRow:
    case: CaseFile
    seal: Seal
    delivery: Delivery | None  # None: nobody has sent it yet
    halted: bool = False  # its target is paused, or everything
    parcel: Parcel | None = None  # while it is on its way
    seconds_left: float | None = None

    @property
    def state(self) -> str:
        return self.delivery.state if self.delivery else ""

    @property
    def since(self) -> str:
        return self.delivery.updated_at if self.delivery else self.seal.sealed_at

    @property
    def paused(self) -> bool:
        going = self.state not in (DeliveryState.COMMITTED, DeliveryState.RECEIPTED)
        return going and (self.halted or bool(self.delivery and self.delivery.paused))

    @property
    def failed(self) -> bool:
        """Whether a person, or the next try, has to mend something."""
        return self.state in (DeliveryState.HELD, DeliveryState.REFUSED) or bool(
            self.delivery and self.delivery.error_code and self.state != DeliveryState.RECEIPTED
        )

    @property
    def share(self) -> float:
        """Of its bytes at the target, as far as it is worth a bar."""
        if self.parcel:
            return self.parcel.sent / max(1, self.parcel.size)
        return float(self.state in (DeliveryState.COMMITTED, DeliveryState.REFUSED))

    @property
    def progress(self) -> str:
        """How far it is, or when what happened or will happen."""
        if self.parcel:
            left = counts.time_left(self.seconds_left)
            return " · ".join(part for part in (percent(self.share), left) if part)
        later = self.delivery.next_try_at if self.delivery else ""
        if later > now() and not self.paused:
            again = translate("Deliveries", "next try %1")
            return again.replace("%1", moment(later, "H:mm"))
        return moment(self.since, "d MMMM · H:mm")

    @property
    def urgency(self) -> str:
        count = self.delivery.priority if self.delivery else 0
        words = translate("Deliveries", "urgency %1")
        return isolate(digits(words.replace("%1", f"{count:+d}"))) if count else ""

    @property
    def sign(self) -> Sign:
        if self.paused and not self.parcel:
            return Sign(Shape.WAITING, translate("Deliveries", "Paused"))
        if self.failed and self.state == DeliveryState.SENDING and not self.parcel:
            return Sign(Shape.DOUBTFUL, translate("Deliveries", "Interrupted"))
        return Sign(DELIVERY_SHAPES[self.state], delivery_word(self.state))

    @property
    def identity(self) -> tuple[int, int]:
        return self.seal.id, self.delivery.id if self.delivery else 0


def package_rows(station: Station) -> Iterator[PackageRow]:
    """Sealed packages that nobody has sent yet, then the deliveries, the newest first."""
    halted = paused_targets(station)
    for case, seal in queries.list_unsent(station):
        yield PackageRow(case, seal, None, "" in halted)
    for row in queries.list_deliveries(station):
        still = bool({"", row.delivery.target} & halted)
        yield PackageRow(row.case, row.seal, row.delivery, still)


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
                self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, PROGRESS))
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def show_parcels(self, step: Sending | None) -> None:
        """Which of them are on their way, and how far; None: nothing is any more."""
        known = {parcel.delivery: parcel for parcel in step.parcels} if step else {}
        speed = (step.bytes_per_second or 0.0) / max(1, len(known)) if step else 0.0
        rows = []
        for row in self._rows:
            parcel = known.get(row.delivery.id) if row.delivery else None
            left = (parcel.size - parcel.sent) / speed if parcel and speed else None
            rows.append(replace(row, parcel=parcel, seconds_left=left))
        self.set_rows(rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else PROGRESS + 1

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
            translate("Deliveries", "Progress"),
        )

    @staticmethod
    def _words(row: PackageRow, column: int) -> str:
        return (
            plate(row.case).sentence,
            digits(row.seal.version),
            size(row.seal.size),
            isolate(row.delivery.target) if row.delivery else "—",
            row.sign.word,
            row.progress,
        )[column]
