"""Opening an archive: made once, held by one writer, cleaned up after killed ones."""

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from archiver import app
from archiver.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveExists,
    ArchiveTooNew,
    FolderNotEmpty,
    NoArchive,
    SettingsWrong,
    StorageFailed,
)
from archiver.settings import Identity
from archiver.store import audit
from archiver.workflow import queries
from archiver.workflow.verifying import verify
from tests.papers import CASE, OPERATOR, finish

IDENTITY = Identity("محطة ١", "شركة الأرشفة")


def test_an_archive_is_made_once(archive: Path) -> None:
    with pytest.raises(ArchiveExists):
        app.init_archive(archive, OPERATOR, IDENTITY)
    with app.open_station(archive, write=False) as station:
        (event,) = audit.events(station.database.connection)
        assert (event.verb, event.person, event.company) == ("init", "منى", "شركة الأرشفة")
        assert queries.list_cases(station) == ()


@pytest.mark.parametrize("name", ["thesis.odt", "keys-backup", "blobs2"])
def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(FolderNotEmpty):
        app.init_archive(tmp_path, OPERATOR, IDENTITY)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_archive_that_was_made_by_half_is_made_again(archive: Path) -> None:
    (archive / "station.toml").unlink()  # the last thing to be written
    (archive / ".part-settings").touch()
    with pytest.raises(NoArchive):
        app.open_station(archive)
    app.init_archive(archive, OPERATOR, IDENTITY)
    app.open_station(archive).close()


def test_the_keys_folder_is_its_owner_s_alone(archive: Path) -> None:
    assert (archive / "keys").stat().st_mode & 0o777 == 0o700


def test_a_missing_database_is_not_replaced_by_an_empty_one(read_archive: Path) -> None:
    (read_archive / "archive.sqlite").rename(read_archive / "aside")
    for write in (True, False):
        with pytest.raises(ArchiveDamaged, match="missing"):
            app.open_station(read_archive, write=write)
    assert not (read_archive / "archive.sqlite").exists()
    (read_archive / "aside").rename(read_archive / "archive.sqlite")
    with app.open_station(read_archive) as station:
        assert queries.find_case(station, CASE)


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_station_s_archive_is_not_touched(read_archive: Path, write: bool) -> None:
    with closing(sqlite3.connect(read_archive / "archive.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(ArchiveTooNew):
        app.open_station(read_archive, write=write)


@pytest.mark.parametrize("write", [True, False])
def test_what_is_no_database_is_told_as_damaged(archive: Path, write: bool) -> None:
    for name in ("archive.sqlite-wal", "archive.sqlite-shm"):
        (archive / name).unlink(missing_ok=True)
    (archive / "archive.sqlite").write_bytes(b"no database at all " * 1000)
    with pytest.raises(ArchiveDamaged):
        app.open_station(archive, write=write)


def test_a_folder_that_is_gone_is_named(archive: Path) -> None:
    shutil.rmtree(archive / "incoming")
    with pytest.raises(StorageFailed, match="incoming"):
        app.open_station(archive)


def test_wrong_settings_are_told_before_anything_is_opened(archive: Path) -> None:
    with (archive / "station.toml").open("a") as file:
        file.write('[index]\nengine = "abacus"\n')
    with pytest.raises(SettingsWrong, match="abacus"):
        app.open_station(archive)
    assert not (archive / "writer.lock").exists()


def test_one_writes_and_others_read(read_archive: Path) -> None:
    with app.open_station(read_archive, holder="سامي"):
        with pytest.raises(ArchiveBusy, match="سامي"):
            app.open_station(read_archive)
        with app.open_station(read_archive, write=False) as reader:
            assert queries.status(reader).pages == 2
    app.open_station(read_archive).close()


def test_a_failed_opening_lets_go_of_everything(archive: Path) -> None:
    path = archive / "archive.sqlite"
    content = path.read_bytes()
    path.write_bytes(b"no database at all " * 1000)
    with pytest.raises(ArchiveDamaged):
        app.open_station(archive)
    path.write_bytes(content)
    assert not [name for name in open_files() if str(archive) in name]
    app.open_station(archive).close()


def open_files() -> list[str]:
    found = []
    for number in list(Path("/proc/self/fd").iterdir()):
        with suppress(FileNotFoundError):  # the listing's own
            found.append(str(number.readlink()))
    return found


def test_a_writer_removes_what_killed_ones_left(read_archive: Path) -> None:
    left = [
        read_archive / "blobs" / ".part-a",
        read_archive / "sealed" / ".part-b",
        read_archive / "keys" / ".part-c",
        read_archive / ".part-d",
        read_archive / "incoming" / "take-x" / "1.tif",
    ]
    left[-1].parent.mkdir()
    for path in left:
        path.write_bytes(b"half")
    before = {path for path in read_archive.rglob("*") if path.is_file()}
    with app.open_station(read_archive, write=False):
        assert all(path.exists() for path in left), "a reader changes nothing"
    with app.open_station(read_archive) as station:
        assert not any(path.exists() for path in left)
        assert finish(verify(station))[0].facts["problems"] == []
    after = {path for path in read_archive.rglob("*") if path.is_file()}
    assert before - after == set(left)


def test_the_system_s_user_is_the_default_person(archive: Path) -> None:
    with app.open_station(archive, write=False) as station:
        assert app.actor(station, None).person == app.system_user()
        assert app.actor(station, "منى").person == "منى"
        assert app.actor(station, None).company == "شركة الأرشفة"
