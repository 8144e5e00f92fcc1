"""A list model over plain rows: the row itself is one role, its words another."""

from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

ROW: Final = Qt.ItemDataRole.UserRole + 1
RowT = TypeVar("RowT")
Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractListModel, Generic[RowT]):
    """`identity` tells rows apart: the same identities in the same order are an update, not a
    reset, so that selection and scroll position stay."""

    def __init__(
        self,
        identity: Callable[[RowT], object],
        words: Callable[[RowT], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._identity, self._words = identity, words
        self._rows: tuple[RowT, ...] = ()

    @property
    def rows(self) -> tuple[RowT, ...]:
        return self._rows

    def set_rows(self, rows: Sequence[RowT]) -> None:
        new = tuple(rows)
        if [*map(self._identity, new)] == [*map(self._identity, self._rows)]:
            old, self._rows = self._rows, new
            for place, (before, after) in enumerate(zip(old, new, strict=True)):
                if before != after:
                    self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def add_rows(self, rows: Sequence[RowT]) -> None:
        """More of them, behind those that are there."""
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows += tuple(rows)
            self.endInsertRows()

    def place(self, identity: object) -> int:
        """The row number of `identity`, -1 where it is not here."""
        for number, row in enumerate(self._rows):
            if self._identity(row) == identity:
                return number
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(row)
        return None
