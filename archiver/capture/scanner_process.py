"""The process in which drivers run, seen from inside: `python -m archiver.capture.scanner_process`.

One request as a JSON line on standard input; answers as JSON lines on what was standard output.
Drivers may print where they like: that goes to standard error. A line “stop”, or the end of
standard input (whoever asked is dead), ends the feed behind the page that is under way; a driver
that does not come back then, or when it is closed, is killed by the alarm clock.
"""

import errno
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from archiver.capture.escl import PREFIX as ESCL
from archiver.capture.escl import EsclDriver
from archiver.capture.feed import Copier, Feed
from archiver.capture.scanner import Driver
from archiver.capture.spool import Session
from archiver.errors import ArchiverError, DiskFull, NoSuchDriver, StorageFailed, ToolMissing
from archiver.model.scanning import Mode, ScanSettings, Source

SANE: Final = "sane:"
_LAST_PAGE_SECONDS: Final = 30  # after the person who asked is gone
_CLOSE_SECONDS: Final = 10  # paper may have to leave the feeder


def driver_of(name: str) -> Driver:
    """Raises ToolMissing where SANE is not installed, NoSuchDriver."""
    if name.startswith(ESCL):
        return EsclDriver()
    if not name.startswith(SANE):
        raise NoSuchDriver(device=name)
    try:
        # Only here: it opens what the drivers want, and is not on every machine.
        from archiver.capture.sane_driver import SaneDriver  # noqa: PLC0415
    except ImportError as error:
        raise ToolMissing(tool="SANE (libsane1, python-sane)", detail=error) from error
    return SaneDriver()


class _Answers:
    """JSON lines to whoever asked; several threads tell."""

    def __init__(self, out: int) -> None:
        self.out = out
        self._one = threading.Lock()

    def tell(self, answer: dict[str, Any]) -> None:
        line = json.dumps(answer).encode() + b"\n"
        with self._one:
            while line:
                try:
                    line = line[os.write(self.out, line) :]
                except BrokenPipeError:  # nobody listens any more; the pages are what counts
                    return


def _watch_stdin(stopped: threading.Event, copiers: list[Copier]) -> None:
    """A line is the wish to stop; the end means that nobody waits for the copies."""

    def wait() -> None:
        line = sys.stdin.readline()
        stopped.set()
        if line:
            sys.stdin.read()
        signal.alarm(_LAST_PAGE_SECONDS)
        for copier in copiers:
            copier.kill()

    threading.Thread(target=wait, daemon=True).start()


def scan_settings(values: dict[str, Any]) -> ScanSettings:
    return ScanSettings(
        Source(values["source"]),
        int(values["dpi"]),
        Mode(values["mode"]),
        str(values["paper"]),
        dict(values["options"]),
    )


def _devices(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What each driver finds; the lack of one is no reason to hide the others. Where SANE is not
    there, nobody else seeks the scanners of the network."""
    names = [str(name) for name in request["named"]]
    seeks = bool(request.get("seek"))
    try:
        yield {"devices": [asdict(device) for device in driver_of(SANE).devices()]}
    except ToolMissing as error:
        seeks = True
        yield {"missing": error.facts}
    if seeks:
        # Only here: a feed needs nothing of it.
        from archiver.capture.escl_seek import seek  # noqa: PLC0415

        names += [ESCL + address for address in seek()]
    found = EsclDriver(tuple(dict.fromkeys(names))).devices()
    yield {"devices": [asdict(device) for device in found]}


def _answer(request: dict[str, Any], answers: _Answers) -> None:
    if request["do"] == "devices":
        for answer in _devices(request):
            answers.tell(answer)
        return
    stopped = threading.Event()
    copiers: list[Copier] = []
    _watch_stdin(stopped, copiers)
    name = str(request["device"])
    scanner = driver_of(name).open(name)
    try:
        answers.tell({"opened": asdict(scanner.capabilities())})
        if request["do"] == "capture":
            session = Session(Path(request["session"]))
            with session.held():
                settings = scan_settings(request["settings"])
                copiers.append(Copier(session, answers.out))
                most = int(request.get("most", 0))
                Feed(session, name, settings, answers.tell, stopped, copiers[0], most).run(scanner)
    finally:
        signal.alarm(_CLOSE_SECONDS)
        scanner.close()


def main() -> None:
    answers = _Answers(os.dup(1))
    os.dup2(2, 1)
    request = json.loads(sys.stdin.readline())
    try:
        _answer(request, answers)
    except ArchiverError as error:
        facts = {"device": request.get("device", ""), "safe": 0, **error.facts}
        answers.tell({"error": error.code, "facts": facts})
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        path = request.get("session", "")
        said = DiskFull(path=path) if full else StorageFailed(path=path, detail=error.strerror)
        answers.tell({"error": said.code, "facts": said.facts})
    sys.stdout.flush()
    os._exit(0)  # a driver's threads need not come to an end


if __name__ == "__main__":
    main()
