"""Samples of lots, their images and verdicts, as rows."""

import sqlite3
from collections.abc import Iterable

from archiver.model.lot import Lot
from archiver.model.sample import Sample, SampleImage
from archiver.store.audit import now

_IMAGES = """
SELECT s.number, s.page_id, p.case_id, p.position, p.imported_by, s.why,
       coalesce(v.person, '') AS judged_by, coalesce(v.defect, '') AS defect
FROM sample_page s JOIN page p ON p.id = s.page_id
LEFT JOIN sample_verdict v ON v.id = (SELECT max(id) FROM sample_verdict
    WHERE sample_id = s.sample_id AND number = s.number)
WHERE s.sample_id = ? ORDER BY s.number
"""


def add(
    connection: sqlite3.Connection,
    lot_id: int,
    seed: str,
    images: int,
    person: str,
    chosen: Iterable[tuple[int, str]],
) -> int:
    """chosen: (page id, why), in the order in which a checker looks at them."""
    cursor = connection.execute(
        "INSERT INTO sample (lot_id, seed, images, at, person) VALUES (?, ?, ?, ?, ?)",
        (lot_id, seed, images, now(), person),
    )
    number = int(cursor.lastrowid or 0)
    connection.executemany(
        "INSERT INTO sample_page (sample_id, number, page_id, why) VALUES (?, ?, ?, ?)",
        [(number, place, page, why) for place, (page, why) in enumerate(chosen, 1)],
    )
    return number


def newest(connection: sqlite3.Connection, lot_id: int) -> Sample | None:
    row = connection.execute(
        "SELECT * FROM sample WHERE lot_id = ? ORDER BY id DESC LIMIT 1", (lot_id,)
    ).fetchone()
    return Sample(**dict(row)) if row else None


def images(connection: sqlite3.Connection, sample_id: int) -> tuple[SampleImage, ...]:
    return tuple(SampleImage(**dict(row)) for row in connection.execute(_IMAGES, (sample_id,)))


def judge(
    connection: sqlite3.Connection, sample_id: int, number: int, person: str, defect: str
) -> None:
    connection.execute(
        "INSERT INTO sample_verdict (sample_id, number, at, person, defect) VALUES (?, ?, ?, ?, ?)",
        (sample_id, number, now(), person, defect),
    )


def end(connection: sqlite3.Connection, sample_id: int, outcome: str, person: str) -> None:
    connection.execute(
        "UPDATE sample SET outcome = ?, ended_at = ?, ended_by = ? WHERE id = ?",
        (outcome, now(), person, sample_id),
    )


def lot_pages(connection: sqlite3.Connection, lot_id: int) -> tuple[tuple[int, str, int, str], ...]:
    """(page id, uid, case id, profile) of the images of a lot that are in the numbering."""
    rows = connection.execute(
        "SELECT p.id, p.uid, p.case_id, c.profile FROM page p JOIN case_file c ON c.id = p.case_id"
        " WHERE p.lot_id = ? AND p.position > 0 ORDER BY p.case_id, p.position",
        (lot_id,),
    )
    return tuple(tuple(row) for row in rows)


def lots_of(connection: sqlite3.Connection, case_id: int) -> tuple[Lot, ...]:
    """The lots that images of a case file are in."""
    rows = connection.execute(
        "SELECT * FROM lot WHERE id IN"
        " (SELECT lot_id FROM page WHERE case_id = ? AND position > 0) ORDER BY id",
        (case_id,),
    )
    return tuple(Lot(**dict(row)) for row in rows)


def unsealed_lots(connection: sqlite3.Connection) -> tuple[tuple[Lot, int, int], ...]:
    """(lot, images, case files sent back) of what is in case files not sealed, newest first."""
    rows = connection.execute(
        "SELECT l.*, count(*) AS images,"
        " count(DISTINCT iif(c.state = 'rejected', c.id, NULL)) AS sent_back"
        " FROM case_file c JOIN page p ON p.case_id = c.id JOIN lot l ON l.id = p.lot_id"
        " WHERE c.state <> 'sealed' AND p.position > 0"
        " GROUP BY l.id ORDER BY l.year DESC, l.number DESC"
    )
    found = [dict(row) for row in rows]
    counted = [(row.pop("images"), row.pop("sent_back"), row) for row in found]
    return tuple((Lot(**row), images, back) for images, back, row in counted)


def defects(connection: sqlite3.Connection) -> dict[str, int]:
    """What checkers found in samples: code -> how many images."""
    rows = connection.execute(
        "SELECT defect, count(*) FROM sample_verdict v WHERE defect <> '' AND id = (SELECT max(id)"
        " FROM sample_verdict WHERE sample_id = v.sample_id AND number = v.number) GROUP BY defect"
    )
    return {code: count for code, count in rows}  # noqa: C416 - rows are not pairs
