"""The audit log: every act with its person, chained by hash so that no row can be changed,
dropped or moved without breaking every hash after it."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from archiver.model.actor import Actor

FIRST_HASH: Final = "0" * 64
_BEYOND: Final = 2**63 - 1  # any number of an event


@dataclass(frozen=True, slots=True)
class EventRow:
    seq: int
    at: str  # ISO 8601, UTC
    person: str
    role: str
    station: str
    company: str
    verb: str
    case_id: int | None
    page_id: int | None
    detail: str  # JSON
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the log at some moment: whoever holds it knows every event up to it."""

    seq: int  # 0: no event yet
    hash: str


NO_EVENTS: Final = Head(0, FIRST_HASH)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def append(
    connection: sqlite3.Connection,
    actor: Actor,
    verb: str,
    *,
    case_id: int | None = None,
    page_id: int | None = None,
    **detail: object,
) -> None:
    """Add an event inside the caller's transaction: the act and its record stand or fall together.

    Keyword arguments beyond the ids become the event's detail (JSON).
    """
    last = head(connection)
    seq, previous = last.seq + 1, last.hash
    text = json.dumps(detail, ensure_ascii=False, sort_keys=True)
    fields = (seq, now(), actor.person, actor.role, actor.station, actor.company)
    fields += (verb, case_id, page_id, text)  # type: ignore[assignment]
    connection.execute(
        "INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?,?,?)", (*fields, _link(previous, fields))
    )


def head(connection: sqlite3.Connection) -> Head:
    """Of the log as it stands."""
    row = connection.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(*row) if row else NO_EVENTS


def _link(previous: str, fields: tuple[object, ...]) -> str:
    canonical = json.dumps([previous, *fields], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def events(connection: sqlite3.Connection, case_id: int | None = None) -> Iterator[EventRow]:
    """The events of one case file, or all, oldest first."""
    where, values = ("WHERE case_id = ?", (case_id,)) if case_id is not None else ("", ())
    for row in connection.execute(f"SELECT * FROM event {where} ORDER BY seq", values):  # noqa: S608
        yield EventRow(**dict(row))


def newest(
    connection: sqlite3.Connection, case_id: int, most: int, once: Sequence[str]
) -> tuple[EventRow, ...]:
    """The newest events of a case file, newest first; of the verbs `once` only the newest each.

    One question an event: a case file has thousands of them, and few are told.
    """
    found: list[EventRow] = []
    told: list[str] = []
    while len(found) < most:
        marks = ",".join("?" * len(told))
        row = connection.execute(
            f"SELECT * FROM event WHERE case_id = ? AND seq < ? AND verb NOT IN ({marks})"  # noqa: S608
            " ORDER BY seq DESC LIMIT 1",
            (case_id, found[-1].seq if found else _BEYOND, *told),
        ).fetchone()
        if row is None:
            break
        found.append(EventRow(**dict(row)))
        if row["verb"] in once:
            told.append(row["verb"])
    return tuple(found)


def first_broken(connection: sqlite3.Connection) -> int | None:
    """The number of the first event that does not fit the chain, None where all do."""
    return walk(connection, {})[1]


def walk(connection: sqlite3.Connection, known: dict[int, str]) -> tuple[int, int | None]:
    """How many events there are, and the first that does not fit; their hashes into `known`."""
    previous, broken = FIRST_HASH, None
    for expected, row in enumerate(connection.execute("SELECT * FROM event ORDER BY seq"), 1):
        fields = tuple(row)[:-1]
        if broken is None and (row["seq"] != expected or row["hash"] != _link(previous, fields)):
            broken = expected
        previous = known[row["seq"]] = row["hash"]
    return len(known), broken
