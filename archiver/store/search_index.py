"""Which search index answers, which one is being made, and what waits for either."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexState:
    """Numbers of indexes only grow; 0 and "" where none is being made."""

    live: int
    engine: str  # "" before the first
    building: int
    building_engine: str

    @property
    def next(self) -> int:
        return max(self.live, self.building) + 1


def state(connection: sqlite3.Connection) -> IndexState:
    row = connection.execute(
        "SELECT live, engine, building, building_engine FROM search_index"
    ).fetchone()
    return IndexState(*row)


def set_live(connection: sqlite3.Connection, number: int, engine: str) -> None:
    """From now on this one answers, and no other is being made."""
    connection.execute(
        "UPDATE search_index SET live = ?, engine = ?, building = 0, building_engine = ''",
        (number, engine),
    )


def set_building(connection: sqlite3.Connection, number: int, engine: str) -> None:
    connection.execute(
        "UPDATE search_index SET building = ?, building_engine = ?", (number, engine)
    )


def to_build(connection: sqlite3.Connection, after: int, limit: int) -> list[int]:
    """Ids of pages that the live index has and the one being made has not, ascending."""
    rows = connection.execute(
        "SELECT id FROM page WHERE indexed = (SELECT live FROM search_index) AND id > ?"
        " ORDER BY id LIMIT ?",
        (after, limit),
    )
    return [page for (page,) in rows]


def to_fill(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Ids of pages that wait for the live index."""
    # The plus keeps SQLite from going through all pages that are read.
    rows = connection.execute(
        "SELECT id FROM page WHERE indexed < (SELECT live FROM search_index)"
        " AND +state = 'read' AND position > 0 ORDER BY indexed, id LIMIT ?",
        (limit,),
    )
    return [page for (page,) in rows]


def built(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many pages the index that is being made has, and the highest id among them."""
    count, last = connection.execute(
        "SELECT count(*), coalesce(max(id), 0) FROM page"
        " WHERE indexed = (SELECT building FROM search_index) AND indexed > 0"
    ).fetchone()
    return count, last


def mark_built(connection: sqlite3.Connection, page_ids: Iterable[int]) -> None:
    connection.executemany(
        "UPDATE page SET indexed = (SELECT building FROM search_index) WHERE id = ?",
        [(page,) for page in page_ids],
    )


def searched_ids(connection: sqlite3.Connection, after: int, limit: int) -> Sequence[int]:
    """Ids of the pages that an index ought to have, ascending."""
    rows = connection.execute(
        "SELECT id FROM page WHERE state = 'read' AND position > 0 AND id > ? ORDER BY id LIMIT ?",
        (after, limit),
    )
    return [page for (page,) in rows]
