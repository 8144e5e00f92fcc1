"""What one page's first lines say, quickly: for the index of a page that nobody has described."""

from dataclasses import dataclass
from typing import Final

from archiver.metadata.extraction.court import circuit
from archiver.metadata.extraction.markers import parts
from archiver.metadata.extraction.mend import case_mentions
from archiver.metadata.extraction.page import PageText
from archiver.metadata.extraction.parties import parties
from archiver.metadata.extraction.shapes import Shapes

FIRST_LETTERS: Final = 400
_PARTS: Final = frozenset(
    {"appellant", "appellant_label", "respondent", "respondent_label", "facts", "attendance"}
)


@dataclass(frozen=True, slots=True)
class PageHeading:
    """Case numbers (`1234/56`), names of the parties as read, code of the circuit or ""."""

    numbers: tuple[str, ...]
    parties: tuple[str, ...]
    circuit: str


def heading_of(text: str) -> PageHeading:
    """The heading of a page's recognised text, misread words and torn figures allowed for.

    Where running text follows a name without a break, its first four words are taken.
    """
    shapes = Shapes(PageText(1, text[:FIRST_LETTERS]))
    mentions = case_mentions(shapes.folded)[:1]
    found = parties(shapes, parts(shapes, _PARTS), "")
    court = next(
        (each.value for each in circuit(shapes, "judgment") if each.field == "circuit"), ""
    )
    return PageHeading(
        numbers=tuple(n.canonical for each in mentions for n in each.mention.numbers),
        parties=tuple(finding.value["name"] for finding in found),
        circuit=court,
    )
