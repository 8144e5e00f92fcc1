"""A file in pieces, which several lines send at once."""

import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from archiver.errors import ArchiveDamaged, StorageFailed
from archiver.i18n import _
from archiver.transfer.target import Report


@dataclass(frozen=True, slots=True)
class Piece:
    number: int  # from 1
    start: int  # bytes
    length: int

    @property
    def end(self) -> int:
        return self.start + self.length


def pieces(size: int, length: int) -> Iterator[Piece]:
    """`size` bytes in pieces of `length`, the last one shorter; one empty piece for no bytes."""
    for number, start in enumerate(range(0, max(size, 1), length), 1):
        yield Piece(number, start, min(length, size - start))


@dataclass(frozen=True, slots=True)
class Origin:
    """Our own file, read in places. Its faults are not the target's."""

    path: Path
    size: int

    @classmethod
    def of(cls, path: Path) -> "Origin":
        """Raises StorageFailed."""
        try:
            return cls(path, path.stat().st_size)
        except OSError as error:
            raise StorageFailed(path=path, detail=error.strerror or error) from error

    def read(self, start: int, length: int) -> bytes:
        """Exactly `length` bytes. Raises StorageFailed, ArchiveDamaged."""
        try:
            with self.path.open("rb") as file:
                file.seek(start)
                content = file.read(length)
        except OSError as error:
            raise StorageFailed(path=self.path, detail=error.strerror or error) from error
        if len(content) != length:
            detail = _("{name} is no longer what was sealed").format(name=self.path.name)
            raise ArchiveDamaged(detail=detail)
        return content


def file_sha256(path: Path) -> str:
    """Raises StorageFailed."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StorageFailed(path=path, detail=error.strerror or error) from error


class Tally:
    """Adds up what the lines have brought over, and reports the sum."""

    def __init__(self, report: Report) -> None:
        self._report, self._sum = report, 0
        self._lock = threading.Lock()

    def add(self, count: int) -> None:
        with self._lock:
            self._sum += count
            self._report(self._sum)


def wait_for_all(work: list[Future[None]]) -> None:
    """Until all is done; the first fault ends the waiting, and what has not begun."""
    try:
        for future in work:
            future.result()
    finally:
        for future in work:
            future.cancel()
