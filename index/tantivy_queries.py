"""Our syntax tree in tantivy's query objects; no query string of the engine's is ever built.

Words are found in three tiers: as typed (folded), by stem, by shape or one letter apart. A page
that matches the whole query in a surer tier stands before all that do not.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import Final

from tantivy import Occur, Query, Schema

from index.arabic import light_stem, rasm
from index.engine import SIMILAR_FROM_LETTERS
from index.tree import And, Field, Leaf, Node, Not, Number, Or, Prefix, Word

_STEM_WEIGHT: Final = 0.5
_SHAPE_SCORE: Final = 0.2
_SIMILAR_SCORE: Final = 0.1
_OWN_SCORE: Final = 20.0
_NAMED_SCORE: Final = 10.0
_TIER_BONUS: Final = 1000.0  # above any sum of BM25 scores


class Tier(IntEnum):
    EXACT = 0
    STEM = 1
    SIMILAR = 2


def ranked(schema: Schema, node: Node, *, exact: bool) -> Query:
    """All pages that match `node`, those of a surer tier first."""
    if exact:
        return tier_query(schema, node, Tier.EXACT)
    surer = [Query.const_score_query(tier_query(schema, node, t), _TIER_BONUS) for t in Tier][:2]
    every = tier_query(schema, node, Tier.SIMILAR)
    return Query.boolean_query([(Occur.Must, every), *((Occur.Should, query) for query in surer)])


def within(schema: Schema, query: Query, field: str, values: Iterable[str | int]) -> Query:
    """`query` only where `field` has one of `values`; scores stay as they are."""
    allowed = Query.const_score_query(Query.term_set_query(schema, field, list(values)), 0.0)
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, allowed)])


def tier_query(schema: Schema, node: Node, tier: Tier) -> Query:
    """The pages that match `node` with the tolerance of `tier` and of those surer than it."""
    if isinstance(node, And):
        return _all_of(schema, node.parts, tier)
    if isinstance(node, Not):
        return _all_of(schema, (node,), tier)
    if isinstance(node, Or):
        ways = [(Occur.Should, tier_query(schema, part, tier)) for part in node.parts]
        return Query.boolean_query(ways)
    return _leaf_query(schema, node, tier)


def _leaf_query(schema: Schema, leaf: Leaf, tier: Tier) -> Query:
    if isinstance(leaf, Word):
        return _word(schema, leaf.term, tier)
    if isinstance(leaf, Number):
        return number_query(schema, leaf)
    if isinstance(leaf, Field):
        return _field(schema, leaf)
    if isinstance(leaf, Prefix):
        return Query.regex_query(schema, "exact", f"{leaf.term}.*")  # a term holds \w only
    return Query.phrase_query(schema, "exact", list(leaf.terms))


def number_query(schema: Schema, number: Number, *, own_only: bool = False) -> Query:
    """The pages of that case file and, unless only its own are wanted, those that name it."""
    own = Query.const_score_query(
        Query.term_query(schema, "key", number.canonical, "basic"), _OWN_SCORE
    )
    if own_only or number.own_only:
        return own
    named = Query.term_query(schema, "named", number.canonical, "basic")
    return Query.boolean_query(
        [(Occur.Should, own), (Occur.Should, Query.const_score_query(named, _NAMED_SCORE))]
    )


def _all_of(schema: Schema, parts: tuple[Node, ...], tier: Tier) -> Query:
    # A word one letter apart is no reason to leave a page out.
    refused = [
        (Occur.MustNot, tier_query(schema, part.part, min(tier, Tier.STEM)))
        for part in parts
        if isinstance(part, Not)
    ]
    wanted = [
        (Occur.Must, tier_query(schema, part, tier)) for part in parts if not isinstance(part, Not)
    ]
    return Query.boolean_query([*(wanted or [(Occur.Must, Query.all_query())]), *refused])


def _word(schema: Schema, term: str, tier: Tier) -> Query:
    ways = [Query.term_query(schema, "exact", term)]
    if tier >= Tier.STEM:
        stem = Query.term_query(schema, "stem", light_stem(term), "freq")
        ways.append(Query.boost_query(stem, _STEM_WEIGHT))
    if tier >= Tier.SIMILAR:
        shape = Query.term_query(schema, "shape", rasm(term), "basic")
        ways.append(Query.const_score_query(shape, _SHAPE_SCORE))
    if tier >= Tier.SIMILAR and len(term) >= SIMILAR_FROM_LETTERS and term.isalpha():
        similar = Query.fuzzy_term_query(schema, "exact", term, 1)
        ways.append(Query.const_score_query(similar, _SIMILAR_SCORE))
    return ways[0] if len(ways) == 1 else Query.disjunction_max_query(ways)


def _field(schema: Schema, field: Field) -> Query:
    if field.name == "year":
        return Query.const_score_query(
            Query.term_query(schema, "year", int(field.value), "basic"), 0.0
        )
    if field.name == "title":
        words = [Query.term_query(schema, "title", word, "freq") for word in field.value.split()]
        return Query.boolean_query([(Occur.Must, word) for word in words])
    return Query.const_score_query(Query.term_query(schema, field.name, field.value, "basic"), 0.0)
