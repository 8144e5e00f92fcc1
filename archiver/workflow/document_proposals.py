"""Documents that the text of the pages suggests: runs of page kinds, continuations with them.

They are worked out when somebody asks, a millisecond a page, and not kept: what is stored is what a
person said. Only documents that nobody has sorted yet are proposed anew.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from archiver.errors import RequestRefused
from archiver.i18n import N_
from archiver.metadata.extraction.kinds import page_kind
from archiver.metadata.extraction.page import PageText
from archiver.model.actor import Actor
from archiver.model.arrangement import Arrangement, Placed
from archiver.model.casefile import Page
from archiver.model.changes import Step
from archiver.store import pages
from archiver.workflow.arrangement import NEW_KIND
from archiver.workflow.arranging import arrange, arrangement_of
from archiver.workflow.queries import case_by_id
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station

LEAST: Final = 0.5  # a kind that is less likely is none
SURE: Final = 0.9  # a title: it begins a document even behind one of its own kind
_NO_KIND: Final = ("blank", "separator", "other", NEW_KIND)  # they name no document


class NothingProposed(RequestRefused):
    what = N_("The text of {case} suggests no other arrangement.")
    advice = N_("Split and name its documents by hand: “archiver arrange --help”.")


@guarded(Right.PAGES)
def accept_proposals(station: Station, actor: Actor, case_id: int) -> Iterator[Step]:
    """Arrange a case file as its text suggests, as one act.

    Raises NothingProposed beside what `arrange` raises.
    """
    texts = {page.id: page for page in pages.of_case(station.database.connection, case_id)}
    now = arrangement_of(station, case_id)
    if _proposed(now, texts).documents == now.documents:
        raise NothingProposed(case=case_by_id(station, case_id).reference)
    return arrange(station, actor, case_id, "accept", lambda now: _proposed(now, texts))


def proposed(station: Station, case_id: int) -> Arrangement:
    """The arrangement that the text suggests; new documents have no id."""
    texts = {page.id: page for page in pages.of_case(station.database.connection, case_id)}
    return _proposed(arrangement_of(station, case_id), texts)


def _proposed(now: Arrangement, texts: dict[int, Page]) -> Arrangement:
    made: list[Placed] = []
    for document in now.documents:
        made += [document] if document.kind != NEW_KIND else _parts(document, texts)
    return Arrangement(tuple(made), now.facts)


def _parts(document: Placed, texts: dict[int, Page]) -> list[Placed]:
    """An unsorted document in its parts; the first keeps its row, and all lose the file's name."""
    begun = _beginnings([texts[key] for key in document.pages])
    if not any(begun):
        return [document]
    numbered: list[tuple[int, int, str]] = []
    for page, kind in zip(document.pages, begun, strict=True):
        last = numbered[-1][0] if numbered else -1
        numbered.append((last + 1 if kind or not numbered else last, page, kind))
    parts = []
    for number, group in groupby(numbered, key=lambda entry: entry[0]):
        found = list(group)
        kind = found[0][2] or NEW_KIND
        ids = tuple(page for _number, page, _kind in found)
        title = document.title if kind == NEW_KIND else ""
        parts.append(Placed(0 if number else document.id, kind, title, ids))
    return parts


def _beginnings(run: Sequence[Page]) -> list[str]:
    """For each page the kind of the document that begins with it, "" where it goes on with one."""
    begun, current = [], ""
    for page in run:
        guess = page_kind(PageText(page.position, page.text))[0]
        known = guess.probability >= LEAST and guess.kind not in _NO_KIND
        same = guess.kind == current and (guess.continues or guess.probability < SURE)
        begins = known and not page.blank and not same
        current = guess.kind if begins else current
        begun.append(guess.kind if begins else "")
    return begun
