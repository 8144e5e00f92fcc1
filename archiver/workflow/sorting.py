"""Where pages go that come with separators between them. What is not sure is flagged, not guessed.

All its memory is in the archive, so that a kill between two pages loses nothing of it.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from archiver.capture import separators as sight
from archiver.capture.separators import Seen, Unreadable
from archiver.capture.slip import Slip, of_qr
from archiver.errors import InputError, RequestRefused
from archiver.i18n import N_
from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile, CaseState
from archiver.model.lot import Lot
from archiver.model.separator import Separator
from archiver.store import audit, cases, lots, separators
from archiver.store.pages import NewPage
from archiver.workflow import vocabulary
from archiver.workflow.correcting import CaseSealed
from archiver.workflow.destination import Destination
from archiver.workflow.heritage import refuse_unready
from archiver.workflow.station import Station

UNSORTED: Final = "unsorted"
_ACCESS_LONG_IN: Final = 11.69  # what an access copy is measured by: its page is A4 or about


class NoCaseOpen(InputError):
    what = N_("{name} begins before the first slip, so nobody knows where its pages belong.")
    advice = N_("Name their case file, or put a slip before them and take them in again.")


class ItemNotReady(InputError):
    what = N_(
        "The slip in {name} begins {item}, which waits for today's colour card or for a note of its"
        " condition."
    )
    advice = N_(
        "Measure the card and note the condition (“archiver condition {item} fair”), then take the"
        " pages in again: after a scan by “archiver capture --resume”."
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page belongs. document_id: None where no separator came yet, so that it goes into
    whatever document its caller has for it."""

    case_id: int
    document_id: int | None
    behind: int | None  # the separator it stands behind
    lot_id: int | None
    unreadable: Unreadable | None  # it is a separator itself, which nobody could read


