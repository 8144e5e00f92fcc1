"""Searches that people keep, to ask again with a word."""

from collections.abc import Iterator

from archiver.errors import NoSuchSearch
from archiver.i18n import _
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Step
from archiver.store import audit, saved_searches
from archiver.store.saved_searches import SavedSearch
from archiver.workflow.faults import storage_faults
from archiver.workflow.search import codes, search_faults
from archiver.workflow.station import Station
from index import query as language
from index.engine import Sort


def searches_of(station: Station, person: str) -> tuple[SavedSearch, ...]:
    return saved_searches.of_person(station.database.connection, person)


def saved_search(station: Station, person: str, name: str) -> SavedSearch:
    """Raises NoSuchSearch."""
    for kept in searches_of(station, person):
        if kept.name == name:
            return kept
    raise NoSuchSearch(name=name)


def save_search(
    station: Station,
    actor: Actor,
    name: str,
    query: str,
    *,
    sort: str = Sort.RELEVANCE,
    exact: bool = False,
) -> Iterator[Step]:
    """Keep a search for its person, in the place of the one of that name. Raises BadQuery."""
    with search_faults():
        language.parse(query, codes())  # what cannot be asked is not kept
    with storage_faults(station.root), station.database.transaction() as connection:
        saved_searches.save(connection, actor.person, name, query, Sort(sort), exact)
        audit.append(connection, actor, "search saved", name=name, query=query)
    yield Changed(
        "search",
        facts={"act": "saved", "name": name, "query": query},
        sentence=_("Saved as {name}.").format(name=name),
    )


def forget_search(station: Station, actor: Actor, name: str) -> Iterator[Step]:
    """Raises NoSuchSearch."""
    saved_search(station, actor.person, name)
    with storage_faults(station.root), station.database.transaction() as connection:
        saved_searches.forget(connection, actor.person, name)
        audit.append(connection, actor, "search forgotten", name=name)
    yield Changed(
        "search",
        facts={"act": "forgotten", "name": name},
        sentence=_("{name} is no longer kept.").format(name=name),
    )
