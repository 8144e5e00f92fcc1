"""Slips and patch sheets that came with the paper, as rows."""

import sqlite3

from archiver.model.separator import Separator
from archiver.store.audit import now
from archiver.store.pages import NewPage, note_blob

_FIELDS = tuple(Separator.__dataclass_fields__)


def add(
    connection: sqlite3.Connection,
    page: NewPage,
    *,
    person: str,
    stream: str,
    kind: str,
    payload: str = "",
    why: str = "",
    lot_id: int | None = None,
    case_id: int | None = None,
    document_id: int | None = None,
    page_id: int | None = None,
    behind: int | None = None,
    source_name: str,
    source_sha256: str,
) -> int:
    """Keep a separator with its picture; its id."""
    kinds = (page.media_type, "image/jpeg", "image/jpeg")
    for key, size, kind_of in zip(
        (page.master, page.access, page.thumbnail), page.sizes, kinds, strict=True
    ):
        note_blob(connection, key, size, kind_of)
    cursor = connection.execute(
        "INSERT INTO separator (at, person, stream, kind, payload, why, lot_id, case_id,"
        " document_id, page_id, behind, master, access, thumbnail, source_name, source_sha256,"
        " source_page) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            now(), person, stream, kind, payload, why, lot_id, case_id, document_id, page_id,
            behind, page.master, page.access, page.thumbnail, source_name, source_sha256,
            page.source_page,
        ),
    )  # fmt: skip
    return cursor.lastrowid or 0


def by_id(connection: sqlite3.Connection, separator_id: int) -> Separator | None:
    row = connection.execute("SELECT * FROM separator WHERE id = ?", (separator_id,)).fetchone()
    return _separator(row) if row else None


def newest(connection: sqlite3.Connection, stream: str) -> Separator | None:
    """Where the pages of a stream go now."""
    row = connection.execute(
        "SELECT * FROM separator WHERE stream = ? ORDER BY id DESC LIMIT 1", (stream,)
    ).fetchone()
    return _separator(row) if row else None


def first_page(connection: sqlite3.Connection, stream: str) -> int | None:
    """The page of its file that the first separator of a stream was."""
    row = connection.execute(
        "SELECT min(source_page) FROM separator WHERE stream = ?", (stream,)
    ).fetchone()
    return None if row[0] is None else int(row[0])


def every(connection: sqlite3.Connection, *, unsettled: bool = False) -> tuple[Separator, ...]:
    """All of them, oldest first."""
    wanted = " WHERE kind = 'unreadable' AND settled_at = ''" if unsettled else ""
    rows = connection.execute(f"SELECT * FROM separator{wanted} ORDER BY id")  # noqa: S608
    return tuple(map(_separator, rows))


def unsettled(connection: sqlite3.Connection, case_id: int) -> tuple[Separator, ...]:
    """Those of a case file that could not be read, and that nobody has settled."""
    rows = connection.execute(
        "SELECT * FROM separator WHERE case_id = ? AND kind = 'unreadable' AND settled_at = ''"
        " ORDER BY id",
        (case_id,),
    )
    return tuple(map(_separator, rows))


def behind(connection: sqlite3.Connection, separator_id: int) -> tuple[int, ...]:
    """The pages behind it that are in the numbering, or that are on their way to another file."""
    rows = connection.execute(
        "SELECT id FROM page WHERE separator_id = ? AND (position > 0 OR (aside = 'rejected' AND"
        " aside_reason = 'moved')) ORDER BY CASE WHEN position > 0 THEN position ELSE"
        " coalesce(instead_of, id) END",
        (separator_id,),
    )
    return tuple(page for (page,) in rows)


def flagged(connection: sqlite3.Connection, case_id: int) -> dict[int, tuple[tuple[str, int], ...]]:
    """Page id -> `unreadable_slip` or `after_unreadable_slip` with the number of that slip, until
    somebody settles it."""
    rows = connection.execute(
        "SELECT p.id, s.id AS slip, s.page_id = p.id AS itself FROM page p JOIN separator s"
        " ON s.id = p.separator_id OR s.page_id = p.id"
        " WHERE p.case_id = ? AND s.kind = 'unreadable' AND s.settled_at = '' ORDER BY s.id",
        (case_id,),
    )
    found: dict[int, tuple[tuple[str, int], ...]] = {}
    for row in rows:
        name = "unreadable_slip" if row["itself"] else "after_unreadable_slip"
        found[row["id"]] = (*found.get(row["id"], ()), (name, row["slip"]))
    return found


def knows_file(connection: sqlite3.Connection, sha256: str) -> str | None:
    """The case file that the bytes of a file went into, be it only a slip; None for new ones."""
    row = connection.execute(
        "SELECT c.reference FROM case_file c JOIN (SELECT case_id FROM source_file WHERE sha256 = ?"
        " UNION SELECT case_id FROM separator WHERE source_sha256 = ?) f ON f.case_id = c.id",
        (sha256, sha256),
    ).fetchone()
    return row["reference"] if row else None


def begin_document(connection: sqlite3.Connection, separator_id: int, document_id: int) -> None:
    connection.execute(
        "UPDATE separator SET document_id = ? WHERE id = ?", (document_id, separator_id)
    )


def put_behind(connection: sqlite3.Connection, separator_id: int, page_id: int) -> None:
    connection.execute("UPDATE page SET separator_id = ? WHERE id = ?", (separator_id, page_id))


def stand_beside(connection: sqlite3.Connection, page_id: int, beside: int) -> None:
    """The page is behind whatever slip the page `beside` is behind."""
    connection.execute(
        "UPDATE page SET separator_id = (SELECT b.separator_id FROM page b WHERE b.id = ?)"
        " WHERE id = ?",
        (beside, page_id),
    )


def settle(connection: sqlite3.Connection, separator_id: int, person: str, as_what: str) -> None:
    connection.execute(
        "UPDATE separator SET settled_at = ?, settled_by = ?, settled_as = ? WHERE id = ?",
        (now(), person, as_what, separator_id),
    )


def _separator(row: sqlite3.Row) -> Separator:
    return Separator(**{name: row[name] for name in _FIELDS})
