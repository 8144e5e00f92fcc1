"""How many durable events a second the audit log takes, beside what the disk itself can do.

    python -m benchmarks.audit [--folder DIR] [--events 600] [--rounds 3] [--quick] [--json]

`fdatasync`: 8 kB written over themselves and made durable, nothing more, which is what a commit
of SQLite's log comes to. Then events: each in a transaction of its own, and several acts that come
together in one. All by turns in the same run; medians count. With --folder on a RAM disk the
disk is left out, and what remains is what an event costs us.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from archiver.model.actor import Actor
from archiver.store import audit
from archiver.store.database import Database
from benchmarks.telling import command_line, tell

_WHO = Actor("قياس", "operator", "station", "")
_WRITE = bytes(8192)
_FILE = 4 << 20


def syncs(folder: Path, count: int) -> None:
    handle = os.open(folder / "bare", os.O_RDWR | os.O_CREAT)
    try:
        if not os.fstat(handle).st_size:
            os.write(handle, bytes(_FILE))
            os.fsync(handle)
        for number in range(count):
            os.pwrite(handle, _WRITE, number * len(_WRITE) % _FILE)
            os.fdatasync(handle)
    finally:
        os.close(handle)


def events(database: Database, count: int, together: int) -> None:
    for _transaction in range(count // together):
        with database.transaction() as connection:
            for number in range(together):
                audit.append(connection, _WHO, "measure", before={"n": number}, after={"n": 0})


def main() -> None:
    parser = command_line(__doc__)
    parser.add_argument("--folder", type=Path, help="where to work (else the temporary folder)")
    parser.add_argument("--events", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    count: int = 200 if asked.quick else asked.events
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        database = Database(Path(name) / "archive.sqlite")
        database.migrate()
        events(database, count, 1)  # the log has its full size from here on
        works: dict[str, Callable[[], None]] = {
            "fdatasync": lambda: syncs(Path(name), count),
            "events, one a commit": lambda: events(database, count, 1),
            "events, ten a commit": lambda: events(database, count, 10),
        }
        rates: dict[str, list[float]] = {work: [] for work in works}
        for _round in range(asked.rounds):
            for work, act in works.items():
                begun = time.perf_counter()
                act()
                rates[work].append(count / (time.perf_counter() - begun))
        database.close()
    bare = median(rates["fdatasync"])
    told = {
        work: {"a_second": round(median(found)), "of_fdatasync": round(median(found) / bare, 2)}
        for work, found in rates.items()
    }
    tell(told, as_json=asked.json)


if __name__ == "__main__":
    main()
