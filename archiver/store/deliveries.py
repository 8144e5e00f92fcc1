"""Seals and the outbox, as rows."""

import json
import sqlite3

from archiver.errors import ArchiverError
from archiver.model.delivery import Delivery, DeliveryState, Seal
from archiver.store.audit import now

_SEAL = tuple(Seal.__dataclass_fields__)


def _seal(row: sqlite3.Row) -> Seal:
    return Seal(**{name: row[name] for name in _SEAL})


def _delivery(row: sqlite3.Row) -> Delivery:
    facts = {**dict(row), "state": DeliveryState(row["state"]), "paused": bool(row["paused"])}
    return Delivery(**facts)


def add_seal(connection: sqlite3.Connection, seal: Seal, files: dict[str, str]) -> int:
    """Record `seal` (its id is ignored); `files`: path inside the bag -> SHA-256."""
    cursor = connection.execute(
        "INSERT INTO seal (case_id, version, name, size, sha256, manifest_sha256, files,"
        " signature, key_id, sealed_at, sealed_by) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (
            seal.case_id, seal.version, seal.name, seal.size, seal.sha256, seal.manifest_sha256,
            json.dumps(files), seal.signature, seal.key_id, seal.sealed_at, seal.sealed_by,
        ),
    )  # fmt: skip
    return cursor.lastrowid or 0


def seals(connection: sqlite3.Connection, case_id: int | None = None) -> tuple[Seal, ...]:
    """Of one case file or of all, oldest first."""
    rows = connection.execute(
        "SELECT * FROM seal WHERE ? IS NULL OR case_id = ? ORDER BY id", (case_id, case_id)
    )
    return tuple(_seal(row) for row in rows)


def sealed_files(connection: sqlite3.Connection, seal_id: int) -> dict[str, str]:
    (files,) = connection.execute("SELECT files FROM seal WHERE id = ?", (seal_id,)).fetchone()
    return dict(json.loads(files))


def enqueue(connection: sqlite3.Connection, seal_id: int, target: str) -> None:
    """Put a seal into the outbox for `target`; nothing happens if it is there already."""
    connection.execute(
        "INSERT OR IGNORE INTO delivery (seal_id, target, state, updated_at)"
        " VALUES (?, ?, 'sealed', ?)",
        (seal_id, target, now()),
    )


def deliveries(
    connection: sqlite3.Connection, target: str | None = None
) -> tuple[tuple[Seal, Delivery], ...]:
    rows = connection.execute(
        "SELECT * FROM delivery WHERE ? IS NULL OR target = ? ORDER BY id", (target, target)
    ).fetchall()
    known = {seal.id: seal for seal in seals(connection)}
    return tuple((known[row["seal_id"]], _delivery(row)) for row in rows)


def of_case(connection: sqlite3.Connection, case_id: int) -> tuple[Delivery, ...]:
    """The deliveries of all seals of a case file, oldest first."""
    rows = connection.execute(
        "SELECT d.* FROM delivery d JOIN seal s ON s.id = d.seal_id WHERE s.case_id = ?"
        " ORDER BY d.id",
        (case_id,),
    )
    return tuple(_delivery(row) for row in rows)


def set_state(
    connection: sqlite3.Connection,
    delivery_id: int,
    state: DeliveryState,
    *,
    error: ArchiverError | None = None,
    receipt: str = "",
) -> None:
    """Where it stands now. What went well forgets the failed tries."""
    connection.execute(
        "UPDATE delivery SET state = ?, error_code = ?, error_facts = ?, receipt = ?,"
        " updated_at = ?, tries = 0, next_try_at = '' WHERE id = ?",
        (
            state,
            error.code if error else "",
            json.dumps(error.facts if error else {}, ensure_ascii=False),
            receipt,
            now(),
            delivery_id,
        ),
    )


def set_wire(
    connection: sqlite3.Connection, delivery_id: int, name: str, size: int, sha256: str
) -> None:
    """What goes over the line is made and hashed."""
    connection.execute(
        "UPDATE delivery SET state = 'hashed', wire_name = ?, wire_size = ?, wire_sha256 = ?,"
        " updated_at = ? WHERE id = ?",
        (name, size, sha256, now(), delivery_id),
    )


def set_failed(
    connection: sqlite3.Connection,
    delivery_id: int,
    state: DeliveryState,
    error: ArchiverError,
    tries: int,
    next_try_at: str,
) -> None:
    """It did not go; what is at the target stays there."""
    connection.execute(
        "UPDATE delivery SET state = ?, error_code = ?, error_facts = ?, updated_at = ?,"
        " tries = ?, next_try_at = ? WHERE id = ?",
        (
            state,
            error.code,
            json.dumps(error.facts, ensure_ascii=False),
            now(),
            tries,
            next_try_at,
            delivery_id,
        ),
    )


def set_paused(connection: sqlite3.Connection, delivery_id: int, *, paused: bool) -> None:
    """Resumed, it is tried at once."""
    connection.execute(
        "UPDATE delivery SET paused = ?, next_try_at = '' WHERE id = ?", (paused, delivery_id)
    )


def is_paused(connection: sqlite3.Connection, delivery_id: int) -> bool:
    row = connection.execute("SELECT paused FROM delivery WHERE id = ?", (delivery_id,)).fetchone()
    return bool(row["paused"])


def set_priority(connection: sqlite3.Connection, delivery_id: int, priority: int) -> None:
    connection.execute("UPDATE delivery SET priority = ? WHERE id = ?", (priority, delivery_id))


def pause_target(connection: sqlite3.Connection, target: str, person: str) -> None:
    """target: "" for all."""
    connection.execute(
        "INSERT OR IGNORE INTO paused_target VALUES (?, ?, ?)", (target, now(), person)
    )


def resume_target(connection: sqlite3.Connection, target: str) -> None:
    connection.execute("DELETE FROM paused_target WHERE target = ?", (target,))


def paused_targets(connection: sqlite3.Connection) -> frozenset[str]:
    """Names; "" where all are paused."""
    return frozenset(row[0] for row in connection.execute("SELECT target FROM paused_target"))
