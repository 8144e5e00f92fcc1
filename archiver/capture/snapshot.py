"""The one copy that is made of a file before it is looked into."""

import os
import stat
from pathlib import Path
from typing import IO, Final

from archiver.capture.formats import HEAD_BYTES, media_type_of
from archiver.capture.names import visible
from archiver.errors import EmptyFile, FileMissing, FileTooLarge, UnknownFormat

_MEGABYTE: Final = 1_000_000
_PIECE: Final = 1 << 20


def take_copy(path: Path, to: Path, most_megabytes: int) -> str:
    """Copy `path` to `to` and return its media type, told by its first bytes.

    Raises FileMissing, EmptyFile, FileTooLarge, UnknownFormat, and OSError where the disk fails.
    """
    name = visible(path.name)
    with _opened(path) as source:
        size = os.fstat(source.fileno()).st_size
        if size > most_megabytes * _MEGABYTE:
            raise _too_large(name, size, most_megabytes)
        head = source.read(HEAD_BYTES)
        if not head:
            raise EmptyFile(name=name)
        media_type = media_type_of(head)
        if media_type is None:
            raise UnknownFormat(name=name)
        with to.open("xb") as copy:
            copied = copy.write(head)
            while piece := source.read(_PIECE):
                copied += copy.write(piece)
                if copied > most_megabytes * _MEGABYTE:  # it grew meanwhile
                    raise _too_large(name, copied, most_megabytes)
    return media_type


def _too_large(name: str, size: int, most_megabytes: int) -> FileTooLarge:
    return FileTooLarge(name=name, megabytes=round(size / _MEGABYTE), limit=most_megabytes)


def _opened(path: Path) -> IO[bytes]:
    """`path`, if it is a plain file; a pipe or a device must not keep anybody waiting."""
    name = visible(path.name)
    try:
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise FileMissing(name=name) from error
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise FileMissing(name=name)
    return os.fdopen(number, "rb")
