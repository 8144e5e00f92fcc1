"""One writer: the process that may change an archive holds this lock, with its name on it."""

import fcntl
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from archiver.errors import ArchiveBusy

FILE_NAME: Final = "writer.lock"


class WriterLock:
    """Held until `release`, or until the process ends, however it ends."""

    def __init__(self, folder: Path, holder: str) -> None:
        """Raises ArchiveBusy, naming the holder, where another process works here."""
        self._file: IO[bytes] = (folder / FILE_NAME).open("a+b", buffering=0)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            other = self._read()
            self._file.close()
            raise ArchiveBusy(**other) from error
        self._name(holder)

    def _name(self, holder: str) -> None:
        """On a full disk the name stays away; the lock itself needs no room."""
        self._file.truncate(0)
        with suppress(OSError):
            self._file.write(json.dumps({"holder": holder, "pid": os.getpid()}).encode())

    def _read(self) -> dict[str, object]:
        self._file.seek(0)
        try:
            found = json.loads(self._file.read())
        except ValueError:
            found = None
        named = found if isinstance(found, dict) else {}
        return {"holder": named.get("holder", "?"), "pid": named.get("pid", 0)}

    def release(self) -> None:
        self._file.close()
