"""Blind readings, what settled them, and the work they took, as rows that are never changed."""

import sqlite3
from collections.abc import Iterable

from archiver.model.keying import Item, Keying, Look, Values
from archiver.store.audit import now


def add(
    connection: sqlite3.Connection,
    case_id: int,
    person: str,
    look: Look,
    values: Values,
) -> int:
    """Record a keying; its id. The schema lets nobody key twice, nor settle what they keyed."""
    cursor = connection.execute(
        "INSERT INTO keying (case_id, at, person, look) VALUES (?, ?, ?, ?)",
        (case_id, now(), person, look),
    )
    keying_id = cursor.lastrowid or 0
    connection.executemany(
        "INSERT INTO keyed VALUES (?, ?, ?, ?, ?)",
        [(keying_id, i.field, i.part, i.position, value) for i, value in values.items()],
    )
    return keying_id


def of_case(connection: sqlite3.Connection, case_id: int) -> tuple[Keying, ...]:
    """All of them, oldest first."""
    rows = connection.execute("SELECT * FROM keying WHERE case_id = ? ORDER BY id", (case_id,))
    return tuple(_keying(connection, row) for row in rows.fetchall())


def keyed_cases(connection: sqlite3.Connection) -> tuple[int, ...]:
    """The case files that somebody keyed blind, oldest keying first."""
    rows = connection.execute(
        "SELECT case_id FROM keying WHERE look = 'blind' GROUP BY case_id ORDER BY min(id)"
    )
    return tuple(case_id for (case_id,) in rows)


def open_for(connection: sqlite3.Connection, person: str) -> Iterable[int]:
    """Case files that `person` may still key: not sealed, neither imported nor keyed by them."""
    rows = connection.execute(
        "SELECT c.id FROM case_file c WHERE c.state <> 'sealed'"
        " AND EXISTS (SELECT 1 FROM page p WHERE p.case_id = c.id)"
        " AND NOT EXISTS (SELECT 1 FROM page p WHERE p.case_id = c.id AND p.imported_by = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM keying k WHERE k.case_id = c.id AND k.person = ?1)"
        " ORDER BY c.id",
        (person,),
    )
    return [case_id for (case_id,) in rows]


def by_handle(connection: sqlite3.Connection, handle: str) -> tuple[int, ...]:
    """The case files whose generated name begins with `handle`."""
    rows = connection.execute(
        "SELECT id FROM case_file WHERE uid LIKE ? || '%' LIMIT 2", (handle.lower(),)
    )
    return tuple(case_id for (case_id,) in rows)


def first_importer(connection: sqlite3.Connection, case_id: int) -> str:
    """Who took the first page in and so said which case file it is; "" before."""
    row = connection.execute(
        "SELECT imported_by FROM page WHERE case_id = ? ORDER BY id LIMIT 1", (case_id,)
    ).fetchone()
    return row["imported_by"] if row else ""


def add_effort(
    connection: sqlite3.Connection,
    case_id: int,
    person: str,
    work: str,
    seconds: float,
    keystrokes: int,
) -> None:
    """work: describe, key or settle."""
    connection.execute(
        "INSERT INTO effort (case_id, at, person, work, seconds, keystrokes)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (case_id, now(), person, work, seconds, keystrokes),
    )


def effort(connection: sqlite3.Connection) -> tuple[tuple[str, str, int, float, int], ...]:
    """(person, work, case files, seconds, keystrokes) in all."""
    rows = connection.execute(
        "SELECT person, work, count(DISTINCT case_id), sum(seconds), sum(keystrokes)"
        " FROM effort GROUP BY person, work ORDER BY person, work"
    )
    return tuple((row[0], row[1], row[2], row[3], row[4]) for row in rows)


def case_effort(connection: sqlite3.Connection, case_id: int) -> tuple[float, int]:
    """(seconds, keystrokes) that went into one case file."""
    row = connection.execute(
        "SELECT coalesce(sum(seconds), 0), coalesce(sum(keystrokes), 0) FROM effort"
        " WHERE case_id = ?",
        (case_id,),
    ).fetchone()
    return row[0], row[1]


def _keying(connection: sqlite3.Connection, row: sqlite3.Row) -> Keying:
    said = connection.execute(
        "SELECT field, part, position, value FROM keyed WHERE keying_id = ?"
        " ORDER BY field, part, position",
        (row["id"],),
    )
    values = {Item(r["field"], r["part"], r["position"]): str(r["value"]) for r in said}
    return Keying(**{**dict(row), "look": Look(row["look"]), "values": values})
