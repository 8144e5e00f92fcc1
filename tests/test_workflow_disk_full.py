"""A disk that fills up: everything stops in words, nothing acknowledged is lost, and after room
is made the same command goes on where it stopped."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archiver import app
from archiver.errors import DiskFull
from archiver.model.casefile import CaseState, PageState
from archiver.model.changes import Step
from archiver.model.identity import CaseKey
from archiver.workflow import queries, rebuilding
from archiver.workflow.checking import check
from archiver.workflow.importing import import_files
from archiver.workflow.index_check import verify_index
from archiver.workflow.indexing import index_pending
from archiver.workflow.processing import process
from archiver.workflow.sealing import seal
from archiver.workflow.search import search
from archiver.workflow.station import Station
from archiver.workflow.verifying import verify
from tests.command_line import answer, archiver
from tests.papers import CASE, CHECKER, JUDGMENT, OPERATOR, RECEIPT, bind, finish, save
from tests.searched import fill

KEY = CaseKey.parse(CASE)
KIBIBYTE = 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=20)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"a small disk cannot be mounted here: {error}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True, timeout=20)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [
        save(tmp_path / "a.jpg", JUDGMENT),
        bind(tmp_path / "b.tif", RECEIPT, JUDGMENT[1:]),
        save(tmp_path / "c.png", RECEIPT[1:]),
    ]


def leave(disk: Path, kibibytes: int) -> Path:
    """Fill the disk up to this little room; the file to remove again."""
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(free - kibibytes * KIBIBYTE))
    return ballast


def stopped(steps: Iterator[Step]) -> tuple[int, DiskFull]:
    """How many things were told as done before the disk was full."""
    done = 0
    with pytest.raises(DiskFull) as full:
        for step in steps:
            done = getattr(step, "done", done)
    assert full.value.retry
    return done, full.value


def sound(station: Station) -> bool:
    return finish(verify(station))[0].facts["problems"] == []


def pages(station: Station) -> list[tuple[str, int, PageState]]:
    if not queries.list_cases(station):
        return []
    view = queries.case_view(station, queries.find_case(station, CASE).id)
    return [(page.source_name, page.source_page, page.state) for page in view.pages]


@pytest.mark.parametrize("kibibytes", [60, 120, 200, 400])
def test_an_import_stops_and_goes_on(
    archive: Path, disk: Path, files: list[Path], kibibytes: int
) -> None:
    root = Path(shutil.copytree(archive, disk / "archive"))
    with app.open_station(root) as station:
        ballast = leave(disk, kibibytes)
        done, _ = stopped(import_files(station, OPERATOR, files, key=KEY))
        assert sound(station)
        ballast.unlink()
        kept = [name for name, _page, _state in pages(station)]
        whole = next(n for n, count in enumerate((0, 1, 3)) if count == len(kept))
        assert kept == ["a.jpg", "b.tif", "b.tif"][: len(kept)]
        assert whole in (done, done + 1)  # what is told is kept; the last may be kept and not told
        assert list(station.incoming.iterdir()) == []
        changed, notices = finish(import_files(station, OPERATOR, files, key=KEY))
        assert changed.facts["files"] == 3 - whole
        assert len(notices) == whole
        names = [(name, number) for name, number, _state in pages(station)]
        assert names == [("a.jpg", 1), ("b.tif", 1), ("b.tif", 2), ("c.png", 1)]
        assert sound(station)


@pytest.mark.parametrize("kibibytes", [70, 120, 170])
def test_reading_stops_and_goes_on(
    archive: Path, disk: Path, files: list[Path], kibibytes: int
) -> None:
    root = Path(shutil.copytree(archive, disk / "archive"))
    with app.open_station(root) as station:
        finish(import_files(station, OPERATOR, files, key=KEY))
    with app.open_station(root) as station:
        ballast = leave(disk, kibibytes)
        done, _ = stopped(process(station, OPERATOR))
        states = [state for _name, _page, state in pages(station)]
        assert states.count(PageState.READ) >= done
        assert PageState.FAILED not in states, "the page is not to blame"
        assert sound(station)
        ballast.unlink()
        finish(process(station, OPERATOR))
        assert {state for _name, _page, state in pages(station)} == {PageState.READ}
        assert queries.status(station).unindexed == 0
        assert search(station, CASE).total == 4
        assert sound(station)


@pytest.mark.parametrize("kibibytes", [40, 80, 120])
def test_sealing_stops_and_goes_on(read_archive: Path, disk: Path, kibibytes: int) -> None:
    root = Path(shutil.copytree(read_archive, disk / "archive"))
    with app.open_station(root) as station:
        case_id = queries.find_case(station, CASE).id
        finish(check(station, CHECKER, case_id, accept=True))
        ballast = leave(disk, kibibytes)
        stopped(seal(station, OPERATOR, case_id))
        assert list(station.sealed.iterdir()) == []
        assert queries.case_by_id(station, case_id).state is CaseState.ACCEPTED
        ballast.unlink()
        finish(seal(station, OPERATOR, case_id))
        assert len(list(station.sealed.iterdir())) == 1
        assert sound(station)


@pytest.mark.parametrize("kibibytes", [0, 16])
def test_a_full_disk_is_told_when_the_archive_is_opened(
    read_archive: Path, disk: Path, kibibytes: int
) -> None:
    root = Path(shutil.copytree(read_archive, disk / "archive"))
    ballast = leave(disk, kibibytes)
    openings: tuple[Callable[[], Station], ...] = (
        lambda: app.open_station(root),
        lambda: app.open_station(root, write=False),
    )
    for opening in openings:
        with pytest.raises(DiskFull):
            opening()
    ballast.unlink()
    for opening in openings:
        with opening() as station:
            assert sound(station)


def test_the_command_line_tells_it_in_one_object(
    archive: Path, disk: Path, files: list[Path], tmp_path: Path
) -> None:
    root = Path(shutil.copytree(archive, disk / "archive"))
    words = [
        "import",
        *map(str, [tmp_path / "lost.jpg", *files]),
        "--case",
        CASE,
        "--archive",
        str(root),
        "--json",
    ]
    ballast = leave(disk, 200)
    done = archiver(*words)
    assert done.returncode == DiskFull.exit_code == 4
    told = answer(done)
    assert (told["error"]["code"], told["error"]["retry"]) == ("DiskFull", True)
    assert [notice["code"] for notice in told["notices"]] == ["FileMissing"]
    ballast.unlink()
    found = answer(archiver(*words))
    assert found["files"] >= 2
    assert {row["error"] for row in found["refused"]} <= {"FileMissing", "AlreadyImported"}


def agrees(station: Station) -> bool:
    facts = finish(verify_index(station, OPERATOR))[0].facts
    return (facts["missing"], facts["stale"], facts["extra"]) == (0, 0, 0)


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
@pytest.mark.parametrize("kibibytes", [40, 150])
def test_a_rebuild_stops_and_goes_on(
    archive: Path, disk: Path, engine: str, kibibytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "_BATCH", 20)
    root = Path(shutil.copytree(archive, disk / "archive"))
    with app.open_station(root) as station:
        fill(station, 150)
        index_pending(station)
        ballast = leave(disk, kibibytes)
        stopped(rebuilding.rebuild(station, OPERATOR, engine=engine))
        assert search(station, "عقد").total == 150, "the old index answers"
        ballast.unlink()
        finish(rebuilding.rebuild(station, OPERATOR, engine=engine))
        assert station.index.version.startswith(engine)
        assert search(station, "عقد").total == 150
        assert agrees(station)


@pytest.mark.parametrize(("engine", "kibibytes"), [("tantivy", 20), ("whoosh", 20), ("whoosh", 60)])
def test_indexing_stops_and_goes_on(archive: Path, disk: Path, engine: str, kibibytes: int) -> None:
    root = Path(shutil.copytree(archive, disk / "archive"))
    with app.open_station(root) as station:
        finish(rebuilding.rebuild(station, OPERATOR, engine=engine))
        fill(station, 100)
        index_pending(station)
        fill(station, 100, first=101)
        ballast = leave(disk, kibibytes)
        stopped(process(station, OPERATOR))
        assert search(station, "عقد").total >= 100, "what was taken in is found"
        ballast.unlink()
        finish(process(station, OPERATOR))
        assert search(station, "عقد").total == 200
        assert agrees(station)
