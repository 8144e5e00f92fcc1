"""A target that is a folder: a share on the network, or a disk carried by hand."""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import IO, Final

from archiver.errors import (
    ArchiveDamaged,
    DiskFull,
    StorageFailed,
    TargetConflict,
    TargetUnreachable,
)
from archiver.i18n import _
from archiver.store.durable import sync_folder, write_bytes
from archiver.transfer.target import (
    INCOMING,
    PART,
    QUARANTINE,
    RECEIPT,
    RECEIPTS,
    Report,
    SendingStopped,
)
from archiver.transfer.throttle import Throttle

_CHUNK: Final = 1 << 20
_SYNC_EVERY: Final = 64 << 20  # bytes; a cut-off sending has at most these to send again
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_FOLDER_SYNC: Final = {errno.EINVAL, errno.ENOTSUP}
_NO_LINKS: Final = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}


@contextmanager
def reached(target: str, root: Path) -> Iterator[None]:
    """Words what the system says of a target: DiskFull or TargetUnreachable for OSError."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(path=root) from error
        detail = f"{error.filename or root}: {error.strerror or error}"
        raise TargetUnreachable(target=target, detail=detail) from error


def sync_names(folder: Path) -> None:
    """`sync_folder`, but some network file systems know no such thing for a folder."""
    try:
        sync_folder(folder)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def prepare_folder(root: Path) -> None:
    """Lay out `root` as a target. Safe to do again. Raises OSError."""
    for name in (INCOMING, RECEIPTS, QUARANTINE):
        (root / name).mkdir(parents=True, exist_ok=True)
    sync_names(root)


def require_prepared(target: str, root: Path) -> None:
    """Raise TargetUnreachable where `root` is no target.

    A disk that is not attached leaves an empty mount point, and nothing must be written there.
    """
    for name in (INCOMING, RECEIPTS, QUARANTINE):
        if not (root / name).is_dir():
            detail = _("it has no folder “{name}”").format(name=name)
            raise TargetUnreachable(target=target, detail=detail)


class FolderTarget:
    """Keeps to the `Target` protocol; the folder must have been prepared."""

    def __init__(self, name: str, root: Path, throttle: Throttle | None = None) -> None:
        self.name, self.root, self.abreast = name, root, 1
        self._throttle = throttle or Throttle()
        self._stopped = Event()
        self._incoming, self._receipts = root / INCOMING, root / RECEIPTS

    def send(
        self,
        file: Path,
        name: str,
        sha256: str,
        report: Report = lambda count: None,
        *,
        fresh: bool = False,
    ) -> None:
        """See `Target.send`."""
        del fresh  # asking costs nothing here
        final, part = self._incoming / name, self._incoming / (name + PART)
        with reached(self.name, self.root):
            require_prepared(self.name, self.root)
            if final.exists() or not self._bring(file, part, final, sha256, self._watched(report)):
                self._hold_to(final, sha256)
            part.unlink(missing_ok=True)
            sync_names(self._incoming)

    def size(self, name: str) -> int | None:
        """See `Target.size`."""
        with reached(self.name, self.root):
            path = self._incoming / name
            return path.stat().st_size if path.exists() else None

    def receipts(self) -> tuple[str, ...]:
        """See `Target.receipts`."""
        with reached(self.name, self.root):
            names = sorted(path.name for path in self._receipts.iterdir())
        return tuple(n.removesuffix(RECEIPT) for n in names if n.endswith(RECEIPT))

    def receipt(self, name: str) -> bytes | None:
        """See `Target.receipt`."""
        path = self._receipts / (name + RECEIPT)
        with reached(self.name, self.root):
            return path.read_bytes() if path.exists() else None

    def stop(self) -> None:
        self._stopped.set()

    def close(self) -> None:
        """Nothing stays open between two packages."""

    def _watched(self, report: Report) -> Report:
        def tell(count: int) -> None:
            if self._stopped.is_set():
                raise SendingStopped
            report(count)

        return tell

    def _pace(self, count: int) -> None:
        """Wait until `count` more bytes may go. Raises SendingStopped."""
        if self._stopped.wait(self._throttle.reserve(count)):
            raise SendingStopped

    def _bring(self, file: Path, part: Path, final: Path, sha256: str, report: Report) -> bool:
        """Copy, then name; False where another sender gave `final` its content first."""
        if self._copy(file, part, report) != sha256:
            part.unlink()
            detail = _("{name} is no longer what was sealed").format(name=file.name)
            raise ArchiveDamaged(detail=detail)
        try:
            os.link(part, final)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            part.rename(final)  # such a file system cannot refuse to replace; we looked just before
        return True

    def _copy(self, file: Path, part: Path, report: Report) -> str:
        """Bring `part` to the content of `file`, keeping what it has; the SHA-256 of `file`."""
        digest, done, synced = hashlib.sha256(), 0, 0
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        with os.fdopen(handle, "r+b", buffering=0) as copy:
            there = True
            for chunk in _chunks(file):
                there = there and _holds(copy, chunk, done)
                if not there:
                    self._pace(len(chunk))
                    _write(copy, chunk)
                digest.update(chunk)
                done += len(chunk)
                if done - synced >= _SYNC_EVERY:
                    os.fsync(copy.fileno())
                    synced = done
                report(done)
            copy.truncate(done)
            os.fsync(copy.fileno())
        return digest.hexdigest()

    def _hold_to(self, final: Path, sha256: str) -> None:
        if _sha256(final) != sha256:
            raise TargetConflict(name=final.name)

    # --- the centre's side -----------------------------------------------------------------------

    def waiting(self) -> tuple[str, ...]:
        """See `CentreSide.waiting`."""
        with reached(self.name, self.root):
            require_prepared(self.name, self.root)
            names = sorted(path.name for path in self._incoming.iterdir())
        return tuple(name for name in names if not name.endswith(PART))

    @contextmanager
    def fetched(self, name: str) -> Iterator[Path]:
        """See `CentreSide.fetched`. Raises OSError where it is no file of its own."""
        path = self._incoming / name
        if path.is_symlink() or not path.is_file():
            raise FileNotFoundError(errno.ENOENT, _("it is not a package"), str(path))
        yield path

    def answer(self, name: str, content: bytes) -> None:
        """See `CentreSide.answer`."""
        with reached(self.name, self.root):
            write_bytes(self._receipts / (name + RECEIPT), content)

    def quarantine(self, name: str, as_name: str) -> None:
        """See `CentreSide.quarantine`."""
        with reached(self.name, self.root):
            (self._incoming / name).replace(self.root / QUARANTINE / as_name)
            sync_names(self.root / QUARANTINE)
            sync_names(self._incoming)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _holds(copy: IO[bytes], chunk: bytes, place: int) -> bool:
    """Whether `chunk` stands at `place` already; if not, the file is ready to be written there."""
    there = b""
    while len(there) < len(chunk) and (more := copy.read(len(chunk) - len(there))):
        there += more
    if there != chunk:
        copy.seek(place)
    return there == chunk


def _write(copy: IO[bytes], chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        rest = rest[copy.write(rest) :]


def _chunks(file: Path) -> Iterator[bytes]:
    """The bytes of our own `file`: its errors are not the target's."""
    try:
        with file.open("rb") as origin:
            while chunk := origin.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise StorageFailed(path=file, detail=error.strerror or error) from error
