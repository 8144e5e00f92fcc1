"""How long the window's event loop is held while a scanner feeds and pages are read beside it.

python -m benchmarks.capture_window [--sheets N] [--quick] [--json]

The Capture screen (offscreen) scans colour A4 sheets at 300 dpi, both faces, from the tests'
scanner, which drives as fast as it can, while `archiver process` reads and indexes the pages of
another archive on as many cores as there are. A timer of 5 ms ticks on the event loop; a gap is the
time between two ticks. The peer is the same feed with nothing beside it.
"""

import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from PIL import Image
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from archiver import app
from archiver.model.identity import CaseKey
from archiver.settings import Identity
from archiver.workflow.importing import import_files
from benchmarks.capture import INTO, draw_paper, same_right_of_way, scanner_process
from benchmarks.telling import command_line, tell
from tests.command_line import PROGRAM, environment
from tests.papers import OPERATOR, finish
from tests.servers.escl import AIRSCAN, sane_settings
from ui.acts import CAPTURE
from ui.session import Session
from ui.start import set_up
from ui.window import Window

TICK_MS: Final = 5
READ: Final = 30  # pages to be read beside the feed
LONGEST_S: Final = 300


class Ticks(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.gaps_ms: list[float] = []
        self._last = time.monotonic()
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.monotonic()
        self.gaps_ms.append((now - self._last) * 1000)
        self._last = now


def to_read(folder: Path, paper: Path) -> Path:
    """An archive with pages that wait to be read, no two of the same bytes."""
    root, files = folder / "read", []
    app.init_archive(root, OPERATOR, Identity("bench", "bench"))
    for number, face in enumerate(list(paper.iterdir()) * READ, 1):
        files.append(folder / f"{number:03}.jpg")
        Image.open(face).save(files[-1], quality=60 + number)
        if number == READ:
            break
    with app.open_station(root) as station:
        finish(import_files(station, OPERATOR, files, key=CaseKey.parse("7/93")))
    return root


def fed(root: Path, url: str, sheets: int, folder: Path) -> tuple[list[float], int]:
    """The gaps during one feed through the screen, and its pages."""
    os.environ["SANE_CONFIG_DIR"] = str(sane_settings(folder / "sane", url))
    with app.open_station(root) as station:
        window = Window(Session(station, OPERATOR))
        window.resize(1440, 900)
        window.show()
        if window.session.cases:
            window.session.show_case(window.session.cases[0].case.id)
        window.open(CAPTURE)
        screen, loop = window.screens[CAPTURE], QEventLoop()
        _until(loop, lambda: screen.card.told_well and not window.session.bridge.busy)
        before = screen.rows.rowCount()
        with same_right_of_way():
            ticks = Ticks()
            screen.scan()
            _until(loop, lambda: not window.session.bridge.busy)
        found, pages = ticks.gaps_ms, screen.rows.rowCount() - before
        window.close()
    return found, pages


def _until(loop: QEventLoop, done: Any) -> None:
    watch = QTimer(interval=100)
    watch.timeout.connect(lambda: loop.quit() if done() else None)
    watch.start()
    QTimer.singleShot(LONGEST_S * 1000, loop.quit)
    loop.exec()
    watch.stop()


def measured(sheets: int) -> dict[str, Any]:
    found: dict[str, Any] = {"sheets": sheets, "tick_ms": TICK_MS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paper = folder / "paper"
        draw_paper(paper)
        other = to_read(folder, paper)
        for what in ("alone", "beside_reading"):
            root = folder / what
            app.init_archive(root, OPERATOR, Identity("bench", "bench"))
            with (root / "station.toml").open("a") as file:
                file.write(
                    f'\n[scanners.desk]\ndevice = "{AIRSCAN}"\nsource = "duplex"\ndpi = 300\n'
                    'mode = "colour"\npaper = "a4"\n'
                )
            with app.open_station(root) as station, station.database.transaction() as connection:
                INTO.opened(connection)
            load = None
            if what != "alone":
                command = [*PROGRAM, "process", "--archive", str(other), "--as", OPERATOR.person]
                load = subprocess.Popen(
                    command, env=environment(), stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )  # fmt: skip
                time.sleep(3)
            with scanner_process(paper, sheets) as url:
                gaps, pages = fed(root, url, sheets, folder)
            found[what] = {"pages": pages, **_spread(gaps)}
            if load is not None:
                found[what]["reading_lasted"] = load.poll() is None
                load.terminate()
                load.wait()
    return found


def _spread(gaps: list[float]) -> dict[str, float]:
    ordered = sorted(gaps)
    at = {name: ordered[int(len(ordered) * share)] for name, share in
          (("p50_ms", 0.5), ("p99_ms", 0.99))}  # fmt: skip
    return {"ticks": len(gaps), **{k: round(v, 1) for k, v in at.items()},
            "longest_ms": round(ordered[-1], 1)}  # fmt: skip


def main() -> None:
    parser = command_line(__doc__)
    parser.add_argument("--sheets", type=int, default=50)
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    set_up(application, "ar")
    found = measured(5 if asked.quick else asked.sheets)
    tell(found, as_json=asked.json)


if __name__ == "__main__":
    main()
