"""One search in one state of a tantivy index: its hits in order, and what they are."""

from collections.abc import Sequence

from tantivy import DocAddress, Order, Query, Schema, Searcher

from index.engine import FACET_VALUES, Count, FacetName, Hit, Hits, Levels, Sort
from index.match import Match
from index.plan import Part, Plan
from index.ranking import groups, one_page, reasons, sure_part
from index.tantivy_queries import Translator, both, but
from index.tree import Node

Row = tuple[float, DocAddress]
_ORDERS = {Sort.DATE: ("day_order", Order.Desc), Sort.CASE: ("case_order", Order.Asc)}


class Search:
    """What a person with these access levels finds."""

    def __init__(self, schema: Schema, searcher: Searcher, levels: Levels) -> None:
        self.searcher = searcher
        self.translator = Translator(schema, searcher)
        self.levels = levels

    def seen(self, query: Query) -> Query:
        if self.levels is None:
            return query
        return self.translator.within(query, "access_level", sorted(self.levels))

    def total(self, query: Query) -> int:
        """How many pages `query` finds of those that may be seen."""
        found = self.searcher.search(self.seen(Query.const_score_query(query, 0.0)), 1)
        count: int = found.count  # type: ignore[attr-defined]  # missing in its stubs
        return count

    def hits(
        self,
        asked: Node,
        plan: Plan,
        limit: int,
        offset: int,
        sort: Sort,
        facets: Sequence[FacetName],
    ) -> Hits:
        every = self.translator.query(plan.tiers[-1].part)
        total = self.total(every)
        if wider := plan.widened(total):
            return self.hits(asked, wider, limit, offset, sort, facets)
        sure = sure_part(plan)
        certain = total
        if sure != plan.tiers[-1].part:
            certain = self.total(self.translator.query(sure))
        # tantivy makes room for as many as it is asked for, or aborts.
        most = min(limit, total - offset)
        rows = self._rows(plan, most, offset, sort) if most > 0 else []
        found = self._told(asked, plan, rows, sort)
        return Hits(total, found, certain, self._facets(every, facets) if facets else {})

    def _rows(self, plan: Plan, limit: int, offset: int, sort: Sort) -> list[tuple[int, Row]]:
        parts = groups(plan, by_tier=sort is Sort.RELEVANCE)
        queries = [self.translator.query(part) for part in parts]

        def alone(group: int) -> Query:
            query = queries[group]
            return self.seen(but(query, queries[group - 1]) if group else query)

        def rows(group: int, limit: int, offset: int) -> list[Row]:
            if sort is Sort.RELEVANCE:  # without a count it skips what cannot come to the top
                found = self.searcher.search(alone(group), limit, count=False, offset=offset)
            else:
                field, order = _ORDERS[sort]
                found = self.searcher.search(
                    alone(group), limit, False, order_by_field=field, offset=offset, order=order
                )
            return found.hits

        def size(group: int) -> int:
            before = self.total(queries[group - 1]) if group else 0
            return self.total(queries[group]) - before

        return one_page(len(parts), limit, offset, rows, size)

    def _told(
        self, asked: Node, plan: Plan, rows: list[tuple[int, Row]], sort: Sort
    ) -> tuple[Hit, ...]:
        addresses = [address for _, (_, address) in rows]
        pages = self.numbers("page", addresses)
        cases = self.numbers("case", addresses)
        facts = {tier.match: self.among(tier.part, pages) for tier in plan.facts}
        tiers = {
            page: plan.tiers[group].match for page, (group, _) in zip(pages, rows, strict=True)
        }
        if sort is not Sort.RELEVANCE:
            tiers = self._tiers(plan, pages)
        return tuple(
            Hit(
                page,
                case,
                score if sort is Sort.RELEVANCE else 0.0,
                reasons(asked, tiers[page], self._surest(facts, page)),
            )
            for page, case, (_, (score, _)) in zip(pages, cases, rows, strict=True)
        )

    def alike(self, rows: list[Row]) -> tuple[Hit, ...]:
        """Hits of a search for similar pages."""
        addresses = [address for _, address in rows]
        found = zip(self.numbers("page", addresses), self.numbers("case", addresses), strict=True)
        return tuple(
            Hit(page, case, score, ()) for (page, case), (score, _) in zip(found, rows, strict=True)
        )

    def _surest(self, facts: dict[Match, set[int]], page: int) -> list[Match]:
        """The first of the facts that holds: a page of the case asked for also names it."""
        return [match for match, pages in facts.items() if page in pages][:1]

    def _tiers(self, plan: Plan, pages: list[int]) -> dict[int, Match]:
        """The surest tier that finds each of the pages."""
        found = dict.fromkeys(pages, plan.tiers[-1].match)
        left = list(pages)
        for tier in plan.tiers[:-1]:
            here = self.among(tier.part, left)
            found.update(dict.fromkeys(here, tier.match))
            left = [page for page in left if page not in here]
        return found

    def among(self, part: Part, pages: list[int]) -> set[int]:
        """Which of these pages `part` finds."""
        if not pages:
            return set()
        query = both(self.translator.any_value("page", pages), self.translator.query(part))
        rows = self.searcher.search(query, len(pages), count=False).hits
        return set(self.numbers("page", [address for _, address in rows]))

    def numbers(self, field: str, addresses: list[DocAddress]) -> list[int]:
        return [int(value or 0) for value in self.searcher.fast_field_values(field, addresses)]

    def _facets(self, query: Query, facets: Sequence[FacetName]) -> dict[str, tuple[Count, ...]]:
        wanted = {
            facet: {"terms": {"field": f"by_{facet}", "size": FACET_VALUES}} for facet in facets
        }
        counted = self.searcher.aggregate(self.seen(query), wanted)
        return {
            facet: tuple(
                Count(bucket["key"], int(bucket["doc_count"]))
                for bucket in counted[facet]["buckets"]
            )
            for facet in facets
        }
