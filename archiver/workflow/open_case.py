"""A case file as a screen holds it: its pages are fetched when somebody looks at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final, overload

from archiver.model.casefile import CaseFile, Document, Page
from archiver.model.delivery import Delivery, Seal
from archiver.store import audit, cases, deliveries, pages
from archiver.store.audit import EventRow
from archiver.store.database import Database
from archiver.workflow.queries import case_by_id
from archiver.workflow.station import Station

_BLOCK: Final = 64  # pages that are fetched at once
_KEPT: Final = 16  # blocks


class CasePages(Sequence[Page]):
    """The pages in their order; `outline` is what a list needs of all of them.

    A page is as it stands when it is fetched, its place as it was when the case file was opened.
    May be asked on any thread.
    """

    def __init__(self, database: Database, case_id: int) -> None:
        self._database = database
        self.outline = pages.outline(database.connection, case_id)
        self._places: dict[int, int] = {}
        self._blocks: dict[int, dict[int, Page]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self.outline)

    @overload
    def __getitem__(self, place: int) -> Page: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Page, ...]: ...

    def __getitem__(self, place: int | slice) -> Page | tuple[Page, ...]:
        if isinstance(place, slice):
            return tuple(self[n] for n in range(*place.indices(len(self))))
        number = range(len(self))[place]
        return self._block(number // _BLOCK)[self.outline[number].id]

    def place(self, page_id: int) -> int:
        """Which one it is, from 0; -1 where it is not here."""
        if not self._places:
            self._places = {row.id: place for place, row in enumerate(self.outline)}
        return self._places.get(page_id, -1)

    def find(self, page_id: int) -> Page | None:
        place = self.place(page_id)
        return self[place] if place >= 0 else None

    def _block(self, number: int) -> dict[int, Page]:
        with self._lock:
            if number not in self._blocks:
                if len(self._blocks) >= _KEPT:
                    del self._blocks[next(iter(self._blocks))]
                wanted = self.outline[number * _BLOCK : (number + 1) * _BLOCK]
                found = pages.with_ids(self._database.connection, [row.id for row in wanted])
                self._blocks[number] = {page.id: page for page in found}
            return self._blocks[number]


@dataclass(frozen=True, slots=True)
class OpenCase:
    case: CaseFile
    documents: tuple[Document, ...]
    pages: CasePages
    seals: tuple[Seal, ...]
    deliveries: tuple[Delivery, ...]


def open_case(station: Station, case_id: int) -> OpenCase:
    """Raises NoSuchCase. 10,000 pages take some 50 ms."""
    connection = station.database.connection
    return OpenCase(
        case=case_by_id(station, case_id),
        documents=cases.documents(connection, case_id),
        pages=CasePages(station.database, case_id),
        seals=deliveries.seals(connection, case_id),
        deliveries=deliveries.of_case(connection, case_id),
    )


def last_acts(
    station: Station, case_id: int, most: int, *, once: Sequence[str]
) -> tuple[EventRow, ...]:
    """The newest events of a case file, newest first; of the verbs `once` only the newest each."""
    return audit.newest(station.database.connection, case_id, most, once)
