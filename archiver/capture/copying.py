"""Beside a feed: the access copy and the hash of each page, in a process that gives way to it.

`python -m archiver.capture.copying FOLDER`: page files of the session by name on standard input,
one a line; for each an answer as a JSON line. A process of its own, because a thread with less
priority would hold up the driver's: it may lose its processor while it holds the interpreter.
"""

import hashlib
import json
import os
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from PIL import Image

from archiver.capture.copies import ACCESS_LONG_PX, viewable
from archiver.capture.spool import Session

_NICE: Final = 10
_QUALITY: Final = 80


def access_jpeg(path: Path) -> bytes:
    """Of a page file, long side 2400 px at most: as of imported pages, by quicker means.

    Raises OSError, SyntaxError or ValueError where it cannot be decoded to its end.
    """
    with Image.open(path, formats=["TIFF", "JPEG"]) as image:
        pixels = np.asarray(viewable(image))
    height, width = pixels.shape[:2]
    scale = ACCESS_LONG_PX / max(height, width)
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    made = BytesIO()
    Image.fromarray(pixels).save(made, "JPEG", quality=_QUALITY)
    return made.getvalue()


def copy(session: Session, name: str) -> dict[str, object]:
    """The answer for the page file `name`."""
    path, number = session.folder / name, int(name[:6])
    try:
        session.write_copy(number, "access", access_jpeg(path))
    except (OSError, SyntaxError, ValueError):
        return {"damaged": number}
    with path.open("rb") as file:
        return {"copied": number, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def main() -> None:
    os.nice(_NICE)
    cv2.setNumThreads(1)
    Image.MAX_IMAGE_PIXELS = None  # the driver has said how large a page is
    session = Session(Path(sys.argv[1]))
    feed = os.getppid()
    for line in sys.stdin:
        if os.getppid() != feed:  # it was killed; whoever takes the pages makes the copies
            return
        # Short enough to be written in one piece: the feed writes into the same pipe.
        answer = json.dumps(copy(session, line.strip())).encode() + b"\n"
        with suppress(BrokenPipeError):
            os.write(sys.stdout.fileno(), answer)


if __name__ == "__main__":
    main()
