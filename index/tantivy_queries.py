"""A plan in tantivy's query objects; no query string of the engine's is ever built."""

from collections.abc import Iterable
from typing import Final

from tantivy import FieldType, Occur, Query, Schema, Searcher

from index.analysis import TEXT_FIELDS, Kept
from index.plan import All, Any, Begins, Between, OneOf, Part, Sequence, Term

OPTIONS: Final = {
    Kept.POSITIONS: "position",
    Kept.COUNTS: "freq",
    Kept.PRESENCE: "basic",
}
_BEGINNINGS: Final = 2000  # terms that a beginning stands for: the most frequent ones
_FEW: Final = 64


class Translator:
    """From plans to queries on one state of an index."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self.schema = schema
        self.searcher = searcher
        self._made: dict[Part, Query] = {}  # tiers share most of their parts

    def query(self, part: Part) -> Query:
        if part not in self._made:
            self._made[part] = self._query(part)
        return self._made[part]

    def _query(self, part: Part) -> Query:
        match part:
            case Term():
                return self.term(part)
            case Any(parts):
                ways = [self.query(each) for each in parts]
                return Query.disjunction_max_query(ways) if ways else Query.empty_query()
            case All():
                return self.all(part)
            case OneOf() | Begins() | Sequence() | Between():
                return _flat(self._holding(part), part.weight)

    def _holding(self, part: OneOf | Begins | Sequence | Between) -> Query:
        match part:
            case OneOf(field, terms):
                return self._one_of(field, terms)
            case Begins(field, start):
                found = self.searcher.terms_with_prefix(field, start, limit=_BEGINNINGS)
                return self.any_value(field, [term for term, _ in found])
            case Sequence(field, terms):
                return self._sequence(field, terms)
            case Between(field, low, high):
                return Query.range_query(self.schema, field, FieldType.Unsigned, low, high)

    def _one_of(self, field: str, terms: Iterable[str]) -> Query:
        """Of some hundred forms a few are there: to look for the others is most of the work."""
        there = [term for term in terms if self.searcher.doc_freq(field, term)]
        return self.any_value(field, there) if there else Query.empty_query()

    def term(self, term: Term) -> Query:
        kept = TEXT_FIELDS[term.field]
        found = Query.term_query(self.schema, term.field, term.term, OPTIONS[kept])
        if term.flat or kept is Kept.PRESENCE:
            return _flat(found, term.weight)
        return found if term.weight == 1.0 else Query.boost_query(found, term.weight)

    def all(self, part: All) -> Query:
        occur = Occur.Must if part.wanted is None else Occur.Should
        wanted = [(occur, self.query(each)) for each in part.parts]
        refused = [(Occur.MustNot, self.query(each)) for each in part.without]
        return Query.boolean_query(
            [*(wanted or [(Occur.Must, Query.all_query())]), *refused],
            minimum_number_should_match=part.wanted if wanted else None,
        )

    def any_value(self, field: str, values: Iterable[str | int]) -> Query:
        """The pages with one of these values in the field; scores are not to be relied on.

        A set is worked out for the whole index before anything else; a few terms are only looked
        at where the rest of the query finds a page.
        """
        some = list(values)
        if not 0 < len(some) <= _FEW:
            return Query.term_set_query(self.schema, field, some)
        terms = [Query.term_query(self.schema, field, value, "basic") for value in some]
        return Query.boolean_query([(Occur.Should, term) for term in terms])

    def within(self, query: Query, field: str, values: Iterable[str | int]) -> Query:
        """`query` only where `field` has one of `values`; scores stay as they are."""
        return both(query, self.any_value(field, values))

    def _sequence(self, field: str, terms: tuple[str, ...]) -> Query:
        if len(terms) == 1:
            return Query.term_query(self.schema, field, terms[0])
        return Query.phrase_query(self.schema, field, list(terms))


def both(query: Query, also: Query) -> Query:
    """`query` where `also` finds the page too; the scores are those of `query`."""
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, _flat(also, 0.0))])


def but(query: Query, refused: Query) -> Query:
    """`query` without the pages that `refused` finds."""
    return Query.boolean_query([(Occur.Must, query), (Occur.MustNot, refused)])


def _flat(query: Query, score: float) -> Query:
    return Query.const_score_query(query, score)
