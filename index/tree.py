"""The syntax tree of a query: what every engine and the highlighter understand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

FieldName = Literal[
    "kind", "series", "circuit", "lot", "box", "station", "checked", "year", "title"
]
NamesField = Literal["party", "judge", "subject"]


@dataclass(frozen=True, slots=True)
class Word:
    term: str  # folded


@dataclass(frozen=True, slots=True)
class Prefix:
    term: str  # folded beginning


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word, or any other one letter apart, be it a word of the language or not."""

    term: str  # folded


@dataclass(frozen=True, slots=True)
class Names:
    """All these words among the names of a field."""

    field: NamesField
    terms: tuple[str, ...]  # folded, one or more


@dataclass(frozen=True, slots=True)
class Days:
    """A day from first to last, as the index writes them: 19510314."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Phrase:
    terms: tuple[str, ...]  # folded, two or more


@dataclass(frozen=True, slots=True)
class Number:
    canonical: str  # "1234/56"
    own_only: bool = False  # pages of that file only, not those that name it


@dataclass(frozen=True, slots=True)
class Field:
    name: FieldName
    value: str  # folded words for title, a code or a figure for the others


@dataclass(frozen=True, slots=True)
class And:
    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    part: "Node"


Leaf = Word | Prefix | Fuzzy | Phrase | Number | Field | Names | Days
Node = Leaf | And | Or | Not


def leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf that a page may match by, those behind a minus left out."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from leaves(part)
    elif not isinstance(node, Not):
        yield node
