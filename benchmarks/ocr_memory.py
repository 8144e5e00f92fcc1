"""What a worker and the reader it starts hold in memory while pages are read (Linux)."""

import os
import threading
from pathlib import Path
from typing import Final

from PIL import Image

from benchmarks.ocr_speed import read_all
from benchmarks.processes import children, told
from benchmarks.worn_pages import DPI, TEXTS, WEARS, drawn

EVERY_SECONDS: Final = 0.1
_PAGES: Final = ("clean", "blue stamps", "speckled")  # read once, once, from every picture
_WORKER: Final = "spawn_main"  # in the command line of a process that a pool started


def memory(folder: Path) -> dict[str, float]:
    """Megabytes (PSS: shared pages shared out) at the worst moment, on A4 at 300 dpi.

    A worker by itself, its reader by itself, and the two at one time.
    """
    pdf = folder / "colour.pdf"
    clean = drawn(TEXTS[0], colour=True)
    pages = [Image.fromarray(WEARS[wear](clean.copy())) for wear in _PAGES]
    pages[0].save(pdf, save_all=True, append_images=pages[1:], resolution=DPI, quality=85)
    done, most = threading.Event(), {"worker": 0, "reader": 0, "together": 0}
    watch = threading.Thread(target=_watch, args=(done, most))
    watch.start()
    try:
        read_all(folder / "archive", pdf)
    finally:
        done.set()
        watch.join()
    return {name: round(kilobytes / 1024, 1) for name, kilobytes in most.items()}


def _watch(done: threading.Event, most: dict[str, int]) -> None:
    while not done.wait(EVERY_SECONDS):
        for worker in children(os.getpid()):
            if _WORKER in told(worker, "cmdline"):
                alone, readers = _pss(worker), sum(map(_pss, children(worker)))
                now = {"worker": alone, "reader": readers, "together": alone + readers}
                most |= {name: max(most[name], size) for name, size in now.items()}


def _pss(process: int) -> int:
    """Kilobytes; 0 for a process that has ended meanwhile."""
    rows = told(process, "smaps_rollup").splitlines()
    return next((int(row.split()[1]) for row in rows if row.startswith("Pss:")), 0)
