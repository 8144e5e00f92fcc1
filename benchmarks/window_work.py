"""What `benchmarks.window` measures inside one window; each part in a process of its own.

`python -m benchmarks.window_work PART FOLDER COUNT`: one JSON object.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from archiver import app
from benchmarks.window_ground import LARGE_CASE, OPERATOR, large_archive, read_archive
from ui.acts import CAPTURE, CASES, DELIVERY, DESCRIBE, PAGES, TEXT, TODAY
from ui.session import Session
from ui.start import set_up
from ui.window import Window

PACE_MS: Final = 400  # a hand that leafs through
ARRIVING: Final = (CAPTURE, DELIVERY)
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
    """Let the event loop go on; what is to be deleted later goes in a loop only."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


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
    """From the choice of the case file to its painted pages, on each screen.

    Capture and Delivery are come to from Today, as they show other things than its pages.
    """
    root = large_archive(folder / "large", read_archive(folder / "archive"))
    found: dict[str, Any] = {}
    for name in (CASES, TEXT, PAGES, DESCRIBE, *ARRIVING):
        took = []
        for _ in range(count):
            with opened(root) as window:
                window.session.show_case(1)
                window.open(name)
                pause(1500)
                large = next(r.case for r in window.session.cases if LARGE_CASE in r.case.keys)
                screen = window.screens[name]
                if name in ARRIVING:
                    window.open(TODAY)
                    pause(500)
                painted = Painted(_shown(screen))
                began = time.monotonic()
                window.session.show_case(large.id)
                window.open(name)
                until(lambda: painted.yes and _rows(screen) >= 10_000)  # noqa: B023
                QApplication.processEvents()
                took.append(1000 * (time.monotonic() - began))
        found |= figures(f"opens_{name}", took)
    return found


def _shown(screen: Any) -> QWidget:
    strip = hasattr(screen, "strip") and screen.name not in ARRIVING
    part: QWidget = screen.strip.viewport() if strip else screen
    return part


def _rows(screen: Any) -> int:
    for name in ("strip", "rows"):
        part = getattr(screen, name, None) if screen.name not in ARRIVING else None
        if part is not None:
            return int((part.pages if name == "strip" else part).rowCount())
    return 10_000 if screen.session.view and len(screen.session.view.pages) >= 10_000 else 0


PARTS: Final[dict[str, Callable[[Path, int], dict[str, Any]]]] = {
    "page": page, "lot": lot,
}  # fmt: skip


def tell(part: Callable[[Path, int], dict[str, Any]], folder: str, count: str) -> None:
    """Do a part in a window of its own, and print what it found."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    set_up(application, "ar")
    print(json.dumps(part(Path(folder), int(count))))


if __name__ == "__main__":
    tell(PARTS[sys.argv[1]], *sys.argv[2:])
