"""The process in which untrusted files are opened, seen from outside.

A clean template process imports the decoders once and forks a child for each file: a file that
breaks its child never meets the next one, and no file pays for the imports (a quarter of a
second, more than a page's own work). The template ends with this process, even by SIGKILL, and
takes a running child and the child's own tools with it.
"""

import json
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import archiver

PAGE_SECONDS: Final = 10  # what every page that came adds to the time for the whole file
READY: Final = b"ready"
_START_SECONDS: Final = 60
_LINE_BYTES: Final = 1 << 20
_TEMPLATE: Final = (sys.executable, "-m", "archiver.capture.unpacking")
# Nothing else of the environment reaches the decoders: it may hold keys.
_ENVIRONMENT: Final = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH")


class ChildFailed(Exception):
    """The child ended before its answer did. `status`: exit code, negative for a signal."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class TemplateFailed(Exception):
    """The process that opens files does not start. `status`: its exit code."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class ChildSlow(Exception):
    """The child's time was over; it was killed."""


class Cell:
    """Not for several threads at once: each takes one of its own."""

    def __init__(self, template: Sequence[str] = _TEMPLATE) -> None:
        self._template = tuple(template)
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._busy = False

    def answers(self, request: dict[str, Any], seconds: float) -> Iterator[dict[str, Any]]:
        """The child's answers to `request`, as they come; each is a JSON object.

        seconds: of waiting, not counting the time the caller spends between two answers.
        Raises ChildSlow, ChildFailed or TemplateFailed; when this generator ends, so has the child.
        """
        if self._busy:
            raise RuntimeError("this cell has not finished its last file")
        control = self._running()
        ours, theirs = os.pipe()
        self._busy, status = True, 0
        try:
            _send(control, request, theirs)
            yield from _objects(ours, seconds)
        finally:
            os.close(ours)
            status = self._stop_child()
            self._busy = False
        if status:
            raise ChildFailed(status)

    def close(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            self._process.wait()
            self._process = None

    def _running(self) -> socket.socket:
        if self._process is not None and self._process.poll() is not None:
            self.close()  # somebody killed it between two files
        if self._control is None:
            self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                self._process = subprocess.Popen(
                    [*self._template, str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    cwd=Path(archiver.__file__).parents[1],
                    env=_environment(),
                    start_new_session=True,
                )
            self._wait_ready(self._control, self._process)
        return self._control

    def _wait_ready(self, control: socket.socket, process: subprocess.Popen[bytes]) -> None:
        control.settimeout(_START_SECONDS)
        try:
            ready = control.recv(16)
        except TimeoutError:
            ready = b""
            process.kill()
        control.settimeout(None)
        if ready != READY:
            self.close()
            raise TemplateFailed(process.returncode)

    def _stop_child(self) -> int:
        """Kill what is left of the child and learn how it ended."""
        assert self._control is not None  # noqa: S101 - answers() opened it
        try:
            self._control.send(b"stop")
            return int(self._control.recv(64))
        except (OSError, ValueError):
            self.close()
            return 1


def _send(control: socket.socket, request: dict[str, Any], pipe: int) -> None:
    try:
        socket.send_fds(control, [json.dumps(request).encode()], [pipe])
    except OSError as error:
        raise ChildFailed(1) from error
    finally:
        os.close(pipe)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}


def _objects(source: int, seconds: float) -> Iterator[dict[str, Any]]:
    poll = select.poll()
    poll.register(source, select.POLLIN)
    left_s, buffer = float(seconds), b""
    while True:
        before = time.monotonic()
        if not poll.poll(max(0, left_s) * 1000):
            raise ChildSlow
        left_s -= time.monotonic() - before
        piece = os.read(source, 65536)
        if not piece:
            return
        *lines, buffer = (buffer + piece).split(b"\n")
        if len(buffer) > _LINE_BYTES:
            raise ChildFailed(1)
        for line in lines:
            left_s += PAGE_SECONDS
            yield _object(line)


def _object(line: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(line)
    except ValueError as error:
        raise ChildFailed(1) from error
    if not isinstance(answer, dict):
        raise ChildFailed(1)
    return answer
