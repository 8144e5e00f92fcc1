"""Pure changes of which image stands in a page's place: rescan, insert, split, join, reject.

An image that leaves its place is kept aside with a reason. Numbers are those that people see, ids
those of the store. Each function gives a new arrangement.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from archiver.model.arrangement import Arrangement, PageFacts
from archiver.workflow.arrangement import place_of


def set_aside(arrangement: Arrangement, page: int, kind: str, why: str) -> Arrangement:
    """Page number `page` leaves the numbering. Raises NoPageThere."""
    return take_place(arrangement, page, (), kind, why)


def take_place(
    arrangement: Arrangement, page: int, coming: Sequence[int], kind: str, why: str
) -> Arrangement:
    """The images `coming` stand where page number `page` stood, which is kept aside.

    Side and marks are the paper's, so they stay in the place. Raises NoPageThere.
    """
    place_of(arrangement, page)
    going = arrangement.pages[page - 1]
    paper = arrangement.facts.get(going, PageFacts())
    said = {key: PageFacts(side=paper.side, marks=paper.marks) for key in coming}
    return _swapped(arrangement, (going,), coming, kind, why, said)


def put_together(
    arrangement: Arrangement, halves: Collection[int], whole: int, why: str
) -> Arrangement:
    """The image `whole` stands where the first of its `halves` (ids) stood."""
    there = [page for page in arrangement.pages if page in halves]
    said = {whole: _in_place(arrangement, whole)}
    return _swapped(arrangement, there, (whole,), "joined", why, said)


def put_in(
    arrangement: Arrangement, coming: Sequence[int], *, before: int = 0, after: int = 0
) -> Arrangement:
    """The images `coming` go before or behind a page of that number. Raises NoPageThere."""
    place_of(arrangement, before or after)
    anchor = arrangement.pages[(before or after) - 1]
    beside = (*coming, anchor) if before else (anchor, *coming)
    said = {key: _in_place(arrangement, key) for key in coming}
    return _swapped(arrangement, (anchor,), beside, "", "", said)


def _in_place(arrangement: Arrangement, page: int) -> PageFacts:
    return replace(arrangement.facts.get(page, PageFacts()), aside="", why="")


def _swapped(
    arrangement: Arrangement,
    going: Sequence[int],
    coming: Sequence[int],
    kind: str,
    why: str,
    said: dict[int, PageFacts],
) -> Arrangement:
    """`coming` in the place of the first of `going`; whoever goes and does not come is aside."""
    documents = []
    for document in arrangement.documents:
        pages: list[int] = []
        for page in document.pages:
            if page == going[0]:
                pages += coming
            elif page not in going:
                pages.append(page)
        documents.append(replace(document, pages=tuple(pages)))
    facts = dict(arrangement.facts) | said
    for page in going:
        if page not in coming:
            facts[page] = replace(facts.get(page, PageFacts()), aside=kind, why=why)
    return Arrangement(tuple(d for d in documents if d.pages), facts)
