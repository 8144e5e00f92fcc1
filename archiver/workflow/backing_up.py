"""A copy of the whole station elsewhere, proved, and brought back from there.

    TO/backup.json            which state is whole, and the hashes of its files
    TO/state-<events>/…       the database, the settings, the site's own files, one state at a time
    TO/blobs/…  TO/sealed/…   what never changes: copied once, kept

A state counts from the moment `backup.json` names it; until then the one before does. The index
is not copied: it is made anew from the database.
"""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from archiver.errors import ArchiveDamaged, FolderNotEmpty, NoBackup
from archiver.i18n import _, digits, ngettext
from archiver.jobs.pace import Pace
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Progress, Step
from archiver.settings import FILE_NAME as SETTINGS
from archiver.settings import read_settings
from archiver.store import audit, deliveries, pages, purges
from archiver.store.database import FILE_NAME as DATABASE
from archiver.store.database import Database
from archiver.store.durable import sync_folder, write_bytes, written
from archiver.store.lock import FILE_NAME as LOCK
from archiver.store.vault import VaultError, lock_away, take_out
from archiver.workflow.faults import storage_faults
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station

RECORD: Final = "backup.json"
VERSION: Final = "backup/1"
KEYS: Final = "keys.box"
_APART: Final = frozenset({"blobs", "sealed", "incoming", "index", "keys", LOCK})
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class _Copy:
    """A file that never changes: where it lies, where it goes, and what it must be."""

    source: Path
    target: Path
    sha256: str


@guarded(Right.UPKEEP)
def backup(
    station: Station,
    actor: Actor,
    to: Path,
    *,
    passphrase: bytes | None = None,
    prove: bool = False,
) -> Iterator[Step]:
    """Bring the copy in `to` up to date; what is there already is not copied again.

    prove: hash also what was copied earlier, and copy again what is damaged. passphrase: the
    keys go along, encrypted; else they stay, and a restored station needs a new key. Cut off, it
    goes on where it stopped. Raises StorageFailed, DiskFull, ArchiveDamaged (a blob here is not
    what it should be: the copy there, if sound, is kept).
    """
    with storage_faults(to):
        to.mkdir(parents=True, exist_ok=True)
    with storage_faults(station.root), station.database.transaction() as connection:
        audit.append(connection, actor, "backup", to=str(to), keys=passphrase is not None)
    head = audit.head(station.database.connection)
    with storage_faults(to):
        yield Progress(0, 0, _("Copying the database"))
        state = to / f"state-{head.seq}"
        shutil.rmtree(state, ignore_errors=True)
        hashes = _state(station, state, passphrase)
        work = list(_immutable(station, to))
        copied, size = 0, 0
        pace = Pace(len(work))
        for each in work:
            if not _is_there(each, prove):
                size += _bring(each)
                copied += 1
            pace.step()
            if pace.done % 20 == 0 or pace.done == pace.total:
                yield Progress(pace.done, pace.total, _("Stored files"), pace.seconds_left)
        facts: dict[str, object] = {
            "version": VERSION, "state": state.name, "at": audit.now(), "by": actor.person,
            "station": actor.station, "events": head.seq, "head": head.hash, "files": hashes,
            "blobs": len(work), "keys": passphrase is not None,
        }  # fmt: skip
        write_bytes(to / RECORD, (json.dumps(facts, ensure_ascii=False) + "\n").encode())
        for old in to.glob("state-*"):
            if old.name != state.name:
                shutil.rmtree(old)
    words = ngettext(
        "{count} file was copied to {path}; the copy is whole.",
        "{count} files were copied to {path}; the copy is whole.",
        copied,
    )
    yield Changed(
        "backup",
        facts={"to": str(to), "copied": copied, "bytes": size, "files": len(work),
               "events": head.seq, "keys": passphrase is not None, "proved": prove},
        sentence=words.format(count=digits(copied), path=to),
    )  # fmt: skip


def _state(station: Station, state: Path, passphrase: bytes | None) -> dict[str, str]:
    """Write what changes; the hash of each file by its path."""
    state.mkdir()
    with closing(sqlite3.connect(state / DATABASE)) as copy:
        station.database.connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    for path in sorted(_own_files(station.root)):
        with written(state / path.relative_to(station.root)) as out:
            out.write(path.read_bytes())
    if passphrase is not None:
        write_bytes(state / KEYS, lock_away(station.keys, passphrase), mode=0o600)
    sync_folder(state)
    files = sorted(path for path in state.rglob("*") if path.is_file())
    return {path.relative_to(state).as_posix(): _sha256(path) for path in files}


def _own_files(root: Path) -> Iterator[Path]:
    """Settings, the signed head, and what the site added: profiles, vocabularies."""
    for entry in root.iterdir():
        if entry.name in _APART or entry.name.startswith((DATABASE.partition(".")[0] + ".", ".")):
            continue
        yield from (path for path in (entry, *entry.rglob("*")) if path.is_file())


def _immutable(station: Station, to: Path) -> Iterator[_Copy]:
    connection = station.database.connection
    gone, away = purges.purged_blobs(connection), purges.purged_seals(connection)
    for key, _size in pages.blobs(connection):
        if key not in gone:
            yield _Copy(station.blobs.path(key), to / "blobs" / key[:2] / key, key)
    for seal in deliveries.seals(connection):
        if seal.id not in away:
            path = station.sealed / seal.name
            yield _Copy(path, to / "sealed" / seal.name, seal.sha256)


