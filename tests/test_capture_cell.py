"""A child that hangs, crashes, eats memory or lies costs one file, and nothing else."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archiver.capture.cell import Cell
from archiver.capture.intake import Intake
from archiver.errors import ArchiverError, DamagedFile, ToolMissing, TooSlow
from tests.capture_files import LIMITS, jpeg, left_over, opened_intake, unpacked
from tests.faulty_unpacking import FIRST

TIGHT = replace(LIMITS, seconds_per_file=2, file_megabytes=1, memory_megabytes=800)
TEMPLATE = (sys.executable, "-m", "tests.faulty_unpacking")


@pytest.fixture(scope="module")
def intake() -> Iterator[Intake]:
    with opened_intake(TIGHT, Cell(TEMPLATE)) as opened:
        yield opened


def refused(intake: Intake, folder: Path, fault: str) -> ArchiverError:
    with pytest.raises(ArchiverError) as caught:
        unpacked(intake, FIRST + fault.encode(), folder, "صفحة.jpg")
    assert left_over(folder) == []
    assert caught.value.facts["name"] == "صفحة.jpg"
    return caught.value


def is_gone(process: int) -> bool:
    for _ in range(100):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":  # dead; an init that does not reap is not our affair
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("fault", ["crash", "throw", "memory", "flood", "late"])
def test_a_child_that_fails_is_a_damaged_file(intake: Intake, tmp_path: Path, fault: str) -> None:
    assert isinstance(refused(intake, tmp_path, fault), DamagedFile)
    (page,) = unpacked(intake, jpeg(), tmp_path)
    assert page.master.read_bytes() == jpeg()


@pytest.mark.parametrize(
    "fault",
    ["quiet", "noise", "short", "long", "link", "lie ../../secret", "lie /etc/passwd", "lie none"],
)
def test_answers_are_not_believed(intake: Intake, tmp_path: Path, fault: str) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    assert isinstance(refused(intake, tmp_path, fault), DamagedFile)
    assert (tmp_path / "secret").exists()


def test_a_child_that_hangs_is_stopped_with_its_tools(intake: Intake, tmp_path: Path) -> None:
    note = tmp_path / "processes"
    begun = time.monotonic()
    error = refused(intake, tmp_path, f"hang {note}")
    assert isinstance(error, TooSlow)
    assert error.facts["seconds"] == 2
    assert time.monotonic() - begun < 10
    assert all(is_gone(int(process)) for process in note.read_text().split())


def test_a_child_that_spins_is_stopped(intake: Intake, tmp_path: Path) -> None:
    assert isinstance(refused(intake, tmp_path, "spin"), TooSlow)


def test_memory_is_named(intake: Intake, tmp_path: Path) -> None:
    assert "memory" in str(refused(intake, tmp_path, "memory"))


def test_a_killed_template_is_started_again(tmp_path: Path) -> None:
    cell = Cell(TEMPLATE)
    with Intake(TIGHT, cell) as intake:
        unpacked(intake, jpeg(), tmp_path)
        assert cell._process is not None
        cell._process.kill()
        cell._process.wait()
        assert len(unpacked(intake, jpeg(), tmp_path)) == 1


def test_a_template_that_does_not_start_is_the_machines_fault(tmp_path: Path) -> None:
    with Intake(TIGHT, Cell((sys.executable, "-c", "raise SystemExit(7)"))) as intake:
        with pytest.raises(ToolMissing) as caught:
            unpacked(intake, jpeg(), tmp_path)
        assert caught.value.facts["detail"] == 7
        assert left_over(tmp_path) == []


def test_two_files_at_once_are_refused(intake: Intake, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(jpeg())
    first = intake.unpack(tmp_path / "file", tmp_path)
    next(first)
    with pytest.raises(RuntimeError):
        next(intake.unpack(tmp_path / "file", tmp_path))
    assert list(first) == []


def test_the_environment_stays_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    show = "import os, json, sys; json.dump(dict(os.environ), open(sys.argv[1], 'w'))"
    monkeypatch.setenv("ARCHIVER_TEST_KEY", "of the centre")
    template = (sys.executable, "-c", show, str(tmp_path / "seen"))
    with Intake(TIGHT, Cell(template)) as intake, pytest.raises(ToolMissing):
        unpacked(intake, jpeg(), tmp_path)
    seen = json.loads((tmp_path / "seen").read_text())
    assert "PATH" in seen
    assert "ARCHIVER_TEST_KEY" not in seen


def test_nothing_outlives_a_killed_station(tmp_path: Path) -> None:
    note, sheet = tmp_path / "processes", tmp_path / "sheet.jpg"
    sheet.write_bytes(FIRST + f"hang {note}".encode())
    program = (
        "import sys; from pathlib import Path; from tests.test_capture_cell import *\n"
        "with Intake(LIMITS, Cell(TEMPLATE)) as intake:\n"
        "    list(intake.unpack(Path(sys.argv[1]), Path(sys.argv[2])))"
    )
    station = subprocess.Popen(
        [sys.executable, "-c", program, str(sheet), str(tmp_path)],
        cwd=Path(__file__).parents[1],
    )
    while not (note.exists() and " " in note.read_text()):
        assert station.poll() is None
        time.sleep(0.05)
    station.send_signal(signal.SIGKILL)
    station.wait()
    assert all(is_gone(int(process)) for process in note.read_text().split())
