"""The numbers printed on pages, and whether one is missing or there twice."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Final

from archiver.model.casefile import Page
from archiver.store.page_checks import Checked

_ALONE: Final = re.compile(r"[\W_]*(?:ال?صفحة|ص|page|folio|p)?[\W_]*(\d{1,3})[\W_]*", re.IGNORECASE)
_LINES: Final = 2  # at the head and at the foot
_FEWEST: Final = 2  # steps of one in a document: it is numbered


def page_numbers(pages: Sequence[Page | Checked]) -> dict[int, tuple[int, int]]:
    """Page id -> (the number on it, the number expected there), in documents that are numbered.

    A document is numbered where its pages carry, alone on a line at head or foot, numbers that go
    up by one. Blank pages and pages without such a line are passed over.
    """
    found: dict[int, tuple[int, int]] = {}
    for _document, group in groupby(pages, key=lambda page: page.document_id):
        written = [page for page in group if not page.blank]
        for at_foot in (True, False):
            told = [(page.id, place, _number(page, at_foot=at_foot))
                    for place, page in enumerate(written)]  # fmt: skip
            known = [(page, place, number) for page, place, number in told if number is not None]
            steps = [b[2] - a[2] == b[1] - a[1] for a, b in pairwise(known)]
            if sum(steps) >= _FEWEST:
                found |= _expected(known)
                break
    return found


def _expected(known: Sequence[tuple[int, int, int]]) -> dict[int, tuple[int, int]]:
    first = known[0]
    found = {first[0]: (first[2], first[2])}
    for before, page in pairwise(known):
        found[page[0]] = (page[2], before[2] + page[1] - before[1])
    return found


def _number(page: Page | Checked, *, at_foot: bool) -> int | None:
    lines = [line for line in page.text.splitlines() if line.strip()]
    for line in lines[-_LINES:] if at_foot else lines[:_LINES]:
        alone = _ALONE.fullmatch(line.strip())
        if alone:
            return int(alone[1])
    return None
