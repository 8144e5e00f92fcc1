"""Lots, what was declared to be in them, and the account of the paper, as rows."""

import sqlite3

from archiver.model.identity import CaseKey
from archiver.model.lot import Account, Declared, Lot
from archiver.store.audit import now

_NEWEST = (
    "SELECT c.lot_id, c.series, c.reference, c.case_id, d.sheets, d.faces, d.at, d.person,"
    " d.reason, (SELECT count(*) FROM declaration t WHERE t.lot_case_id = c.id) AS times"
    " FROM lot_case c JOIN declaration d ON d.id ="
    " (SELECT max(id) FROM declaration WHERE lot_case_id = c.id)"
)
# Halves of an open book are one face of paper: they share their master. What was scanned anew, or
# never got a place, is no face beside the one that has it. A slip, or a page that
# went to another case file, is no paper of this one.
_FOUND = (
    "SELECT count(DISTINCT iif(position > 0 AND NOT blank, iif(cut = '', id, master), NULL)),"
    " count(DISTINCT iif(position > 0 AND blank, iif(cut = '', id, master), NULL)),"
    " count(iif(aside = 'rejected' AND aside_reason NOT IN ('slip', 'moved'), 1, NULL)) FROM page"
)


def add(
    connection: sqlite3.Connection,
    person: str,
    *,
    year: int,
    number: int = 0,
    company: str = "",
    box: str = "",
    shelf: str = "",
    note: str = "",
) -> Lot:
    """A new lot; without `number` the next of its year."""
    cursor = connection.execute(
        "INSERT INTO lot (year, number, company, box, shelf, note, opened_at, opened_by)"
        " SELECT ?, iif(? > 0, ?, coalesce(max(number), 0) + 1), ?, ?, ?, ?, ?, ?"
        " FROM lot WHERE year = ?",
        (year, number, number, company, box, shelf, note, now(), person, year),
    )
    row = connection.execute("SELECT * FROM lot WHERE id = ?", (cursor.lastrowid,)).fetchone()
    return Lot(**dict(row))


def by_id(connection: sqlite3.Connection, lot_id: int) -> Lot | None:
    row = connection.execute("SELECT * FROM lot WHERE id = ?", (lot_id,)).fetchone()
    return Lot(**dict(row)) if row else None


def by_number(connection: sqlite3.Connection, number: int, year: int) -> Lot | None:
    row = connection.execute(
        "SELECT * FROM lot WHERE number = ? AND year = ?", (number, year)
    ).fetchone()
    return Lot(**dict(row)) if row else None


def all_lots(connection: sqlite3.Connection) -> tuple[Lot, ...]:
    """The newest first."""
    rows = connection.execute("SELECT * FROM lot ORDER BY year DESC, number DESC")
    return tuple(Lot(**dict(row)) for row in rows)


def set_closed(connection: sqlite3.Connection, lot_id: int, at: str, person: str) -> None:
    """Close the lot; open it again with two empty texts."""
    connection.execute(
        "UPDATE lot SET closed_at = ?, closed_by = ? WHERE id = ?", (at, person, lot_id)
    )


def declare(
    connection: sqlite3.Connection,
    person: str,
    lot_id: int,
    *,
    key: CaseKey | None,
    reference: str,
    case_id: int | None,
    sheets: int,
    faces: int,
    reason: str,
) -> None:
    """Put a declaration beside those there are. `reference` is the key's own, or the item's."""
    series = key.series if key else ""
    connection.execute(
        "INSERT OR IGNORE INTO lot_case (lot_id, series, number, judicial_year, reference, case_id)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (lot_id, series, key.number if key else 0, key.judicial_year if key else 0, reference,
         case_id),
    )  # fmt: skip
    connection.execute(
        "INSERT INTO declaration (lot_case_id, at, person, sheets, faces, reason)"
        " SELECT id, ?, ?, ?, ?, ? FROM lot_case"
        " WHERE lot_id = ? AND series = ? AND reference = ?",
        (now(), person, sheets, faces, reason, lot_id, series, reference),
    )
    if case_id is not None:  # pages that came in before anybody declared them
        connection.execute(
            "UPDATE page SET lot_id = ? WHERE case_id = ? AND lot_id IS NULL", (lot_id, case_id)
        )


def declared(connection: sqlite3.Connection, lot_id: int) -> tuple[Declared, ...]:
    """The newest declaration of each case file of the lot, in the order they were first made."""
    rows = connection.execute(_NEWEST + " WHERE c.lot_id = ? ORDER BY c.id", (lot_id,))
    return tuple(Declared(**dict(row)) for row in rows)


def declared_of(connection: sqlite3.Connection, case_id: int) -> tuple[Declared, ...]:
    """What each lot declares of one case file."""
    rows = connection.execute(_NEWEST + " WHERE c.case_id = ? ORDER BY c.id", (case_id,))
    return tuple(Declared(**dict(row)) for row in rows)


def put_into(connection: sqlite3.Connection, lot_id: int, page_ids: list[int]) -> None:
    connection.executemany(
        "UPDATE page SET lot_id = ? WHERE id = ?", [(lot_id, page) for page in page_ids]
    )


def move_beside(connection: sqlite3.Connection, page_id: int, other_id: int) -> None:
    """A page goes into the lot of another."""
    connection.execute(
        "UPDATE page SET lot_id = (SELECT lot_id FROM page WHERE id = ?) WHERE id = ?",
        (other_id, page_id),
    )


def account_of_case(connection: sqlite3.Connection, case_id: int) -> Account:
    """All its pages against all that was ever declared of it."""
    found = connection.execute(_FOUND + " WHERE case_id = ?", (case_id,)).fetchone()
    known = declared_of(connection, case_id)
    return Account(sum(d.sheets for d in known), sum(d.faces for d in known), *found)


def account_in_lot(connection: sqlite3.Connection, row: Declared) -> Account:
    """The pages of a case file that came with one lot against what that lot declares of it."""
    found = connection.execute(
        _FOUND + " WHERE case_id = ? AND lot_id = ?", (row.case_id, row.lot_id)
    ).fetchone()
    return Account(row.sheets, row.faces, *found)


def undeclared(connection: sqlite3.Connection, lot_id: int) -> tuple[int, ...]:
    """Case files with pages of this lot that the lot does not declare."""
    rows = connection.execute(
        "SELECT DISTINCT case_id FROM page p WHERE lot_id = ? AND NOT EXISTS (SELECT 1 FROM"
        " lot_case c WHERE c.lot_id = p.lot_id AND c.case_id = p.case_id) ORDER BY case_id",
        (lot_id,),
    )
    return tuple(case_id for (case_id,) in rows)
