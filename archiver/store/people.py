"""Who works here: names, what they may, and the hash of what they sign in with."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.store.audit import now


@dataclass(frozen=True, slots=True)
class Person:
    name: str  # as it stands with every act
    roles: tuple[str, ...]  # the first is the one they work in
    password: str  # argon2id; "": cannot sign in at the window
    failures: int  # wrong passwords since the last right one
    failed_at: str  # ISO 8601, UTC
    since: str
    gone: bool  # works here no more; the name stays taken


_COLUMNS = "name, roles, password, failures, failed_at, since, gone"


def _person(row: sqlite3.Row) -> Person:
    roles = tuple(json.loads(row["roles"]))
    return Person(**{**dict(row), "roles": roles, "gone": bool(row["gone"])})


def every(connection: sqlite3.Connection) -> tuple[Person, ...]:
    """By name, those who are gone as well."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM person ORDER BY name")  # noqa: S608
    return tuple(map(_person, rows))


def by_name(connection: sqlite3.Connection, name: str) -> Person | None:
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM person WHERE name = ?",  # noqa: S608
        (name,),
    ).fetchone()
    return _person(row) if row else None


def add(connection: sqlite3.Connection, name: str, roles: Sequence[str], password: str) -> None:
    connection.execute(
        "INSERT INTO person (name, roles, password, since) VALUES (?, ?, ?, ?)",
        (name, json.dumps(list(roles)), password, now()),
    )


def set_roles(connection: sqlite3.Connection, name: str, roles: Sequence[str]) -> None:
    text = json.dumps(list(roles))
    connection.execute("UPDATE person SET roles = ? WHERE name = ?", (text, name))


def set_password(connection: sqlite3.Connection, name: str, password: str) -> None:
    connection.execute(
        "UPDATE person SET password = ?, failures = 0 WHERE name = ?", (password, name)
    )


def set_gone(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("UPDATE person SET gone = 1, password = '' WHERE name = ?", (name,))


def note_failure(connection: sqlite3.Connection, name: str) -> None:
    connection.execute(
        "UPDATE person SET failures = failures + 1, failed_at = ? WHERE name = ?", (now(), name)
    )


def forget_failures(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("UPDATE person SET failures = 0 WHERE name = ?", (name,))
