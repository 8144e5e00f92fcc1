"""The copy of the database that is kept before its schema moves."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from archiver.errors import NoRoomForCopy
from archiver.store.database import Database, migrations
from archiver.store.kept_copy import keep_copy

CASE = "INSERT INTO case_file VALUES ({0}, 'uid {0}', 'case_file', '1/1', '', 'open', '', '')"


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Database]:
    """Of the first schema, with one case file."""
    opened = Database(tmp_path / "archive.sqlite")
    opened.connection.executescript(migrations()[0][1] + "PRAGMA user_version = 1")
    opened.connection.execute(CASE.format(1))
    yield opened
    opened.close()


def held(copy: Path) -> tuple[int, int]:
    """Version and case files."""
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (version,) = kept.execute("PRAGMA user_version").fetchone()
        (cases,) = kept.execute("SELECT count(*) FROM case_file").fetchone()
    return version, cases


def test_one_copy_is_kept_and_older_ones_go(old: Database) -> None:
    earlier = old.path.with_suffix(".before-0001.sqlite")
    earlier.write_bytes(b"an older one")
    old.migrate()
    assert old.version() == len(migrations())
    (copy,) = old.path.parent.glob("*.before-*")
    assert copy.name == "archive.before-0002.sqlite"
    assert held(copy) == (1, 1)


def test_whoever_reads_meanwhile_keeps_nothing_out_of_it(old: Database) -> None:
    with closing(sqlite3.connect(old.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM case_file").fetchone()
        old.connection.execute("PRAGMA busy_timeout = 50")
        old.connection.execute(CASE.format(2))
        copy = keep_copy(old.connection, old.path, 2)
        reader.execute("COMMIT")
    assert held(copy) == (1, 2)


def test_the_next_commit_is_not_in_it(old: Database) -> None:
    copy = keep_copy(old.connection, old.path, 2)
    old.connection.execute(CASE.format(2))
    assert held(copy) == (1, 1)


def test_without_the_system_s_copier_sqlite_copies(
    old: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert held(keep_copy(old.connection, old.path, 2)) == (1, 1)


def test_where_there_is_no_room_nothing_is_changed(
    old: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(NoRoomForCopy, match="1 MB are free"):
        old.migrate()
    assert old.version() == 1
    assert {path.name for path in old.path.parent.iterdir()} <= {
        "archive.sqlite", "archive.sqlite-wal", "archive.sqlite-shm"
    }  # fmt: skip
