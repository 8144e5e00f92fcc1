"""Case lists and their rows. Which case file a row belongs to is asked, never kept."""

import json
import sqlite3
from collections.abc import Iterator, Sequence

from archiver.model.case_list import CaseList, ListedCase
from archiver.model.identity import CaseKey
from archiver.store.audit import now

_SAME_KEY = "k.series = r.series AND k.number = r.number AND k.judicial_year = r.judicial_year"


def add(
    connection: sqlite3.Connection, person: str, name: str, sha256: str, rows: Sequence[ListedCase]
) -> int:
    cursor = connection.execute(
        "INSERT INTO case_list (at, person, name, sha256) VALUES (?, ?, ?, ?)",
        (now(), person, name, sha256),
    )
    list_id = cursor.lastrowid or 0
    connection.executemany(
        "INSERT INTO listed_case VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                list_id, place, r.row, r.key.series, r.key.number, r.key.judicial_year,
                json.dumps(r.fields, ensure_ascii=False, sort_keys=True),
            )
            for place, r in enumerate(rows, 1)
        ],
    )  # fmt: skip
    return list_id


def by_hash(connection: sqlite3.Connection, sha256: str) -> int | None:
    row = connection.execute("SELECT id FROM case_list WHERE sha256 = ?", (sha256,)).fetchone()
    return row["id"] if row else None


def numbers(connection: sqlite3.Connection) -> tuple[int, ...]:
    """The ids of all lists, the newest first."""
    return tuple(n for (n,) in connection.execute("SELECT id FROM case_list ORDER BY id DESC"))


def lists(connection: sqlite3.Connection) -> tuple[CaseList, ...]:
    """All of them, the newest first."""
    found = connection.execute(
        "SELECT l.*, count(r.position) AS rows, sum(EXISTS (SELECT 1 FROM case_key k WHERE "  # noqa: S608
        + _SAME_KEY
        + ")) AS matched FROM case_list l LEFT JOIN listed_case r ON r.list_id = l.id"
        " GROUP BY l.id ORDER BY l.id DESC"
    )
    return tuple(CaseList(**{**dict(row), "matched": row["matched"] or 0}) for row in found)


def rows(connection: sqlite3.Connection, list_id: int) -> Iterator[tuple[ListedCase, int | None]]:
    """Each row in its order, with the id of its case file where there is one."""
    found = connection.execute(
        "SELECT r.*, (SELECT k.case_id FROM case_key k WHERE "  # noqa: S608
        + _SAME_KEY
        + " ORDER BY k.position LIMIT 1) AS case_id FROM listed_case r WHERE r.list_id = ?"
        " ORDER BY r.position",
        (list_id,),
    )
    for row in found:
        yield _listed(row), row["case_id"]


def of_key(connection: sqlite3.Connection, key: CaseKey) -> ListedCase | None:
    """What the newest list that has it says of a case."""
    row = connection.execute(
        "SELECT * FROM listed_case WHERE series = ? AND number = ? AND judicial_year = ?"
        " ORDER BY list_id DESC LIMIT 1",
        (key.series, key.number, key.judicial_year),
    ).fetchone()
    return _listed(row) if row else None


def next_without_file(
    connection: sqlite3.Connection, list_id: int, after: int
) -> ListedCase | None:
    """The first row behind the position `after` that has no case file here."""
    row = connection.execute(
        "SELECT r.* FROM listed_case r WHERE r.list_id = ? AND r.position > ? AND NOT EXISTS"  # noqa: S608
        " (SELECT 1 FROM case_key k WHERE " + _SAME_KEY + ") ORDER BY r.position LIMIT 1",
        (list_id, after),
    ).fetchone()
    return _listed(row) if row else None


def position_of(connection: sqlite3.Connection, list_id: int, key: CaseKey) -> int:
    """The place of a case in a list, from 1; 0 where it is not there."""
    row = connection.execute(
        "SELECT position FROM listed_case WHERE list_id = ? AND series = ? AND number = ?"
        " AND judicial_year = ?",
        (list_id, key.series, key.number, key.judicial_year),
    ).fetchone()
    return row["position"] if row else 0


def _listed(row: sqlite3.Row) -> ListedCase:
    key = CaseKey(row["series"], row["number"], row["judicial_year"])
    return ListedCase(row["row"], key, json.loads(row["fields"]))
