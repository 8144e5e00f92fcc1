"""Images of open books become two pages by themselves, where the site says so."""

from collections.abc import Iterable, Iterator

from archiver.model.actor import Actor
from archiver.model.casefile import CaseState, PageState
from archiver.model.changes import Changed, Step
from archiver.store import pages
from archiver.workflow import desk
from archiver.workflow.page_checks import complaints_of, settings_for
from archiver.workflow.queries import case_by_id
from archiver.workflow.station import Station


def split_spreads(station: Station, actor: Actor, case_ids: Iterable[int]) -> Iterator[Step]:
    """Split the pages on which a fold was found before they are read (`checks.split_spreads`).

    Who joined the halves again is not overruled.
    """
    for case_id in case_ids:
        case = case_by_id(station, case_id)
        if case.state is CaseState.SEALED or not settings_for(station, case).split_spreads:
            continue
        for page_id in _spreads(station, case_id):
            page = pages.by_id(station.database.connection, page_id)
            if page is None:
                raise LookupError(page_id)
            for step in desk.split(station, actor, case_id, page.position, index=False):
                if not isinstance(step, Changed):
                    yield step


def _spreads(station: Station, case_id: int) -> list[int]:
    found = complaints_of(station, case_id)
    known = {page.instead_of for page in pages.aside_of(station.database.connection, case_id)}
    return [
        page.id
        for page in pages.of_case(station.database.connection, case_id)
        if page.state is PageState.WAITING
        and page.id not in known  # it was split before, and joined by a person
        and any(complaint.name == "spread" for complaint in found.get(page.id, ()))
    ]
