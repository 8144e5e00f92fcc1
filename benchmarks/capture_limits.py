"""What scanning does at its limits: a feed without end, and a disk that fills up at page 50.

python -m benchmarks.capture_limits memory [--sheets N] [--quick]   1,000 sheets, both faces
python -m benchmarks.capture_limits full      as root: it mounts a small disk; both: [--json]

Paper and scanner are those of `benchmarks.capture`. A feed of 2,000 pages is 52 GB of masters, so
they are removed as soon as the archive has them; the scanner draws five pages a second, so that
they do not pile up behind it.
"""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from archiver import app
from archiver.errors import ArchiverError
from archiver.model.changes import Arrived, Notice, Step, Taken
from archiver.model.scanning import Mode, ScanSettings, Source
from archiver.settings import Identity
from archiver.store import pages
from archiver.workflow.capturing import capture
from archiver.workflow.scanned import take_up, waiting
from archiver.workflow.station import Station
from benchmarks.capture import DPI, INTO, draw_paper, pss_megabytes, scanner_process
from benchmarks.telling import command_line, tell
from tests.capture_killing import scanner_pid
from tests.papers import OPERATOR
from tests.servers.escl import AIRSCAN, sane_settings

A4: Final = ScanSettings(Source.DUPLEX, DPI, Mode.COLOUR, "a4")
PAGE_BYTES: Final = 2480 * 3508 * 3
PAGE_SECONDS: Final = 0.2
ROOM: Final = 50  # pages


def fed(station: Station) -> Iterator[Step]:
    yield from capture(station, OPERATOR, device=AIRSCAN, settings=A4, into=INTO)


def memory(folder: Path, count: int) -> dict[str, Any]:
    """Megabytes (PSS) of the driver's process and of ours, by quarters of the feed."""
    app.init_archive(folder / "archive", OPERATOR, Identity("bench", "bench"))
    driver, station_own = [], []
    with app.open_station(folder / "archive") as station:
        for step in fed(station):
            if isinstance(step, Arrived) and step.number % 20 == 1:
                driver.append(pss_megabytes(scanner_pid(os.getpid())))
                station_own.append(pss_megabytes(os.getpid()))
            elif isinstance(step, Taken):
                page = pages.by_id(station.database.connection, step.page)
                if page is not None:
                    station.blobs.remove(page.master)
        taken = len(pages.of_case(station.database.connection, 1))
    return {
        "pages": 2 * count,
        "pages_taken": taken,
        "driver_megabytes_by_quarter": _quarters(driver),
        "station_megabytes_by_quarter": _quarters(station_own),
    }


def _quarters(values: list[float]) -> list[float]:
    size = max(1, len(values) // 4)
    return [round(max(values[n : n + size]), 1) for n in range(0, 4 * size, size)]


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3g", "tmpfs", str(disk)], check=True)
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def full(folder: Path, count: int) -> dict[str, Any]:
    """What a disk with room for 50 pages told, and what is there once it has room again."""
    with small_disk(folder) as disk:
        root, ballast = disk / "archive", disk / "ballast"
        app.init_archive(root, OPERATOR, Identity("bench", "bench"))
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        ballast.write_bytes(bytes(free - ROOM * PAGE_BYTES))
        with app.open_station(root) as station:
            steps = list(_while_it_goes(fed(station)))
        ballast.unlink()
        with app.open_station(root) as station:
            list(take_up(station))
            there = pages.of_case(station.database.connection, 1)
            left = waiting(station)
        return {
            "sheets_in_the_feeder": count,
            "pages_told_safe": sum(isinstance(step, Arrived) for step in steps),
            "ended_by": [step.error.code for step in steps if isinstance(step, Notice)],
            "pages_there_afterwards": len(there),
            "in_order": [p.source_page for p in there] == list(range(1, len(there) + 1)),
            "left_in_the_spool": len(left),
        }


def _while_it_goes(steps: Iterator[Step]) -> Iterator[Step]:
    """A disk may be too full for the last row of the feed, too."""
    try:
        yield from steps
    except ArchiverError as error:
        yield Notice(error)


PARTS: Final[dict[str, Callable[[Path, int], dict[str, Any]]]] = {"memory": memory, "full": full}


def main() -> None:
    parser = command_line(__doc__)
    parser.add_argument("part", choices=list(PARTS))
    parser.add_argument("--sheets", type=int, default=1000)
    asked = parser.parse_args()
    sheets = 50 if asked.quick else asked.sheets
    count = sheets if asked.part == "memory" else ROOM
    seconds = PAGE_SECONDS if asked.part == "memory" else 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draw_paper(folder / "paper")
        with scanner_process(folder / "paper", count, seconds) as url:
            os.environ["SANE_CONFIG_DIR"] = str(sane_settings(folder / "sane", url))
            found = PARTS[asked.part](folder, count)
    tell(found, as_json=asked.json)


if __name__ == "__main__":
    main()
