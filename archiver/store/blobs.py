"""The bytes of the archive, named by their SHA-256 and never rewritten.

A blob is durable before its key is told to anyone. Writing the same bytes again is free, so
a step that was killed half-way can simply be done again. Safe from several processes at once.
"""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import IO

from archiver.store.durable import PIECE_BYTES, sync_folder, write_pieces


def sha256_of(file: BufferedReader) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()


class Blobs:
    """Content-addressed files under `root`: `ab/abcdef…`, read-only."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, key: str) -> Path:
        return self.root / key[:2] / key

    def put_bytes(self, content: bytes) -> str:
        """Store `content`; its key, once it is on the disk."""
        key = hashlib.sha256(content).hexdigest()
        if self.is_sound(key):
            sync_folder(self.path(key).parent)  # its writer may have been killed before it did
        else:
            with self._temporary() as (file, name):
                write_pieces(file, content)
                self._settle(file, name, key)
        return key

    def put_file(self, source: Path) -> str:
        """Store a copy of the file `source`; its key, once it is on the disk."""
        digest = hashlib.sha256()
        with source.open("rb") as origin, self._temporary() as (file, name):
            while chunk := origin.read(PIECE_BYTES):
                digest.update(chunk)
                file.write(chunk)
            key = digest.hexdigest()
            self._settle(file, name, key)
        return key

    def adopt(self, source: Path, key: str = "") -> str:
        """Store the file `source` itself, which is on the disk and read-only; its key.

        key: its SHA-256, where the caller knows it. Nothing is copied where both lie on one file
        system: the file has two names then.
        """
        if not key:
            with source.open("rb") as file:
                key = sha256_of(file)
        try:
            self._place(source, key)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            return self.put_file(source)
        return key

    def size(self, key: str) -> int:
        return self.path(key).stat().st_size

    def is_sound(self, key: str) -> bool:
        """Whether the stored bytes still are what their name says."""
        try:
            with self.path(key).open("rb") as file:
                return sha256_of(file) == key
        except FileNotFoundError:
            return False

    def keys(self) -> Iterator[str]:
        for folder in sorted(self.root.glob("??")):
            yield from sorted(f.name for f in folder.iterdir() if not f.name.startswith("."))

    def remove(self, key: str) -> None:
        """Forget what can be made again and nobody refers to any more."""
        self.path(key).unlink(missing_ok=True)

    def sweep(self) -> int:
        """Remove what killed writers left half-written; how many files. Only for the writer."""
        left = list(self.root.glob(".part-*"))
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def free_bytes(self) -> int:
        return shutil.disk_usage(self.root).free

    @contextmanager
    def _temporary(self) -> Iterator[tuple[IO[bytes], Path]]:
        handle, name = tempfile.mkstemp(prefix=".part-", dir=self.root)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file, Path(name)
        finally:
            Path(name).unlink(missing_ok=True)

    def _settle(self, file: IO[bytes], name: Path, key: str) -> None:
        file.flush()
        os.fchmod(file.fileno(), 0o444)
        os.fsync(file.fileno())
        self._place(name, key)

    def _place(self, name: Path, key: str) -> None:
        """Give the durable file `name` the name `key` as well."""
        path = self.path(key)
        if not path.parent.exists():
            path.parent.mkdir(exist_ok=True)
            sync_folder(self.root)
        try:
            os.link(name, path)
        except FileExistsError:
            if not self.is_sound(key):
                self._mend(name, path)
        sync_folder(path.parent)

    def _mend(self, sound: Path, path: Path) -> None:
        """What lies under the key was damaged: whoever brings its bytes again puts that right."""
        spare = sound.with_name(f"{sound.name}-mend")
        os.link(sound, spare)
        spare.replace(path)
