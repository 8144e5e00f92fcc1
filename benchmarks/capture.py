"""Paper through the whole of it: scanner, driver, disk, archive, and what a kill costs.

python -m benchmarks.capture                     100 sheets, both faces, and 100 kills
python -m benchmarks.capture --quick             10 sheets and 6 kills, about a minute
python -m benchmarks.capture --sheets N --kills N
python -m benchmarks.capture --json              one object on standard output

The scanner is the tests' own (eSCL), in a process of its own, with colour A4 pages of the
fictional case at 300 dpi, and drives as fast as it can. The peer is `scanimage --batch` through
the same airscan driver in the same run: it makes nothing durable, and its files are removed as
they come. Ours is timed until the last page is durable and told, and until all are in the archive.
"""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import Image

from archiver import app
from archiver.demo.manifest import faces
from archiver.demo.render import draw_face
from archiver.model.changes import Arrived, Taken
from archiver.model.identity import CaseKey
from archiver.model.scanning import Mode, ScanSettings, Source
from archiver.settings import Identity
from archiver.workflow.archive_form import compact
from archiver.workflow.capturing import capture
from archiver.workflow.destination import Destination
from benchmarks.telling import command_line, tell
from tests.capture_killing import VICTIMS, killed_feed, scanner_pid
from tests.papers import OPERATOR
from tests.processes import adopting_orphans
from tests.scanners import sheets as small_sheets
from tests.servers.escl import AIRSCAN, Faults, sane_settings, scanner

DPI: Final = 300
A4_PX: Final = (2480, 3508)
DRAWN: Final = 6  # faces, over and over
NEXT_TO_LAST: Final = 0.95
INTO: Final = Destination(CaseKey("civil", 99001, 93))


