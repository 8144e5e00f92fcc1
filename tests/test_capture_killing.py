"""SIGKILL while a scanner feeds, and a disk that fills up: what was handed over is there."""

import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver import app
from archiver.settings import Identity
from archiver.workflow import capturing
from archiver.workflow.scanned import take_up, waiting
from archiver.workflow.verifying import verify
from tests.capture_killing import VICTIMS, fingerprints, killed_feed, taken
from tests.papers import CASE, OPERATOR, finish
from tests.processes import adopting_orphans
from tests.scanners import DUPLEX, INTO, Told, sheets
from tests.servers.escl import AIRSCAN, Faults, sane_settings, scanner

ROUNDS = int(os.environ.get("ARCHIVER_KILL_ROUNDS", "6"))
SEED = int(os.environ.get("ARCHIVER_KILL_SEED", "1"))


@pytest.fixture
def tmp_path(disk_path: Path) -> Path:
    return disk_path


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_whoever_is_killed_every_page_told_is_there_in_order_and_once(archive: Path) -> None:
    dice, paper = random.Random(SEED), sheets(8)
    with adopting_orphans(), scanner(paper, Faults(page_seconds=0.03)) as server:
        for number in range(1, ROUNDS + 1):
            victim = VICTIMS[number % len(VICTIMS)]
            print(killed_feed(archive, server, paper, victim, dice, number))
    with app.open_station(archive, write=False) as station:
        assert finish(verify(station))[0].facts["problems"] == []


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=20)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"a small disk cannot be mounted here: {error}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True, timeout=20)


def test_a_full_disk_ends_the_feed_in_words_and_loses_no_page(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1.4 MB a page; room for some of the sixteen. Then the feed goes on where it ended."""
    root, paper = disk / "archive", sheets(8)
    app.init_archive(root, OPERATOR, Identity(OPERATOR.station, OPERATOR.company))
    ballast = disk / "ballast"
    with scanner(paper) as server:
        monkeypatch.setenv("SANE_CONFIG_DIR", str(sane_settings(tmp_path / "sane", server.url)))

        def feed() -> Told:
            with app.open_station(root) as station:
                steps = capturing.capture(
                    station, OPERATOR, device=AIRSCAN, settings=DUPLEX, into=INTO
                )
                return Told(steps)

        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        ballast.write_bytes(bytes(free - 13_000_000))
        told = feed()
        ended = told.problems + ([told.raised.code] if told.raised else [])
        assert set(ended) - {"DuplexLost"} == {"DiskFull"}
        safe = len(told.arrived)
        assert 2 <= safe < 16
        ballast.unlink()
        with app.open_station(root) as station:
            list(take_up(station))
            assert waiting(station) == {}
        expected = fingerprints(paper)
        assert taken(root, int(CASE.partition("/")[0]), expected) == list(range(1, safe + 1))
        # Every sheet behind the last page that is safe goes back into the feeder.
        server.tray = paper[(safe + 1) // 2 :]
        again = feed()
    assert (again.problems, again.raised) == ([], None)
    rest = list(range(2 * ((safe + 1) // 2) + 1, 17))
    assert taken(root, int(CASE.partition("/")[0]), expected) == [*range(1, safe + 1), *rest]
