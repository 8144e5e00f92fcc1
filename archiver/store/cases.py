"""Case files, their keys and documents, as rows."""

import sqlite3
import uuid
from collections.abc import Sequence

from archiver.model.casefile import CaseFile, CaseState, CaseSummary, Document
from archiver.model.identity import CaseKey
from archiver.store.audit import now

_SUMMARY = """
SELECT c.*, count(p.id) AS pages, sum(p.state = 'read') AS read_pages,
       sum(p.state = 'failed') AS failed, sum(p.blank) AS blank,
       (SELECT d.state FROM seal s JOIN delivery d ON d.seal_id = s.id
        WHERE s.case_id = c.id ORDER BY s.version DESC, d.updated_at DESC LIMIT 1) AS delivery,
       (SELECT thumbnail FROM page WHERE case_id = c.id AND position > 0
        ORDER BY position LIMIT 1)
           AS first_thumbnail
FROM case_file c LEFT JOIN page p ON p.case_id = c.id AND p.position > 0
GROUP BY c.id ORDER BY c.id
"""


def _case(connection: sqlite3.Connection, row: sqlite3.Row) -> CaseFile:
    keys = connection.execute(
        "SELECT series, number, judicial_year FROM case_key WHERE case_id = ? ORDER BY position",
        (row["id"],),
    )
    return CaseFile(
        id=row["id"],
        uid=row["uid"],
        profile=row["profile"],
        keys=tuple(CaseKey(*key) for key in keys),
        reference=row["reference"],
        title=row["title"],
        state=CaseState(row["state"]),
        access=row["access"],
        created_at=row["created_at"],
    )


def add(
    connection: sqlite3.Connection,
    *,
    profile: str,
    keys: Sequence[CaseKey],
    reference: str,
    title: str,
    access: str = "court_internal",
) -> CaseFile:
    """A new, empty case file."""
    cursor = connection.execute(
        "INSERT INTO case_file (uid, profile, reference, title, state, access, created_at)"
        " VALUES (?, ?, ?, ?, 'open', ?, ?)",
        (uuid.uuid4().hex, profile, reference, title, access, now()),
    )
    case_id = cursor.lastrowid
    connection.executemany(
        "INSERT INTO case_key VALUES (?, ?, ?, ?, ?)",
        [
            (case_id, place, key.series, key.number, key.judicial_year)
            for place, key in enumerate(keys, 1)
        ],
    )
    row = connection.execute("SELECT * FROM case_file WHERE id = ?", (case_id,)).fetchone()
    return _case(connection, row)


def by_id(connection: sqlite3.Connection, case_id: int) -> CaseFile | None:
    row = connection.execute("SELECT * FROM case_file WHERE id = ?", (case_id,)).fetchone()
    return _case(connection, row) if row else None


def by_key(connection: sqlite3.Connection, key: CaseKey) -> CaseFile | None:
    """The case file that is `key`'s own, else the one it was joined to."""
    row = connection.execute(
        "SELECT c.* FROM case_key k JOIN case_file c ON c.id = k.case_id"
        " WHERE k.series = ? AND k.number = ? AND k.judicial_year = ? ORDER BY k.position LIMIT 1",
        (key.series, key.number, key.judicial_year),
    ).fetchone()
    return _case(connection, row) if row else None


def with_number(
    connection: sqlite3.Connection, number: int, judicial_year: int
) -> tuple[tuple[str, bool, CaseFile], ...]:
    """(series, whether it is the file's own, case file) of every key with that number and year."""
    rows = connection.execute(
        "SELECT k.series, k.position AS place, c.* FROM case_key k"
        " JOIN case_file c ON c.id = k.case_id"
        " WHERE k.number = ? AND k.judicial_year = ? ORDER BY c.id, k.position",
        (number, judicial_year),
    ).fetchall()
    return tuple((row["series"], row["place"] == 1, _case(connection, row)) for row in rows)


def newest_keyed(connection: sqlite3.Connection) -> CaseFile | None:
    """The case file with a number that was begun last."""
    row = connection.execute(
        "SELECT * FROM case_file WHERE id = (SELECT max(case_id) FROM case_key)"
    ).fetchone()
    return _case(connection, row) if row else None


