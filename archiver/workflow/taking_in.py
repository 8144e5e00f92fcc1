"""Accepted packages go into an archive of the centre's own, searched like any other."""

import hashlib
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from archiver.capture.intake import Intake
from archiver.errors import DeliveryError, InputError, PackageInvalid
from archiver.i18n import N_, _
from archiver.model.actor import Actor
from archiver.model.delivery import BagReport
from archiver.package.layout import RECORD
from archiver.package.member import EXTENSIONS
from archiver.package.record import RecordError, read_record
from archiver.store import audit, taken
from archiver.store.taken import Bytes, TakenIn
from archiver.workflow.faults import storage_faults
from archiver.workflow.halves import copies_of_part
from archiver.workflow.indexing import index_pending
from archiver.workflow.station import Station
from ocr import alto
from ocr.errors import OcrError
from ocr.imaging.stored import read_pixels
from ocr.page import Box

_CHUNK = 1 << 20


class NotTakenIn(DeliveryError):
    what = N_("{name} was signed for, but is not in the centre's archive: {detail}.")
    advice = N_("The package is safe where it is. Tell those who look after the archive.")


@dataclass(slots=True)
class _Package:
    """A package that is being taken in: what was found in it, all of it held to its hashes."""

    station: Station
    report: BagReport
    bag: zipfile.ZipFile
    root: str
    folder: Path  # for files on their way
    made: dict[tuple[str, str], tuple[str, str, str]] = field(default_factory=dict)

    def copy(self, path: str, out: IO[bytes]) -> None:
        """The file `path` of the bag. Raises PackageInvalid where it is not the sealed one."""
        digest = hashlib.sha256()
        with self.bag.open(f"{self.root}/{path}") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                out.write(chunk)
        if digest.hexdigest() != self.report.files.get(path):
            detail = _("the hash of {path} is not the one it should have").format(path=path)
            raise PackageInvalid(name=self.report.name, detail=detail)

    def fetched(self, path: str) -> Path:
        name = self.folder / path.rpartition("/")[2]
        with name.open("wb") as out:
            self.copy(path, out)
        return name


def take_in(station: Station, actor: Actor, package: Path, report: BagReport) -> bool:
    """Take a package that was verified (`report`) into the archive; False where it was there.

    Each file is held to its hash once more while it is copied. Masters are opened in the limited
    child, as any file from outside. A newer version takes the place of the older, an older one
    changes nothing. Raises NotTakenIn, DiskFull, StorageFailed.
    """
    there = taken.known(station.database.connection, report.name)
    if there and there.sha256 == report.sha256:
        return False
    with storage_faults(station.root), _worded(report.name):
        folder = Path(tempfile.mkdtemp(prefix="taken-", dir=station.incoming))
        try:
            with zipfile.ZipFile(package) as bag:
                root = bag.namelist()[0].partition("/")[0]
                _take(_Package(station, report, bag, root, folder), actor)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        index_pending(station)
    return True


@contextmanager
def _worded(name: str) -> Iterator[None]:
    try:
        yield
    except RecordError as error:
        detail = _("it was sealed in a form without the station's record")
        raise NotTakenIn(name=name, detail=detail) from error
    except (InputError, PackageInvalid, OcrError) as error:
        raise NotTakenIn(name=name, detail=error) from error
    except sqlite3.IntegrityError as error:
        detail = _("another case file here has its number")
        raise NotTakenIn(name=name, detail=detail) from error


def _take(package: _Package, actor: Actor) -> None:
    if RECORD not in package.report.files:
        raise RecordError(RECORD)
    record = read_record(package.fetched(RECORD).read_bytes())
    connection = package.station.database.connection
    newest = taken.newest_version(connection, record["case"]["uid"])
    found: dict[str, Bytes] = {}
    if record["package_version"] > newest:
        with Intake(package.station.settings.limits) as intake:
            found = {page["uid"]: _bytes(package, intake, page) for page in record["pages"]}
    gone = _store(package, actor, record, found)
    if gone:
        package.station.index.delete(gone)
        package.station.index.commit()


def _store(
    package: _Package, actor: Actor, record: Mapping[str, Any], found: Mapping[str, Bytes]
) -> tuple[int, ...]:
    report, gone = package.report, tuple[int, ...]()
    with package.station.database.transaction() as connection:
        case_id = taken.put_case(connection, record["case"]) if found else _case(connection, record)
        if found:
            documents = taken.put_documents(connection, case_id, record["documents"])
            gone = taken.drop_pages_beside(connection, case_id, list(found))
        for page in record["pages"] if found else ():
            source = taken.put_source(connection, case_id, report.name, page["source_name"])
            taken.put_page(
                connection, page, found[page["uid"]], case_id=case_id, source_id=source,
                document_id=documents[page["document"]], person=actor.person,
            )  # fmt: skip
        if found:
            values = record.get("values", ())
            taken.put_values(connection, case_id, values, documents, actor.person)
        version = record["package_version"]
        told = TakenIn(report.name, report.sha256, case_id, version)
        taken.note(connection, told, station=record["station"], key_id=report.key_id)
        audit.append(
            connection, actor, "take in", case_id=case_id, package=report.name,
            sha256=report.sha256, version=version, from_station=record["station"],
            station_key=report.key_id, pages=len(found), dropped=len(gone),
        )  # fmt: skip
    return gone


def _case(connection: sqlite3.Connection, record: Mapping[str, Any]) -> int:
    """The case file of which a newer version is here already."""
    row = connection.execute("SELECT id FROM case_file WHERE uid = ?", (record["case"]["uid"],))
    return int(row.fetchone()["id"])


def _bytes(package: _Package, intake: Intake, page: Mapping[str, Any]) -> Bytes:
    """The blobs of one page: as sealed, and the copies for screens, which are made here."""
    blobs, master = package.station.blobs, page["master_file"]
    shown = master, str(page.get("cut", ""))
    if shown not in package.made:
        package.made[shown] = _pictures(package, intake, *shown)
    keys, text, size = package.made[shown], "", 0
    alto_key = ""
    if page["alto_file"]:
        content = package.fetched(page["alto_file"]).read_bytes()
        alto_key, text, size = blobs.put_bytes(content), alto.read(content).text, len(content)
    media_types = {extension: media_type for media_type, extension in EXTENSIONS.items()}
    sizes = (*(blobs.size(key) for key in keys), size)
    return Bytes(
        master=keys[0],
        media_type=media_types[master.rpartition(".")[2]],
        access=keys[1],
        thumbnail=keys[2],
        alto=alto_key,
        sizes=(sizes[0], sizes[1], sizes[2], sizes[3]),
        text=text,
    )


def _pictures(package: _Package, intake: Intake, path: str, cut: str) -> tuple[str, str, str]:
    """A master and the copies of it, or of its part `cut`, that screens show."""
    file = package.fetched(path)
    station = package.station
    with closing(intake.unpack(file, package.folder)) as unpacked:
        delivered = next(unpacked)
        both = (delivered.access, delivered.thumbnail)
        if cut:
            copies = copies_of_part(station, read_pixels(file), _box(cut))
        else:
            copies = station.blobs.put_file(both[0]), station.blobs.put_file(both[1])
        delivered.remove()
    return station.blobs.put_file(file), *copies


def _box(cut: str) -> Box:
    try:
        x, y, width, height = map(int, cut.split())
    except ValueError as error:
        raise RecordError(cut) from error
    if min(x, y) < 0 or min(width, height) < 1:
        raise RecordError(cut)
    return Box(x, y, width, height)
