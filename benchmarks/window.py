"""The window as a person meets it: how soon it stands, turns a page, opens 10,000 of them.

python -m benchmarks.window                      all parts
python -m benchmarks.window --quick              fewer starts and pages, a short day
python -m benchmarks.window --only PART          start, page, lot, gap or day; again for more
python -m benchmarks.window --keep FOLDER        what is drawn and read serves the next run, too
python -m benchmarks.window --json               one object on standard output

On a display of its own (Xvfb) with a warm disk cache. `start` counts from the start of the process
to the first painting of Today that shows the day, and on to what a key does; its peer is a bare
PySide6 window with the same typefaces and an empty list, in turn with ours. Pages are the drawn
faces of the fictional case, A4 at 300 dpi in colour, each seen for the first time; `next` is a hand
that rests 0.4 s on each page, `key_held` one that does not. `gap` is how long the event loop is
away while the window scans, then reads, then sends, with a second archive being read and a third
one sent beside all of it. `day` is
1,000 pages in a row, each corrected and taken back, with a search at every third and another screen
behind each: memory and objects from the end of its first third to its own.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Final

from benchmarks.telling import command_line, tell
from benchmarks.window_ground import large_archive, read_archive
from tests.servers.display import display

# part -> how many starts, pages, openings, sheets, rounds; all, and quick
PARTS: Final = {"start": (11, 3), "page": (38, 12), "lot": (5, 2), "gap": (20, 6),
                "day": (1000, 100)}  # fmt: skip
PATIENCE_SECONDS: Final = 3600


def measured(part: str, folder: Path, count: int) -> dict[str, Any]:
    if part == "start":
        return starts(folder / "archive", count)
    module = f"benchmarks.window_{part}" if part in ("day", "gap") else "benchmarks.window_work"
    return _told([sys.executable, "-m", module, part, str(folder), str(count)])


def starts(archive: Path, count: int) -> dict[str, Any]:
    """Ours and the peer in turn; the first pair warms the cache and is not counted."""
    rounds = [(_start("ours", archive), _start("peer", archive)) for _ in range(count + 1)][1:]
    figures: dict[str, Any] = {"starts": count}
    for place, kind in enumerate(("ours", "peer")):
        for moment in ("painted_s", "usable_s"):
            values = [pair[place][moment] for pair in rounds]
            figures[f"{kind}_{moment}"] = round(statistics.median(values), 3)
            figures[f"{kind}_{moment}_worst"] = round(max(values), 3)
    return figures


def _start(kind: str, archive: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.window_start", kind, str(archive)]
    return _told([*command, repr(time.monotonic())])


def _told(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True,
                          timeout=PATIENCE_SECONDS)  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    parser = command_line(__doc__)
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    kept = nullcontext(str(asked.keep)) if asked.keep else tempfile.TemporaryDirectory()
    with kept as name, display() as shown:
        folder = Path(name)
        wanted = asked.only or list(PARTS)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a station keeps its bytecode
        os.environ |= {"DISPLAY": shown, "QT_QPA_PLATFORM": "xcb",
                       "XDG_STATE_HOME": str(folder / "state")}  # fmt: skip
        read = read_archive(folder / "archive")
        if "lot" in wanted:
            large_archive(folder / "large", read)
        found = {part: measured(part, folder, PARTS[part][asked.quick]) for part in wanted}
    found["load"] = [round(each, 1) for each in os.getloadavg()]
    tell(found, as_json=asked.json)


if __name__ == "__main__":
    main()
