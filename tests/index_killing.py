"""Kill a process while it commits to an index, again and again, and look at what is left.

python -m tests.index_killing ENGINE FOLDER ROUNDS. A page is acknowledged when its number stands
in `acknowledged`, which is written after the commit. Exits with 1 and says why where an index does
not open or has lost an acknowledged page.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from index.page import IndexedPage
from tests.index_engines import KINDS, Kind

_PAGES = 40  # to a commit
_LONGEST_S = 0.15


def write(kind: Kind, folder: Path, first: int) -> None:
    """Commit batches until somebody stops it."""
    engine = kind.open(folder)
    told = os.open(folder.parent / "acknowledged", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    parent = os.getppid()
    while os.getppid() == parent:
        pages = [IndexedPage(n, n, f"صفحة رقم{n} " * 20) for n in range(first, first + _PAGES)]
        engine.add(pages)
        engine.commit(more=bool(first % (2 * _PAGES)))
        first += _PAGES
        os.write(told, f"{first - 1}\n".encode())


def check(kind: Kind, folder: Path) -> None:
    """Raises where something is missing."""
    engine = kind.open(folder)
    last = acknowledged(folder)
    held = engine.held(1, last)
    missing = [page for page in range(1, last + 1) if page not in held]
    if missing:
        raise AssertionError(f"lost: {missing[:5]}")
    if engine.count() < last:
        raise AssertionError(f"{engine.count()} of {last}")


def acknowledged(folder: Path) -> int:
    told = folder.parent / "acknowledged"
    lines = told.read_text().split() if told.exists() else []
    return int(lines[-1]) if lines else 0


def in_child(work: Callable[[], None]) -> int:
    """Start it in a process of its own; its id."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException as error:  # noqa: BLE001 - told to the parent by the exit code
            print(repr(error), flush=True)
        finally:
            os._exit(code)
    return child


def one_round(kind: Kind, folder: Path) -> None:
    before = acknowledged(folder)
    writer = in_child(lambda: write(kind, folder, before + 1))
    deadline = time.monotonic() + 60
    while acknowledged(folder) == before:
        if os.waitpid(writer, os.WNOHANG) != (0, 0) or time.monotonic() > deadline:
            raise SystemExit("the writer writes nothing")
        time.sleep(0.002)
    time.sleep(random.uniform(0, _LONGEST_S))
    os.kill(writer, signal.SIGKILL)
    _, status = os.waitpid(writer, 0)
    if not os.WIFSIGNALED(status):
        raise SystemExit("the writer ended by itself")
    _, status = os.waitpid(in_child(lambda: check(kind, folder)), 0)
    if status:
        raise SystemExit(1)


def main() -> None:
    kind, folder, rounds = KINDS[sys.argv[1]], Path(sys.argv[2]), int(sys.argv[3])
    # Only in children: an engine's threads do not live on in a fork.
    os.waitpid(in_child(lambda: kind.create(folder).close()), 0)
    for _ in range(rounds):
        one_round(kind, folder)
    print(acknowledged(folder), flush=True)


if __name__ == "__main__":
    main()
