"""The audit log: whatever is changed in it, it is found."""

# ruff: noqa: S608 - every statement is written here

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.model.actor import Actor
from archiver.store import audit
from archiver.store.database import Database

EVENTS = 6
TEXTS = ("at", "person", "role", "station", "company", "verb", "detail", "hash")
NUMBERS = ("case_id", "page_id")


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(tmp_path_factory.mktemp("log") / "archive.sqlite")
    database.migrate()
    with database.transaction() as connection:
        for number in range(EVENTS):
            actor = Actor(f"person {number}", "operator", "محطة ١", "")
            audit.append(connection, actor, "init", number=number, reason="سبب")
    yield database
    database.close()


def found_after(log: Database, sql: str, *values: object) -> int | None:
    """The first broken event after `sql`, which is then taken back."""
    connection = log.connection
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    try:
        connection.execute(sql, values)
        return audit.first_broken(connection)
    finally:
        connection.execute("ROLLBACK")


def test_a_log_that_nobody_touched_is_whole(log: Database) -> None:
    assert audit.first_broken(log.connection) is None
    rows = list(audit.events(log.connection))
    assert [row.seq for row in rows] == list(range(1, EVENTS + 1))
    assert rows[0].detail == '{"number": 0, "reason": "سبب"}'


@settings(max_examples=300)
@given(
    seq=st.integers(1, EVENTS),
    field=st.sampled_from(TEXTS),
    value=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=70),
)
def test_any_text_that_changes_is_found(log: Database, seq: int, field: str, value: str) -> None:
    query = f"SELECT {field} FROM event WHERE seq = ?"
    (before,) = log.connection.execute(query, (seq,)).fetchone()
    change = f"UPDATE OR IGNORE event SET {field} = ? WHERE seq = ?"
    found = found_after(log, change, value, seq)
    assert found == (None if value == before else seq)


@pytest.mark.parametrize("field", NUMBERS)
@pytest.mark.parametrize("seq", range(1, EVENTS + 1))
def test_an_event_laid_to_another_page_is_found(log: Database, field: str, seq: int) -> None:
    assert found_after(log, f"UPDATE event SET {field} = 7 WHERE seq = ?", seq) == seq


@pytest.mark.parametrize("seq", range(1, EVENTS))
def test_an_event_that_is_taken_out_is_found(log: Database, seq: int) -> None:
    assert found_after(log, "DELETE FROM event WHERE seq = ?", seq) == seq


@given(pair=st.lists(st.integers(1, EVENTS), min_size=2, max_size=2, unique=True))
def test_two_events_that_change_places_are_found(log: Database, pair: list[int]) -> None:
    one, other = pair
    swap = "UPDATE event SET seq = CASE seq WHEN ? THEN -? ELSE -? END WHERE seq IN (?, ?)"
    connection = log.connection
    connection.execute("BEGIN")
    try:
        connection.execute(swap, (one, other, one, one, other))
        connection.execute("UPDATE event SET seq = -seq WHERE seq < 0")
        assert audit.first_broken(connection) == min(pair)
    finally:
        connection.execute("ROLLBACK")


def test_an_event_that_is_put_in_between_is_found(log: Database) -> None:
    added = "INSERT INTO event SELECT 7, at, person, role, station, company, verb, case_id,"
    added += " page_id, detail, 'forged' FROM event WHERE seq = 3"
    assert found_after(log, added) == 7


def test_an_act_and_its_event_stand_or_fall_together(tmp_path: Path) -> None:
    database = Database(tmp_path / "archive.sqlite")
    database.migrate()
    actor = Actor("منى", "operator", "محطة ١", "")
    with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
        audit.append(connection, actor, "import")
        connection.execute(
            "INSERT INTO document (id, case_id, position, kind, title)"
            " VALUES (1, 99, 1, 'cover', '')"
        )
    assert list(audit.events(database.connection)) == []
    database.close()
