"""Files in, pages on the disk. Each file is taken whole or not at all; the rest goes on."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archiver.capture.delivered import Delivered
from archiver.capture.intake import Intake
from archiver.capture.names import check_name, visible
from archiver.capture.separators import Seen, seen
from archiver.capture.snapshot import sha256_of
from archiver.capture.zips import is_zip, members
from archiver.errors import AlreadyImported, InputError
from archiver.i18n import _, digits, isolate, ngettext
from archiver.jobs.pace import Pace
from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile
from archiver.model.changes import Changed, Notice, Progress, Step
from archiver.model.identity import CaseKey
from archiver.model.lot import Lot
from archiver.store import audit, cases, lots, pages, separators
from archiver.workflow.destination import Destination
from archiver.workflow.faults import storage_faults
from archiver.workflow.measuring import measure_pending
from archiver.workflow.rights import Right, guarded
from archiver.workflow.scanned import take_up
from archiver.workflow.sorting import Sorter
from archiver.workflow.station import Station


@dataclass(frozen=True, slots=True)
class TakenPage:
    """A page that came in."""

    case_id: int
    page_id: int
    master: str


@dataclass(frozen=True, slots=True)
class _Import:
    """What is imported where, by whom."""

    station: Station
    actor: Actor
    into: Destination
    lot: Lot | None
    sorter: Sorter | None  # where slips and patch sheets are followed

    def case(self) -> CaseFile | None:
        return self.into.case(self.station.database.connection)


@guarded(Right.TAKE_IN)
def import_files(
    station: Station,
    actor: Actor,
    files: Sequence[Path],
    *,
    key: CaseKey | None = None,
    reference: str = "",
    title: str = "",
    kind: str = "unsorted",
    document: str = "",
    language: str = "ara",
    profile: str = "case_file",
    lot: Lot | None = None,
    stream: str = "",
) -> Iterator[Step]:
    """Take `files` into the case file `key` (or the item `reference`), each as one document.

    title: of the case file; document: of the documents, else each file's own name.
    stream: a name of what comes in one after the other; slips and patch sheets in it begin case
    files and documents, and a case file need only be named for what comes before the first.
    The case file is made with its first page. A file that cannot be taken gives a `Notice`.
    Raises UnknownSeries, UnknownKind, WhichCase, NoSuchProfile, ValueRefused (the title),
    WrongState (the case file is sealed),
    DiskFull.
    """
    into = Destination(key, reference, title, kind, document, language, profile)
    known = bool(key or reference)
    if known or not stream:
        into.check(station)
    home = (lambda connection: into.opened(connection).id) if known else None
    sorter = Sorter(station, actor, stream, home=home, lot=lot) if stream else None
    wanted = _Import(station, actor, into, lot, sorter)
    with storage_faults(station.root):
        yield from take_up(station)
    new_pages: list[TakenPage] = []
    refused: list[dict[str, str]] = []
    pace, count = Pace(len(files)), 0
    with Intake(station.settings.limits) as intake:
        for path, fault in _each(station, files):
            total = max(pace.total, pace.done + 1)  # a zip may hold any number
            yield Progress(pace.done, total, _shown(path), pace.seconds_left)
            try:
                if fault:
                    raise fault
                with storage_faults(station.root):
                    new_pages += _take(wanted, intake, path)
                count += 1
            except InputError as error:
                refused.append({"file": visible(path.name), "error": error.code})
                yield Notice(error, visible(path.name))
            pace.step()
    touched = dict.fromkeys(page.case_id for page in new_pages)
    here = wanted.case() if known else None
    names = [str(key or reference)] if known else [_name(station, case) for case in touched]
    yield Changed(
        "import",
        cases=tuple({**touched, here.id: None} if here else touched),
        pages=tuple(page.page_id for page in new_pages),
        facts={
            "case": ", ".join(names),
            "files": count,
            "pages": len(new_pages),
            "refused": refused,
        },
        sentence=_summary(len(new_pages), _(", ").join(names), count),
    )


def _each(station: Station, files: Sequence[Path]) -> Iterator[tuple[Path, InputError | None]]:
    """The files, and those inside zips, each there until the next is asked for; or what is wrong
    with it."""
    for path in files:
        if not is_zip(path):
            yield path, None
            continue
        folder = Path(tempfile.mkdtemp(prefix="zip-", dir=station.incoming))
        try:
            with storage_faults(station.root):
                for found in members(path, folder, station.settings.limits):
                    yield (found, None) if isinstance(found, Path) else (path, found)
        except InputError as error:
            yield path, error
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _name(station: Station, case_id: int) -> str:
    case = cases.by_id(station.database.connection, case_id)
    return case.reference if case else ""


def _summary(count: int, case: str, files: int) -> str:
    if not case:
        return _("Nothing came in but separators.") if files else _("No page came in.")
    words = ngettext("{count} page was taken into {case}.", "{count} pages were taken into {case}.",
                     count)  # fmt: skip
    return words.format(count=digits(count), case=digits(case))


def _shown(path: Path) -> str:
    return _("Taking {name}").format(name=isolate(visible(path.name)))


def _take(wanted: _Import, intake: Intake, path: Path) -> list[TakenPage]:
    """One file, in one transaction; its pages."""
    station = wanted.station
    check_name(path)
    _refuse_twice(wanted, path.name, sha256_of(path, station.settings.limits.file_megabytes))
    folder = Path(tempfile.mkdtemp(prefix="take-", dir=station.incoming))
    try:
        with closing(intake.unpack(path, folder)) as unpacked:
            delivered = [_looked_at(wanted, page) for page in unpacked]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _refuse_twice(wanted, path.name, intake.sha256)  # it may have changed since
    taken = _record(wanted, path.name, intake.sha256, delivered)
    for case_id in {page.case_id for page in taken}:
        measure_pending(station, case_id)
    return taken


def _looked_at(wanted: _Import, page: Delivered) -> tuple[pages.NewPage, Seen]:
    """The page with its files on the disk, and what separator it is."""
    found = seen(page.access) if wanted.sorter else None
    return stored(wanted.station, page), found


def _refuse_twice(wanted: _Import, name: str, digest: str) -> None:
    connection = wanted.station.database.connection
    if wanted.sorter:
        known = separators.knows_file(connection, digest)
        if known:
            raise AlreadyImported(name=name, case=known)
        return
    case = wanted.case()
    if case and pages.knows_source(connection, case.id, digest):
        raise AlreadyImported(name=name, case=case.reference)


def stored(station: Station, page: Delivered) -> pages.NewPage:
    """The page with its three files as durable blobs."""
    files = (page.master, page.access, page.thumbnail)
    sizes = tuple(file.stat().st_size for file in files)
    keys = [station.blobs.put_file(file) for file in files]
    for file in files:
        file.unlink()
    return pages.NewPage(
        master=keys[0],
        media_type=page.media_type,
        access=keys[1],
        thumbnail=keys[2],
        sizes=(sizes[0], sizes[1], sizes[2]),
        width_px=page.width_px,
        height_px=page.height_px,
        dpi=page.dpi,
        turn_deg=page.turn_deg,
        source_page=page.source_page,
    )


def _record(
    wanted: _Import, name: str, digest: str, delivered: Sequence[tuple[pages.NewPage, Seen]]
) -> list[TakenPage]:
    with wanted.station.database.transaction() as connection:
        file = _File(wanted, connection, name, digest, len(delivered))
        for page, found in delivered:
            file.put(page, found)
        if wanted.lot and not wanted.sorter:
            lots.put_into(connection, wanted.lot.id, [page.page_id for page in file.taken])
        for case_id in {page.case_id for page in file.taken}:
            masters = [page.master for page in file.taken if page.case_id == case_id]
            audit.append(connection, wanted.actor, "import", case_id=case_id, name=name,
                         sha256=digest, masters=masters)  # fmt: skip
    return file.taken


class _File:
    """The rows of one file: its pages, in one case file or, where slips say so, in several."""

    def __init__(
        self, wanted: _Import, connection: sqlite3.Connection, name: str, digest: str, count: int
    ) -> None:
        self._wanted, self._connection = wanted, connection
        self._name, self._digest, self._count = name, digest, count
        self._sources: dict[int, int] = {}  # case file -> the file's row in it
        self._documents: dict[int, int] = {}
        self.taken: list[TakenPage] = []

    def put(self, page: pages.NewPage, found: Seen) -> None:
        sorter, named = self._wanted.sorter, {"name": self._name, "sha256": self._digest}
        if sorter is None:
            case_id = self._wanted.into.opened(self._connection).id
            self._add(page, case_id, self._document(case_id))
            return
        place = sorter.place(self._connection, page, found, **named)
        if place is not None:
            document = place.document_id or self._document(place.case_id)
            page_id = self._add(page, place.case_id, document)
            sorter.added(self._connection, place, page, page_id, **named)

    def _document(self, case_id: int) -> int:
        """The document that the file is, where no slip says otherwise."""
        if case_id not in self._documents:
            into = self._wanted.into
            title = into.document or Path(self._name).stem
            made = cases.add_document(self._connection, case_id, into.kind, title)
            self._documents[case_id] = made.id
        return self._documents[case_id]

    def _add(self, page: pages.NewPage, case_id: int, document_id: int) -> int:
        if case_id not in self._sources:
            self._sources[case_id] = pages.add_source(
                self._connection, case_id, self._digest, self._name, self._count
            )
        page_id = pages.add(
            self._connection,
            page,
            case_id=case_id,
            document_id=document_id,
            source_id=self._sources[case_id],
            language=self._wanted.into.language,
            person=self._wanted.actor.person,
        )
        self.taken.append(TakenPage(case_id, page_id, page.master))
        return page_id
