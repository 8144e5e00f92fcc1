"""What takes two people, as rows: one proposes, another settles it."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from archiver.store.audit import now


@dataclass(frozen=True, slots=True)
class Agreement:
    id: int
    kind: str
    subject: str
    facts: Mapping[str, str]
    proposed_by: str
    proposed_at: str


def propose(
    connection: sqlite3.Connection, kind: str, subject: str, facts: Mapping[str, str], person: str
) -> None:
    """A newer proposal for the same subject takes the place of an open one."""
    settle(connection, kind, subject, "withdrawn", person)
    connection.execute(
        "INSERT INTO agreement (kind, subject, facts, proposed_by, proposed_at)"
        " VALUES (?, ?, ?, ?, ?)",
        (kind, subject, json.dumps(dict(facts), ensure_ascii=False), person, now()),
    )


def proposed(connection: sqlite3.Connection, kind: str, subject: str) -> Agreement | None:
    row = connection.execute(
        "SELECT id, kind, subject, facts, proposed_by, proposed_at FROM agreement"
        " WHERE kind = ? AND subject = ? AND outcome = ''",
        (kind, subject),
    ).fetchone()
    return Agreement(**{**dict(row), "facts": json.loads(row["facts"])}) if row else None


def settle(
    connection: sqlite3.Connection, kind: str, subject: str, outcome: str, person: str
) -> None:
    connection.execute(
        "UPDATE agreement SET outcome = ?, settled_by = ?, settled_at = ?"
        " WHERE kind = ? AND subject = ? AND outcome = ''",
        (outcome, person, now(), kind, subject),
    )
