"""A list model over plain rows: the row itself is one role, its words another."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

ROW: Final = Qt.ItemDataRole.UserRole + 1
RowT = TypeVar("RowT")
Index = QModelIndex | QPersistentModelIndex


class MadeRows(Sequence[RowT]):
    """Rows that are made when somebody asks for them, as nobody looks at 10,000.

    `identities` tells them apart, `looks` whether one has changed; both without making them.
    """

    @property
    @abstractmethod
    def identities(self) -> list[Any]: ...

    @property
    @abstractmethod
    def looks(self) -> list[Any]: ...


class Rows(QAbstractListModel, Generic[RowT]):
    """`identity` tells rows apart: the same identities in the same order are an update, not a
    reset, so that selection and scroll position stay. Rows may be `MadeRows`."""

    def __init__(
        self,
        identity: Callable[[RowT], object],
        words: Callable[[RowT], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._identity, self._words = identity, words
        self._rows: Sequence[RowT] = ()
        self._identities: list[Any] = []
        self._places: dict[Any, int] = {}

    @property
    def rows(self) -> Sequence[RowT]:
        return self._rows

    def set_rows(self, rows: Sequence[RowT]) -> None:
        made = isinstance(rows, MadeRows)
        new = rows if made else tuple(rows)
        identities = new.identities if made else [*map(self._identity, new)]
        if identities == self._identities:
            old, self._rows = self._rows, new
            for place, (before, after) in enumerate(zip(_looks(old), _looks(new), strict=True)):
                if before != after:
                    self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self._rows, self._identities, self._places = new, identities, {}
        self.endResetModel()

    def add_rows(self, rows: Sequence[RowT]) -> None:
        """More of them, behind those that are there."""
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows = (*self._rows, *rows)
            self._identities += map(self._identity, rows)
            self._places = {}
            self.endInsertRows()

    def place(self, identity: object) -> int:
        """The row number of `identity`, -1 where it is not here."""
        if not self._places:
            self._places = {each: place for place, each in enumerate(self._identities)}
        return self._places.get(identity, -1)

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


def _looks(rows: Sequence[RowT]) -> Sequence[Any]:
    return rows.looks if isinstance(rows, MadeRows) else rows