@dataclass
class Feed:
    """One feed into an archive, as it went."""

    arrived_s: list[float] = field(default_factory=list)
    own_ms: list[float] = field(default_factory=list)
    own_cpu_ms: list[float] = field(default_factory=list)
    taken: int = 0
    told_s: float = 0.0
    all_s: float = 0.0
    pss_megabytes: list[float] = field(default_factory=list)  # driver's process, every ten pages

    def figures(self) -> dict[str, Any]:
        quarter = max(1, len(self.pss_megabytes) // 4)
        return {
            "pages": len(self.arrived_s),
            "pages_taken": self.taken,
            "pages_per_s": round(len(self.arrived_s) / self.told_s, 2),
            "pages_per_s_in_archive": round(self.taken / self.all_s, 2),
            "own_ms": _spread(self.own_ms),
            "own_cpu_ms": _spread(self.own_cpu_ms),
            "pss_megabytes_first_quarter": round(max(self.pss_megabytes[:quarter]), 1),
            "pss_megabytes_last_quarter": round(max(self.pss_megabytes[-quarter:]), 1),
        }


def _spread(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    last = ordered[min(len(ordered) - 1, int(len(ordered) * NEXT_TO_LAST))]
    return {"p50": round(statistics.median(ordered), 1), "p95": round(last, 1)}


def draw_paper(folder: Path) -> None:
    """Colour A4 faces of the fictional case, as a scanner sends them."""
    folder.mkdir()
    drawn = [face for _, face in faces()][:DRAWN]
    for number, face in enumerate(drawn):
        image = Image.fromarray(np.asarray(draw_face(face, True))).convert("RGB")
        image = image.resize(A4_PX) if image.size != A4_PX else image
        image.save(folder / f"{number:02}.jpg", quality=85, dpi=(DPI, DPI))


@contextmanager
def scanner_process(paper: Path, count: int, page_seconds: float = 0.0) -> Iterator[str]:
    """The address of a scanner with so many sheets in its feeder."""
    faults = json.dumps({"page_seconds": page_seconds})
    command = [sys.executable, "-m", "tests.servers.escl", str(paper), str(count), faults]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
    finally:
        server.kill()
        server.wait()
        assert server.stdout is not None
        server.stdout.close()


def peer(folder: Path, url: str, count: int) -> float:
    """Pages a second of scanimage alone."""
    out = folder / "peer"
    out.mkdir(exist_ok=True)
    done = threading.Event()

    def remove() -> None:
        while not done.wait(0.05):
            for path in sorted(out.glob("*.pnm"))[:-1]:
                path.unlink(missing_ok=True)

    broom = threading.Thread(target=remove)
    broom.start()
    began = time.monotonic()
    ended = subprocess.run(
        [
            "scanimage", "-d", AIRSCAN.removeprefix("sane:"), "--source", "ADF Duplex",
            "--mode", "Color", "--resolution", str(DPI), "-x", "210", "-y", "297",
            "--format=pnm", f"--batch={out}/%d.pnm", f"--batch-count={2 * count}",
        ],
        env={**os.environ, "SANE_CONFIG_DIR": str(sane_settings(folder / "sane", url))},
        capture_output=True, timeout=3600, check=False,
    )  # fmt: skip
    seconds = time.monotonic() - began
    done.set()
    broom.join()
    shutil.rmtree(out)
    pages = ended.stderr.count(b"Scanned page")
    return pages / seconds


def ours(folder: Path, url: str) -> tuple[Feed, float]:
    """The same paper into an archive; and seconds a page to its archive form."""
    os.environ["SANE_CONFIG_DIR"] = str(sane_settings(folder / "sane", url))
    root = folder / "archive"
    app.init_archive(root, OPERATOR, Identity("bench", "bench"))
    feed = Feed()
    settings = ScanSettings(Source.DUPLEX, DPI, Mode.COLOUR, "a4")
    with app.open_station(root) as station, same_right_of_way():
        began = time.monotonic()
        for step in capture(station, OPERATOR, device=AIRSCAN, settings=settings, into=INTO):
            match step:
                case Arrived():
                    feed.told_s = time.monotonic() - began
                    feed.arrived_s.append(feed.told_s)
                    feed.own_ms.append(step.own_ms)
                    feed.own_cpu_ms.append(step.own_cpu_ms)
                    if step.number % 10 == 1:
                        feed.pss_megabytes.append(pss_megabytes(scanner_pid(os.getpid())))
                case Taken():
                    feed.taken += 1
        feed.all_s = time.monotonic() - began
        began = time.monotonic()
        for _step in compact(station, OPERATOR):
            pass
        return feed, (time.monotonic() - began) / DRAWN


@contextmanager
def same_right_of_way() -> Iterator[None]:
    """The driver's process is a session of its own, which the scheduler weighs by itself: it gets
    the weight of ours, as the peer has it."""
    us, over = os.getpid(), threading.Event()

    def give() -> None:
        while not (pid := scanner_pid(us)):
            if over.wait(0.005):
                return
        with suppress(OSError):
            ours = Path("/proc/self/autogroup").read_text().rpartition(" ")[2]
            Path(f"/proc/{pid}/autogroup").write_text(ours)

    usher = threading.Thread(target=give)
    usher.start()
    try:
        yield
    finally:
        over.set()
        usher.join()


def pss_megabytes(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def kills(folder: Path, count: int) -> dict[str, Any]:
    """Feeds of small sheets, each killed at a random moment. Raises where a page is lost."""
    root, paper, dice = folder / "killed", small_sheets(8), random.Random(1)  # noqa: S311
    app.init_archive(root, OPERATOR, Identity("bench", "bench"))
    rounds = []
    with adopting_orphans(), scanner(paper, Faults(page_seconds=0.03)) as server:
        for number in range(1, count + 1):
            victim = VICTIMS[number % len(VICTIMS)]
            rounds.append(killed_feed(root, server, paper, victim, dice, number))
    return {
        "kills": count,
        "by_victim": dict(Counter(each.victim for each in rounds)),
        "pages_told": sum(each.told for each in rounds),
        "pages_safe": sum(each.safe for each in rounds),
        "pages_lost": 0,
        "most_on_the_way": max(each.given - each.safe for each in rounds),
        "last": asdict(rounds[-1]),
    }


def measured(count: int, kill_count: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draw_paper(folder / "paper")
        with scanner_process(folder / "paper", count) as url:
            alone = peer(folder, url, count)
        with scanner_process(folder / "paper", count) as url:
            feed, form_s = ours(folder, url)
        figures = feed.figures()
        shutil.rmtree(folder / "archive")
        return {
            "sheets": count,
            "scanimage_pages_per_s": round(alone, 2),
            **figures,
            "share_of_scanimage": round(figures["pages_per_s"] / alone, 2),
            "archive_form_s_per_master": round(form_s, 2),
            "killed": kills(folder, kill_count) if kill_count else {},
            "load": [round(each, 1) for each in os.getloadavg()],
        }


def main() -> None:
    parser = command_line(__doc__)
    parser.add_argument("--sheets", type=int, default=100)
    parser.add_argument("--kills", type=int, default=100)
    asked = parser.parse_args()
    sheets, count = (10, 6) if asked.quick else (asked.sheets, asked.kills)
    found = measured(sheets, count)
    tell(found, as_json=asked.json)


if __name__ == "__main__":
    main()
