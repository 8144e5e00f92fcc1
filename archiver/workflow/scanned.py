"""From the spool into the archive: each image of a session once, in order, whoever died between.

A session names in its record who scanned what for which case file, so that any later process can
finish it.
"""

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from PIL import Image

from archiver.capture import separators
from archiver.capture.intake import Intake
from archiver.capture.page_image import dpi_of
from archiver.capture.separators import Seen, Unreadable
from archiver.capture.slip import Slip
from archiver.capture.spool import MEDIA_TYPES, Session, sessions
from archiver.errors import ArchiverError, DuplexLost, InputError, SheetsMissing
from archiver.i18n import _, digits
from archiver.model.actor import Actor
from archiver.model.casefile import Page
from archiver.model.changes import Notice, Step, Taken
from archiver.model.scanning import ScanSettings, Source, face_of
from archiver.store import audit, captures, cases, lots, pages
from archiver.store import separators as slips
from archiver.workflow.destination import Destination
from archiver.workflow.faults import storage_faults
from archiver.workflow.measuring import measure_pending
from archiver.workflow.sorting import UNSORTED, NoCaseOpen, Place, Sorter
from archiver.workflow.station import Station

_LANGUAGE: Final = "ara"
_ORPHAN_SECONDS: Final = 40.0  # a scanner's process that outlived its station ends by itself


def record_of(
    actor: Actor,
    device: str,
    settings: ScanSettings,
    into: Destination | None,
    *,
    sheets: int,
    lot: int,
    separators: bool,
) -> dict[str, Any]:
    """What a session says of itself: all that is wanted to take its pages in."""
    return {
        "started_at": audit.now(),
        "actor": asdict(actor),
        "device": device,
        "settings": {**asdict(settings), "options": dict(settings.options)},
        "into": into.record() if into else None,
        "sheets": sheets,
        "lot": lot,
        "separators": separators,
    }


def as_called(station: Station, problem: ArchiverError) -> ArchiverError:
    """The problem with the scanner's name as the site calls it, not as its driver does."""
    names = {known.device: name for name, known in station.settings.scanners.items()}
    device = str(problem.facts.get("device", ""))
    if device in names:
        problem.facts["device"] = names[device]
    return problem


