"""What `archiver index rebuild` takes of a machine: time, processor, memory of every process, disk.

python -m benchmarks.search_rebuild ARCHIVE [--json]

The verb itself, in processes of its own at its default settings, on an archive such as
search_store.py makes. Memory is looked at twice a second (Linux). Mapped files of the index count
in `rss` and `mapped`; the system may drop them whenever somebody needs the room.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Final

from benchmarks.processes import children, told
from benchmarks.search import size_mb

DESCRIPTION: Final = "What making the search index anew takes of a machine."
EVERY_SECONDS: Final = 0.5
PARTS: Final = {"VmRSS": "rss", "RssAnon": "own", "RssFile": "mapped"}
COMMAND: Final = "from archiver.cli.main import main; main()"
Sizes = dict[str, float]


def rebuilt(archive: Path) -> dict[str, object]:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    words = ["index", "rebuild", "--archive", str(archive), "--lang", "en", "--json"]
    verb = subprocess.Popen([sys.executable, "-c", COMMAND, *words], stdout=subprocess.PIPE)
    most: dict[str, Sizes] = {}
    while verb.poll() is None:
        look(verb.pid, most)
        time.sleep(EVERY_SECONDS)
    told = verb.stdout.read() if verb.stdout else b""
    if verb.returncode:
        raise SystemExit(told.decode())
    seconds, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    pages = json.loads(told)["pages"]
    with closing(connect(archive / "archive.sqlite")) as connection:
        (text,) = connection.execute("SELECT sum(length(CAST(text AS BLOB))) FROM page").fetchone()
    disk = size_mb(archive / "index")
    return {
        "pages": pages,
        "wall_minutes": seconds / 60,
        "cpu_minutes_of_two_cores": used / 120,
        "pages_per_cpu_s": pages / used,
        "text_mb": text / 1e6,
        "disk_mb": disk,
        "disk_to_text": disk * 1e6 / text,
        "most_memory_mb": most,
    }


def look(verb: int, most: dict[str, Sizes]) -> None:
    """Keep the most that each process had, and all of them at one time."""
    now: dict[str, Sizes] = {"verb": sizes(verb), "all together": {}}
    for place, child in enumerate(sorted(children(verb))):
        now[f"process {place + 1}"] = sizes(child)
    for part in PARTS.values():
        now["all together"][part] = sum(each.get(part, 0.0) for each in now.values())
    for name, found in now.items():
        held = most.setdefault(name, {})
        held.update({part: max(size, held.get(part, 0.0)) for part, size in found.items()})


def sizes(process: int) -> Sizes:
    """Megabytes; none of a process that has ended meanwhile."""
    rows = (row.split() for row in told(process, "status").splitlines())
    return {PARTS[row[0][:-1]]: int(row[1]) / 1e3 for row in rows if row and row[0][:-1] in PARTS}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.search_rebuild", description=DESCRIPTION)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = rebuilt(asked.archive)
    if asked.json:
        json.dump(found, sys.stdout)
        print()
        return
    for name, value in found.items():
        print(name.ljust(26), f"{value:,.2f}" if isinstance(value, float) else value)


if __name__ == "__main__":
    main()
