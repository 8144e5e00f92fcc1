"""Feeds that are killed at a random moment: the station, the scanner's process, or both."""

import hashlib
import os
import random
import re
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archiver import app
from archiver.model.identity import CaseKey
from archiver.store import cases, pages
from archiver.workflow.scanned import take_up
from tests.command_line import PROGRAM, environment
from tests.papers import OPERATOR
from tests.processes import children, wait_for_orphans
from tests.scanners import DPI, pixels
from tests.servers.escl import AIRSCAN, EsclServer, Sheet, sane_settings

VICTIMS = ("station", "scanner", "both")
PATIENCE_SECONDS = 45.0  # the driver's alarm clock is 30 s


@dataclass(frozen=True, slots=True)
class Killed:
    victim: str
    told: int  # pages that were told as safe
    safe: int  # pages in the archive afterwards
    given: int  # pages the scanner had sent off


def fingerprints(sheets: list[Sheet]) -> dict[str, int]:
    """What the pixels of each face hash to -> its number. The faces must differ."""
    faces = [face for sheet in sheets for face in sheet]
    found = {hashlib.sha256(pixels(face)).hexdigest(): n for n, face in enumerate(faces, 1)}
    assert len(found) == len(faces)
    return found


def scanner_pid(station_pid: int) -> int:
    """Of the driver's process below the station; 0 while there is none."""
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{station_pid}/task").iterdir():
            for pid in (task / "children").read_text().split():
                if b"scanner_process" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    return int(pid)
    return 0


def killed_feed(
    root: Path,
    server: EsclServer,
    sheets: list[Sheet],
    victim: str,
    dice: random.Random,
    number: int,
) -> Killed:
    """One feed into the case file `number`/93, killed, and taken up by the next command.

    Asserts that every page told is there, in order and once.
    """
    expected = fingerprints(sheets)
    server.tray, server.given = list(sheets), 0
    before = children()
    told_file = root.parent / "told"
    sane = str(sane_settings(root.parent / "sane", server.url))
    with told_file.open("wb") as told:
        station = subprocess.Popen(
            [
                *PROGRAM, "capture", "--device", AIRSCAN, "--source", "duplex", "--dpi", str(DPI),
                "--paper", "a5", "--case", f"{number}/93", "--archive", str(root),
                "--as", OPERATOR.person,
            ],
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            start_new_session=True,
            env=environment(ARCHIVER_LANG="en", SANE_CONFIG_DIR=sane),
        )  # fmt: skip
    moment = dice.randint(0, 2 * len(sheets) - 2)
    while server.given < moment and station.poll() is None:
        time.sleep(0.001)
    time.sleep(dice.uniform(0, 0.15))
    driver = scanner_pid(station.pid)
    for name, pid in (("station", station.pid), ("scanner", driver)):
        if victim in (name, "both") and pid:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    station.wait(120)
    assert wait_for_orphans(before, PATIENCE_SECONDS) == set(), "a driver outlived its station"
    words = told_file.read_text("utf-8")
    safe = taken(root, number, expected)
    told_safe = len(re.findall(r"Page \d+ is on the disk", words))
    assert safe == list(range(1, len(safe) + 1)), f"{victim}: out of order or twice: {safe}"
    assert len(safe) >= told_safe, f"{victim}: {told_safe} were told, {len(safe)} are there"
    assert list((root / "capturing").glob("*")) == []
    return Killed(victim, told_safe, len(safe), server.given)


def taken(root: Path, number: int, expected: dict[str, int]) -> list[int]:
    """The faces in the case file, by their numbers, after the next command took up the rest."""
    with app.open_station(root) as station:
        list(take_up(station))
        connection = station.database.connection
        case = cases.by_key(connection, CaseKey("civil", number, 93))
        found = pages.of_case(connection, case.id) if case else ()
        paths = [station.blobs.path(page.master) for page in found]
    return [expected[hashlib.sha256(pixels(path)).hexdigest()] for path in paths]
