"""The structure of TIFF and BigTIFF files: just enough to copy one page out of many.

Source: TIFF revision 6.0; BigTIFF by AWare Systems. Nothing is decoded here.
"""

import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_TYPE_BYTES: Final = {
    **dict.fromkeys((1, 2, 6, 7), 1),
    **dict.fromkeys((3, 8), 2),
    **dict.fromkeys((4, 9, 11, 13), 4),
    **dict.fromkeys((5, 10, 12, 16, 17, 18), 8),
}
_INTEGERS: Final = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q"}
_SUBFILE, _WIDTH, _HEIGHT = 254, 256, 257
_DATA: Final = ((273, 279), (324, 325))  # strips, tiles: offsets and byte counts
_POINTERS: Final = frozenset({330, 34665, 34853, 40965})  # to further directories
_REDUCED, _MASK = 1, 4  # bits of NewSubfileType


class TiffDamaged(Exception):
    """A directory or a strip lies outside the file."""


@dataclass(frozen=True, slots=True)
class Field:
    kind: int
    count: int
    value: bytes  # in the file's byte order


@dataclass(frozen=True, slots=True)
class Directory:
    order: str  # "<" or ">"
    fields: dict[int, Field]

    def numbers(self, tag: int) -> tuple[int, ...]:
        field = self.fields.get(tag)
        if field is None or field.kind not in _INTEGERS:
            return ()
        return struct.unpack(f"{self.order}{field.count}{_INTEGERS[field.kind]}", field.value)

    def number(self, tag: int) -> int:
        return (self.numbers(tag) or (0,))[0]

    @property
    def width_px(self) -> int:
        return self.number(_WIDTH)

    @property
    def height_px(self) -> int:
        return self.number(_HEIGHT)

    @property
    def is_reduced(self) -> bool:
        """A smaller copy or a mask of another page, not a page."""
        return bool(self.number(_SUBFILE) & (_REDUCED | _MASK))


class TiffFile:
    """`data`, taken apart. Raises TiffDamaged where a part of it is missing."""

    def __init__(self, data: bytes | mmap.mmap, most_pages: int) -> None:
        self.data = data
        self.order = "<" if data[:2] == b"II" else ">"
        self.big = data[2:4] in (b"+\x00", b"\x00+")
        try:
            self.directories = tuple(self._read(most_pages))
        except struct.error as error:
            raise TiffDamaged from error
        if not self.directories:
            raise TiffDamaged
        for directory in self.directories:
            for start, length in chunks(directory):
                if start + length > len(data):
                    raise TiffDamaged

    def _unpack(self, form: str, at: int) -> tuple[int, ...]:
        return struct.unpack_from(self.order + form, self.data, at)

    def _read(self, most_pages: int) -> Iterator[Directory]:
        at, seen = self._unpack("Q" if self.big else "I", 8 if self.big else 4)[0], set[int]()
        # Every page may bring a reduced copy and a mask; more than that is a trap.
        while at and at not in seen and len(seen) <= 3 * most_pages:
            seen.add(at)
            directory, at = self._directory(at)
            yield directory

    def _directory(self, at: int) -> tuple[Directory, int]:
        head, entry, room = ("Q", "HHQ", 8) if self.big else ("H", "HHI", 4)
        count = self._unpack(head, at)[0]
        at += struct.calcsize("<" + head)
        fields = {}
        for _ in range(count):
            tag, kind, items = self._unpack(entry, at)
            at += struct.calcsize("<" + entry)
            length = items * _TYPE_BYTES.get(kind, 1)
            start = at if length <= room else self._unpack("Q" if self.big else "I", at)[0]
            if start + length > len(self.data):
                raise TiffDamaged
            fields[tag] = Field(kind, items, self.data[start : start + length])
            at += room
        return Directory(self.order, fields), self._unpack("Q" if self.big else "I", at)[0]


def chunks(directory: Directory) -> list[tuple[int, int]]:
    """Start and length of every strip or tile."""
    for offsets, counts in _DATA:
        if offsets in directory.fields:
            starts, lengths = directory.numbers(offsets), directory.numbers(counts)
            if len(starts) != len(lengths):
                raise TiffDamaged
            return list(zip(starts, lengths, strict=True))
    return []


def page_bytes(file: TiffFile, directory: Directory) -> bytes:
    """A file of this page alone: the same fields, the same strips or tiles bit for bit.

    Fields that point to further directories (EXIF, GPS, sub-pages) are left behind.
    """
    order, offset = file.order, "Q" if file.big else "I"
    body = bytearray(b"II" if order == "<" else b"MM")
    # The last number is the place of the directory, which is not known yet.
    body += (
        struct.pack(order + "HHHQ", 43, 8, 0, 0) if file.big else struct.pack(order + "HI", 42, 0)
    )
    starts = []
    for start, length in chunks(directory):
        starts.append(len(body))
        body += file.data[start : start + length] + b"\x00" * (length % 2)
    fields = {tag: field for tag, field in directory.fields.items() if tag not in _POINTERS}
    for tag, _ in _DATA:
        if tag in fields:
            packed = struct.pack(f"{order}{len(starts)}{offset}", *starts)
            fields[tag] = Field(16 if file.big else 4, len(starts), packed)
    return bytes(_with_directory(body, fields, file))


def _with_directory(body: bytearray, fields: dict[int, Field], file: TiffFile) -> bytearray:
    order, offset, room = file.order, "Q" if file.big else "I", 8 if file.big else 4
    entries = b""
    for tag, field in sorted(fields.items()):
        value = field.value.ljust(room, b"\x00")
        if len(field.value) > room:
            value = struct.pack(order + offset, len(body))
            body += field.value + b"\x00" * (len(field.value) % 2)
        entries += struct.pack(f"{order}HH{offset}", tag, field.kind, field.count) + value
    struct.pack_into(order + offset, body, 8 if file.big else 4, len(body))
    body += struct.pack(order + ("Q" if file.big else "H"), len(fields)) + entries
    body += struct.pack(order + offset, 0)
    return body
