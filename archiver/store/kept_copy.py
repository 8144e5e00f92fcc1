"""A copy of the archive's SQLite file, kept before its schema moves."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Final

from archiver.errors import NoRoomForCopy
from archiver.store.durable import sync_folder

_SECONDS: Final = 3600  # a copy of hundreds of gigabytes


def keep_copy(connection: sqlite3.Connection, path: Path, number: int) -> Path:
    """Keep `path`, as `connection` sees it, as it was before migration `number`: whole and durable,
    or not at all. Raises NoRoomForCopy."""
    _see_to_room(path)
    copy = path.with_suffix(f".before-{number:04d}.sqlite")
    part = path.with_name(f".part-{copy.name}")
    part.unlink(missing_ok=True)
    try:
        if not _copied_by_the_system(connection, path, part):
            with closing(sqlite3.connect(part)) as target:
                connection.backup(target)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(copy)
    finally:
        part.unlink(missing_ok=True)  # of what did not come to its end
    sync_folder(copy.parent)
    return copy


def drop_older(copy: Path, path: Path) -> None:
    """Remove the copies of `path` that earlier migrations left."""
    for other in path.parent.glob(f"{path.stem}.before-*.sqlite"):
        if other != copy:
            other.unlink()


def _see_to_room(path: Path) -> None:
    needed = sum(p.stat().st_size for p in (path, _wal(path)) if p.exists())
    free = shutil.disk_usage(path.parent).free
    if free < needed:
        raise NoRoomForCopy(path=path.parent, needed=_megabytes(needed), free=_megabytes(free))


def _copied_by_the_system(connection: sqlite3.Connection, path: Path, part: Path) -> bool:
    """Copied inside the kernel, or shared where the file system can; False where it cannot be.

    Nobody changes the file meanwhile: the log is emptied into it, and the writer's place held. The
    copier is a process of its own, since closing the file in this one would take SQLite's locks
    away (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _wal(path).exists() and _wal(path).stat().st_size:  # somebody is reading, or wrote
            return False
        command = ["cp", "--reflink=auto", str(path), str(part)]
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        return done.returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
    finally:
        connection.execute("ROLLBACK")


def _wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _megabytes(number: int) -> int:
    return -(-number // 1_000_000)
