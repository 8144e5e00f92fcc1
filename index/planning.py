"""From what was asked to what an engine looks up: a tree of our language made a plan."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from index import variants
from index.arabic import light_stem, rasm
from index.arabic_particles import PARTICLES
from index.attached import attached
from index.match import Match
from index.plan import All, Any, Begins, Between, OneOf, Part, Plan, Sequence, Term, Tier
from index.tree import (
    And,
    Days,
    Field,
    Fuzzy,
    Leaf,
    Names,
    Node,
    Not,
    Number,
    Or,
    Phrase,
    Prefix,
    Word,
    leaves,
)
from index.word import PART, STEM, WORD, is_unknown

_OWN: Final = 20.0
_NAMED: Final = 10.0
_NEAR: Final = 1.0
# An exact word counts BM25, some 3 to 10. How sure the others are: measured, see docs/search.md.
_ATTACHED: Final = 3.0
_STEM: Final = 0.5
_REDOTTED: Final = 4.75
_SHAPE: Final = 4.0
_PART: Final = 3.75
_JOINED: Final = 3.5
_EDITED: Final = 3.0
_EDITED_SHORT: Final = 2.9  # beside other forms of the word, of which it stands last
_EDITED_LOOKS_SAME: Final = 6  # letters
_STEM_SHAPE: Final = 0.9
_EDITED_SHAPE: Final = 0.6
_MISREAD_NAMES: Final = ("party", "judge")
_FEW: Final = 10  # pages
_NEXT_TO_NONE: Final = 4
_MOST_FROM_WORDS: Final = 3
_TIERS: Final = (Match.EXACT, Match.SHAPE, Match.STEM, Match.SIMILAR)
_SURE: Final = (Match.EXACT, Match.STEM)
_PARTICLES: Final = frozenset(map(Word, PARTICLES))
_AS_TYPED: Final = frozenset({Match.EXACT})


def planned(node: Node, *, exact: bool = False) -> Plan:
    """The plan for a query. exact: neither stems nor variants nor near numbers."""
    if exact:
        part = _part(node, _AS_TYPED)
        return Plan((Tier(Match.EXACT, part),), part, tuple(_facts(node)))
    tiers = [Tier(match, _part(node, _TIERS[: at + 1])) for at, match in enumerate(_TIERS)]
    sure = _part(node, _SURE)
    return Plan(tuple(_distinct(tiers)), sure, tuple(_facts(node)), _most(node))


def _distinct(tiers: list[Tier]) -> list[Tier]:
    """Without those that find nothing more than the one before."""
    kept = tiers[:1]
    for tier in tiers[1:]:
        if tier.part != kept[-1].part:
            kept.append(tier)
    return kept


def _facts(node: Node) -> Iterable[Tier]:
    asked = [leaf for leaf in leaves(node) if isinstance(leaf, Number)]
    named = [number for number in asked if not number.own_only]
    if asked:
        yield Tier(Match.OWN_NUMBER, _any(_own(number) for number in asked))
    if named:
        yield Tier(Match.NAMED_NUMBER, _any(_named(number) for number in named))


def _most(node: Node) -> tuple[tuple[int, Tier], ...]:
    """All of three or more words but one, with all else that was asked; one of them at last.

    Particles do not count, and a page may lack them.
    """
    if isinstance(node, Names):
        node = And(tuple(Names(node.field, (term,)) for term in node.terms))
    if not isinstance(node, And):
        return ()
    asked = [part for part in node.parts if part not in _PARTICLES]
    words = tuple(part for part in asked if isinstance(part, Word | Names))
    rest = tuple(part for part in asked if part not in words)
    if len(words) < _MOST_FROM_WORDS:
        return ()
    every = _all_of((*words, *rest), _TIERS)
    held, left = every.parts[: len(words)], every.parts[len(words) :]
    return tuple(
        (below, Tier(Match.MOST, replace(every, parts=(All(held, wanted=wanted), *left))))
        for below, wanted in ((_FEW, len(words) - 1), (_NEXT_TO_NONE, 1))
    )


def _part(node: Node, allowed: Collection[Match]) -> Part:
    if isinstance(node, And):
        return _all_of(node.parts, allowed)
    if isinstance(node, Not):
        return _all_of((node,), allowed)
    if isinstance(node, Or):
        return Any(tuple(_part(part, allowed) for part in node.parts))
    return _leaf(node, allowed)


def _all_of(parts: tuple[Node, ...], allowed: Collection[Match]) -> All:
    # A word that may only be misread is no reason to leave a page out; each tier refuses the same,
    # so that none finds a page that a later one does not.
    refused = _AS_TYPED if allowed is _AS_TYPED else _SURE
    return All(
        tuple(_part(part, allowed) for part in parts if not isinstance(part, Not)),
        tuple(_part(part.part, refused) for part in parts if isinstance(part, Not)),
    )


def _leaf(leaf: Leaf, allowed: Collection[Match]) -> Part:
    match leaf:
        case Word(term):
            return _any(word_ways(term, allowed))
        case Number():
            return _number(leaf, allowed)
        case Names():
            return _named_so(leaf, allowed)
        case Field():
            return _field(leaf)
        case Phrase() | Prefix() | Fuzzy() | Days():
            return _plain(leaf)


def _plain(leaf: Phrase | Prefix | Fuzzy | Days) -> Part:
    """What is found in one way only, whatever is allowed."""
    match leaf:
        case Phrase(terms):
            return Sequence("exact", terms)
        case Prefix(term):
            return Begins("exact", term)
        case Fuzzy(term):
            return Any((Term("exact", term), OneOf("exact", variants.edited(term), _EDITED)))
        case Days(first, last):
            return Between("day", first, last)


def _named_so(names: Names, allowed: Collection[Match]) -> All:
    """All the words in the field; names are in no lexicon, so each may be misread."""
    return All(tuple(_any(_name_ways(names.field, term, allowed)) for term in names.terms))


def _name_ways(field: str, term: str, allowed: Collection[Match]) -> Iterator[Part]:
    yield Term(field, term)
    if Match.SHAPE in allowed and field in _MISREAD_NAMES and term.isalpha():
        yield from nearly(f"{field}_variant", term)
        yield OneOf(f"{field}_variant", _marked(WORD, variants.edited(term)), _EDITED)


def word_ways(term: str, allowed: Collection[Match]) -> list[Part]:
    """How a word may stand on a page, for the reasons that are allowed."""
    ways: list[Part] = [Term("exact", term)]
    if Match.STEM in allowed:
        ways.append(Term("stem", light_stem(term), _STEM))
        ways.append(OneOf("exact", attached(term), _ATTACHED))
    if term.isalpha():
        ways += _misread(term, allowed)
    return ways


def _misread(term: str, allowed: Collection[Match]) -> Iterator[Part]:
    edited = _marked(WORD, variants.edited(term))
    if Match.SHAPE in allowed:
        yield from nearly("variant", term)
        if len(term) >= _EDITED_LOOKS_SAME:
            yield OneOf("variant", edited, _EDITED)
        elif len(term) >= variants.EDITED_FROM_LETTERS and Match.STEM in allowed:
            yield OneOf("variant", edited, _EDITED_SHORT)
    if Match.SIMILAR in allowed:
        yield from _similar(term)


def nearly(field: str, term: str) -> list[Part]:
    """The misreadings of a word that look nearly the same, the likeliest first."""
    shape = rasm(term)
    ways = [
        (_marked(WORD, variants.redotted(term)), _REDOTTED),
        ((shape,), _SHAPE),
        ((PART + term,), _PART),
        ((variants.JOINED + shape,), _JOINED),
    ]
    return [OneOf(field, terms, weight) for terms, weight in ways if terms]


def _similar(term: str) -> Iterator[Part]:
    shape = rasm(term)
    yield OneOf("variant", (STEM + rasm(light_stem(term)),), _STEM_SHAPE)
    if len(shape) >= variants.EDITED_FROM_LETTERS:
        yield OneOf("variant", variants.edited_shapes(shape), _EDITED_SHAPE)
    if is_unknown(term) and len(term) >= variants.EDITED_FROM_LETTERS:
        yield OneOf("exact", variants.edited(term), _EDITED_SHAPE)  # a slip of who asks


def _marked(mark: str, terms: Iterable[str]) -> tuple[str, ...]:
    return tuple(mark + term for term in terms)


def _number(number: Number, allowed: Collection[Match]) -> Part:
    ways: list[Part] = [_own(number)] if number.own_only else [_own(number), _named(number)]
    if Match.SIMILAR in allowed:
        near = variants.digit_apart(number.canonical)
        ways.append(OneOf("near_number", near, _NEAR))
    return _any(ways)


def _own(number: Number) -> Part:
    return OneOf("key", (number.canonical,), _OWN)


def _named(number: Number) -> Part:
    return OneOf("named", (number.canonical,), _NAMED)


def _field(field: Field) -> Part:
    if field.name == "year":
        return Between("year", int(field.value), int(field.value))
    if field.name == "title":
        return All(tuple(Term("title", word) for word in field.value.split()))
    return OneOf(field.name, (field.value,), 0.0)


def _any(parts: Iterable[Part]) -> Part:
    ways = tuple(parts)
    return ways[0] if len(ways) == 1 else Any(ways)
