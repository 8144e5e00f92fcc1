"""The scanner's process, seen from outside: asked, watched, and killed when it is silent.

Nothing of it is waited for without a limit, and whatever it says is checked before it is used.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import archiver
from archiver.errors import ArchiverError, DriverStopped, ScannerSilent, from_record

_PROGRAM: Final = (sys.executable, "-m", "archiver.capture.scanner_process")
_STOP_SECONDS: Final = 15.0
_LINE_BYTES: Final = 1 << 20
# Drivers read a few variables; nothing else of the environment reaches them: it may hold keys.
_ENVIRONMENT: Final = ("PATH", "HOME", "LD_LIBRARY_PATH", "PYTHONPATH", "ARCHIVER_LANG")
_PREFIXES: Final = ("SANE_", "LIBUSB_", "XDG_", "DBUS_")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds of silence that are borne, by phase."""

    open: float
    first_page: float
    page: float


def reported(answer: dict[str, Any]) -> ArchiverError | None:
    """The error an answer tells of."""
    facts = answer.get("facts")
    if "error" not in answer:
        return None
    return from_record(str(answer["error"]), facts if isinstance(facts, dict) else {})


class ScannerLink:
    """One request to one process. To be closed: that stops it, and kills it if it must."""

    def __init__(self, request: dict[str, Any], patience: Patience) -> None:
        self._device = str(request.get("device", ""))
        self._patience = patience
        self._allowed = patience.open
        self._deadline = time.monotonic() + self._allowed
        self._buffer = b""
        self._ended = False
        self._fed = False
        self.safe = 0  # pages it told of
        self._process = subprocess.Popen(
            _PROGRAM,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(archiver.__file__).parents[1],
            env=_environment(),
            start_new_session=True,
        )
        self._send(json.dumps(request).encode() + b"\n")

    @property
    def pid(self) -> int:
        return self._process.pid

    def answer(self, seconds: float) -> dict[str, Any] | None:
        """The next thing it says; None at its end (`ended`) or where it says nothing for so long.

        Raises ScannerSilent when its time is over, DriverStopped when it died.
        """
        while not self._ended:
            line, found, rest = self._buffer.partition(b"\n")
            if found:
                self._buffer = rest
                return self._understood(line)
            if not self._readable(seconds):
                return None
            assert self._process.stdout is not None  # noqa: S101 - opened as a pipe
            piece = os.read(self._process.stdout.fileno(), 1 << 16)
            self._buffer += piece
            if not piece or len(self._buffer) > _LINE_BYTES:
                self._end()
        return None

    @property
    def ended(self) -> bool:
        return self._ended

    def stop(self) -> None:
        """After the sheet that is under way."""
        self._send(b"stop\n")

    def close(self) -> None:
        if self._process.stdin is not None and not self._process.stdin.closed:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        try:
            self._process.wait(0 if self._ended else _STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def __enter__(self) -> "ScannerLink":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _readable(self, seconds: float) -> bool:
        """Raises ScannerSilent when its time is over; it was killed then. Once it has told how the
        feed ended, nothing more is wanted of it, and its silence is no news."""
        assert self._process.stdout is not None  # noqa: S101 - opened as a pipe
        left = self._deadline - time.monotonic()
        ready, _, _ = select.select([self._process.stdout], [], [], max(0.0, min(left, seconds)))
        if ready:
            return True
        if left > seconds:
            return False
        self._kill()
        self._ended = True
        if self._fed:
            return False
        raise ScannerSilent(device=self._device, seconds=round(self._allowed), safe=self.safe)

    def _understood(self, line: bytes) -> dict[str, Any]:
        try:
            answer = json.loads(line)
        except ValueError as error:
            raise DriverStopped(device=self._device, detail="JSON", safe=self.safe) from error
        if not isinstance(answer, dict):
            raise DriverStopped(device=self._device, detail="JSON", safe=self.safe)
        if "page" in answer:
            self.safe = int(answer["page"])
        self._fed = self._fed or "end" in answer or "error" in answer
        # Copies of earlier pages are no sign that the scanner is alive.
        if "opened" in answer or "page" in answer or self._fed:
            self._allowed = self._patience.first_page if "opened" in answer else self._patience.page
            self._deadline = time.monotonic() + self._allowed
        return answer

    def _end(self) -> None:
        """It closed its side: well, or because it died."""
        self._ended = True
        try:
            status = self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill()
            status = self._process.wait()
        if status and not self._fed:
            raise DriverStopped(device=self._device, detail=status, safe=self.safe)

    def _kill(self) -> None:
        """With all it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _send(self, line: bytes) -> None:
        assert self._process.stdin is not None  # noqa: S101 - opened as a pipe
        with suppress(BrokenPipeError):  # it is dead; its end tells why
            self._process.stdin.write(line)
            self._process.stdin.flush()


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _ENVIRONMENT or name.startswith(_PREFIXES)
    }
    return {**kept, "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
