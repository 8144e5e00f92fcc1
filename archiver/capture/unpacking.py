"""The process in which untrusted files are opened, seen from inside.

Run as `python -m archiver.capture.unpacking FD`: serves requests that come over the socket FD,
each in a forked child with limits on memory, time, files and file size, in a folder of its own.
Whatever a decoder throws ends that child with a trace, and the file counts as damaged: so no
list of the exceptions of five decoders is kept here.
"""

import errno
import json
import os
import resource
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from archiver.capture.cell import PAGE_SECONDS, READY
from archiver.capture.sheets import Request, sheets
from archiver.errors import ArchiverError, DamagedFile, DiskFull
from archiver.i18n import N_

TRACE: Final = "trace"  # the child's stderr, in its folder
_MEGABYTE: Final = 1 << 20
_OPEN_FILES: Final = 128

Opener = Callable[[Request], Iterator[dict[str, Any]]]


def serve(control: socket.socket, opener: Opener) -> None:
    """Answer requests, one child each, until the other side is gone."""
    control.send(READY)
    while True:
        message, pipes, _, _ = socket.recv_fds(control, 1 << 16, 1)
        if not message:
            return
        child = os.fork()
        if child == 0:
            control.close()
            _answer(Request(**json.loads(message)), pipes[0], opener)
            os._exit(0)
        os.close(pipes[0])
        alive = control.recv(16)
        status = _stop(child)
        if not alive:
            return
        control.send(str(status).encode())


def _stop(child: int) -> int:
    for kill in (os.kill, os.killpg):  # the group too: its outside tools
        try:
            kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _answer(request: Request, pipe: int, opener: Opener) -> None:
    os.setsid()
    _confine(request)
    # The pipe closes with the process and not before, so that its end tells the true status.
    for answer in _worded(opener, request):
        line = json.dumps(answer).encode() + b"\n"
        while line:
            line = line[os.write(pipe, line) :]


def _confine(request: Request) -> None:
    os.chdir(request.folder)
    with Path(TRACE).open("wb") as trace:
        os.dup2(trace.fileno(), 2)
    os.environ["TMPDIR"] = os.environ["HOME"] = tempfile.tempdir = request.folder
    largest = max(request.file_megabytes, 8 * request.megapixels) * _MEGABYTE
    seconds = request.seconds + PAGE_SECONDS * request.pages
    for what, most in (
        (resource.RLIMIT_AS, request.memory_megabytes * _MEGABYTE),
        (resource.RLIMIT_FSIZE, largest),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _worded(opener: Opener, request: Request) -> Iterator[dict[str, Any]]:
    try:
        yield from opener(request)
    except ArchiverError as error:
        yield {"error": error.code, "facts": error.facts}
    except MemoryError:
        detail = N_("it needs more memory than limits.memory_megabytes allows")
        yield {"error": DamagedFile.__name__, "facts": {"detail": detail}}
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        yield {"error": DiskFull.__name__, "facts": {}}


def main(opener: Opener = sheets) -> None:
    with socket.socket(fileno=int(sys.argv[1])) as control:
        serve(control, opener)


if __name__ == "__main__":
    main()
