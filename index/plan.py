"""What an engine is asked: alternatives over index fields, in tiers, in no engine's own words.

Seven kinds of parts, each a handful of lines in any engine. Scores: a `Term` counts BM25 times its
weight in a field that keeps counts, its weight alone where it is `flat` or the field keeps none;
`Any` counts its best part, `All` the sum of its parts; the others count their weight alone. Every
part that a page does not have counts nothing.
"""

from dataclasses import dataclass

from index.match import Match


@dataclass(frozen=True, slots=True)
class Term:
    """Pages with this very term in the field."""

    field: str
    term: str
    weight: float = 1.0
    flat: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """Pages with one of these terms in the field or more; some hundred terms are usual."""

    field: str
    terms: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Begins:
    """Pages with a term of the field that begins so. Engines may stop at some thousand terms."""

    field: str
    start: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Sequence:
    """Pages with these terms one behind the other, in a field that keeps positions."""

    field: str
    terms: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Between:
    """Pages with a number of the field from `low` to `high`, both included."""

    field: str
    low: int
    high: int
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Any:
    """Pages with one of the parts or more; none of them where it has no parts."""

    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class All:
    """Pages with at least `wanted` of the parts (all of them where it is None), and with none of
    `without`. Without any parts: all pages but those."""

    parts: "tuple[Part, ...]"
    without: "tuple[Part, ...]" = ()
    wanted: int | None = None


Part = Term | OneOf | Begins | Sequence | Between | Any | All


@dataclass(frozen=True, slots=True)
class Tier:
    """The pages that `part` finds match by `match`, or surer."""

    match: Match
    part: Part


@dataclass(frozen=True, slots=True)
class Plan:
    """tiers: surest first, each finding all that the ones before it find; a page is a hit where
    the last one finds it, stands before all pages of later tiers, and tells the first that finds
    it as its reason. sure: the pages that match as asked, with no misreading supposed. facts:
    further reasons, told wherever they find a hit; they rank nothing. otherwise: tiers asked in
    addition, one after the other, each only where fewer pages than it says were found so far.
    """

    tiers: tuple[Tier, ...]
    sure: Part
    facts: tuple[Tier, ...] = ()
    otherwise: tuple[tuple[int, Tier], ...] = ()

    def widened(self, found: int) -> "Plan | None":
        """The plan to go on with where this one has found so few pages; None where it suffices."""
        if not self.otherwise or found >= self.otherwise[0][0]:
            return None
        (_, tier), *rest = self.otherwise
        return Plan((*self.tiers, tier), self.sure, self.facts, tuple(rest))