def before(connection: sqlite3.Connection, case_id: int, profile: str) -> CaseFile | None:
    """The case file of that profile that was begun last before this one."""
    row = connection.execute(
        "SELECT * FROM case_file WHERE id < ? AND profile = ? ORDER BY id DESC LIMIT 1",
        (case_id, profile),
    ).fetchone()
    return _case(connection, row) if row else None


def by_reference(connection: sqlite3.Connection, reference: str) -> CaseFile | None:
    """A heritage item by its own reference."""
    row = connection.execute(
        "SELECT * FROM case_file WHERE profile <> 'case_file' AND reference = ?", (reference,)
    ).fetchone()
    return _case(connection, row) if row else None


def ids(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Of all case files, in the order they came."""
    return tuple(number for (number,) in connection.execute("SELECT id FROM case_file ORDER BY id"))


def summaries(connection: sqlite3.Connection) -> tuple[CaseSummary, ...]:
    return tuple(
        CaseSummary(
            case=_case(connection, row),
            pages=row["pages"],
            read=row["read_pages"] or 0,
            failed=row["failed"] or 0,
            blank=row["blank"] or 0,
            delivery=row["delivery"] or "",
            first_thumbnail=row["first_thumbnail"] or "",
        )
        for row in connection.execute(_SUMMARY)
    )


def set_state(connection: sqlite3.Connection, case_id: int, state: CaseState) -> None:
    connection.execute("UPDATE case_file SET state = ? WHERE id = ?", (state, case_id))


def set_keys(connection: sqlite3.Connection, case_id: int, keys: Sequence[CaseKey]) -> None:
    """Give a case file other keys; the first is its own and its reference from now on."""
    connection.execute("DELETE FROM case_key WHERE case_id = ?", (case_id,))
    connection.executemany(
        "INSERT INTO case_key VALUES (?, ?, ?, ?, ?)",
        [(case_id, n, k.series, k.number, k.judicial_year) for n, k in enumerate(keys, 1)],
    )
    set_reference(connection, case_id, keys[0].canonical)


def set_reference(connection: sqlite3.Connection, case_id: int, reference: str) -> None:
    connection.execute("UPDATE case_file SET reference = ? WHERE id = ?", (reference, case_id))


def set_title(connection: sqlite3.Connection, case_id: int, title: str) -> None:
    connection.execute("UPDATE case_file SET title = ? WHERE id = ?", (title, case_id))


def set_access(connection: sqlite3.Connection, case_id: int, access: str) -> None:
    connection.execute("UPDATE case_file SET access = ? WHERE id = ?", (access, case_id))


def add_document(connection: sqlite3.Connection, case_id: int, kind: str, title: str) -> Document:
    (position,) = connection.execute(
        "SELECT coalesce(max(position), 0) + 1 FROM document WHERE case_id = ? AND position > 0",
        (case_id,),
    ).fetchone()
    cursor = connection.execute(
        "INSERT INTO document (case_id, position, kind, title) VALUES (?, ?, ?, ?)",
        (case_id, position, kind, title),
    )
    return Document(cursor.lastrowid or 0, case_id, position, kind, title)


def documents(connection: sqlite3.Connection, case_id: int) -> tuple[Document, ...]:
    """Those of the order; one that was merged into another keeps a row below it."""
    rows = connection.execute(
        "SELECT * FROM document WHERE case_id = ? AND position > 0 ORDER BY position", (case_id,)
    )
    return tuple(Document(**dict(row)) for row in rows)


def document(connection: sqlite3.Connection, document_id: int) -> Document | None:
    row = connection.execute("SELECT * FROM document WHERE id = ?", (document_id,)).fetchone()
    return Document(**dict(row)) if row else None


def importers(connection: sqlite3.Connection, case_id: int) -> frozenset[str]:
    """Everybody who imported a page of this case file: they may not check it."""
    rows = connection.execute("SELECT DISTINCT imported_by FROM page WHERE case_id = ?", (case_id,))
    return frozenset(person for (person,) in rows)
