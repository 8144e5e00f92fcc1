"""A PDF written object by object: what is written leaves the memory at once.

Libraries hold a document until it is saved, pictures included: a thousand pages are a gigabyte.
Source: ISO 32000-1, 7.3 and 7.5.
"""

import hashlib
import os
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

_HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class PdfFile:
    """Objects go to `file` as they come; `finish` writes the table of them."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._places: dict[int, int] = {}
        self._size = self._reserved = 0
        self._digest = hashlib.sha256()
        self._write(_HEADER)

    def reserve(self) -> int:
        """The number of an object that comes later."""
        self._reserved += 1
        return self._reserved

    def add(self, content: str, number: int = 0) -> int:
        """Write an object, under a reserved number or the next one; its number."""
        return self._object(content.encode("ascii"), number)

    def stream(self, data: bytes, entries: str = "", *, deflate: bool = True) -> int:
        """Write a stream; its number. entries: of its dictionary, beside length and deflation."""
        if deflate:
            data, entries = zlib.compress(data, 9), entries + "/Filter/FlateDecode"
        head = f"<</Length {len(data)}{entries}>>\nstream\n".encode("ascii")
        return self._object(head + data + b"\nendstream", 0)

    def finish(self, root: int, info: int) -> None:
        """The cross-reference table and the trailer. Equal objects give equal identifiers."""
        start, count = self._size, self._reserved + 1
        rows = [f"{self._places[number]:010d} 00000 n \n" for number in range(1, count)]
        identifier = self._digest.hexdigest()[:32]
        self._write(f"xref\n0 {count}\n0000000000 65535 f \n{''.join(rows)}".encode("ascii"))
        self._write(
            f"trailer\n<</Size {count}/Root {root} 0 R/Info {info} 0 R"
            f"/ID[<{identifier}><{identifier}>]>>\nstartxref\n{start}\n%%EOF\n".encode("ascii")
        )

    def _object(self, content: bytes, number: int) -> int:
        number = number or self.reserve()
        self._places[number] = self._size
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
        return number

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._size += len(data)


def text_string(text: str) -> str:
    """`text` as a PDF string object."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


@contextmanager
def written(out: Path) -> Iterator[IO[bytes]]:
    """A file that appears as `out`, whole and fsynced, when the block ends well."""
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=".pdf-")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(out.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
