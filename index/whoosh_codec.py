"""How Whoosh writes posting lists for us: the same files, without what nobody here asks for.

Its own codec looks up the length of the field in a column file for every single posting, and
deflates lists that are a few bytes long; lengths are a column of ours, and long lists are few.
"""

from typing import Any, Final

from whoosh.codec.whoosh3 import W3Codec, W3PostingsWriter

_WHOLE_LIST: Final = 1 << 31  # postings to a block


class Codec(W3Codec):  # type: ignore[misc]  # whoosh has no types
    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=_WHOLE_LIST, compression=0)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> "Postings":
        return Postings(dbfile, self._blocklimit, byteids, self._compression, self._inlinelimit)


class Postings(W3PostingsWriter):  # type: ignore[misc]
    """A posting list in one block."""

    def add_posting(self, id_: int, weight: float, vbytes: bytes, length: object = None) -> None:
        self._ids.append(id_)
        self._weights.append(weight)
        if vbytes:
            self._values.append(vbytes)

    def max_weight(self) -> float:
        return float(max(self._weights))
