"""A day at the window, without its pauses: does it hold more at the end than at noon?

`python -m benchmarks.window_day day FOLDER ROUNDS`: one JSON object.
"""

import gc
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from benchmarks.window_ground import read_archive
from benchmarks.window_work import Key, opened, pause, press, tell, until
from ui.acts import (
    CAPTURE,
    CASES,
    DELIVERY,
    DESCRIBE,
    OVERVIEW,
    PAGES,
    SEARCH,
    SETTINGS,
    TEXT,
    TODAY,
)
from ui.window import Window

SAMPLES: Final = 60  # over the day
WORDS: Final = ("القصور", "الطعن", "محكمة", "التسبيب", "99001/93", "الحكم المطعون")
ROUND_ABOUT: Final = (CASES, PAGES, DESCRIBE, DELIVERY, TODAY, OVERVIEW, SETTINGS, CAPTURE)


def day(folder: Path, count: int) -> dict[str, Any]:
    """Page, correct and take back, search, go from screen to screen: `count` rounds of it."""
    root = folder / "day"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(read_archive(folder / "archive"), root)
    held: list[dict[str, float]] = []
    with opened(root) as window:
        began = time.monotonic()
        for number in range(count):
            _round(window, number)
            if number % max(1, count // SAMPLES) == 0:
                held.append(_held(window))
        seconds = time.monotonic() - began
    third = len(held) // 3
    return {
        "rounds": count,
        "seconds": round(seconds),
        **_middle("after_a_third", held[third : third + 5]),
        **_middle("at_the_end", held[-5:]),
        "megabytes": [round(each["megabytes"]) for each in held],
    }


def _middle(when: str, held: list[dict[str, float]]) -> dict[str, float]:
    middle = statistics.median
    return {f"{name}_{when}": round(middle(each[name] for each in held), 1) for name in held[0]}


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
    window.open(ROUND_ABOUT[number % len(ROUND_ABOUT)])
    pause(10)


def _held(window: Window) -> dict[str, float]:
    """Memory, and what is alive: objects of Python, Qt's in the window, widgets, open files."""
    gc.collect()
    return {
        "megabytes": _megabytes(),
        "python_objects": len(gc.get_objects()),
        "qt_objects": len(window.findChildren(QObject)),
        "widgets": len(QApplication.allWidgets()),
        "open_files": sum(1 for _ in Path("/proc/self/fd").iterdir()),
    }


def _megabytes() -> float:
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Rss:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    tell(day, *sys.argv[2:])
