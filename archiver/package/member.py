"""One file on its way into a bag."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from archiver.errors import ArchiveDamaged, StorageFailed
from archiver.i18n import _
from archiver.package.container import CHUNK, Entry

MEDIA_TYPES: Final = {
    "jpg": "image/jpeg",
    "tif": "image/tiff",
    "png": "image/png",
    "jp2": "image/jp2",
    "pdf": "application/pdf",
    "xml": "application/xml",
    "txt": "text/plain",
    "json": "application/json",
}
EXTENSIONS: Final = {media_type: extension for extension, media_type in MEDIA_TYPES.items()}


@dataclass(frozen=True, slots=True)
class Member:
    """`path` stands inside the bag folder; `content` is the bytes, or the file that has them."""

    path: str
    content: Path | bytes
    size: int
    sha256: str
    crc32: int

    @property
    def media_type(self) -> str:
        extension = self.path.rpartition(".")[2]
        return MEDIA_TYPES.get(extension, "application/octet-stream")

    def entry(self, bag_name: str) -> Entry:
        return Entry(f"{bag_name}/{self.path}", self.size, self.crc32)

    def chunks(self) -> Iterator[bytes]:
        yield from _chunks(self.content)


def member(path: str, content: Path | bytes, expected_sha256: str = "") -> Member:
    """Measure `content`, and hold it to its hash where that is known.

    Raises ArchiveDamaged where the hash differs, StorageFailed where it cannot be read.
    """
    size, crc, digest = 0, 0, sha256()
    for chunk in _chunks(content):
        size += len(chunk)
        crc = zlib.crc32(chunk, crc)
        digest.update(chunk)
    found = digest.hexdigest()
    if expected_sha256 and found != expected_sha256:
        detail = _("{name} is no longer what was stored").format(name=content)
        raise ArchiveDamaged(detail=detail)
    return Member(path, content, size, found, crc)


def _chunks(content: Path | bytes) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    try:
        with content.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise StorageFailed(path=content, detail=error.strerror or error) from error
