"""Case files that came from other stations, as rows: they keep the uids they were given there."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from archiver.model.description import NewValue, Subject, ValueSource
from archiver.store import cases, fields, pages
from archiver.store.audit import now

_PAGE: Final = (
    "position", "width_px", "height_px", "dpi", "source_page", "language", "turn_deg", "blank",
    "confidence", "recipe", "side", "marks", "cut", "said_turn",
)  # fmt: skip
_DOCUMENT: Final = ("kind", "title", "date", "copy", "folios")


@dataclass(frozen=True, slots=True)
class TakenIn:
    package: str
    sha256: str
    case_id: int
    version: int


@dataclass(frozen=True, slots=True)
class Bytes:
    """The blobs of one page, which are on the disk, and what its ALTO says."""

    master: str
    media_type: str
    access: str
    thumbnail: str
    alto: str
    sizes: tuple[int, int, int, int]  # in bytes, in that order; 0 for an ALTO that is not there
    text: str


def known(connection: sqlite3.Connection, package: str) -> TakenIn | None:
    row = connection.execute(
        "SELECT package, sha256, case_id, version FROM taken_in WHERE package = ?", (package,)
    ).fetchone()
    return TakenIn(*row) if row else None


def newest_version(connection: sqlite3.Connection, case_uid: str) -> int:
    """Of what was taken in of the case file; 0 where nothing was."""
    (version,) = connection.execute(
        "SELECT coalesce(max(t.version), 0) FROM taken_in t JOIN case_file c ON c.id = t.case_id"
        " WHERE c.uid = ?",
        (case_uid,),
    ).fetchone()
    return int(version)


def note(connection: sqlite3.Connection, taken: TakenIn, *, station: str, key_id: str) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO taken_in VALUES (?, ?, ?, ?, ?, ?, ?)",
        (taken.package, taken.sha256, taken.case_id, taken.version, station, key_id, now()),
    )


def put_case(connection: sqlite3.Connection, facts: Mapping[str, Any]) -> int:
    """The case file of `facts` with its keys, new or in the place of an earlier version; its id.

    Raises sqlite3.IntegrityError where another case file has its own key or reference.
    """
    values = [facts[name] for name in ("profile", "reference", "title", "access")]
    connection.execute(
        "INSERT INTO case_file (uid, profile, reference, title, state, access, created_at)"
        " VALUES (?, ?, ?, ?, 'sealed', ?, ?) ON CONFLICT (uid) DO UPDATE SET"
        " profile = excluded.profile, reference = excluded.reference, title = excluded.title,"
        " access = excluded.access",
        (facts["uid"], *values, facts["created_at"]),
    )
    (case_id,) = connection.execute(
        "SELECT id FROM case_file WHERE uid = ?", (facts["uid"],)
    ).fetchone()
    connection.execute("DELETE FROM case_key WHERE case_id = ?", (case_id,))
    connection.executemany(
        "INSERT INTO case_key VALUES (?, ?, ?, ?, ?)",
        [
            (case_id, place, key["series"], key["number"], key["judicial_year"])
            for place, key in enumerate(facts["keys"], 1)
        ],
    )
    return int(case_id)


def put_documents(
    connection: sqlite3.Connection, case_id: int, rows: Sequence[Mapping[str, Any]]
) -> dict[int, int]:
    """Position of a document -> its id. Those of an earlier version that are gone stay behind."""
    ids: dict[int, int] = {}
    for row in rows:
        found = connection.execute(
            "SELECT id FROM document WHERE case_id = ? AND position = ?",
            (case_id, row["position"]),
        ).fetchone()
        if found is None:
            document = cases.add_document(connection, case_id, row["kind"], row["title"])
            ids[row["position"]] = document.id
        else:
            ids[row["position"]] = found["id"]
        for name in _DOCUMENT:
            connection.execute(
                f"UPDATE document SET {name} = ?, position = ? WHERE id = ?",  # noqa: S608
                (row.get(name, ""), row["position"], ids[row["position"]]),
            )
    return ids


def drop_pages_beside(
    connection: sqlite3.Connection, case_id: int, uids: Sequence[str]
) -> tuple[int, ...]:
    """Remove the pages of an earlier version that the newer one does not have; their ids."""
    rows = connection.execute(
        "SELECT id FROM page WHERE case_id = ? AND uid NOT IN (SELECT value FROM json_each(?))",
        (case_id, json.dumps(list(uids))),
    ).fetchall()
    gone = tuple(row["id"] for row in rows)
    connection.executemany("DELETE FROM page WHERE id = ?", [(page_id,) for page_id in gone])
    # Positions are unique: the newer version may have moved every one of them.
    connection.execute("UPDATE page SET position = -id WHERE case_id = ?", (case_id,))
    return gone


def put_page(
    connection: sqlite3.Connection,
    facts: Mapping[str, Any],
    found: Bytes,
    *,
    case_id: int,
    document_id: int,
    source_id: int,
    person: str,
) -> int:
    """A page with its words; its id, which stays that of the earlier version."""
    kinds = (found.media_type, "image/jpeg", "image/jpeg", "application/alto+xml")
    keys = (found.master, found.access, found.thumbnail, found.alto)
    for key, size, media_type in zip(keys, found.sizes, kinds, strict=True):
        if key:
            pages.note_blob(connection, key, size, media_type)
    names = (
        "uid", "case_id", "document_id", "source_id", "master", "access", "thumbnail", "alto",
        "text", "imported_by", "state", *(name for name in _PAGE if name in facts),
    )  # fmt: skip
    values = (
        facts["uid"], case_id, document_id, source_id, *keys, found.text, person,
        "read" if found.alto else "waiting",
        *(facts[name] for name in _PAGE if name in facts),
    )  # fmt: skip
    update = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    marks = ", ".join("?" for _ in names)
    connection.execute(
        f"INSERT INTO page ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - names of ours
        f" ON CONFLICT (uid) DO UPDATE SET {update}, indexed = 0",
        values,
    )
    (page_id,) = connection.execute("SELECT id FROM page WHERE uid = ?", (facts["uid"],)).fetchone()
    return int(page_id)


def put_values(
    connection: sqlite3.Connection,
    case_id: int,
    rows: Sequence[Mapping[str, Any]],
    documents: Mapping[int, int],
    person: str,
) -> None:
    """What was said of fields at the station, by whom it was said there.

    documents: position -> id. What an earlier version said and this one does not is emptied by
    `person`; what says the same is left alone. Values of single pages stay in the package: an act
    is never removed, and a page may be missing from the next version.
    """
    before: dict[tuple[Subject, str], list[Any]] = {}
    for value in fields.of_case(connection, case_id):
        before.setdefault((value.subject, value.field), []).append(value.value)
    said: dict[tuple[Subject, str], list[Mapping[str, Any]]] = {key: [] for key in before}
    for row in rows:
        own_row = row["source"] == ValueSource.KEPT  # of the case file itself
        if not own_row and row["page"] is None:
            subject = Subject(case_id, documents.get(row["document"]))
            said.setdefault((subject, row["field"]), []).append(row)
    for (subject, field), theirs in said.items():
        values = [
            NewValue(row["value"], row["as_written"], ValueSource(row["source"])) for row in theirs
        ]
        if [new.value for new in values] != before.get((subject, field), []):
            by = theirs[0]["person"] if theirs else person
            fields.say(connection, subject, field, values, by)


def put_source(connection: sqlite3.Connection, case_id: int, package: str, name: str) -> int:
    """The file a page came from at its station; only its name is known here."""
    mark = f"{package}/{name}"
    row = connection.execute(
        "SELECT id FROM source_file WHERE case_id = ? AND sha256 = ?", (case_id, mark)
    ).fetchone()
    return row["id"] if row else pages.add_source(connection, case_id, mark, name, 1)
