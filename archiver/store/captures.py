"""Feeds of scanners, and which image of which feed became which page."""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from archiver.store import audit, pages


def begin(connection: sqlite3.Connection, session: str, record: Mapping[str, Any]) -> None:
    """Note the session; nothing where it is known."""
    connection.execute(
        "INSERT OR IGNORE INTO capture_session (name, started_at, person, device, settings)"
        " VALUES (?, ?, ?, ?, ?)",
        (
            session, record["started_at"], record["actor"]["person"], record["device"],
            json.dumps(record["settings"], ensure_ascii=False, sort_keys=True),
        ),
    )  # fmt: skip


def end(connection: sqlite3.Connection, session: str, ending: str) -> bool:
    """False where it had ended before."""
    cursor = connection.execute(
        "UPDATE capture_session SET ending = ?, ended_at = ? WHERE name = ? AND ending = ''",
        (ending, audit.now(), session),
    )
    return cursor.rowcount > 0


def taken(connection: sqlite3.Connection, session: str) -> set[int]:
    """The numbers of the images that are in the archive."""
    rows = connection.execute("SELECT number FROM captured WHERE session = ?", (session,))
    return {row["number"] for row in rows}


def note(
    connection: sqlite3.Connection,
    session: str,
    number: int,
    page_id: int | None,
    *,
    sheet: int,
    face: str,
    delivered: str,
) -> None:
    """Raises sqlite3.IntegrityError for an image that is there already."""
    connection.execute(
        "INSERT INTO captured VALUES (?, ?, ?, ?, ?, ?)",
        (session, number, page_id, sheet, face, delivered),
    )


def document_of(connection: sqlite3.Connection, session: str, case_id: int) -> int | None:
    """The document into which the session put its newest page of the case file."""
    row = connection.execute(
        "SELECT p.document_id FROM captured c JOIN page p ON p.id = c.page_id"
        " WHERE c.session = ? AND p.case_id = ? ORDER BY c.number DESC LIMIT 1",
        (session, case_id),
    ).fetchone()
    return int(row["document_id"]) if row else None


def before(connection: sqlite3.Connection, session: str, number: int) -> tuple[bool, int | None]:
    """Whether an earlier image of the session is there, and the page it became, if any."""
    row = connection.execute(
        "SELECT page_id FROM captured WHERE session = ? AND number < ?"
        " ORDER BY number DESC LIMIT 1",
        (session, number),
    ).fetchone()
    return (row is not None, row["page_id"] if row else None)


def mark_of(session: str) -> str:
    """What stands for a file's hash where pages came from a scanner."""
    return hashlib.sha256(session.encode()).hexdigest()


def source_of(connection: sqlite3.Connection, session: str, case_id: int) -> int:
    """The session as a source of the case file's pages, with one page more than before."""
    mark = mark_of(session)
    row = connection.execute(
        "UPDATE source_file SET pages = pages + 1 WHERE case_id = ? AND sha256 = ? RETURNING id",
        (case_id, mark),
    ).fetchone()
    return int(row["id"]) if row else pages.add_source(connection, case_id, mark, session, 1)
