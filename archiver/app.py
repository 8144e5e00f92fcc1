"""Puts the parts together from the settings: the one place that names concrete engines."""

import getpass
import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from archiver.errors import (
    ArchiveDamaged,
    ArchiveExists,
    FolderNotEmpty,
    NoArchive,
    SettingsWrong,
)
from archiver.i18n import _
from archiver.model.actor import Actor
from archiver.settings import (
    FILE_NAME,
    Identity,
    Settings,
    first_settings,
    read_settings,
)
from archiver.store import audit
from archiver.store.blobs import Blobs
from archiver.store.database import FILE_NAME as DATABASE
from archiver.store.database import Database
from archiver.store.durable import sync_folder, write_bytes
from archiver.store.lock import FILE_NAME as LOCK
from archiver.store.lock import WriterLock
from archiver.workflow.faults import storage_faults
from archiver.workflow.rights import roles_of
from archiver.workflow.station import Readers, ReadingPlan, SearchEngines, Station

if TYPE_CHECKING:
    from index.engine import Engine as SearchEngine

ENGINES: Final = ("tantivy", "whoosh")
_FOLDERS: Final = ("blobs", "incoming", "sealed", "keys")
_OURS: Final = (DATABASE, ".part-", LOCK)  # beginnings of names


def init_archive(root: Path, actor: Actor, identity: Identity) -> None:
    """Make an empty archive in `root`, which must not exist or be empty.

    Raises ArchiveExists, FolderNotEmpty, StorageFailed.
    """
    if (root / FILE_NAME).exists():
        raise ArchiveExists(path=root)
    with storage_faults(root):
        root.mkdir(parents=True, exist_ok=True)
        # What a killed init left is taken over: without settings it is no archive yet.
        names = {path.name for path in root.iterdir()}
        if any(not name.startswith(_OURS) for name in names.difference(_FOLDERS)):
            raise FolderNotEmpty(path=root)
        for name in _FOLDERS:
            (root / name).mkdir(exist_ok=True, mode=0o700 if name == "keys" else 0o755)
        database = Database(root / DATABASE)
        try:
            database.migrate()
            with database.transaction() as connection:
                audit.append(connection, actor, "init", format=database.version())
        finally:
            database.close()
        write_bytes(root / FILE_NAME, first_settings(identity).encode())
        sync_folder(root)


def open_station(root: Path, *, write: bool = True, holder: str = "") -> Station:
    """The archive in `root`, ready for the verbs; close it after use.

    With `write` it holds the writer's lock and cleans up after killed writers.
    Raises NoArchive, ArchiveBusy, ArchiveTooNew, ArchiveDamaged, SettingsWrong, DiskFull,
    StorageFailed.
    """
    if not (root / FILE_NAME).is_file():
        raise NoArchive(path=root)
    settings = read_settings(root)
    engines = _engines(settings, root)
    database, blobs = Database(root / DATABASE), Blobs(root / "blobs")
    with storage_faults(root), ExitStack() as undo:
        lock = WriterLock(root, holder or system_user()) if write else None
        if lock:
            undo.callback(lock.release)
        undo.callback(database.close)
        _bring_up_to_date(root, database, lock, holder)
        if write:
            _clean_up(root, blobs)
        undo.pop_all()
    plan = _plan(settings, blobs)
    return Station(root, settings, database, blobs, plan, engines, lock)


def _bring_up_to_date(root: Path, database: Database, lock: WriterLock | None, holder: str) -> None:
    """An older schema is moved up by whoever opens it first, under the writer's lock."""
    if not database.path.is_file():  # SQLite would make an empty one, and all would seem lost
        raise ArchiveDamaged(detail=_("{path} is missing").format(path=DATABASE))
    if database.is_current():
        return
    passing = lock or WriterLock(root, holder or system_user())
    try:
        database.migrate()
    finally:
        if lock is None:
            passing.release()


def actor(station: Station, person: str | None, role: str = "operator") -> Actor:
    """The person behind an act, in `role` or, where they have others, in their first.

    The system user where nobody is named.
    """
    here, name = station.settings.station, person or system_user()
    theirs = roles_of(station, name)
    return Actor(name, role if role in theirs or not theirs else theirs[0], here.name, here.company)


def system_user() -> str:
    """The person at this machine, as the system knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return f"uid-{os.getuid()}"


def _clean_up(root: Path, blobs: Blobs) -> None:
    """Remove what a killed writer left half-done; nothing of it was ever acknowledged."""
    blobs.sweep()
    for folder in (root / "incoming").iterdir():
        shutil.rmtree(folder, ignore_errors=True)
    for folder in (root, root / "sealed", root / "keys"):
        for path in folder.glob(".part-*"):
            path.unlink(missing_ok=True)


def _engines(settings: Settings, root: Path) -> SearchEngines:
    """All engines; a library is loaded when its engine is wanted."""

    def maker(
        name: str,
    ) -> "tuple[Callable[[Path], SearchEngine], Callable[[Path], SearchEngine]]":
        match name:
            case "tantivy":
                from index.tantivy_engine import TantivyEngine  # noqa: PLC0415 - see above

                return TantivyEngine, TantivyEngine.create
            case "whoosh":
                from archiver.store.keys import SigningKey  # noqa: PLC0415 - see above
                from index.whoosh_engine import WhooshEngine  # noqa: PLC0415

                # Whoosh runs what it reads: nothing is opened that this key did not write.
                key = SigningKey.load_or_create(root / "keys" / "index.pem")
                secret = key.sign(b"search index").encode()
                return (
                    lambda folder: WhooshEngine(folder, secret),
                    lambda folder: WhooshEngine.create(folder, secret),
                )
            case other:
                raise SettingsWrong(path=root / FILE_NAME, detail=f"index.engine = {other}")

    if settings.index.engine not in ENGINES:
        raise SettingsWrong(path=root / FILE_NAME, detail=f"index.engine = {settings.index.engine}")
    return SearchEngines(
        ENGINES,
        lambda name, folder: maker(name)[0](folder),
        lambda name, folder: maker(name)[1](folder),
    )


def _plan(settings: Settings, blobs: Blobs) -> ReadingPlan:
    workers = settings.work.workers or len(os.sched_getaffinity(0))

    def start() -> Readers:
        from archiver import readers  # noqa: PLC0415 - see there

        return Readers(
            readers.read,
            lambda: readers.make_executor(settings, blobs.root, workers),
            readers.stage_version(settings),
        )

    return ReadingPlan(workers, start)
