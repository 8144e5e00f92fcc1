"""The one copy that is made of a file before it is looked into."""

import hashlib
import os
import stat
from io import BufferedReader
from pathlib import Path
from typing import Final

from archiver.capture.formats import HEAD_BYTES, media_type_of
from archiver.capture.names import visible
from archiver.errors import EmptyFile, FileMissing, FileTooLarge, UnknownFormat

_MEGABYTE: Final = 1_000_000
_PIECE: Final = 1 << 20


def sha256_of(path: Path, most_megabytes: int) -> str:
    """The SHA-256 of `path` as it is now. Raises FileMissing, FileTooLarge."""
    with _opened(path, most_megabytes) as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def take_copy(path: Path, to: Path, most_megabytes: int) -> tuple[str, str]:
    """Copy `path` to `to`; the media type, told by its first bytes, and the copy's SHA-256.

    Raises UnknownFormat, what `copy_file` raises, and OSError where the disk fails.
    """
    head, digest = copy_file(path, to, most_megabytes)
    media_type = media_type_of(head)
    if media_type is None:
        raise UnknownFormat(name=visible(path.name))
    return media_type, digest


def copy_file(path: Path, to: Path, most_megabytes: int) -> tuple[bytes, str]:
    """Copy `path` to `to`; its first bytes and the copy's SHA-256.

    Raises FileMissing, EmptyFile, FileTooLarge, and OSError where the disk fails.
    """
    name = visible(path.name)
    with _opened(path, most_megabytes) as source:
        head = source.read(HEAD_BYTES)
        if not head:
            raise EmptyFile(name=name)
        with to.open("xb") as copy:
            digest, copied = hashlib.sha256(head), copy.write(head)
            while piece := source.read(_PIECE):
                digest.update(piece)
                copied += copy.write(piece)
                if copied > most_megabytes * _MEGABYTE:  # it grew meanwhile
                    raise _too_large(name, copied, most_megabytes)
    return head, digest.hexdigest()


def _too_large(name: str, size: int, most_megabytes: int) -> FileTooLarge:
    return FileTooLarge(name=name, megabytes=round(size / _MEGABYTE), limit=most_megabytes)


def _opened(path: Path, most_megabytes: int) -> BufferedReader:
    """`path`, if it is a plain file; a pipe or a device must not keep anybody waiting."""
    name = visible(path.name)
    try:
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise FileMissing(name=name) from error
    status = os.fstat(number)
    if not stat.S_ISREG(status.st_mode):
        os.close(number)
        raise FileMissing(name=name)
    if status.st_size > most_megabytes * _MEGABYTE:
        os.close(number)
        raise _too_large(name, status.st_size, most_megabytes)
    return os.fdopen(number, "rb")
