"""One search in one state of a tantivy index: its hits in order, and what they are."""

from collections.abc import Sequence

from tantivy import DocAddress, Query, Schema, Searcher

from index.engine import FACET_VALUES, Count, FacetName, Hit, Hits, Levels, Sort
from index.match import Match
from index.plan import Part, Plan
from index.ranking import groups, one_page, reasons, sure_part
from index.tantivy_passes import ORDERS, Passes, Row
from index.tantivy_queries import Translator, both, but
from index.tree import Node


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
        most = limit if len(plan.tiers) == 1 else 2 * limit  # those of the tiers before, too
        with Passes(self.translator, self.seen, sort, most) as passes:
            plan, total, rows = self._ranked(passes, plan, limit, offset, sort)
            every, sure = plan.tiers[-1].part, sure_part(plan)
            counted = self._facets(self.translator.query(every), facets) if facets else {}
            certain = passes.best(sure).total
        return Hits(total, self._told(asked, plan, rows, sort), certain, counted)

    def _ranked(
        self, passes: Passes, plan: Plan, limit: int, offset: int, sort: Sort
    ) -> tuple[Plan, int, list[tuple[int, Row]]]:
        """The plan, widened where it finds too few; how many it finds; the rows asked for."""
        parts = groups(plan, by_tier=sort is Sort.RELEVANCE)
        if len(parts) > 1:
            passes.begin(parts[-1])
            passes.begin(sure_part(plan))
        rows = self._rows(passes, parts, limit, offset, sort)
        total = passes.best(parts[-1]).total
        if wider := plan.widened(total):
            return self._ranked(passes, wider, limit, offset, sort)
        return plan, total, rows

    def _rows(
        self, passes: Passes, parts: Sequence[Part], limit: int, offset: int, sort: Sort
    ) -> list[tuple[int, Row]]:
        known: set[tuple[int, int]] = set()
        behind = offset > 0

        def rows(group: int, limit: int, offset: int) -> list[Row]:
            if behind:  # not all rows of the groups before are known
                return self._alone(parts, group, limit, offset, sort)
            found = passes.best(parts[group]).rows
            fresh = [row for row in found if _place(row) not in known][:limit]
            known.update(map(_place, fresh))
            return fresh

        def size(group: int) -> int:
            before = passes.best(parts[group - 1]).total if group else 0
            return passes.best(parts[group]).total - before

        return one_page(len(parts), limit, offset, rows, size)

    def _alone(
        self, parts: Sequence[Part], group: int, limit: int, offset: int, sort: Sort
    ) -> list[Row]:
        """Rows of a group, without what the one before finds."""
        query = self.translator.query(parts[group])
        if group:
            query = but(query, self.translator.query(parts[group - 1]))
        query, most = self.seen(query), max(1, min(limit, self.searcher.num_docs))
        if sort is Sort.RELEVANCE:  # without a count it skips what cannot come to the top
            return self.searcher.search(query, most, count=False, offset=offset).hits
        field, order = ORDERS[sort]
        return self.searcher.search(
            query, most, False, order_by_field=field, offset=offset, order=order
        ).hits

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


def _place(row: Row) -> tuple[int, int]:
    return row[1].segment_ord, row[1].doc
