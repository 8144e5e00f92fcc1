"""A process that is killed while it commits loses nothing that it acknowledged."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import ROOT
from tests.index_engines import KINDS


def kill(engine: str, folder: Path, rounds: int) -> None:
    command = [sys.executable, "-m", "tests.index_killing", engine, str(folder), str(rounds)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=280, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout) >= 40 * rounds


@pytest.mark.parametrize("engine", sorted(KINDS))
def test_five_kills(tmp_path: Path, engine: str) -> None:
    kill(engine, tmp_path / "index", 5)


@pytest.mark.slow
@pytest.mark.parametrize("engine", sorted(KINDS))
def test_two_hundred_kills(disk_path: Path, engine: str) -> None:
    for part in range(4):
        kill(engine, disk_path / str(part) / "index", 50)
