"""What was measured on the pictures of pages, as rows."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

Figures = dict[str, dict[str, Any]]  # name -> {"figure": number, "at": part of the picture or null}


@dataclass(frozen=True, slots=True)
class Unmeasured:
    page_id: int
    access: str  # blob key
    long_in: float  # of the paper


def unmeasured(connection: sqlite3.Connection, case_id: int, version: int) -> list[Unmeasured]:
    """The pages of a case file without figures of this version."""
    rows = connection.execute(
        "SELECT p.id, p.access, 1.0 * max(p.width_px, p.height_px) / p.dpi FROM page p"
        " LEFT JOIN page_check c ON c.page_id = p.id"
        " WHERE p.case_id = ? AND p.position > 0 AND coalesce(c.version, 0) <> ?"
        " ORDER BY p.position",
        (case_id, version),
    )
    return [Unmeasured(*row) for row in rows]


def keep(
    connection: sqlite3.Connection, version: int, found: Sequence[tuple[int, Figures]]
) -> None:
    """Keep the figures of pages. One that is blank is marked so, until it is read."""
    connection.executemany(
        "INSERT OR REPLACE INTO page_check VALUES (?, ?, ?)",
        [(page, version, json.dumps(figures, sort_keys=True)) for page, figures in found],
    )
    connection.executemany(
        "UPDATE page SET blank = ? WHERE id = ? AND state = 'waiting' AND said_blank IS NULL",
        [(bool(figures["blank"]["figure"]), page) for page, figures in found if "blank" in figures],
    )


class Checked(NamedTuple):
    """What the rules ask of a page, named as in `Page`. `figures`: {} before it is measured."""

    id: int
    document_id: int
    width_px: int
    height_px: int
    dpi: int
    blank: int
    cut: str
    accepted: str
    text: str
    figures: Figures


_CHECKED = ", ".join(f"p.{name}" for name in Checked._fields[:-1])


def of_case(connection: sqlite3.Connection, case_id: int) -> Iterator[Checked]:
    """The pages in the numbering, in the order of the paper."""
    rows = connection.execute(
        f"SELECT {_CHECKED}, coalesce(c.figures, '{{}}') FROM page p"  # noqa: S608 - our own names
        " LEFT JOIN page_check c ON c.page_id = p.id"
        " WHERE p.case_id = ? AND p.position > 0 ORDER BY p.position",
        (case_id,),
    )
    return (Checked._make((*row[:-1], json.loads(row[-1]))) for row in map(tuple, rows))
