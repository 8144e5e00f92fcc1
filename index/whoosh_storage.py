"""A Whoosh folder that is safe to open and safe to lose power on.

Whoosh keeps pickles in its table of contents, its segments and every block of postings, so that
opening a folder somebody else prepared runs their code; and it never asks the disk to keep what it
wrote. Here each file is known by a keyed hash, kept in a seal beside the table of contents, and is
compared with it before a byte of it is read; a new table of contents appears when everything it
names is on the disk. Files are mapped, not copied into memory.
"""

import hashlib
import hmac
import json
import mmap
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from weakref import WeakSet

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile, StructFile
from whoosh.util import random_name

from index.folder import sync_folder

_TOC: Final = re.compile(r"_MAIN_([0-9]+)\.toc")
_SEAL: Final = re.compile(r"seal-([0-9]+)\.json")
_SEALS_KEPT: Final = 2  # a reader may still be opening the one before
_HASH_BYTES: Final = 32


class ForeignFile(Exception):
    """A file that this station did not write, or not so."""


class MappedFile(BufferFile):  # type: ignore[misc]  # whoosh has no types
    """A file of the index, mapped into memory; for one thread."""

    def __init__(self, mapped: mmap.mmap, name: str) -> None:
        self._buf = memoryview(mapped)
        self._name = name
        self.file = mapped
        self.onclose = None
        self.is_real = False
        self.is_closed = False

    def close(self) -> None:
        self._buf.release()
        self.file.close()
        self.is_closed = True


class WrittenFolder(FileStorage):  # type: ignore[misc]
    """A folder that knows which of its files are being written."""

    def __init__(self, folder: str, opened: "WeakSet[StructFile]") -> None:
        super().__init__(folder)
        self._opened = opened

    def create_file(self, name: str, **how: Any) -> StructFile:
        made = super().create_file(name, **how)
        self._opened.add(made)
        return made

    def temp_storage(self, name: str | None = None) -> FileStorage:
        return WrittenFolder(str(Path(self.folder, name or random_name())), self._opened).create()

    def abandon(self) -> None:
        """Close what a writer that failed left open; what it still held back is dropped."""
        for each in list(self._opened):
            with suppress(OSError):
                each.file.close()


class SealedStorage(WrittenFolder):
    """The folder of one index, for the process that holds the key of the station."""

    def __init__(self, folder: Path, key: bytes) -> None:
        super().__init__(str(folder), WeakSet())
        self._key = hashlib.blake2b(key, digest_size=64, person=b"search index").digest()
        self._written: set[str] = set()
        self._known: dict[str, str] = {}
        self._compared: set[str] = set()

    def create_file(self, name: str, **how: Any) -> StructFile:
        self._written.add(name)
        return super().create_file(name, **how)

    def open_file(self, name: str, **how: Any) -> BufferFile:
        """Raises ForeignFile, OSError."""
        del how
        with self._path(name).open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            mapped = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ) if size else b""
        self._compare(name, mapped)
        return MappedFile(mapped, name) if isinstance(mapped, mmap.mmap) else BufferFile(b"", name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        if toc := _TOC.fullmatch(newname):
            self._seal(int(toc[1]), oldname, newname)
        super().rename_file(oldname, newname, safe)
        sync_folder(Path(self.folder))

    def _compare(self, name: str, mapped: bytes | mmap.mmap) -> None:
        if name in self._written or name in self._compared:
            return
        if name not in self._known:
            self._known = self._read_seals()
        if not hmac.compare_digest(self._known.get(name, ""), self._hash(mapped)):
            raise ForeignFile(f"{name} was not written by this station")
        if not _TOC.fullmatch(name):  # the number of a table that a kill prevented comes again
            self._compared.add(name)

    def _seal(self, number: int, part: str, toc: str) -> None:
        """Make all files that were written safe, and note their hashes for `toc`."""
        self._written.discard(part)
        kept = {name: hashed for name, hashed in self._read_seals().items() if self._is_here(name)}
        for name in sorted(self._written):
            if self._is_here(name):
                kept[name] = self._safe(name)
        kept[toc] = self._safe(part)
        told = json.dumps(kept, sort_keys=True)
        seal = {"files": kept, "seal": self._hash(told.encode())}
        self._put(f"seal-{number}.json", json.dumps(seal).encode())
        self._known = kept
        self._compared.update(self._written)
        self._written.clear()
        for old in sorted(self._seals())[:-_SEALS_KEPT]:
            self._path(f"seal-{old}.json").unlink()

    def _safe(self, name: str) -> str:
        with self._path(name).open("rb") as file:
            os.fsync(file.fileno())
            return self._hash(file.read())

    def _put(self, name: str, content: bytes) -> None:
        part = self._path(f".{name}.part")
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._path(name))

    def _read_seals(self) -> dict[str, str]:
        """The hashes of all seals that are whole."""
        known: dict[str, str] = {}
        for number in sorted(self._seals()):
            try:
                seal = json.loads(self._path(f"seal-{number}.json").read_bytes())
                told = json.dumps(seal["files"], sort_keys=True)
                if hmac.compare_digest(seal["seal"], self._hash(told.encode())):
                    known.update(seal["files"])
            except (OSError, ValueError, KeyError, TypeError):
                continue  # gone or torn: what only it names counts as foreign
        return known

    def _seals(self) -> list[int]:
        return [int(found[1]) for name in self.list() if (found := _SEAL.fullmatch(name))]

    def _path(self, name: str) -> Path:
        return Path(self.folder, name)

    def _is_here(self, name: str) -> bool:
        return bool(self.file_exists(name))

    def _hash(self, content: bytes | mmap.mmap) -> str:
        return hashlib.blake2b(content, key=self._key, digest_size=_HASH_BYTES).hexdigest()
