"""One segment of a Whoosh index as arrays: its postings and columns, read whole, once."""

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from whoosh.columns import NumericColumn
from whoosh.reading import SegmentReader, TermNotFound

from index.whoosh_schema import FACET

Docs = NDArray[np.int64]
Weights = NDArray[np.float32]
_FIGURE: Final = NumericColumn("q")
_BEGINNINGS_SEEN: Final = 5000  # a beginning with more terms than that is cut short


class Segment:
    """Read by one thread. Documents are numbered from 0."""

    def __init__(self, reader: SegmentReader) -> None:
        self.reader = reader
        self.size: int = reader.doc_count_all()
        self._facets: dict[str, list[tuple[str, Docs]]] = {}

    @cached_property
    def alive(self) -> NDArray[np.bool_]:
        found = np.ones(self.size, bool)
        if self.reader.has_deletions():
            found[list(self.reader.segment().deleted_docs())] = False
        return found

    def figures(self, name: str) -> NDArray[np.int64]:
        """A column, one figure a document."""
        found: NDArray[np.int64] | None = self.__dict__.get(f"_{name}")
        if found is None:
            found = self.__dict__[f"_{name}"] = self._column(name)
        return found

    def _column(self, name: str) -> NDArray[np.int64]:
        whole = np.zeros(self.size, np.int64)  # Whoosh leaves out the noughts at the end
        if self.reader.has_column(name):
            column = self.reader.column_reader(name, _FIGURE, translate=False)
            kept = column._dbfile.get(column._basepos, column._count * 8)
            whole[: column._count] = np.frombuffer(kept, ">i8")
        return whole

    def postings(self, field: str, term: str) -> tuple[Docs, Weights]:
        """The documents that hold the term, ascending, and how often."""
        docs: list[int] = []
        weights: list[float] = []
        for matcher in self._blocks(field, term):
            matcher._read_ids()
            matcher._read_weights()
            docs.extend(matcher._ids)
            weights.extend(matcher._weights)
        return np.array(docs, np.int64), np.array(weights, np.float32)

    def values(self, field: str, term: str) -> dict[int, bytes]:
        """What is kept of the term in each document that holds it."""
        found: dict[int, bytes] = {}
        for matcher in self._blocks(field, term):
            matcher._read_ids()
            matcher._read_values()
            found.update(zip(matcher._ids, matcher._values, strict=True))
        return found

    def _blocks(self, field: str, term: str) -> Iterator[Any]:
        """Whoosh's reader of a posting list, standing on one block after the other."""
        form = self.reader.schema[field].format
        try:
            matcher = self.reader._terms.matcher(field, term.encode(), form)
        except TermNotFound:
            return
        while matcher.is_active():
            yield matcher
            matcher._next_block()

    def frequency(self, field: str, term: str) -> int:
        found: int = self.reader.doc_frequency(field, term.encode())
        return found

    def beginning(self, field: str, start: str, most: int) -> list[str]:
        """The terms that begin so, at most `most`, the most frequent ones."""
        terms = self.reader.expand_prefix(field, start.encode())
        found = list(islice(terms, _BEGINNINGS_SEEN))
        if len(found) > most:
            found.sort(key=lambda term: -self.reader.doc_frequency(field, term))
        return [term.decode() for term in found[:most]]

    def between(self, field: str, low: str, high: str) -> list[str]:
        """The terms from `low` to `high`, both included."""
        found: list[str] = []
        for term in self.reader.terms_from(field, low.encode()):
            name, text = term
            if name != field or text.decode() > high:
                break
            found.append(text.decode())
        return found

    def facet(self, name: str) -> list[tuple[str, Docs]]:
        """Each value of a facet and the documents that have it."""
        if name not in self._facets:
            field = FACET + name
            values = [text.decode() for text in self.reader.lexicon(field)]
            self._facets[name] = [(value, self.postings(field, value)[0]) for value in values]
        return self._facets[name]
