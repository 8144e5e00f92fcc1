"""What was measured on colour cards, as rows."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from archiver.store.audit import now


@dataclass(frozen=True, slots=True)
class CardMeasured:
    id: int
    at: str  # ISO 8601, UTC
    person: str
    device: str
    name: str  # of the photograph's file
    picture: str  # blob key of the photograph
    figures: Mapping[str, float]
    limits: Mapping[str, float]
    passed: bool


def add(
    connection: sqlite3.Connection,
    *,
    person: str,
    device: str,
    name: str,
    picture: str,
    figures: Mapping[str, float],
    limits: Mapping[str, float],
    passed: bool,
) -> int:
    cursor = connection.execute(
        "INSERT INTO target_card (at, person, device, name, picture, figures, limits, passed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (now(), person, device, name, picture, json.dumps(figures), json.dumps(limits), passed),
    )
    return cursor.lastrowid or 0


def newest(connection: sqlite3.Connection, limit: int) -> tuple[CardMeasured, ...]:
    """The newest first."""
    rows = connection.execute("SELECT * FROM target_card ORDER BY id DESC LIMIT ?", (limit,))
    return tuple(
        CardMeasured(**{**dict(row), "figures": json.loads(row["figures"]),
                        "limits": json.loads(row["limits"]), "passed": bool(row["passed"])})
        for row in rows
    )  # fmt: skip
