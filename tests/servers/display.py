"""A display of its own for windows that a test drives: Xvfb, and openbox where it is there."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

SIZE_PX = (1440, 900)


@contextmanager
def display(size_px: tuple[int, int] = SIZE_PX) -> Iterator[str]:
    """The name of the display, `:7`; its processes end with the block."""
    read, write = os.pipe()
    wide, high = size_px
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{wide}x{high}x24",
               "-nolisten", "tcp"]  # fmt: skip
    with ExitStack() as undo:
        server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        undo.callback(_end, server)
        os.close(write)
        with os.fdopen(read) as told:
            name = f":{told.readline().strip()}"
        if shutil.which("openbox"):
            env = {**os.environ, "DISPLAY": name}
            undo.callback(_end, subprocess.Popen(["openbox"], env=env, stderr=subprocess.DEVNULL))
        yield name


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    process.wait()