@dataclass(slots=True)
class Taking:
    """One session on its way into the archive."""

    station: Station
    session: Session
    record: dict[str, Any]
    done: set[int]
    into: Destination | None  # where pages go before the first slip
    intake: Intake  # its process starts with the first page whose copies are missing
    homeless: bool = False  # it was told that pages before the first slip wait
    page_ids: list[int] = field(default_factory=list)
    case_ids: set[int] = field(default_factory=set)

    @classmethod
    def of(
        cls, station: Station, session: Session, otherwise: Destination | None = None
    ) -> "Taking":
        """otherwise: the case file of pages for which nobody named one."""
        done = captures.taken(station.database.connection, session.name)
        record = session.record()
        into = Destination.from_record(record["into"]) if record["into"] else otherwise
        return cls(station, session, record, done, into, Intake(station.settings.limits))

    def close(self) -> None:
        self.intake.close()

    @property
    def actor(self) -> Actor:
        return Actor(**self.record["actor"])

    @property
    def title(self) -> str:
        """With day and minute of its beginning, UTC."""
        at = str(self.record["started_at"])[:16].replace("T", " ")
        return _("Scan of {at}").format(at=at)

    @property
    def source(self) -> Source:
        return Source(self.record["settings"]["source"])

    def rest(self) -> Iterator[Step]:
        """Take what is in the spool and not in the archive yet."""
        for number, path in self.session.pages():
            if number in self.done:  # killed between the commit and this
                self.session.forget_page(number, path)
            else:
                yield from self.take(number, path)

    def take(self, number: int, path: Path, sha256: str = "") -> Iterator[Step]:
        """One image, in one transaction. Raises DiskFull, StorageFailed; it waits on then."""
        with storage_faults(self.station.root):
            try:
                page_id = self._take(number, path, sha256)
            except InputError as error:  # damaged, or of no case file: it waits in the spool
                if not (self.homeless and isinstance(error, NoCaseOpen)):
                    yield Notice(error, path.name)
                self.homeless = self.homeless or isinstance(error, NoCaseOpen)
                return
            self.session.forget_page(number, path)
        words = _("Page {number} is in the archive").format(number=digits(number))
        yield Taken(
            len(self.done), 0, words, session=self.session.name, number=number, page=page_id
        )

    def _take(self, number: int, path: Path, sha256: str) -> int:
        """The id of its page; 0 where it is a separator."""
        sheet, face = face_of(number, self.source)
        new = self.stored(number, path, sha256)
        if self.source is Source.DUPLEX:
            new = replace(new, side="recto" if face == "front" else "verso")
        follows = self.record["separators"]
        seen = separators.seen(self.station.blobs.path(new.access)) if follows else None
        with self.station.database.transaction() as connection:
            captures.begin(connection, self.session.name, self.record)
            early = self._is_early(connection, number)
            late = max(self.done, default=0) > number and not early
            place = self._late_place(connection, number, seen) if late else None
            page_id = self._placed(connection, new, seen, place, early=early)
            captures.note(
                connection, self.session.name, number, page_id or None, sheet=sheet, face=face,
                delivered=new.master,
            )  # fmt: skip
            if page_id:
                case_id = self._page(connection, page_id).case_id
                audit.append(
                    connection, self.actor, "capture", case_id=case_id, page_id=page_id,
                    session=self.session.name, number=number, sheet=sheet, face=face,
                    device=self.record["device"], master=new.master,
                )  # fmt: skip
        self.done.add(number)
        if page_id:
            self.page_ids.append(page_id)
            self.case_ids.add(case_id)
        return page_id

    def _is_early(self, connection: sqlite3.Connection, number: int) -> bool:
        """Whether the image came before the first slip of all that was followed, and waited."""
        first = slips.first_page(connection, self.session.name)
        return self.record["into"] is None and first is not None and number < first

    def _late_place(self, connection: sqlite3.Connection, number: int, seen: Seen) -> Place:
        """Of an image that those behind it have overtaken: beside the page before it.

        Behind a separator, or with nothing before it, somebody has to have named its case file.
        A slip that comes so late is not followed: a person says what it is.
        """
        lot = self.record["lot"] or None
        there, page_id = captures.before(connection, self.session.name, number)
        doubt = Unreadable("late") if isinstance(seen, Slip) else seen
        if page_id is not None:
            page = self._page(connection, page_id)
            return Place(page.case_id, page.document_id, None, lot, doubt)
        if self.into is None or (there and self.record["separators"]):
            raise NoCaseOpen(name=self.session.name)
        return Place(self.into.opened(connection).id, None, None, lot, doubt)

    def _placed(
        self,
        connection: sqlite3.Connection,
        new: pages.NewPage,
        seen: Seen,
        place: Place | None,
        *,
        early: bool,
    ) -> int:
        """The page as a row of its case file and document; 0 for a separator that was kept."""
        name, into = self.session.name, self.into
        marks = {"name": name, "sha256": new.master}
        lot = lots.by_id(connection, self.record["lot"]) if self.record["lot"] else None
        home = (lambda found: into.opened(found).id) if into else None
        # What came before the first slip is sorted by itself: no slip behind it says where it goes.
        stream = f"{name}<" if early else name
        sorter = Sorter(self.station, self.actor, stream, home=home, lot=lot)
        place = place or sorter.place(connection, new, seen, **marks)
        if place is None:
            return 0
        document = place.document_id or captures.document_of(connection, name, place.case_id)
        if document is None:
            title = (into and into.document) or self.title
            kind = into.kind if into else UNSORTED
            document = cases.add_document(connection, place.case_id, kind, title).id
        page_id = pages.add(
            connection,
            new,
            case_id=place.case_id,
            document_id=document,
            source_id=captures.source_of(connection, name, place.case_id),
            language=into.language if into else _LANGUAGE,
            person=self.actor.person,
        )
        sorter.added(connection, place, new, page_id, **marks)
        return page_id

    def _page(self, connection: sqlite3.Connection, page_id: int) -> Page:
        found = pages.by_id(connection, page_id)
        assert found is not None  # noqa: S101 - a row refers to it
        return found

    def stored(self, number: int, path: Path, sha256: str = "") -> pages.NewPage:
        """The blobs of the image; the copies are made here where its own process did not."""
        access, thumbnail = (self.session.copy(number, what) for what in ("access", "thumbnail"))
        if access.exists() and thumbnail.exists():
            return self._new_page(number, path, access, thumbnail, sha256)
        folder = Path(tempfile.mkdtemp(prefix="take-", dir=self.station.incoming))
        try:
            with closing(self.intake.unpack(path, folder)) as unpacked:
                page = next(unpacked)
                return self._new_page(number, path, page.access, page.thumbnail)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _new_page(
        self, number: int, path: Path, access: Path, thumbnail: Path, sha256: str = ""
    ) -> pages.NewPage:
        blobs = self.station.blobs
        with Image.open(path, formats=["TIFF", "JPEG"]) as image:
            width_px, height_px, stated = *image.size, dpi_of(image)
        extension = path.suffix
        keys = (blobs.adopt(path, sha256), blobs.put_file(access), blobs.put_file(thumbnail))
        return pages.NewPage(
            master=keys[0],
            media_type=MEDIA_TYPES[extension],
            access=keys[1],
            thumbnail=keys[2],
            sizes=(path.stat().st_size, access.stat().st_size, thumbnail.stat().st_size),
            width_px=width_px,
            height_px=height_px,
            dpi=self.record["settings"]["dpi"] if extension == ".jpg" else stated,
            turn_deg=0,
            source_page=number,
        )

    def doubts(self) -> Iterator[Notice]:
        """What the pages themselves tell of a driver, or a death, that lost some."""
        pages_came, sheets = len(self.done), self.record["sheets"]
        duplex = self.source is Source.DUPLEX
        given = (pages_came + 1) // 2 if duplex else pages_came
        device = self.record["device"]
        if duplex and (pages_came % 2 or (sheets and pages_came == sheets)):
            lost = DuplexLost(device=device, pages=pages_came, sheets=sheets or given)
            yield Notice(as_called(self.station, lost))
        elif sheets and given < sheets:
            missing = SheetsMissing(device=device, sheets=given, expected=sheets)
            yield Notice(as_called(self.station, missing))

    def finish(self, ending: str) -> None:
        """The session is over. Its folder goes unless an image could not be taken."""
        with self.station.database.transaction() as connection:
            captures.begin(connection, self.session.name, self.record)
            if captures.end(connection, self.session.name, ending):
                audit.append(
                    connection, self.actor, "end capture",
                    case_id=min(self.case_ids, default=None), session=self.session.name,
                    device=self.record["device"], pages=len(self.done), ending=ending,
                )  # fmt: skip
        if not self.session.pages():
            self.session.remove()
        for case_id in sorted(self.case_ids):
            measure_pending(self.station, case_id)


def waiting(station: Station) -> dict[str, int]:
    """Sessions that were not finished, and how many images of each wait in the spool."""
    return {session.name: len(session.pages()) for session in sessions(station.root)}


def take_up(station: Station, otherwise: Destination | None = None) -> Iterator[Step]:
    """Take in what killed processes left in the spool. Every command that takes pages runs it.

    otherwise: the case file of pages that came before any slip, where nobody had named one.
    """
    for session in sessions(station.root):
        deadline = time.monotonic() + _ORPHAN_SECONDS
        while session.is_held() and time.monotonic() < deadline:
            time.sleep(0.1)
        if session.is_held():
            continue
        # Those of a process that is gone may be torn.
        session.forget_copies()
        with closing(Taking.of(station, session, otherwise)) as taking:
            yield from taking.rest()
            yield from taking.doubts()
            taking.finish("interrupted")
