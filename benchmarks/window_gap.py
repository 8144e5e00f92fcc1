"""Gaps of the event loop while everything runs: scanning, reading and sending.

`python -m benchmarks.window_gap gap FOLDER SHEETS`: one JSON object. The window scans a feed, reads
its pages and sends the sealed case file; two other processes read one archive and send another,
so that all three kinds of work run at once, whichever the window itself does.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import asyncssh
from PIL import Image
from PySide6.QtCore import QObject, Qt, QTimer

from archiver import app
from archiver.capture import escl
from archiver.settings import Identity, TargetSettings, read_settings
from archiver.store.keys import SigningKey
from archiver.workflow.checking import check
from archiver.workflow.sealing import seal
from archiver.workflow.station import Station
from archiver.workflow.targets import add_place
from benchmarks.capture import scanner_process
from benchmarks.window_ground import OPERATOR, read_archive, take
from benchmarks.window_work import Key, opened, pause, press, tell, until
from tests.command_line import PROGRAM, environment
from tests.servers.sshd import Sshd, sshd
from ui.acts import CAPTURE, DELIVERY, PAGES
from ui.window import Window

BEAT_MS: Final = 5
BESIDE_KILOBYTES: Final = 1000  # a second: the sending beside goes on for a minute


class Beat(QObject):
    """How late each beat of a timer comes, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.monotonic()
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._note)
        self._timer.start()

    def _note(self) -> None:
        now = time.monotonic()
        self.gaps.append(1000 * (now - self._last))
        self._last = now

    def told(self, together: int) -> dict[str, Any]:
        """Of the first `together` beats, while all were at work, and of all of them."""
        self._timer.stop()
        return {"together": _spread(self.gaps[:together]), "whole": _spread(self.gaps)}


def _spread(gaps: list[float]) -> dict[str, Any]:
    ranked = sorted(gaps)
    if not ranked:
        return {"beats": 0}
    return {
        "p50_ms": round(ranked[len(ranked) // 2], 1),
        "p99_ms": round(ranked[max(0, round(0.99 * len(ranked)) - 1)], 1),
        "most_ms": round(ranked[-1], 1),
        "beats": len(ranked),
    }


class Beside:
    """Two other processes at work."""

    def __init__(self, folder: Path, box: Sshd) -> None:
        reading, sending = _copy(_unread(folder), "beside"), _copy(_read(folder), "sent")
        _seal(sending, box, folder, kilobytes=BESIDE_KILOBYTES)
        self._running = [
            _started("process", archive=reading),
            _started("send", "--to", "centre", archive=sending),
        ]

    @property
    def all_at_work(self) -> bool:
        return all(process.poll() is None for process in self._running)

    def stop(self) -> None:
        for each in self._running:
            each.terminate()
            each.wait()


def gap(folder: Path, count: int) -> dict[str, Any]:
    """Gaps while the window scans, then reads, then sends, with two other processes beside it."""
    work = _copy(_read(folder), "gap")
    with ExitStack() as during, sshd() as box, sshd() as other:
        for each in (box, other):
            each.start()
            during.callback(each.kill)
        _name_scanner(work, during.enter_context(scanner_process(_pairs(folder), count)))
        beside = Beside(folder, other)
        during.callback(beside.stop)
        with opened(work) as window:
            return {
                "scan": _scanned(window, beside),
                "read": _reading(window, beside),
                "send": _sent(window, beside, box, folder),
            }


def _copy(root: Path, name: str) -> Path:
    shutil.rmtree(root.parent / name, ignore_errors=True)
    return Path(shutil.copytree(root, root.parent / name))


def _read(folder: Path) -> Path:
    return read_archive(folder / "archive")


def _unread(folder: Path) -> Path:
    """The same pages in other bytes, waiting to be read; the same folder serves again."""
    root = folder / "unread"
    if not (root / "station.toml").exists():
        files = _saved_again(sorted((folder / "scans").glob("*.jpg")), folder / "other-scans", 70)
        app.init_archive(root, OPERATOR, Identity("bench", "bench"))
        with app.open_station(root) as station:
            take(station, files)
    return root


def _saved_again(files: list[Path], into: Path, quality: int) -> list[Path]:
    into.mkdir(exist_ok=True)
    for path in files:
        Image.open(path).save(into / path.name, quality=quality, dpi=(300, 300))
    return [into / path.name for path in files]


def _started(*verb: str, archive: Path) -> "subprocess.Popen[bytes]":
    command = [*PROGRAM, *verb, "--archive", str(archive), "--as", OPERATOR.person]
    return subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)  # fmt: skip


def _pairs(folder: Path) -> Path:
    """An even number of faces for the feeder, none of the same bytes as one that was read."""
    _saved_again(sorted((folder / "scans").glob("0-*.jpg"))[:12], folder / "feeder", 80)
    return folder / "feeder"


def _name_scanner(root: Path, url: str) -> None:
    with (root / "station.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'\n[description]\nrequired = false\n[scanners.desk]\ndevice = "{escl.PREFIX}{url}"\n'
            'source = "duplex"\ndpi = 300\nmode = "colour"\npaper = "a4"\n'
        )


@contextmanager
def _beating(window: Window, beside: Beside, found: dict[str, Any]) -> Iterator[None]:
    """From what is begun inside until the window is idle again."""
    pause(1500)
    beat, together = Beat(), 0
    yield
    pause(200)
    while window.session.bridge.busy:
        together = len(beat.gaps) if beside.all_at_work else together
        pause(50)
    found |= beat.told(together)


def _scanned(window: Window, beside: Beside) -> dict[str, Any]:
    found: dict[str, Any] = {}
    window.session.show_case(1)
    window.open(CAPTURE)
    until(window.deck.actions["scan"].isEnabled)
    with _beating(window, beside, found):
        press(window, Key.Key_Space)
    return found


def _reading(window: Window, beside: Beside) -> dict[str, Any]:
    found: dict[str, Any] = {}
    window.open(PAGES)
    with _beating(window, beside, found):
        press(window, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    return found


def _sent(window: Window, beside: Beside, box: Sshd, folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    station: Station = window.session.station
    _seal_in(station, box, folder)
    window.session.refresh()
    window.open(DELIVERY)
    with _beating(window, beside, found):
        press(window, Key.Key_D)
    size = sum(path.stat().st_size for path in station.sealed.glob("*"))
    return found | {"megabytes": round(size / 1e6)}


def _seal(root: Path, box: Sshd, folder: Path, *, kilobytes: int) -> None:
    with (root / "station.toml").open("a", encoding="utf-8") as file:
        file.write("\n[description]\nrequired = false\n")
    with app.open_station(root) as station:
        _seal_in(station, box, folder, kilobytes=kilobytes)


def _seal_in(station: Station, box: Sshd, folder: Path, *, kilobytes: int = 0) -> None:
    """Accept and seal the case file, and make the drop box its target."""
    list(check(station, app.actor(station, "سامي"), 1, accept=True))
    list(seal(station, OPERATOR, 1))
    key = SigningKey.load_or_create(folder / "gap-centre.pem").public
    url = f"sftp://{box.place().user}@127.0.0.1:{box.port}{box.seen}"
    target = TargetSettings("centre", "sftp", url, key.pem(), host_key=box.host_key)
    limited = replace(target, kilobytes_per_second=kilobytes)
    _made, public = add_place(station, OPERATOR, limited, {})
    box.trust(asyncssh.import_public_key(public))
    station.settings = read_settings(station.root)


if __name__ == "__main__":
    tell(gap, *sys.argv[2:])
