"""A small number for each of many words: sorted hashes of the words, and the numbers.

100,000 words take 500 kB on disk and in memory and load in a millisecond. Two words in
100,000 of those never put in are taken for one that was; that is far below what the reader errs.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from zlib import crc32

_HEAD: Final = b"words 1\n"  # kind and version of the file
_HASH_BYTES: Final = 4
_SHELF_BITS: Final = 20  # hashes that agree above these stand on one shelf: some 40 of 176,000
_SHELVES: Final = 1 << 8 * _HASH_BYTES - _SHELF_BITS


class TableUnreadable(Exception):
    """A file that is no table of words."""


@dataclass(frozen=True, slots=True)
class WordTable:
    """hashes: CRC-32 of the words, rising. numbers: 1 to 255, one a hash. shelves: where the
    hashes of each shelf begin, and the end: half of the steps of every look-up."""

    hashes: Sequence[int] = field(repr=False)
    numbers: bytes = field(repr=False)
    shelves: Sequence[int] = field(repr=False)

    def number(self, word: str) -> int:
        """0 for a word that is not in the table."""
        key = crc32(word.encode())
        shelf = key >> _SHELF_BITS
        end = self.shelves[shelf + 1]
        place = bisect_left(self.hashes, key, self.shelves[shelf], end)
        return self.numbers[place] if place < end and self.hashes[place] == key else 0


def table(hashes: Sequence[int], numbers: bytes) -> WordTable:
    """A table of rising hashes and the number of each."""
    starts = [bisect_left(hashes, shelf << _SHELF_BITS) for shelf in range(_SHELVES)]
    return WordTable(hashes, numbers, [*starts, len(hashes)])


def pack(numbers: Mapping[str, int]) -> bytes:
    """The bytes that `read` takes. Where two words have one hash, the larger number stays."""
    by_hash: dict[int, int] = {}
    for word, number in numbers.items():
        key = crc32(word.encode())
        by_hash[key] = max(number, by_hash.get(key, 0))
    hashes = sorted(by_hash)
    return _HEAD + _little_endian(array("I", hashes)) + bytes(by_hash[key] for key in hashes)


def read(file: Path) -> WordTable:
    """Raises TableUnreadable."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise TableUnreadable(f"{file.name}: {error.strerror}") from error
    count, rest = divmod(len(data) - len(_HEAD), _HASH_BYTES + 1)
    if not data.startswith(_HEAD) or rest:
        raise TableUnreadable(f"{file.name} is cut short or no table of words")
    end = len(_HEAD) + _HASH_BYTES * count
    hashes = array("I", data[len(_HEAD) : end])
    if sys.byteorder == "big":
        hashes.byteswap()
    return table(hashes, data[end:])


def _little_endian(hashes: "array[int]") -> bytes:  # subscripted at run time from 3.12 on
    if sys.byteorder == "big":
        hashes.byteswap()
    return hashes.tobytes()
