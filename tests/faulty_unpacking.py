"""A child with faults, for `tests/test_capture_cell.py`. The file says which, after its magic."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from archiver.capture import unpacking
from archiver.capture.sheets import Request, sheets

FIRST = b"\xff\xd8\xff"


Answers = Iterator[dict[str, Any]]


def faulty(request: Request) -> Answers:
    data = Path(request.source).read_bytes()
    fault, _, argument = data.removeprefix(FIRST).decode("ascii", "replace").partition(" ")
    if fault in FAULTS:
        yield from FAULTS[fault](argument)
    else:
        yield from sheets(request)


def hang(note: str) -> Answers:
    tool = subprocess.Popen(["sleep", "600"])
    Path(note).write_text(f"{os.getpid()} {tool.pid}")
    time.sleep(600)
    yield {}


def spin(_: str) -> Answers:
    while True:
        pass
    yield {}


def crash(_: str) -> Answers:
    os.kill(os.getpid(), signal.SIGSEGV)
    yield {}


def throw(_: str) -> Answers:
    raise KeyError("a bug in a decoder")
    yield {}


def memory(_: str) -> Answers:
    yield {"never": len(bytearray(10_000_000_000))}


def flood(_: str) -> Answers:
    with Path("flood").open("wb") as file:
        while file.write(bytes(1 << 20)):
            pass
    yield {}


def quiet(_: str) -> Answers:
    yield from ()


def noise(_: str) -> Answers:
    yield {"error": "SystemExit", "facts": {}}


def lie(name: str) -> Answers:
    yield page(1, 1) | {"master": name}


def link(_: str) -> Answers:
    Path("link").symlink_to("/etc/passwd")
    yield page(1, 1) | {"master": "link"}


def short(_: str) -> Answers:
    yield page(1, 3)


def long(_: str) -> Answers:
    yield page(1, 1)
    yield page(2, 1)


def late(_: str) -> Answers:
    yield page(1, 2)
    os.kill(os.getpid(), signal.SIGKILL)


FAULTS: dict[str, Callable[[str], Answers]] = {
    fault.__name__: fault
    for fault in (
        *(hang, spin, crash, throw, memory, flood),
        *(quiet, noise, lie, link, short, long, late),
    )
}


def page(number: int, pages: int) -> dict[str, Any]:
    for name in ("master", "access", "thumbnail"):
        Path(f"{name}-{number}").write_bytes(b"x")
    return {
        "master": f"master-{number}",
        "media_type": "image/jpeg",
        "access": f"access-{number}",
        "thumbnail": f"thumbnail-{number}",
        "width_px": 1,
        "height_px": 1,
        "dpi": 300,
        "turn_deg": 0,
        "source_page": number,
        "pages": pages,
    }


if __name__ == "__main__":
    unpacking.main(faulty)