def _is_there(each: _Copy, prove: bool) -> bool:
    if not each.target.exists():
        return False
    if prove:
        return _sha256(each.target) == each.sha256
    return each.target.stat().st_size == each.source.stat().st_size


def _bring(each: _Copy) -> int:
    """Copy and hash at once; the size. Raises ArchiveDamaged where it is not what it should be."""
    digest, size = hashlib.sha256(), 0
    with written(each.target, mode=0o444) as out, each.source.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
            size += len(chunk)
        if digest.hexdigest() != each.sha256:
            detail = _("{name} is no longer what was stored").format(name=each.source)
            raise ArchiveDamaged(detail=detail)
    return size


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def restore(
    source: Path, into: Path, person: str, *, passphrase: bytes | None = None
) -> Iterator[Step]:
    """Bring a backup back into the empty or half-restored folder `into`, hashing every byte.

    It becomes an archive with its last file, the settings: cut off, it is none, and doing it
    again goes on. Raises NoBackup, FolderNotEmpty, StorageFailed, DiskFull, ArchiveDamaged.
    """
    with storage_faults(source):
        record = _read_record(source)
        state = source / str(record["state"])
        files = _proved(state, record)
    if (into / SETTINGS).exists():
        raise FolderNotEmpty(path=into)
    with storage_faults(into):
        into.mkdir(parents=True, exist_ok=True)
        for name in ("blobs", "incoming", "sealed"):
            (into / name).mkdir(exist_ok=True)
        (into / "keys").mkdir(mode=0o700, exist_ok=True)
        _place(state / DATABASE, into / DATABASE)
        database = Database(into / DATABASE)
        try:
            database.migrate()
            yield from _bring_back(database, source, into)
            for name in sorted(files - {SETTINGS, DATABASE, KEYS}):
                _place(state / name, into / name)
            keys = _keys(state, into, passphrase)
            _check(database)
            here = read_settings(state).station
            with database.transaction() as connection:
                actor = Actor(person, "operator", here.name, here.company)
                audit.append(connection, actor, "restore", source=str(source),
                             events=record["events"], keys=keys)  # fmt: skip
        finally:
            database.close()
        _place(state / SETTINGS, into / SETTINGS)
        sync_folder(into)
    count = int(record["blobs"])
    words = ngettext("{count} file was brought back and is what it was.",
                     "{count} files were brought back and are what they were.", count)  # fmt: skip
    yield Changed(
        "restore",
        facts={"archive": str(into), "files": count, "events": record["events"], "keys": keys,
               "at": record["at"]},
        sentence=words.format(count=digits(count))
        + " " + _("“archiver process” makes its index anew."),
    )  # fmt: skip


def _read_record(source: Path) -> dict[str, Any]:
    try:
        record = json.loads((source / RECORD).read_bytes())
        known = record["version"] == VERSION and isinstance(record["files"], dict)
    except (ValueError, KeyError, TypeError, FileNotFoundError, NotADirectoryError) as error:
        raise NoBackup(path=source, detail=_("{path} is missing").format(path=RECORD)) from error
    if not known or not str(record["state"]).startswith("state-"):
        raise NoBackup(path=source, detail=str(record["version"]))
    return dict(record)


def _proved(state: Path, record: Mapping[str, Any]) -> frozenset[str]:
    for name, digest in record["files"].items():
        if not (state / name).is_file() or _sha256(state / name) != digest:
            detail = _("the hash of {path} is not the one it should have").format(path=name)
            raise NoBackup(path=state.parent, detail=detail)
    return frozenset(record["files"])


def _bring_back(database: Database, source: Path, into: Path) -> Iterator[Step]:
    connection = database.connection
    gone, away = purges.purged_blobs(connection), purges.purged_seals(connection)
    keys = [key for key, _size in pages.blobs(connection) if key not in gone]
    work = [(f"blobs/{key[:2]}/{key}", key) for key in keys]
    seals = deliveries.seals(connection)
    work += [(f"sealed/{seal.name}", seal.sha256) for seal in seals if seal.id not in away]
    pace = Pace(len(work))
    for path, digest in work:
        each = _Copy(source / path, into / path, digest)
        if not each.source.exists():
            raise NoBackup(path=source, detail=_("{path} is missing").format(path=path))
        if not _is_there(each, prove=True):
            _bring(each)
        pace.step()
        if pace.done % 20 == 0 or pace.done == pace.total:
            yield Progress(pace.done, pace.total, _("Stored files"), pace.seconds_left)


def _place(file: Path, target: Path) -> None:
    with written(target) as out, file.open("rb") as source:
        shutil.copyfileobj(source, out, _CHUNK)


def _keys(state: Path, into: Path, passphrase: bytes | None) -> int:
    """How many keys came back; none without the passphrase: the station then makes a new one."""
    box = state / KEYS
    if passphrase is None or not box.exists():
        return 0
    try:
        return take_out(box.read_bytes(), passphrase, into / "keys")
    except VaultError as error:
        raise NoBackup(path=box, detail=_("the passphrase does not open the keys")) from error


def _check(database: Database) -> None:
    if (complaint := database.check()) != "ok":
        raise ArchiveDamaged(detail=complaint)
    if (broken := audit.first_broken(database.connection)) is not None:
        detail = _("event {number} of the audit log was changed").format(number=digits(broken))
        raise ArchiveDamaged(detail=detail)