class Sorter:
    """Sorts the pages of one stream: a folder, an import, a sitting at the scanner.

    home: makes or finds the case file for pages before the first slip, inside the transaction;
    None where there is none. lot: the one that all of it belongs to, if somebody named one.
    """

    def __init__(
        self,
        station: Station,
        actor: Actor,
        stream: str,
        *,
        home: Callable[[sqlite3.Connection], int] | None = None,
        lot: Lot | None = None,
    ) -> None:
        self._station, self._actor, self._stream = station, actor, stream
        self._home, self._lot = home, lot

    def place(
        self, connection: sqlite3.Connection, page: NewPage, seen: Seen, *, name: str, sha256: str
    ) -> Place | None:
        """Where `page` goes; None where it is a separator and was kept as such.

        Inside the caller's transaction, page by page in their order. seen: what
        `capture.separators.seen` says of its access copy. name, sha256: of the file it came in.
        Once the page has its row, `added` wants to know. Raises NoCaseOpen, ItemNotReady,
        CaseSealed.
        """
        before = separators.newest(connection, self._stream)
        if isinstance(seen, Slip):
            why = self._objection(connection, seen)
            if not why:
                self._keep(connection, page, seen, before, name, sha256)
                return None
            if why == "unready" and before is None and self._home is None:
                raise ItemNotReady(name=name, item=seen.item)
            seen = Unreadable(why)
        if seen is None and before and self._is_back(page, before):
            self._note(connection, page, before, name, sha256)
            return None
        case_id = self._open_case(connection, before, name)
        if seen is not None:
            document = cases.add_document(connection, case_id, UNSORTED, "").id
            return Place(case_id, document, None, self._lot_behind(before), seen)
        if before is None:
            return Place(case_id, None, None, self._lot_behind(None), None)
        document = self._document(connection, before, case_id)
        behind = before.behind or before.id
        return Place(case_id, document, behind, self._lot_behind(before), None)

    def added(
        self,
        connection: sqlite3.Connection,
        place: Place,
        page: NewPage,
        page_id: int,
        *,
        name: str,
        sha256: str,
    ) -> None:
        """Note where the page `page_id` came from, in the same transaction."""
        if place.lot_id:
            lots.put_into(connection, place.lot_id, [page_id])
        if place.unreadable:
            made = separators.add(
                connection, page, person=self._actor.person, stream=self._stream,
                kind="unreadable", why=place.unreadable.why, case_id=place.case_id,
                lot_id=place.lot_id, document_id=place.document_id, page_id=page_id,
                source_name=name, source_sha256=sha256,
            )  # fmt: skip
            audit.append(connection, self._actor, "unreadable slip", case_id=place.case_id,
                         page_id=page_id, separator=made, why=place.unreadable.why)  # fmt: skip
        elif place.behind:
            separators.put_behind(connection, place.behind, page_id)

    def _keep(
        self,
        connection: sqlite3.Connection,
        page: NewPage,
        slip: Slip,
        before: Separator | None,
        name: str,
        sha256: str,
    ) -> None:
        if slip.begins_case:
            case_id, lot_id = _into(slip).opened(connection).id, self._lot_of(connection, slip)
        else:
            case_id = self._open_case(connection, before, name)
            lot_id = before.lot_id if before else None
        kind = "slip" if slip.begins_case else "patch"
        made = separators.add(
            connection, page, person=self._actor.person, stream=self._stream, kind=kind,
            payload=slip.payload, case_id=case_id, lot_id=lot_id,
            behind=None if slip.begins_case else _unread(before),
            source_name=name, source_sha256=sha256,
        )  # fmt: skip
        audit.append(connection, self._actor, "slip", case_id=case_id, separator=made,
                     payload=slip.payload)  # fmt: skip

    def _note(
        self,
        connection: sqlite3.Connection,
        page: NewPage,
        before: Separator,
        name: str,
        sha256: str,
    ) -> None:
        """The back of a separator: kept beside it, and what came after it comes after both."""
        separators.add(
            connection, page, person=self._actor.person, stream=self._stream, kind="back",
            payload=before.payload, case_id=before.case_id, lot_id=before.lot_id,
            behind=before.behind, source_name=name, source_sha256=sha256,
        )  # fmt: skip

    def _is_back(self, page: NewPage, before: Separator) -> bool:
        """The face right behind a slip is its back where a scanner says so, or nothing is on it."""
        if before.kind not in ("slip", "patch") or before.document_id:
            return False
        side = getattr(page, "side", "")
        if side:
            return bool(side == "verso")
        picture = self._station.blobs.path(page.access)
        shown = min(2400, max(page.width_px, page.height_px))
        return sight.is_blank(picture, round(shown / _ACCESS_LONG_IN))

    def _objection(self, connection: sqlite3.Connection, slip: Slip) -> str:
        """Why a slip that was read is not followed: unknown, sealed, lot, unready; else empty."""
        if slip.kind and slip.kind not in vocabulary.items("document_kind"):
            return "unknown"
        if slip.key and slip.key.series not in vocabulary.items("docket_series"):
            return "unknown"
        if slip.lot and self._lot_of(connection, slip) is None:
            return "lot"
        case = _into(slip).case(connection)
        if case and case.state is CaseState.SEALED:
            return "sealed"
        return "unready" if slip.item and not self._is_ready(slip, case) else ""

    def _is_ready(self, slip: Slip, case: CaseFile | None) -> bool:
        """To be scanned: its condition, and today's colour card, where they are asked for."""
        try:
            refuse_unready(self._station, _into(slip).profile, slip.item, case)
        except RequestRefused:
            return False
        return True

    def _lot_of(self, connection: sqlite3.Connection, slip: Slip) -> int | None:
        """The lot that the slip names, where it is open and no other than the stream's."""
        if not slip.lot:
            return self._lot.id if self._lot else None
        number, _slash, year = slip.lot.partition("/")
        found = lots.by_number(connection, int(number), int(year))
        if found is None or not found.is_open or (self._lot and self._lot.id != found.id):
            return None
        return found.id

    def _lot_behind(self, before: Separator | None) -> int | None:
        if before and before.lot_id:
            return before.lot_id
        return self._lot.id if self._lot else None

    def _open_case(
        self, connection: sqlite3.Connection, before: Separator | None, name: str
    ) -> int:
        if before and before.case_id:
            case = cases.by_id(connection, before.case_id)
            if case and case.state is CaseState.SEALED:
                raise CaseSealed(case=case.reference)
            return before.case_id
        if self._home is None:
            raise NoCaseOpen(name=name)
        return self._home(connection)

    def _document(self, connection: sqlite3.Connection, before: Separator, case_id: int) -> int:
        """The document that the newest separator began; its first page begins it."""
        found = cases.document(connection, before.document_id) if before.document_id else None
        if found and found.position > 0:  # nobody merged it away meanwhile
            return found.id
        kind = of_qr(before.payload).kind if before.payload else ""
        made = cases.add_document(connection, case_id, kind or UNSORTED, "")
        separators.begin_document(connection, before.id, made.id)
        return made.id


def _into(slip: Slip) -> Destination:
    profile = "case_file" if slip.key else "heritage_item"
    return Destination(slip.key, slip.item, profile=profile)


def _unread(before: Separator | None) -> int | None:
    """The unreadable separator after which pages are not sure, where there is one."""
    if before is None:
        return None
    return before.id if before.kind == "unreadable" else before.behind
