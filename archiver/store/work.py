"""What was done when and by whom, counted from the audit log."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Done:
    """Acts of one kind by one person on one case file within an hour."""

    hour: str  # "2026-11-22T01", UTC
    person: str
    verb: str
    case_id: int | None
    pages: int  # that the acts name, or took in
    held: int  # pages that the case file has now


_DONE = """
SELECT substr(e.at, 1, 13) AS hour, e.person, e.verb, e.case_id,
       max(count(DISTINCT e.page_id), coalesce(sum(json_array_length(e.detail, '$.masters')), 0))
           AS pages,
       (SELECT count(*) FROM page p WHERE p.case_id = e.case_id AND p.position > 0) AS held
FROM event e WHERE e.seq >= ? AND e.verb IN ({verbs})
GROUP BY hour, e.person, e.verb, e.case_id ORDER BY hour
"""


def done(connection: sqlite3.Connection, since: str, verbs: Sequence[str]) -> tuple[Done, ...]:
    """From the moment `since` (ISO 8601, UTC) on; "" for all."""
    query = _DONE.format(verbs=", ".join("?" * len(verbs)))
    rows = connection.execute(query, (_first(connection, since), *verbs))
    return tuple(Done(**dict(row)) for row in rows)


def _first(connection: sqlite3.Connection, since: str) -> int:
    """The first event at or after `since`: found by halving, as numbers grow with time."""
    (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()
    low, high = 1, int(last) + 1
    while low < high:
        middle = (low + high) // 2
        (at,) = connection.execute("SELECT at FROM event WHERE seq = ?", (middle,)).fetchone()
        low, high = (middle + 1, high) if at < since else (low, middle)
    return low


def asides(connection: sqlite3.Connection) -> dict[str, int]:
    """Images that were rejected: reason -> how many."""
    rows = connection.execute(
        "SELECT aside_reason, count(*) FROM page WHERE aside IN ('rejected', 'replaced')"
        " AND aside_reason <> '' GROUP BY aside_reason"
    )
    return {reason: count for reason, count in rows}  # noqa: C416 - rows are not pairs


def undescribed(connection: sqlite3.Connection) -> frozenset[int]:
    """Case files of which nobody has said anything yet, but for a condition noted before it was
    scanned."""
    rows = connection.execute(
        "SELECT id FROM case_file c WHERE c.state IN ('open', 'rejected') AND NOT EXISTS"
        " (SELECT 1 FROM field_act f WHERE f.case_id = c.id AND f.field <> 'condition')"
    )
    return frozenset(number for (number,) in rows)


def imported(connection: sqlite3.Connection, person: str) -> frozenset[int]:
    """Case files of which this person imported a page."""
    rows = connection.execute("SELECT DISTINCT case_id FROM page WHERE imported_by = ?", (person,))
    return frozenset(number for (number,) in rows)


def importers(connection: sqlite3.Connection) -> dict[int, frozenset[str]]:
    """Case file -> everybody who imported a page of it."""
    found: dict[int, set[str]] = {}
    for case_id, person in connection.execute("SELECT DISTINCT case_id, imported_by FROM page"):
        found.setdefault(case_id, set()).add(person)
    return {case_id: frozenset(names) for case_id, names in found.items()}
