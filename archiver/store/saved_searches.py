"""Searches that people keep."""

import sqlite3
from dataclasses import dataclass

from archiver.store.audit import now


@dataclass(frozen=True, slots=True)
class SavedSearch:
    name: str  # unique for its person
    query: str  # in our own query language
    sort: str
    exact: bool
    person: str
    saved_at: str  # ISO 8601, UTC


def save(
    connection: sqlite3.Connection, person: str, name: str, query: str, sort: str, exact: bool
) -> None:
    """Keep a search, in the place of the person's one of that name."""
    connection.execute(
        "INSERT OR REPLACE INTO saved_search (person, name, query, sort, exact, saved_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (person, name, query, sort, exact, now()),
    )


def forget(connection: sqlite3.Connection, person: str, name: str) -> None:
    connection.execute("DELETE FROM saved_search WHERE person = ? AND name = ?", (person, name))


def of_person(connection: sqlite3.Connection, person: str) -> tuple[SavedSearch, ...]:
    """By name."""
    rows = connection.execute(
        "SELECT name, query, sort, exact, person, saved_at FROM saved_search WHERE person = ?"
        " ORDER BY name",
        (person,),
    )
    return tuple(SavedSearch(**{**dict(row), "exact": bool(row["exact"])}) for row in rows)
