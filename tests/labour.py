"""What the workers of the job board's tests do; light, because every worker imports it."""

import errno
import os
import signal
import time
from pathlib import Path

from archiver.errors import PageUnreadable

Task = tuple[str, int, str]  # what to do, which one, a folder to leave traces in


def work(task: Task) -> int:
    kind, number, folder = task
    if kind == "kill always" or (kind == "kill once" and _first_time(folder, number)):
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "slow":
        time.sleep(0.3)
    if kind == "unreadable":
        raise PageUnreadable(detail="smudged")
    if kind == "full":
        raise OSError(errno.ENOSPC, "No space left on device")
    if kind == "bug":
        raise ZeroDivisionError
    return number * number


def _first_time(folder: str, number: int) -> bool:
    try:
        (Path(folder) / str(number)).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
