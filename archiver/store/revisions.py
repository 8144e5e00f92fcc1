"""What people said of the words of a page, as rows that are never changed."""

import sqlite3
from collections.abc import Sequence

from archiver.model.revision import Revision, RevisionKind
from archiver.model.taking_back import Chain, chains

_FIELDS = tuple(Revision.__dataclass_fields__)


def add(connection: sqlite3.Connection, revision: Revision) -> int:
    """Record `revision` (its id is ignored); its id."""
    values = [getattr(revision, name) for name in _FIELDS[1:]]
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(
        f"INSERT INTO revision ({', '.join(_FIELDS[1:])}) VALUES ({marks})",  # noqa: S608
        values,
    )
    return cursor.lastrowid or 0


def of_page(connection: sqlite3.Connection, page_id: int) -> tuple[Revision, ...]:
    """All of them, oldest first."""
    rows = connection.execute("SELECT * FROM revision WHERE page_id = ? ORDER BY id", (page_id,))
    return tuple(Revision(**{**dict(row), "kind": RevisionKind(row["kind"])}) for row in rows)


def standing(connection: sqlite3.Connection, page_id: int) -> tuple[Revision, ...]:
    """Those that stand, oldest first."""
    known = of_page(connection, page_id)
    stand = {chain.act for chain in chains_of(known) if chain.stands}
    return tuple(revision for revision in known if revision.id in stand)


def chains_of(known: Sequence[Revision]) -> tuple[Chain, ...]:
    return chains((revision.id, revision.undoes) for revision in known)


def revised_pages(connection: sqlite3.Connection, case_id: int | None = None) -> tuple[int, ...]:
    """The ids of the pages with revisions, of one case file or of all."""
    rows = connection.execute(
        "SELECT DISTINCT p.id FROM revision r JOIN page p ON p.id = r.page_id"
        " WHERE ? IS NULL OR p.case_id = ? ORDER BY p.id",
        (case_id, case_id),
    )
    return tuple(page_id for (page_id,) in rows)
