"""Masters that still are the quick form of capture, and their exchange for the archive's form."""

import sqlite3
from dataclasses import dataclass

from archiver.store import pages

_WAITING = (
    "SELECT DISTINCT p.master, p.case_id FROM captured c JOIN page p ON p.id = c.page_id"
    " JOIN case_file f ON f.id = p.case_id JOIN blob b ON b.key = p.master"
    " WHERE p.master = c.delivered AND b.media_type = 'image/tiff' AND f.state <> 'sealed'"
)


@dataclass(frozen=True, slots=True)
class QuickMaster:
    key: str
    case_id: int  # of one of its pages


def waiting(connection: sqlite3.Connection) -> tuple[QuickMaster, ...]:
    """Oldest first. What stands in a sealed case file stays as it was sealed."""
    rows = connection.execute(_WAITING + " GROUP BY p.master ORDER BY min(p.id)")
    return tuple(QuickMaster(row["master"], row["case_id"]) for row in rows)


def exchange(
    connection: sqlite3.Connection, old: str, new: str, size: int
) -> tuple[list[int], bool]:
    """Let the blob `new` be the master wherever `old` was, but in sealed case files.

    The ids of the pages, and whether nothing refers to `old` any more.
    """
    pages.note_blob(connection, new, size, "image/tiff")
    rows = connection.execute(
        "UPDATE page SET master = ? WHERE master = ? AND case_id NOT IN"
        " (SELECT id FROM case_file WHERE state = 'sealed') RETURNING id",
        (new, old),
    ).fetchall()
    connection.execute("UPDATE separator SET master = ? WHERE master = ?", (new, old))
    still = connection.execute("SELECT 1 FROM page WHERE master = ? LIMIT 1", (old,)).fetchone()
    if still is None:
        connection.execute("DELETE FROM blob WHERE key = ?", (old,))
    return [row["id"] for row in rows], still is None
