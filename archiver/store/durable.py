"""Durable before visible: temporary name, fsync, rename, fsync of the folder."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

PIECE_BYTES: Final = 1 << 17
"""What is handed to a disk in one go: from half a megabyte on, ext4 with large folios takes five
times the processor time for the same bytes."""


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable, where its file system has a way to be asked."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network shares
            raise
    finally:
        os.close(handle)


@contextmanager
def written(path: Path, *, mode: int = 0o644, replace: bool = True) -> Iterator[IO[bytes]]:
    """A binary file that appears as `path`, whole and fsynced, when the block ends well. What is
    no file, `/dev/null` or a pipe, takes the bytes as they come: a rename would put a file in its
    place, and root may do that even to a device."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        with path.open("wb") as stream:
            yield stream
        return
    if path.is_symlink():
        path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        if replace:
            temporary.replace(path)
        else:
            os.link(temporary, path)
            temporary.unlink()
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_pieces(file: IO[bytes], content: bytes | bytearray) -> None:
    """`content` into `file`, cheaply however large it is."""
    view = memoryview(content)
    for start in range(0, len(view), PIECE_BYTES):
        file.write(view[start : start + PIECE_BYTES])


def write_bytes(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    with written(path, mode=mode) as file:
        write_pieces(file, content)
