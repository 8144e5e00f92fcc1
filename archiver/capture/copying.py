"""Beside a feed: the access copy and the hash of each page, in a process that gives way to it.

`python -m archiver.capture.copying FOLDER`: page files of the session by name on standard input,
one a line; for each an answer as a JSON line. A process of its own, because a thread with less
priority would hold up the driver's: it may lose its processor while it holds the interpreter.
It works while the scanner draws the next sheet; a driver that hands pages over faster than they
can be copied has the machine to itself, and the copies are made behind the last page.
"""

import hashlib
import json
import os
import select
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from archiver.capture.copies import ACCESS_LONG_PX, viewable
from archiver.capture.quick_tiff import quick_pixels
from archiver.capture.spool import REST_SECONDS, Session

_NICE: Final = 10
_QUALITY: Final = 80


def access_jpeg(path: Path) -> bytes:
    """Of a page file, long side 2400 px at most: as of imported pages, by quicker means.

    Raises OSError, SyntaxError or ValueError where it cannot be decoded to its end.
    """
    pixels = _pixels(path)
    height, width = pixels.shape[:2]
    scale = ACCESS_LONG_PX / max(height, width)
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    made = BytesIO()
    Image.fromarray(pixels).save(made, "JPEG", quality=_QUALITY)
    return made.getvalue()


def _pixels(path: Path) -> NDArray[np.uint8]:
    with Image.open(path, formats=["TIFF", "JPEG"]) as image:
        rows = quick_pixels(path, image)
        return np.asarray(viewable(image)) if rows is None else rows


def copy(session: Session, name: str) -> dict[str, object]:
    """The answer for the page file `name`."""
    path, number = session.folder / name, int(name[:6])
    try:
        session.write_copy(number, "access", access_jpeg(path))
    except (OSError, SyntaxError, ValueError):
        return {"damaged": number}
    with path.open("rb") as file:
        return {"copied": number, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def names(source: int) -> Iterator[str]:
    """The page files named on the pipe `source`, oldest first, each once the feed rests."""
    waiting: deque[str] = deque()
    rested_at, rest, is_open = 0.0, b"", True
    while is_open or waiting:
        left = max(0.0, rested_at - time.monotonic()) if waiting else None
        if is_open and select.select([source], [], [], left)[0]:
            piece = os.read(source, 1 << 16)
            is_open = bool(piece)
            *lines, rest = (rest + piece).split(b"\n")
            waiting.extend(line.decode() for line in lines)
            rested_at = time.monotonic() + REST_SECONDS
        else:
            yield waiting.popleft()


def main() -> None:
    os.nice(_NICE)
    cv2.setNumThreads(1)
    Image.MAX_IMAGE_PIXELS = None  # the driver has said how large a page is
    session = Session(Path(sys.argv[1]))
    feed = os.getppid()
    for name in names(sys.stdin.fileno()):
        if os.getppid() != feed:  # it was killed; whoever takes the pages makes the copies
            return
        # Short enough to be written in one piece: the feed writes into the same pipe.
        answer = json.dumps(copy(session, name)).encode() + b"\n"
        with suppress(BrokenPipeError):
            os.write(sys.stdout.fileno(), answer)


if __name__ == "__main__":
    main()
