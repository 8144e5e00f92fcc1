"""The passes of one search over a tantivy index: each part once, and two at a time.

tantivy lets go of the interpreter while it works. Most of a pass of a tolerant query is looking up
some hundred terms in each segment, however few pages have them: what counts is how many passes
there are. A phrase of common words reads the places of both on nearly every page: half of the pages
for each thread.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Final, NamedTuple

from tantivy import DocAddress, FieldType, Order, Query, Searcher

from index.engine import Sort
from index.plan import All, Part, Sequence
from index.tantivy_queries import Translator, both

Row = tuple[float, DocAddress]
ORDERS: Final = {Sort.DATE: ("day_order", Order.Desc), Sort.CASE: ("case_order", Order.Asc)}
_THREADS: Final = 2
_COMMON: Final = 50_000  # pages with the rarest word of a phrase


class Best(NamedTuple):
    rows: list[Row]  # the first ones, in order
    total: int  # of all


class Passes(AbstractContextManager["Passes"]):
    """What a part finds of what may be seen: its first `most` rows, and how many there are."""

    def __init__(
        self,
        translator: Translator,
        seen: Callable[[Query], Query],
        sort: Sort,
        most: int,
    ) -> None:
        self._translator, self._seen, self._sort = translator, seen, sort
        self._searcher: Searcher = translator.searcher
        # tantivy makes room for as many as it is asked for, or aborts.
        self._most = max(1, min(most, self._searcher.num_docs))
        self._threads = ThreadPoolExecutor(_THREADS)
        self._begun: dict[Part, Future[Best]] = {}
        self._made: dict[Part, Best] = {}

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown()

    def begin(self, part: Part) -> None:
        """Make the pass beside what is done meanwhile."""
        if part not in self._begun:
            query = self._query(part)  # made here: a translator serves one thread
            self._begun[part] = self._threads.submit(self._pass, query)

    def best(self, part: Part) -> Best:
        if part in self._begun:
            return self._begun[part].result()
        if part not in self._made:
            dear = self._is_dear(part)
            self._made[part] = self._halves(part) if dear else self._pass(self._query(part))
        return self._made[part]

    def _query(self, part: Part) -> Query:
        return self._seen(self._translator.query(part))

    def _pass(self, query: Query) -> Best:
        if self._sort is Sort.RELEVANCE:
            found = self._searcher.search(query, self._most)
        else:
            field, order = ORDERS[self._sort]
            found = self._searcher.search(query, self._most, order_by_field=field, order=order)
        return Best(found.hits, found.count)  # type: ignore[attr-defined]  # missing in its stubs

    def _is_dear(self, part: Part) -> bool:
        parts = part.parts if isinstance(part, All) else (part,)
        return self._sort is Sort.RELEVANCE and any(
            isinstance(each, Sequence)
            and len(each.terms) > 1
            and min(self._searcher.doc_freq(each.field, term) for term in each.terms) > _COMMON
            for each in parts
        )

    def _halves(self, part: Part) -> Best:
        """The pass made by two threads, each on half of the pages."""
        query, last = self._query(part), self._last_page()
        spans = ((0, last // 2), (last // 2 + 1, last))
        found = list(self._threads.map(self._pass, [self._among(query, *span) for span in spans]))
        rows = [row for half in found for row in half.rows]
        rows.sort(key=lambda row: (-row[0], row[1].segment_ord, row[1].doc))
        return Best(rows[: self._most], sum(half.total for half in found))

    def _among(self, query: Query, first: int, last: int) -> Query:
        schema = self._translator.schema
        return both(query, Query.range_query(schema, "page", FieldType.Unsigned, first, last))

    def _last_page(self) -> int:
        newest = self._searcher.search(Query.all_query(), 1, False, order_by_field="page").hits
        return int(newest[0][0]) if newest else 0
