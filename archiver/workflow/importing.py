"""Files in, pages on the disk. Each file is taken whole or not at all; the rest goes on."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archiver.capture.delivered import Delivered
from archiver.capture.intake import Intake
from archiver.capture.names import check_name, visible
from archiver.capture.snapshot import sha256_of
from archiver.errors import AlreadyImported, InputError
from archiver.i18n import _, digits, isolate, ngettext
from archiver.jobs.pace import Pace
from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile
from archiver.model.changes import Changed, Notice, Progress, Step
from archiver.model.identity import CaseKey
from archiver.store import audit, cases, pages
from archiver.workflow.destination import Destination
from archiver.workflow.faults import storage_faults
from archiver.workflow.page_checks import measure_pending
from archiver.workflow.station import Station


@dataclass(frozen=True, slots=True)
class _Import:
    """What is imported where, by whom."""

    station: Station
    actor: Actor
    into: Destination

    def case(self) -> CaseFile | None:
        return self.into.case(self.station.database.connection)


def import_files(
    station: Station,
    actor: Actor,
    files: Sequence[Path],
    *,
    key: CaseKey | None,
    reference: str = "",
    title: str = "",
    kind: str = "unsorted",
    document: str = "",
    language: str = "ara",
    profile: str = "case_file",
) -> Iterator[Step]:
    """Take `files` into the case file `key` (or the item `reference`), each as one document.

    title: of the case file; document: of the documents, else each file's own name.
    The case file is made with its first page. A file that cannot be taken gives a `Notice`.
    Raises UnknownSeries, UnknownKind, WhichCase, NoSuchProfile, ValueRefused (the title),
    WrongState (the case file is sealed),
    DiskFull.
    """
    into = Destination(key, reference, title, kind, document, language, profile)
    into.check(station)
    wanted = _Import(station, actor, into)
    new_pages: list[int] = []
    refused: list[dict[str, str]] = []
    pace = Pace(len(files))
    with Intake(station.settings.limits) as intake:
        for path in files:
            yield Progress(pace.done, pace.total, _shown(path), pace.seconds_left)
            try:
                with storage_faults(station.root):
                    new_pages += _take(wanted, intake, path)
                    _measure(wanted)
            except InputError as error:
                refused.append({"file": visible(path.name), "error": error.code})
                yield Notice(error, visible(path.name))
            pace.step()
    case = wanted.case()
    yield Changed(
        "import",
        cases=(case.id,) if case else (),
        pages=tuple(new_pages),
        facts={
            "case": str(key or reference),
            "files": len(files) - len(refused),
            "pages": len(new_pages),
            "refused": refused,
        },
        sentence=_summary(len(new_pages), str(key or reference)),
    )


def _summary(count: int, case: str) -> str:
    words = ngettext("{count} page was taken into {case}.", "{count} pages were taken into {case}.",
                     count)  # fmt: skip
    return words.format(count=digits(count), case=digits(case))


def _shown(path: Path) -> str:
    return _("Taking {name}").format(name=isolate(visible(path.name)))


def _take(wanted: _Import, intake: Intake, path: Path) -> list[int]:
    """One file, in one transaction; the ids of its pages."""
    station = wanted.station
    check_name(path)
    _refuse_twice(wanted, path.name, sha256_of(path, station.settings.limits.file_megabytes))
    folder = Path(tempfile.mkdtemp(prefix="take-", dir=station.incoming))
    try:
        with closing(intake.unpack(path, folder)) as unpacked:
            delivered = [stored(station, page) for page in unpacked]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _refuse_twice(wanted, path.name, intake.sha256)  # it may have changed since
    return _record(wanted, path.name, intake.sha256, delivered)


def _measure(wanted: _Import) -> None:
    case = wanted.case()
    if case:
        measure_pending(wanted.station, case.id)


def _refuse_twice(wanted: _Import, name: str, digest: str) -> None:
    case = wanted.case()
    connection = wanted.station.database.connection
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
    wanted: _Import, name: str, digest: str, delivered: Sequence[pages.NewPage]
) -> list[int]:
    with wanted.station.database.transaction() as connection:
        case = wanted.into.opened(connection)
        document = cases.add_document(
            connection, case.id, wanted.into.kind, wanted.into.document or Path(name).stem
        )
        source_id = pages.add_source(connection, case.id, digest, name, len(delivered))
        ids = [
            pages.add(
                connection,
                page,
                case_id=case.id,
                document_id=document.id,
                source_id=source_id,
                language=wanted.into.language,
                person=wanted.actor.person,
            )
            for page in delivered
        ]
        audit.append(
            connection,
            wanted.actor,
            "import",
            case_id=case.id,
            name=name,
            sha256=digest,
            masters=[page.master for page in delivered],
        )
    return ids
