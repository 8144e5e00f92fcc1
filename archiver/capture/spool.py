"""Where a page lies from the moment the scanner gave it until the archive has it.

    ROOT/capturing/<session>/session.json     who scans what, with which scanner; written first
    ROOT/capturing/<session>/000001.tif|jpg   the first page, as the scanner gave it
    ROOT/capturing/<session>/000001-thumbnail.jpg, 000001-access.jpg   made again where missing

The scanner's process writes here, the archive's takes away: whichever dies, the page is on the
disk under its own number. A page file is whole when it has its name. A session whose `lock` is
held by a living process still grows.
"""

import fcntl
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from archiver.store.durable import sync_folder, write_bytes, write_pieces, written

FOLDER: Final = "capturing"
RECORD: Final = "session.json"
REST_SECONDS: Final = 0.15  # without a page: the scanner is at the next sheet, or has none
_LOCK: Final = "lock"
_PAGE: Final = re.compile(r"(\d{6})\.(tif|jpg)")
MEDIA_TYPES: Final = {".tif": "image/tiff", ".jpg": "image/jpeg"}


class Session:
    """One feed of a scanner, as a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def name(self) -> str:
        return self.folder.name

    def record(self) -> dict[str, Any]:
        """What was written when it began. Raises ValueError, OSError where it is no session."""
        found = json.loads((self.folder / RECORD).read_bytes())
        if not isinstance(found, dict):
            raise ValueError(RECORD)
        return found

    def pages(self) -> list[tuple[int, Path]]:
        """Number and file of every page that is here whole, in order."""
        found = [(_PAGE.fullmatch(path.name), path) for path in self.folder.iterdir()]
        return sorted((int(match[1]), path) for match, path in found if match)

    @contextmanager
    def page_written(
        self, number: int, extension: str, *parts: bytes | bytearray
    ) -> Iterator[Path]:
        """The page as a file that is durable when the block ends; the disk works while the block
        does. Raises OSError; then, and where the block fails, there is no such file."""
        path = self.folder / f"{number:06d}{extension}"
        with written(path, mode=0o444, replace=False) as file:
            for part in parts:
                write_pieces(file, part)
            yield path

    def write_copy(self, number: int, what: str, content: bytes) -> Path:
        """thumbnail or access: whole when it has its name, but not proof against a power cut."""
        path = self.copy(number, what)
        part = path.with_suffix(".part")
        part.write_bytes(content)
        return part.replace(path)

    def copy(self, number: int, what: str) -> Path:
        return self.folder / f"{number:06d}-{what}.jpg"

    def forget_page(self, number: int, path: Path) -> None:
        """The archive has it."""
        for each in (self.copy(number, "thumbnail"), self.copy(number, "access"), path):
            each.unlink(missing_ok=True)

    def forget_copies(self) -> None:
        """Those of a process that is gone may be torn; they are made again from the page."""
        for path in self.folder.glob("*-*.jpg"):
            path.unlink(missing_ok=True)

    def remove(self) -> None:
        """Every page of it was taken. The record goes last: without it nobody knows the rest."""
        for path in self.folder.iterdir():
            if path.name != RECORD:
                path.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)  # what is left has no record any more
        sync_folder(self.folder.parent)

    @contextmanager
    def held(self) -> Iterator[None]:
        """By the process that fills it. Raises BlockingIOError where another one does."""
        with (self.folder / _LOCK).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield

    def is_held(self) -> bool:
        try:
            with self.held():
                return False
        except BlockingIOError:
            return True


def begin(root: Path, record: Mapping[str, Any]) -> Session:
    """A new session of the archive in `root`, on the disk with its record. Raises OSError."""
    above = root / FOLDER
    if not above.exists():
        above.mkdir(exist_ok=True)
        sync_folder(root)
    at = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    session = Session(above / f"{at}-{secrets.token_hex(4)}")
    session.folder.mkdir()
    content = json.dumps(record, ensure_ascii=False, indent=1).encode()
    write_bytes(session.folder / RECORD, content)
    sync_folder(above)
    return session


def sessions(root: Path) -> list[Session]:
    """Those that wait, oldest first; folders that never got their record are removed."""
    above = root / FOLDER
    found = sorted(path for path in above.iterdir() if path.is_dir()) if above.is_dir() else []
    for path in found:
        if not (path / RECORD).exists():
            shutil.rmtree(path, ignore_errors=True)
    return [Session(path) for path in found if (path / RECORD).exists()]


def free_bytes(session: Session) -> int:
    status = os.statvfs(session.folder)
    return status.f_bavail * status.f_frsize
