"""What `benchmarks.window` measures inside one window; each part in a process of its own.

`python -m benchmarks.window_work PART FOLDER COUNT`: one JSON object.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import asyncssh
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from archiver import app
from archiver.capture import escl
from archiver.settings import TargetSettings, read_settings
from archiver.store.keys import SigningKey
from archiver.workflow.station import Station
from archiver.workflow.targets import add_place
from benchmarks.capture import scanner_process
from benchmarks.window_ground import LARGE_CASE, OPERATOR, large_archive, read_archive
from tests.servers.sshd import Sshd, sshd
from ui.acts import CAPTURE, CASES, DELIVERY, DESCRIBE, PAGES, SEARCH, TEXT
from ui.session import Session
from ui.start import set_up
from ui.window import Window

PACE_MS: Final = 400  # a hand that leafs through
BEAT_MS: Final = 5
Key = Qt.Key


class Painted(QObject):
    """Whether a widget was painted since `again`."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.yes = False
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.yes = self.yes or event.type() == QEvent.Type.Paint
        return False


@contextmanager
def opened(root: Path) -> Iterator[Window]:
    with app.open_station(root) as station:
        window = Window(Session(station, app.actor(station, OPERATOR.person)))
        window.resize(1440, 900)
        window.show()
        window.activateWindow()
        until(window.isActiveWindow)
        yield window
        until(lambda: not window.session.bridge.busy)
        window.close()
        window.deleteLater()


def until(true: Callable[[], Any], seconds: float = 60) -> float:
    """Milliseconds until it is true, the event loop turning."""
    began = time.monotonic()
    while not true():
        QApplication.processEvents()
        if time.monotonic() - began > seconds:
            raise TimeoutError
    return 1000 * (time.monotonic() - began)


def pause(milliseconds: int) -> None:
    """Let the event loop rest: other threads run."""
    done: list[int] = []
    QTimer.singleShot(milliseconds, lambda: done.append(1))
    while not done:
        QApplication.processEvents()
        time.sleep(0.001)


def press(window: Window, key: Key, modifier: Qt.KeyboardModifier = Qt.NoModifier) -> None:
    QTest.keyClick(window.windowHandle(), key, modifier)


def figures(name: str, values: list[float]) -> dict[str, Any]:
    ranked = sorted(values)
    return {
        f"{name}_p50_ms": round(statistics.median(ranked), 1),
        f"{name}_p95_ms": round(ranked[max(0, round(0.95 * len(ranked)) - 1)], 1),
        f"{name}_most_ms": round(ranked[-1], 1),
        f"{name}_n": len(ranked),
    }


# --- the next page -----------------------------------------------------------------------------


def page(folder: Path, count: int) -> dict[str, Any]:
    """PgDn until the next page is painted, from a picture as fine as the screen shows it."""
    found: dict[str, Any] = {}
    root = read_archive(folder / "archive")
    for name in (TEXT, PAGES):
        with opened(root) as window:
            screen = enter(window, name)
            took = [_turn(window, screen, PACE_MS) for _ in range(min(count, 38))]
            found |= figures(f"next_{name}", took)
        with opened(root) as window:
            screen = enter(window, name)
            took = [_turn(window, screen, 0) for _ in range(min(count, 38))]
            found |= figures(f"key_held_{name}", took)
    return found


def enter(window: Window, name: str) -> Any:
    window.session.show_case(1)
    window.open(name)
    screen = window.screens[name]
    until(lambda: not screen.view._paper.pixmap().isNull())
    pause(1500)
    return screen


def _turn(window: Window, screen: Any, rest_ms: int) -> float:
    pause(rest_ms)
    view = screen.view
    painted = Painted(view.viewport())
    before = view._page.id
    began = time.monotonic()
    press(window, Key.Key_PageDown)

    def there() -> bool:
        fresh = view._page is not None and view._page.id != before
        whole = fresh and view.sharp
        if not whole:
            painted.yes = False
        return bool(whole and painted.yes)

    until(there)
    took = 1000 * (time.monotonic() - began)
    view.viewport().removeEventFilter(painted)
    painted.deleteLater()
    return took


# --- a case file of 10,000 pages ------------------------------------------------------------------


def lot(folder: Path, count: int) -> dict[str, Any]:
    """From the choice of the case file to its painted pages, on each screen."""
    root = large_archive(folder / "large", read_archive(folder / "archive"))
    found: dict[str, Any] = {}
    for name in (CASES, TEXT, PAGES, DESCRIBE):
        took = []
        for _ in range(count):
            with opened(root) as window:
                window.session.show_case(1)
                window.open(name)
                pause(1500)
                large = next(r.case for r in window.session.cases if LARGE_CASE in r.case.keys)
                screen = window.screens[name]
                painted = Painted(_shown(screen))
                began = time.monotonic()
                window.session.show_case(large.id)
                until(lambda: painted.yes and _rows(screen) >= 10_000)  # noqa: B023
                QApplication.processEvents()
                took.append(1000 * (time.monotonic() - began))
        found |= figures(f"opens_{name}", took)
    return found


def _shown(screen: Any) -> QWidget:
    part: QWidget = screen.strip.viewport() if hasattr(screen, "strip") else screen
    return part


def _rows(screen: Any) -> int:
    for name in ("strip", "rows"):
        part = getattr(screen, name, None)
        if part is not None:
            return int((part.pages if name == "strip" else part).rowCount())
    return 10_000 if screen.session.view and len(screen.session.view.pages) >= 10_000 else 0


