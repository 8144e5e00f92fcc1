"""In the scanner's process: images in, durable pages out, each told when it is on the disk.

While page n is written, page n + 1 comes from the scanner; page n + 1 is not asked for before page
n - 1 is on the disk, and not at all where the disk has no room for it.
"""

import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from typing import Any, Final

from archiver.capture.quick_tiff import quick_tiff
from archiver.capture.scanner import OpenScanner, Scanned
from archiver.capture.spool import Session, free_bytes
from archiver.capture.thumbnail import thumbnail_jpeg
from archiver.errors import ArchiverError, DiskFull, PageDamaged, SamePageAgain
from archiver.model.scanning import ScanSettings, Source, face_of

_MOST_ALIKE: Final = 3  # so many times the same image: the driver repeats itself
_SPARE_BYTES: Final = 4 << 20  # for copies and rows

Tell = Callable[[dict[str, Any]], None]


class Copier:
    """The process that makes access copies beside the feed (`copying`); it answers into `out`."""

    def __init__(self, session: Session, out: int) -> None:
        command = [sys.executable, "-m", "archiver.capture.copying", str(session.folder)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, text=True)

    def copy(self, name: str) -> None:
        assert self._process.stdin is not None  # noqa: S101 - opened as a pipe
        with suppress(BrokenPipeError):  # it is dead: the copy is made when the page is taken in
            self._process.stdin.write(name + "\n")
            self._process.stdin.flush()

    def finish(self) -> None:
        """Wait until it has made all copies."""
        assert self._process.stdin is not None  # noqa: S101 - opened as a pipe
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()

    def kill(self) -> None:
        self._process.kill()


class Feed:
    """One run of the scanner into one session."""

    def __init__(
        self,
        session: Session,
        device: str,
        settings: ScanSettings,
        tell: Tell,
        stopped: threading.Event,
        copier: Copier,
        most: int = 0,  # so many images end it; 0: as many as there are
    ) -> None:
        self._session = session
        self._device = device
        self._settings = settings
        self._tell = tell
        self._stopped = stopped
        self._copier = copier
        self._most = most
        self._safe = 0
        self._before: bytes | bytearray = b""
        self._alike = 1

    def run(self, scanner: OpenScanner) -> None:
        """Until the feeder is empty or somebody stops it.

        What ends it is told at once; the copies of the pages that came are made all the same.
        """
        try:
            with ThreadPoolExecutor(1) as writer:
                self._run(scanner, writer)
            self._tell({"end": {"pages": self._safe, "stopped": self._stopped.is_set()}})
        except ArchiverError as error:
            facts = {"device": self._device, **error.facts, "safe": self._safe}
            self._tell({"error": error.code, "facts": facts})
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            facts = {"path": str(self._session.folder), "safe": self._safe}
            self._tell({"error": DiskFull.__name__, "facts": facts})
        self._copier.finish()

    def _run(self, scanner: OpenScanner, writer: ThreadPoolExecutor) -> None:
        writing: Future[None] | None = None
        with closing(scanner.images(self._settings)) as images:  # type: ignore[type-var]
            try:
                for number, image in enumerate(images, 1):
                    if writing is not None:
                        writing.result()
                    writing = writer.submit(self._keep, number, image, time.monotonic())
                    self._refuse_repetition(number, image)
                    if self._is_last(number) or not self._has_room(image):
                        break
            finally:
                if writing is not None:
                    writing.result()
        if writing is not None and not self._stopped.is_set() and not self._has_room(image):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _is_last(self, number: int) -> bool:
        """So many were wanted; or stopped, and the sheet is done: its back belongs to it."""
        return number == self._most or (
            self._stopped.is_set()
            and (self._settings.source is not Source.DUPLEX or number % 2 == 0)
        )

    def _has_room(self, image: Scanned) -> bool:
        """For this page, should it not be written yet, and another."""
        return free_bytes(self._session) > 2 * len(image.data) + _SPARE_BYTES

    def _refuse_repetition(self, number: int, image: Scanned) -> None:
        """Two real scans never have the same pixels, unless there is nothing on them."""
        same = image.data == self._before and not _is_plain(image)
        self._alike = self._alike + 1 if same else 1
        self._before = image.data
        if self._alike >= _MOST_ALIKE:
            raise SamePageAgain(times=self._alike, page=number)

    def _keep(self, number: int, image: Scanned, came: float) -> None:
        """On the disk, with its thumbnail; only then it is told."""
        began_s = time.thread_time()
        extension, parts = (".jpg", (image.data,)) if image.encoded else (".tif", quick_tiff(image))
        with self._session.page_written(number, extension, *parts) as path:
            try:
                thumbnail = thumbnail_jpeg(image)
            except PageDamaged as error:
                raise PageDamaged(page=number) from error
        self._session.write_copy(number, "thumbnail", thumbnail)
        self._safe = number
        sheet, face = face_of(number, self._settings.source)
        self._tell(
            {
                "page": number,
                "sheet": sheet,
                "face": face,
                "file": path.name,
                "width_px": image.width_px,
                "height_px": image.height_px,
                "dpi": image.dpi,
                "own_ms": round((time.monotonic() - came) * 1000, 1),
                "own_cpu_ms": round((time.thread_time() - began_s) * 1000, 1),
            }
        )
        self._copier.copy(path.name)


def _is_plain(image: Scanned) -> bool:
    return not image.encoded and image.data.count(image.data[:1]) == len(image.data)
