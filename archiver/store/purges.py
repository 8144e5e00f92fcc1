"""Seals' statements, and what was removed after the centre had signed for it, as rows."""

import sqlite3
from collections.abc import Iterable

from archiver.store.audit import now


def keep_statement(connection: sqlite3.Connection, seal_id: int, statement: str) -> None:
    """The package's signature.json: proof of the seal once its package is gone."""
    connection.execute("INSERT INTO seal_statement VALUES (?, ?)", (seal_id, statement))


def statements(connection: sqlite3.Connection) -> dict[str, str]:
    """Name of a package -> its seal's statement; seals of before 0006 have none here."""
    rows = connection.execute(
        "SELECT s.name, t.statement FROM seal_statement t JOIN seal s ON s.id = t.seal_id"
    )
    return dict(rows.fetchall())


def note_purged(
    connection: sqlite3.Connection, seal_id: int, keys: Iterable[str], person: str
) -> None:
    at = now()
    connection.executemany(
        "INSERT OR IGNORE INTO purged_blob VALUES (?, ?, ?, ?)",
        [(key, seal_id, at, person) for key in keys],
    )
    connection.execute("INSERT OR IGNORE INTO purged_seal VALUES (?, ?, ?)", (seal_id, at, person))


def purged_blobs(connection: sqlite3.Connection) -> frozenset[str]:
    return frozenset(key for (key,) in connection.execute("SELECT key FROM purged_blob"))


def purged_seals(connection: sqlite3.Connection) -> frozenset[int]:
    return frozenset(seal for (seal,) in connection.execute("SELECT seal_id FROM purged_seal"))


def revive(connection: sqlite3.Connection, key: str) -> None:
    """The bytes came back: the blob is no longer missed."""
    connection.execute("DELETE FROM purged_blob WHERE key = ?", (key,))


def masters_only_of(connection: sqlite3.Connection, case_id: int) -> tuple[str, ...]:
    """Masters in this case file's package that nothing else needs: no page elsewhere, no copy."""
    rows = connection.execute(
        "SELECT DISTINCT p.master FROM page p WHERE p.case_id = ? AND p.position > 0"
        " AND NOT EXISTS (SELECT 1 FROM page o WHERE o.master = p.master AND o.case_id <> ?)"
        " AND NOT EXISTS (SELECT 1 FROM page o WHERE p.master IN (o.access, o.thumbnail, o.alto))"
        " AND NOT EXISTS (SELECT 1 FROM reading r WHERE r.alto = p.master)"
        " ORDER BY p.master",
        (case_id, case_id),
    )
    return tuple(key for (key,) in rows)