# --- gaps of the event loop ---------------------------------------------------------------------


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

    def told(self, name: str) -> dict[str, Any]:
        self._timer.stop()
        ranked = sorted(self.gaps)
        return {
            f"{name}_gap_p99_ms": round(ranked[max(0, round(0.99 * len(ranked)) - 1)], 1),
            f"{name}_gap_most_ms": round(ranked[-1], 1),
            f"{name}_beats": len(ranked),
        }


def gap(folder: Path, count: int) -> dict[str, Any]:
    """While the window scans, then reads, then sends, and another archive is read beside it."""
    read = read_archive(folder / "archive")
    work, beside = folder / "gap", folder / "beside"
    for root in (work, beside):
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(read, root)
    found: dict[str, Any] = {}
    command = [sys.executable, "-m", "archiver.cli.main", "reread", "99001/93", "--archive"]
    with scanner_process(_pairs(folder), count) as url:
        _name_scanner(work, url)
        other = subprocess.Popen(
            [*command, str(beside)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            with opened(work) as window:
                found = _working(window, folder)
        finally:
            other.kill()
            other.wait()
    return found


def _pairs(folder: Path) -> Path:
    """An even number of faces for the feeder."""
    out = folder / "feeder"
    if not out.exists():
        out.mkdir()
        for path in sorted((folder / "scans").glob("0-*.jpg"))[:12]:
            shutil.copy(path, out)
    return out


def _name_scanner(root: Path, url: str) -> None:
    with (root / "station.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'\n[description]\nrequired = false\n[scanners.desk]\ndevice = "{escl.PREFIX}{url}"\n'
            'source = "duplex"\ndpi = 300\nmode = "colour"\npaper = "a4"\n'
        )


def _working(window: Window, folder: Path) -> dict[str, Any]:
    session, found = window.session, {}
    session.show_case(1)
    window.open(CAPTURE)
    until(window.deck.actions["scan"].isEnabled)
    pause(1000)
    beat = Beat()
    press(window, Key.Key_Space)
    pause(300)
    while session.bridge.busy:
        pause(50)
    found |= beat.told("scan")
    window.open(PAGES)
    pause(1500)
    beat = Beat()
    press(window, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pause(300)
    while session.bridge.busy:
        pause(50)
    found |= beat.told("read")
    _seal_and_send(window, folder, found)
    return found


def _seal_and_send(window: Window, folder: Path, found: dict[str, Any]) -> None:
    from archiver.workflow.checking import check  # noqa: PLC0415
    from archiver.workflow.sealing import seal  # noqa: PLC0415

    station: Station = window.session.station
    checker = app.actor(station, "سامي")
    list(check(station, checker, 1, accept=True))
    list(seal(station, OPERATOR, 1))
    with sshd() as box:
        box.start()
        _point_at(station, box, folder)
        window.session.refresh()
        window.open(DELIVERY)
        pause(1000)
        beat = Beat()
        press(window, Key.Key_D)
        pause(100)
        while window.session.bridge.busy:
            pause(20)
        found |= beat.told("send")
        box.kill()
    found["sent_megabytes"] = round(sum(p.stat().st_size for p in station.sealed.glob("*")) / 1e6)


def _point_at(station: Station, box: Sshd, folder: Path) -> None:
    key = SigningKey.load_or_create(folder / "gap-centre.pem").public
    url = f"sftp://{box.place().user}@127.0.0.1:{box.port}{box.seen}"
    target = TargetSettings("centre", "sftp", url, key.pem(), host_key=box.host_key)
    _made, public = add_place(station, OPERATOR, target, {})
    box.trust(asyncssh.import_public_key(public))
    station.settings = read_settings(station.root)


# --- a long day ----------------------------------------------------------------------


def day(folder: Path, count: int) -> dict[str, Any]:
    """Page, correct and take back, search, go from screen to screen: `count` rounds of it."""
    root = folder / "day"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(read_archive(folder / "archive"), root)
    sizes: list[float] = []
    with opened(root) as window:
        began = time.monotonic()
        for number in range(count):
            _round(window, number)
            if number % max(1, count // 60) == 0:
                sizes.append(_megabytes())
        seconds = time.monotonic() - began
    third = len(sizes) // 3
    return {
        "rounds": count,
        "seconds": round(seconds),
        "megabytes_after_a_third": round(statistics.median(sizes[third : third + 5]), 1),
        "megabytes_at_the_end": round(statistics.median(sizes[-5:]), 1),
        "megabytes": sizes,
    }


WORDS = ("القصور", "الطعن", "محكمة", "التسبيب", "99001/93", "الحكم المطعون")


def _round(window: Window, number: int) -> None:
    window.open(TEXT)
    text = window.screens[TEXT]
    if number % 38 == 37:
        text.strip.go(text.strip.pages.rows[0].page.id)
    else:
        press(window, Key.Key_PageDown)
    until(lambda: text.read is not None or text._row is None)
    press(window, Key.Key_Tab)
    press(window, Key.Key_Return)
    press(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    until(lambda: not text.corrections.waiting and not text.corrections.taking_back)
    if number % 3 == 0:
        window.open(SEARCH)
        screen = window.screens[SEARCH]
        screen.line.setText(WORDS[number // 3 % len(WORDS)])
        press(window, Key.Key_Return)
        pause(30)
    names = (CASES, PAGES, DESCRIBE, DELIVERY, "today", "overview", "settings", CAPTURE)
    window.open(names[number % len(names)])
    pause(10)


def _megabytes() -> float:
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Rss:"):
            return int(line.split()[1]) / 1024
    return 0.0


PARTS: Final[dict[str, Callable[[Path, int], dict[str, Any]]]] = {
    "page": page, "lot": lot, "gap": gap, "day": day,
}  # fmt: skip


def main() -> None:
    part, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    set_up(application, "ar")
    print(json.dumps(PARTS[part](folder, count)))


if __name__ == "__main__":
    main()
