"""The proposals for a case file from the text of its pages."""

from collections.abc import Sequence

from archiver.metadata.extraction.page import PageText
from archiver.metadata.extraction.proposal import Proposal
from index.arabic import find_case_numbers


def extract(pages: Sequence[tuple[PageText, str]], series: str = "civil") -> tuple[Proposal, ...]:
    """What the pages, each with its kind (vocabularies/document_kind), say of their case file.

    `series` is the site's own docket series, taken where no page names another.
    """
    proposals: dict[tuple[int, int], Proposal] = {}
    for page, _kind in pages:
        for number in find_case_numbers(page.text):
            key = (number.number, number.judicial_year)
            value = {"series": series, "number": key[0], "judicial_year": key[1]}
            proposals.setdefault(
                key,
                Proposal("case_key", value, page.text[number.start : number.end], 0.5,
                         "case number", page.position, page.words(number.start, number.end),
                         (page.position,)),
            )  # fmt: skip
    return tuple(proposals.values())
