"""The zip around a bag: stored entries only, one spelling of every byte outside the files.

Written by hand because a package must come out the same on every machine and every Python, and
because a reader that takes nothing but this one spelling needs no list of zip tricks: compressed
or encrypted entries, symbolic links, comments, data between entries, two directories that differ,
are all just "not the bytes we would have written". Any unzip reads it.
Source of the layout: PKWARE APPNOTE 6.3.10, with Zip64 where sizes or counts need it.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Final

from isal import isal_zlib

from archiver.i18n import _
from archiver.package.hashing import HashThread

CHUNK: Final = 1 << 20
MOST_ENTRIES: Final = 200_000
ZIP64_FROM = 0xFFFF_FFFF  # bytes; lowered only to test the Zip64 form with small files
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_END64: Final = struct.Struct("<4sQ2H2I4Q")
_LOCATOR: Final = struct.Struct("<4sIQI")
_UNIX_FILE: Final = 0o100644 << 16


class ContainerError(Exception):
    """Not a container in the agreed form; the message is worded for people."""


@dataclass(frozen=True, slots=True)
class Entry:
    name: str  # ASCII, with `/`
    size: int
    crc32: int


def stamp(moment: datetime) -> tuple[int, int]:
    """MS-DOS time and date of `moment` in UTC, in steps of two seconds.

    Raises ValueError for a moment without its offset, or one the format cannot hold.
    """
    if moment.tzinfo is None or not 1981 <= moment.year < 2107:
        raise ValueError(f"no moment for a package: {moment}")
    at = moment.astimezone(UTC)
    time = at.hour << 11 | at.minute << 5 | at.second // 2
    return time, (at.year - 1980) << 9 | at.month << 5 | at.day


def local_header(entry: Entry, when: tuple[int, int]) -> bytes:
    name = entry.name.encode("ascii")
    big = entry.size >= ZIP64_FROM
    size, need = (0xFFFF_FFFF, 45) if big else (entry.size, 10)
    extra = struct.pack("<2H2Q", 1, 16, entry.size, entry.size) if big else b""
    fields = (need, 0, 0, *when, entry.crc32, size, size, len(name), len(extra))
    return _LOCAL.pack(b"PK\3\4", *fields) + name + extra


def _central_header(entry: Entry, when: tuple[int, int], offset: int) -> bytes:
    name = entry.name.encode("ascii")
    wide = [entry.size, entry.size] if entry.size >= ZIP64_FROM else []
    size = 0xFFFF_FFFF if wide else entry.size
    short = offset
    if offset >= ZIP64_FROM:
        wide, short = [*wide, offset], 0xFFFF_FFFF
    extra = struct.pack(f"<2H{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
    need = 45 if wide else 10
    sizes = (entry.crc32, size, size, len(name), len(extra))
    fields = (3 << 8 | need, need, 0, 0, *when, *sizes, 0, 0, 0, _UNIX_FILE, short)
    return _CENTRAL.pack(b"PK\1\2", *fields) + name + extra


def directory(entries: Iterable[Entry], when: tuple[int, int]) -> bytes:
    """Everything that follows the last file: central directory and end records."""
    offset, count, rows = 0, 0, []
    for entry in entries:
        rows.append(_central_header(entry, when, offset))
        offset += len(local_header(entry, when)) + entry.size
        count += 1
    central = b"".join(rows)
    tail = b""
    shown = (min(count, 0xFFFF), min(count, 0xFFFF), len(central), offset)
    if offset >= ZIP64_FROM or count >= 0xFFFF:
        place = offset + len(central)
        tail = _END64.pack(b"PK\6\6", 44, 3 << 8 | 45, 45, 0, 0, count, count, len(central), offset)
        tail += _LOCATOR.pack(b"PK\6\7", 0, place, 1)
        shown = (min(count, 0xFFFF), min(count, 0xFFFF), len(central), 0xFFFF_FFFF)
    return central + tail + _END.pack(b"PK\5\6", 0, 0, *shown, 0)


class ContainerReader:
    """One pass over a container, from the first byte to the last; seeks nowhere.

    Iterating gives each entry with its bytes in chunks, which must be used up before the next.
    After the last, `sha256` and `size` are those of the whole stream; `whole` makes the hash.
    Raises ContainerError.
    """

    def __init__(self, stream: IO[bytes], whole: HashThread) -> None:
        self._stream, self._hash = stream, whole
        self.size = 0
        self.when = (0, 0)
        self.sha256 = ""

    def __iter__(self) -> Iterator[tuple[Entry, Iterator[bytes]]]:
        entries: list[Entry] = []
        while (mark := self._take(4)) == b"PK\3\4":
            entry = self._header(mark, first=not entries)
            entries.append(entry)
            if len(entries) > MOST_ENTRIES:
                raise ContainerError(_("it has too many files"))
            yield entry, self._content(entry)
        expected = directory(entries, self.when)
        if mark + self._take(len(expected) - 4) != expected or self._stream.read(1):
            raise ContainerError(_("it was cut short, or its directory was changed"))
        (self.sha256,) = self._hash.finish().result()

    def _take(self, count: int) -> bytes:
        got = self._stream.read(count)
        self._hash.update(got)
        self.size += len(got)
        return got

    def _header(self, mark: bytes, *, first: bool) -> Entry:
        fixed = mark + self._take(_LOCAL.size - 4)
        if len(fixed) < _LOCAL.size:
            raise ContainerError(_("it was cut short"))
        _mark, _need, flags, method, time, date, crc, size, _size, name_len, extra_len = (
            _LOCAL.unpack(fixed)
        )
        if method or flags:
            raise ContainerError(_("it holds compressed or encrypted files"))
        name, extra = self._take(name_len), self._take(extra_len)
        if len(extra) == 20:
            size = int.from_bytes(extra[4:12], "little")
        if first:
            self.when = (time, date)
        entry = Entry(name.decode("ascii", "replace"), size, crc)
        if not entry.name.isascii() or local_header(entry, self.when) != fixed + name + extra:
            raise ContainerError(_("it was not written by an archiving station, or was changed"))
        return entry

    def _content(self, entry: Entry) -> Iterator[bytes]:
        left, crc = entry.size, 0
        while left:
            chunk = self._take(min(left, CHUNK))
            if not chunk:
                raise ContainerError(_("it was cut short"))
            left -= len(chunk)
            crc = isal_zlib.crc32(chunk, crc)
            yield chunk
        if crc != entry.crc32:
            raise ContainerError(_("the bytes of {path} were changed").format(path=entry.name))
