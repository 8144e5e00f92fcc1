"""The watch folder: complete files come in once, move aside, and survive kills and lost disks."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archiver import app
from archiver.errors import DiskFull
from archiver.model.changes import Changed, Notice
from archiver.settings import Identity
from archiver.workflow.queries import case_view, find_case, list_cases
from archiver.workflow.station import Station
from archiver.workflow.watching import FolderGone, Watch, key_of, left_alone, take
from tests.command_line import PROGRAM, answer, archiver, environment
from tests.papers import JUDGMENT, OPERATOR, RECEIPT, finish, save

HOSTILE = "fdp\u202e.gpj.exe"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "scans"
    (made / "99001-93").mkdir(parents=True)
    return made


def watched(folder: Path, by: str = "subfolder") -> Watch:
    return Watch(folder, by, "civil", quiet_seconds=0)  # type: ignore[arg-type]


def taken(station: Station, watch: Watch) -> tuple[Changed, list[Notice]]:
    return finish(take(station, OPERATOR, watch, watch.look()))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("99001-93", "civil 99001/93"),
        ("99001_93", "civil 99001/93"),
        ("criminal-7-61", "criminal 7/61"),
        ("الطعن رقم ٩٩٠٠١ لسنة ٩٣ ق", "civil 99001/93"),
        ("٩٩٠٠١-٩٣", "civil 99001/93"),
        ("box 7", ""),
        ("2026-11-22", ""),
    ],
)
def test_a_folder_is_named_for_its_case(name: str, said: str) -> None:
    key = key_of(name, "civil")
    assert (f"{key.series} {key.canonical}" if key else "") == said


def test_files_come_in_by_subfolder_and_move_aside(station: Station, folder: Path) -> None:
    for name in ("10.png", "2.png", "1.png"):
        save(folder / "99001-93" / name, (*JUDGMENT, name))
    (folder / "box 7").mkdir()
    save(folder / "box 7" / "a.png", RECEIPT)
    watch = watched(folder)
    changed, refused = taken(station, watch)
    assert (changed.facts["files"], refused) == (3, [])
    view = case_view(station, find_case(station, "99001/93").id)
    assert [page.source_name for page in view.pages] == ["1.png", "2.png", "10.png"]
    assert names(folder / "done" / "99001-93") == ["1.png", "10.png", "2.png"]
    assert names(folder / "box 7") == ["a.png"]
    assert [notice.error.code for notice in left_alone(watch)] == ["UnknownFolder"]


def test_the_same_bytes_are_taken_once(station: Station, folder: Path) -> None:
    path = save(folder / "99001-93" / "a.png", JUDGMENT)
    shutil.copy(path, path.with_name("b.png"))
    changed, refused = taken(station, watched(folder))
    assert (changed.facts["pages"], changed.facts["files"], refused) == (1, 2, [])
    assert names(folder / "done" / "99001-93") == ["a.png", "b.png"]
    save(path, JUDGMENT)
    taken(station, watched(folder))
    assert names(folder / "done" / "99001-93") == ["2-a.png", "a.png", "b.png"]


def test_a_file_waits_until_it_is_complete_and_so_do_those_behind_it(
    station: Station, folder: Path
) -> None:
    half = folder / "99001-93" / "1.png"
    save(folder / "99001-93" / "2.png", RECEIPT)
    whole = save(folder.parent / "whole.png", JUDGMENT).read_bytes()
    half.write_bytes(whole[:900])
    watch = Watch(folder, "subfolder", "civil", quiet_seconds=0.2)
    assert watch.look() == ()
    time.sleep(0.25)
    half.write_bytes(whole)  # it grew meanwhile
    assert watch.look() == () and watch.waiting == 1
    time.sleep(0.25)
    (ready,) = watch.look()
    assert [path.name for path in ready.files] == ["1.png", "2.png"]
    half.rename(half.with_name("1.png.part"))
    assert [path.name for path in watch.look()[0].files] == ["2.png"]


def test_what_is_refused_lies_beside_its_reason(station: Station, folder: Path) -> None:
    here = folder / "99001-93"
    (here / "empty.jpg").touch()
    (here / "note.jpg").write_text("no picture")
    save(here / f"{HOSTILE}.png", RECEIPT)
    save(here / "sound.png", JUDGMENT)
    changed, refused = taken(station, watched(folder))
    assert (changed.facts["files"], changed.facts["refused"]) == (1, 3)
    assert {n.error.code for n in refused} == {"EmptyFile", "UnknownFormat", "HostileName"}
    found = names(folder / "refused" / "99001-93")
    assert "fdp\\u202e.gpj.exe.png" in found and "empty.jpg.txt" in found
    assert "0 bytes" in (folder / "refused" / "99001-93" / "empty.jpg.txt").read_text("utf-8")
    assert names(here) == []


def test_zips_are_opened_and_their_names_mistrusted(station: Station, folder: Path) -> None:
    sound = save(folder.parent / "s.png", JUDGMENT).read_bytes()
    with zipfile.ZipFile(folder / "99001-93" / "scans.zip", "w") as out:
        for name in ("a/1.png", "ص" * 150 + ".png", HOSTILE, "../../etc/cron", "b\\2.png"):
            content = sound if name != "b\\2.png" else save(folder.parent / "r.png", RECEIPT)
            out.writestr(name, content if isinstance(content, bytes) else content.read_bytes())
    changed, refused = taken(station, watched(folder))
    codes = sorted(notice.error.code for notice in refused)
    assert codes == ["HostileName", "UnsafeName", "UnsafeName"]
    assert changed.facts["pages"] == 2
    told = (folder / "refused" / "99001-93" / "scans.zip.txt").read_text("utf-8")
    assert "leads out of it or is too long" in told and "\\u202e" in told
    assert not list(station.incoming.iterdir())


def test_a_sealed_case_file_takes_nothing_and_holds_up_nobody(
    station: Station, folder: Path
) -> None:
    (folder / "99002-93").mkdir()
    first = save(folder / "99001-93" / "a.png", JUDGMENT)
    taken(station, watched(folder))
    with station.database.transaction() as connection:
        connection.execute("UPDATE case_file SET state = 'sealed'")
    save(first, RECEIPT)
    save(folder / "99002-93" / "a.png", RECEIPT)
    watch = watched(folder)
    changed, refused = taken(station, watch)
    assert (changed.facts["files"], [n.error.code for n in refused]) == (1, ["WrongState"])
    assert names(folder / "99001-93") == ["a.png"]
    assert watch.look() == ()  # not tried again until it changes


def test_a_disk_that_vanishes_loses_nothing(station: Station, folder: Path) -> None:
    for number in range(4):
        save(folder / "99001-93" / f"{number}.png", (*JUDGMENT, str(number)))
    watch, away = watched(folder), folder.with_name("away")
    with closing(take(station, OPERATOR, watch, watch.look())) as steps:
        next(steps), next(steps)  # the first is in, the second is on its way
        folder.rename(away)
        list(steps)
    with pytest.raises(FolderGone):
        watch.look()
    away.rename(folder)
    taken(station, watched(folder))
    view = case_view(station, find_case(station, "99001/93").id)
    assert [page.source_name for page in view.pages] == [f"{n}.png" for n in range(4)]
    assert names(folder / "99001-93") == []


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    made = tmp_path / "disk"
    made.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(made)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=20)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"a small disk cannot be mounted here: {error}")
    yield made
    subprocess.run(["umount", "--lazy", str(made)], check=True, timeout=20)


def test_a_full_disk_stops_it_and_room_lets_it_go_on(disk: Path, folder: Path) -> None:
    root = disk / "archive"
    app.init_archive(root, OPERATOR, Identity(OPERATOR.station, OPERATOR.company))
    for number in range(3):
        save(folder / "99001-93" / f"{number}.png", (*JUDGMENT, str(number)))
    with app.open_station(root) as station:
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        (disk / "ballast").write_bytes(bytes(free - 20_000))
        with pytest.raises(DiskFull):
            taken(station, watched(folder))
        assert names(folder / "99001-93") == ["0.png", "1.png", "2.png"]
        (disk / "ballast").unlink()
        changed, _refused = taken(station, watched(folder))
        assert changed.facts["files"] == 3 and names(folder / "99001-93") == []


def test_killed_at_any_moment_nothing_is_lost_or_double(archive: Path, folder: Path) -> None:
    for number in range(12):
        save(folder / "99001-93" / f"{number:02}.png", (*JUDGMENT, str(number)))
    words = ["watch", folder, "--quiet", "0.1", "--archive", archive, "--json"]
    for stored in (1, 4, 8):
        process = subprocess.Popen(
            [*PROGRAM, *map(str, words)], env=environment(), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        while pages_in(archive) < stored:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert answer(archiver(*words, "--once"))["verb"] == "watch"
    with app.open_station(archive) as station:
        (row,) = list_cases(station)
        sources = [page.source_name for page in case_view(station, row.case.id).pages]
    assert sources == [f"{n:02}.png" for n in range(12)]
    assert names(folder / "99001-93") == []
    assert len(names(folder / "done" / "99001-93")) == 12


@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGTERM])
def test_the_verb_tells_a_line_a_round_and_ends_by_request(
    archive: Path, folder: Path, ended_by: signal.Signals
) -> None:
    words = [sys.executable, "-u", *PROGRAM[1:], "watch", str(folder), "--quiet", "0.1"]
    process = subprocess.Popen(
        [*words, "--archive", str(archive), "--json"], env=environment(), stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert process.stdout
    lines = []
    for number in range(2):
        save(folder / "99001-93" / f"{number}.png", (*JUDGMENT, str(number)))
        lines.append(json.loads(process.stdout.readline()))
    process.send_signal(ended_by)
    try:
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.stdout.close()
    assert [line["files"] for line in lines] == [1, 1]


def pages_in(archive: Path) -> int:
    with closing(sqlite3.connect(archive / "archive.sqlite")) as connection:
        return int(connection.execute("SELECT count(*) FROM page").fetchone()[0])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
