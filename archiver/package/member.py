"""One file on its way into a bag."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from isal import isal_zlib

from archiver.errors import StorageFailed
from archiver.package.container import CHUNK

MEDIA_TYPES: Final = {
    "jpg": "image/jpeg",
    "tif": "image/tiff",
    "png": "image/png",
    "jp2": "image/jp2",
    "pdf": "application/pdf",
    "xml": "application/xml",
    "xsd": "application/xml",
    "txt": "text/plain",
    "csv": "text/csv",
    "json": "application/json",
}
EXTENSIONS: Final = {
    media_type: extension for extension, media_type in reversed(MEDIA_TYPES.items())
}


@dataclass(frozen=True, slots=True)
class Member:
    """`path` stands inside the bag folder; `content` is the bytes, or the file that has them.

    `sha256` is a promise: what is written into the bag is held to it.
    """

    path: str
    content: Path | bytes
    size: int
    sha256: str

    @property
    def media_type(self) -> str:
        extension = self.path.rpartition(".")[2]
        return MEDIA_TYPES.get(extension, "application/octet-stream")

    def chunks(self) -> Iterator[bytes]:
        """The bytes, at most CHUNK at once. Raises StorageFailed."""
        if isinstance(self.content, bytes):
            yield self.content
            return
        try:
            with self.content.open("rb", buffering=0) as file:
                while chunk := file.read(CHUNK):
                    yield chunk
        except OSError as error:
            raise StorageFailed(path=self.content, detail=error.strerror or error) from error


def crc32(chunks: Iterable[bytes]) -> int:
    """The zip's own checksum, which stands before the bytes and so costs a look ahead."""
    crc = 0
    for chunk in chunks:
        crc = isal_zlib.crc32(chunk, crc)
    return crc


def made(path: str, content: bytes) -> Member:
    """A file that was written just now."""
    return Member(path, content, len(content), sha256(content).hexdigest())


def stored(path: str, blob: Path, key: str) -> Member:
    """A blob: its key is its SHA-256. Raises StorageFailed where it is not there."""
    try:
        return Member(path, blob, blob.stat().st_size, key)
    except OSError as error:
        raise StorageFailed(path=blob, detail=error.strerror or error) from error


def measured(path: str, file: Path) -> Member:
    """Any other file. Raises StorageFailed where it cannot be read."""
    try:
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        return Member(path, file, file.stat().st_size, digest)
    except OSError as error:
        raise StorageFailed(path=file, detail=error.strerror or error) from error
