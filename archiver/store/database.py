"""The archive's SQLite file: WAL, every commit fsynced, one connection a thread.

The schema moves by numbered files in `migrations/`, all that are new in one transaction; a copy of
the file is kept before it.
"""

import gc
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Final
from weakref import WeakSet

from archiver.errors import ArchiveDamaged, ArchiveTooNew
from archiver.store.kept_copy import drop_older, keep_copy

FILE_NAME: Final = "archive.sqlite"


def migrations() -> list[tuple[int, str]]:
    """(number, SQL) of every migration, in order."""
    found = [f for f in files("archiver.store.migrations").iterdir() if f.name.endswith(".sql")]
    return sorted((int(f.name[:4]), f.read_text("utf-8")) for f in found)


class _Connection(sqlite3.Connection):
    """One that may be known without being kept."""


class Database:
    """Connections to one archive. Readers need no lock; writers queue up in `transaction`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._open = WeakSet[_Connection]()
        self._writing = threading.RLock()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, opened at its first use."""
        found: _Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = self._connect()
            self._open.add(found)
        return found

    def _connect(self) -> _Connection:
        # check_same_thread is off, as close() may let go of another thread's connection last.
        connection = sqlite3.connect(
            self.path,
            timeout=30,
            isolation_level=None,
            check_same_thread=False,
            factory=_Connection,
        )
        connection.row_factory = sqlite3.Row
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        except sqlite3.OperationalError:  # a full disk, a missing right
            connection.close()
            raise
        except sqlite3.DatabaseError as error:
            connection.close()
            raise ArchiveDamaged(detail=error) from error
        return connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, and on the disk before it returns."""
        with self._writing:
            connection = self.connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # a full disk has rolled it back already
                    connection.execute("ROLLBACK")
                raise

    def version(self) -> int:
        (number,) = self.connection.execute("PRAGMA user_version").fetchone()
        return int(number)

    def is_current(self) -> bool:
        """Whether the schema is this station's. Raises ArchiveTooNew for a newer station's."""
        newest, found = migrations()[-1][0], self.version()
        if found > newest:
            raise ArchiveTooNew(found=found, known=newest)
        return found == newest

    def migrate(self) -> None:
        """Bring the schema up to date. Raises ArchiveTooNew for a newer station's archive,
        NoRoomForCopy."""
        if self.is_current():
            return
        found = self.version()
        new = [(number, sql) for number, sql in migrations() if number > found]
        if not found:  # a new archive has nothing to keep
            self._apply(new)
            return
        copy = keep_copy(self.connection, self.path, new[0][0])
        self._apply(new)
        drop_older(copy, self.path)

    def _apply(self, new: list[tuple[int, str]]) -> None:
        words = "\n".join(sql for _, sql in new)
        version = f"PRAGMA user_version = {new[-1][0]};"
        self.connection.executescript(f"BEGIN IMMEDIATE;\n{words}\n{version}\nCOMMIT;")

    def check(self) -> str:
        """SQLite's own integrity check: `ok` or the first complaint."""
        (answer,) = self.connection.execute("PRAGMA integrity_check(1)").fetchone()
        return str(answer)

    def close(self) -> None:
        """This thread's connection is closed; the others are let go, so that one which a thread is
        just asking ends behind the answer: closed under its hands, it takes the process with it."""
        with self._writing:
            mine: _Connection | None = getattr(self._local, "connection", None)
            if mine is not None:
                mine.close()
                self._open.discard(mine)
            self._local = threading.local()
        if self._open:
            gc.collect()  # a connection holds itself by its cache of statements
