"""What runs below this process, and what is left of it."""

import ctypes
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import forkserver, resource_tracker
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


def children() -> set[int]:
    """The processes started here; of adopted ones, too."""
    lists = [_content(path) for path in Path("/proc/self/task").glob("*/children")]
    # Python's own helpers are started by the first process that wants them, and end with the tests.
    tracker = getattr(resource_tracker, "_resource_tracker")._pid  # noqa: B009 - not in its stubs
    forks = getattr(forkserver, "_forkserver")._forkserver_pid  # noqa: B009
    return {int(pid) for listed in lists for pid in listed.split()} - {tracker, forks}


def _content(path: Path) -> bytes:
    """Empty where the thread or process is gone."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


@contextmanager
def adopting_orphans() -> Iterator[None]:
    """Whatever a killed child leaves running becomes a child of this process."""
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
    try:
        yield
    finally:
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def wait_for_orphans(before: set[int], seconds: float) -> set[int]:
    """Let adopted processes end by themselves; those that did not."""
    deadline = time.monotonic() + seconds
    while left := children() - before:
        for pid in left:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        if time.monotonic() > deadline:
            return left
        time.sleep(0.01)
    return set()
