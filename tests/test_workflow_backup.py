"""A station is saved and proved, and comes back as it was."""

import json
from pathlib import Path

import pytest

from archiver import app
from archiver.errors import ArchiveDamaged, FolderNotEmpty, NoBackup
from archiver.store import audit, pages
from archiver.workflow.auditing import verify_log
from archiver.workflow.backing_up import RECORD, backup, restore
from archiver.workflow.checking import check
from archiver.workflow.processing import process
from archiver.workflow.sealing import STATION_KEY, seal
from archiver.workflow.search import search
from archiver.workflow.station import Station
from archiver.workflow.verifying import verify
from tests.papers import CHECKER, OPERATOR, finish

WORDS = "كلمة سر طويلة".encode()


@pytest.fixture
def sealed(read_station: Station) -> Station:
    finish(check(read_station, CHECKER, 1, accept=True))
    finish(seal(read_station, OPERATOR, 1))
    (read_station.root / "vocabularies").mkdir()
    (read_station.root / "vocabularies" / "own.json").write_text("{}")
    return read_station


def test_a_station_comes_back_as_it_was(sealed: Station, tmp_path: Path) -> None:
    to, into = tmp_path / "disk", tmp_path / "back"
    changed, _ = finish(backup(sealed, OPERATOR, to, passphrase=WORDS))
    assert changed.facts["copied"] == changed.facts["files"]
    changed, _ = finish(restore(to, into, "سامي", passphrase=WORDS))
    assert changed.facts["keys"]
    assert (into / "vocabularies" / "own.json").exists()
    key = (sealed.keys / STATION_KEY).read_bytes()
    assert (into / "keys" / STATION_KEY).read_bytes() == key
    assert (into / "keys" / STATION_KEY).stat().st_mode & 0o077 == 0
    with app.open_station(into) as back:
        _, notices = finish(verify(back))
        assert not notices
        _, notices = finish(verify_log(back))
        assert not notices
        finish(process(back, OPERATOR))
        assert search(back, "جلسة").total == 1
        rows = list(audit.events(back.database.connection))
    assert [row.verb for row in rows][-2:] == ["backup", "restore"]
    with app.open_station(into):
        pass


def test_what_is_there_is_not_copied_again(sealed: Station, tmp_path: Path) -> None:
    to = tmp_path / "disk"
    finish(backup(sealed, OPERATOR, to))
    first = {path.name for path in to.glob("state-*")}
    changed, _ = finish(backup(sealed, OPERATOR, to))
    assert changed.facts["copied"] == 0
    assert len(list(to.glob("state-*"))) == 1
    assert first != {path.name for path in to.glob("state-*")}


def test_a_backup_that_was_cut_off_leaves_the_one_before_whole(
    sealed: Station, tmp_path: Path
) -> None:
    to = tmp_path / "disk"
    finish(backup(sealed, OPERATOR, to))
    record = (to / RECORD).read_bytes()
    steps = backup(sealed, OPERATOR, to)
    next(iter(steps))
    next(iter(steps))
    steps.close()  # type: ignore[attr-defined]
    assert (to / RECORD).read_bytes() == record
    finish(restore(to, tmp_path / "back", "سامي"))
    finish(backup(sealed, OPERATOR, to))
    assert json.loads((to / RECORD).read_bytes())["events"] > json.loads(record)["events"]


def test_a_copy_that_rotted_is_proved_and_mended(sealed: Station, tmp_path: Path) -> None:
    to = tmp_path / "disk"
    finish(backup(sealed, OPERATOR, to))
    master = pages.of_case(sealed.database.connection, 1)[0].master
    copy = to / "blobs" / master[:2] / master
    copy.chmod(0o644)
    content = copy.read_bytes()
    copy.write_bytes(content[:-1] + b"?")
    with pytest.raises(ArchiveDamaged):
        finish(restore(to, tmp_path / "back", "سامي"))
    assert not (tmp_path / "back" / "station.toml").exists()
    changed, _ = finish(backup(sealed, OPERATOR, to, prove=True))
    assert changed.facts["copied"] == 1
    assert copy.read_bytes() == content
    finish(restore(to, tmp_path / "back", "سامي"))  # goes on where it stopped


def test_a_damaged_original_does_not_harm_the_copy(sealed: Station, tmp_path: Path) -> None:
    to = tmp_path / "disk"
    finish(backup(sealed, OPERATOR, to))
    master = pages.of_case(sealed.database.connection, 1)[0].master
    path = sealed.blobs.path(master)
    content = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(content[:-1])
    with pytest.raises(ArchiveDamaged):
        finish(backup(sealed, OPERATOR, to))
    assert (to / "blobs" / master[:2] / master).read_bytes() == content


@pytest.mark.parametrize("name", [RECORD, "station.toml", "archive.sqlite"])
def test_a_changed_state_is_no_backup(sealed: Station, tmp_path: Path, name: str) -> None:
    to = tmp_path / "disk"
    finish(backup(sealed, OPERATOR, to))
    (path,) = [*to.glob(name), *to.glob(f"state-*/{name}")]
    path.write_bytes(path.read_bytes()[:-2] + b"!\n")
    with pytest.raises(NoBackup):
        finish(restore(to, tmp_path / "back", "سامي"))


def test_neither_another_passphrase_nor_a_living_archive(sealed: Station, tmp_path: Path) -> None:
    to = tmp_path / "disk"
    with pytest.raises(NoBackup):
        finish(restore(to, tmp_path / "back", "سامي"))
    finish(backup(sealed, OPERATOR, to, passphrase=WORDS))
    assert b"PRIVATE KEY" not in b"".join(
        p.read_bytes() for p in to.glob("state-*/*") if p.is_file()
    )
    with pytest.raises(NoBackup, match="passphrase"):
        finish(restore(to, tmp_path / "back", "سامي", passphrase=b"x"))
    with pytest.raises(FolderNotEmpty):
        finish(restore(to, sealed.root, "سامي"))
