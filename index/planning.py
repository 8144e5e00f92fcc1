"""From what was asked to what an engine looks up: a tree of our language made a plan."""

from collections.abc import Iterable
from typing import Final

from index.arabic import light_stem
from index.match import Match
from index.plan import All, Any, Begins, Between, Part, Plan, Sequence, Term, Tier
from index.tree import And, Field, Leaf, Node, Not, Number, Or, Phrase, Prefix, Word, leaves
from index.variants import EDITED_FROM_LETTERS, GAP, near_numbers, shapes

_OWN: Final = 20.0
_NAMED: Final = 10.0
_NEAR: Final = 1.0
_STEM: Final = 0.5
_SHAPE: Final = 0.4
_EDITED: Final = 0.2
_TOLERANT: Final = (Match.EXACT, Match.STEM, Match.SIMILAR)


def planned(node: Node, *, exact: bool = False) -> Plan:
    """The plan for a query. exact: neither stems nor variants nor near numbers."""
    matches = (Match.EXACT,) if exact else _TOLERANT
    tiers = [Tier(match, _part(node, match)) for match in matches]
    asked = [leaf for leaf in leaves(node) if isinstance(leaf, Number)]
    facts = [Tier(Match.OWN_NUMBER, _any(_own(n) for n in asked))] if asked else []
    named = [n for n in asked if not n.own_only]
    facts += [Tier(Match.NAMED_NUMBER, _any(_named(n) for n in named))] if named else []
    return Plan(_distinct(tiers), tuple(facts))


def _distinct(tiers: list[Tier]) -> tuple[Tier, ...]:
    """Without those that find nothing more than the one before."""
    kept = tiers[:1]
    for tier in tiers[1:]:
        if tier.part != kept[-1].part:
            kept.append(tier)
    return tuple(kept)


def _part(node: Node, match: Match) -> Part:
    if isinstance(node, And):
        return _all_of(node.parts, match)
    if isinstance(node, Not):
        return _all_of((node,), match)
    if isinstance(node, Or):
        return Any(tuple(_part(part, match) for part in node.parts))
    return _leaf(node, match)


def _all_of(parts: tuple[Node, ...], match: Match) -> All:
    # A word that may only be misread is no reason to leave a page out.
    refused = Match.EXACT if match is Match.EXACT else Match.STEM
    return All(
        tuple(_part(part, match) for part in parts if not isinstance(part, Not)),
        tuple(_part(part.part, refused) for part in parts if isinstance(part, Not)),
    )


def _leaf(leaf: Leaf, match: Match) -> Part:
    if isinstance(leaf, Word):
        return _word(leaf.term, match)
    if isinstance(leaf, Number):
        return _number(leaf, match)
    if isinstance(leaf, Phrase):
        return Sequence("exact", leaf.terms)
    if isinstance(leaf, Prefix):
        return Begins("exact", leaf.term)
    return _field(leaf)


def _word(term: str, match: Match) -> Part:
    ways: list[Part] = [Term("exact", term)]
    if match is not Match.EXACT:
        ways.append(Term("stem", light_stem(term), _STEM))
    if match is Match.SIMILAR and term.isalpha():
        ways += similar("variant", term)
    return Any(tuple(ways)) if len(ways) > 1 else ways[0]


def similar(field: str, term: str) -> list[Part]:
    """The variant terms that a word is looked for by."""
    shape, *edited = shapes(term)
    found: list[Part] = [Term(field, shape, _SHAPE, flat=True)]
    if len(shape) >= EDITED_FROM_LETTERS:
        near = [GAP + shape, *edited, *(gap.removeprefix(GAP) for gap in edited)]
        found += [Term(field, each, _EDITED, flat=True) for each in near]
    return found


def _number(number: Number, match: Match) -> Part:
    ways = [_own(number)] if number.own_only else [_own(number), _named(number)]
    if match is Match.SIMILAR:
        near = near_numbers([number.canonical])
        ways += [Term("near_number", each, _NEAR, flat=True) for each in near]
    return Any(tuple(ways)) if len(ways) > 1 else ways[0]


def _own(number: Number) -> Term:
    return Term("key", number.canonical, _OWN, flat=True)


def _named(number: Number) -> Term:
    return Term("named", number.canonical, _NAMED, flat=True)


def _field(field: Field) -> Part:
    if field.name == "year":
        return Between("year", int(field.value), int(field.value))
    if field.name == "title":
        return All(tuple(Term("title", word) for word in field.value.split()))
    return Term(field.name, field.value, 0.0, flat=True)


def _any(parts: Iterable[Part]) -> Part:
    ways = tuple(parts)
    return ways[0] if len(ways) == 1 else Any(ways)
