"""The audit log as a whole: heads that were signed show what a chain alone cannot."""

import csv
import io
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver import app
from archiver.errors import NotAllowed, ReceiptInvalid
from archiver.model.actor import Actor
from archiver.package.seal import write_bag
from archiver.package.verify import verify_bag
from archiver.store import audit, heads
from archiver.store.database import Database
from archiver.store.keys import SigningKey, sign_statement
from archiver.transfer.receipts import ACCEPTED, KIND, VERSION, hash_list, verify_receipt
from archiver.workflow.auditing import export_log, verify_log
from archiver.workflow.people import add_person
from archiver.workflow.sealing import STATION_KEY
from archiver.workflow.station import Station
from tests.papers import OPERATOR, finish
from tests.sealing import NAME, case_source

OFFICER = "هالة"


@pytest.fixture
def signed(archive: Path) -> Path:
    """An archive whose log was signed when its writer left."""
    with app.open_station(archive) as station:
        SigningKey.load_or_create(station.keys / STATION_KEY)
        with station.database.transaction() as connection:
            for number in range(8):
                audit.append(connection, OPERATOR, "note", number=number, reason="سبب")
    return archive


def problems(archive: Path, *packages: Path) -> tuple[str, list[str]]:
    with app.open_station(archive, write=False) as station:
        changed, notices = finish(verify_log(station, packages))
    found = changed.facts["problems"]
    assert isinstance(found, list)
    return " ".join(str(notice.error) for notice in notices), found


def tamper(archive: Path, *statements: str) -> None:
    database = Database(archive / "archive.sqlite")
    database.connection.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        database.connection.execute(statement)
    database.close()


def forge(archive: Path, first: int) -> None:
    """Write every event from `first` on anew, so that the chain is whole again."""
    database = Database(archive / "archive.sqlite")
    rows = list(audit.events(database.connection))
    with database.transaction() as connection:
        connection.execute("DELETE FROM event WHERE seq >= ?", (first,))
        for row in rows[first - 1 :]:
            actor = Actor("غيره", row.role, row.station, row.company)
            audit.append(connection, actor, row.verb)
    assert audit.first_broken(database.connection) is None
    database.close()


def test_a_log_that_nobody_touched_is_whole(signed: Path) -> None:
    assert problems(signed) == ("", [])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET person = 'غيره' WHERE seq = 4",
        "DELETE FROM event WHERE seq = 4",
        "UPDATE event SET seq = CASE seq WHEN 4 THEN -5 ELSE -4 END WHERE seq IN (4, 5)",
    ],
)
def test_a_change_in_the_middle_is_found(signed: Path, statement: str) -> None:
    tamper(signed, statement, "UPDATE event SET seq = -seq WHERE seq < 0")
    words, found = problems(signed)
    assert "event 4" in found
    assert "was changed" in words


def test_a_tail_that_is_cut_off_is_found(signed: Path) -> None:
    tamper(signed, "DELETE FROM event WHERE seq > 6")
    words, found = problems(signed)
    assert found == [heads.FILE_NAME]
    assert "events 7 to 9 of the audit log were removed" in words


def test_a_log_written_anew_is_found(signed: Path) -> None:
    forge(signed, 3)
    words, found = problems(signed)
    assert found == [heads.FILE_NAME]
    assert "written anew" in words


def test_a_head_that_is_gone_or_changed_is_found(signed: Path) -> None:
    path = signed / heads.FILE_NAME
    text = path.read_bytes()
    path.unlink()
    assert problems(signed)[1] == [heads.FILE_NAME]
    path.write_bytes(text.replace(b'"seq":9', b'"seq":8'))
    assert problems(signed)[1] == [heads.FILE_NAME]


def test_whoever_has_the_key_is_betrayed_by_the_packages_that_left(
    signed: Path, tmp_path: Path
) -> None:
    """The station's own key signs a shorter log; a package at the centre still holds the head."""
    with app.open_station(signed, write=False) as station:
        key = SigningKey.load(station.keys / STATION_KEY)
        source = case_source(tmp_path, audit_head=audit.head(station.database.connection))
    write_bag(source, tmp_path / NAME, key)
    assert problems(signed, tmp_path / NAME) == ("", [])
    tamper(signed, "DELETE FROM event WHERE seq > 6")
    (signed / heads.FILE_NAME).unlink()
    with app.open_station(signed):
        pass
    assert problems(signed) == ("", [])
    assert problems(signed, tmp_path / NAME)[1] == [NAME]


def test_a_package_that_is_none_is_a_fault_and_no_crash(signed: Path, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK no zip")
    assert problems(signed, tmp_path / "x.zip")[1] == ["x.zip"]


@pytest.mark.parametrize("times", [2000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_any_changed_character_of_the_log_is_found(tmp_path: Path, times: int) -> None:
    database = Database(tmp_path / "archive.sqlite")
    database.migrate()
    with database.transaction() as connection:
        for number in range(5):
            audit.append(connection, OPERATOR, "note", number=number)
    connection, chance = database.connection, random.Random(times)
    names = ("at", "person", "role", "station", "company", "verb", "detail", "hash")
    found = 0
    connection.execute("BEGIN")
    for _ in range(times):
        seq, name = chance.randint(1, 5), chance.choice(names)
        column = f"SELECT {name} FROM event WHERE seq = ?"  # noqa: S608 - a name of ours
        (text,) = connection.execute(column, (seq,)).fetchone()
        raw = bytearray(text.encode() or b" ")
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(7)
        other = raw.decode("utf-8", "replace")
        change = f"UPDATE event SET {name} = ? WHERE seq = ?"  # noqa: S608
        connection.execute(change, (other, seq))
        found += audit.first_broken(connection) == seq
        connection.execute(change, (text, seq))
    connection.execute("ROLLBACK")
    database.close()
    assert found == times


@pytest.mark.parametrize("times", [1000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_any_changed_byte_of_a_receipt_is_found(tmp_path: Path, times: int) -> None:
    station = SigningKey.load_or_create(tmp_path / "keys" / "station.pem")
    centre = SigningKey.load_or_create(tmp_path / "centre" / "centre.pem")
    write_bag(case_source(tmp_path), tmp_path / NAME, station)
    report = verify_bag(tmp_path / NAME)
    receipt = sign_statement(
        centre,
        KIND,
        {
            "version": VERSION, "package": NAME, "verdict": ACCEPTED, "reason": "",
            "size": report.size, "sha256": report.sha256, "files": hash_list(report.files),
            "manifest_sha256": report.manifest_sha256, "station_key_id": station.key_id,
            "received_at": "2026-11-21T10:00:00+00:00", "received_by": "نهى",
            "centre_key_id": centre.key_id,
        },
    )  # fmt: skip
    assert verify_receipt(receipt, centre.public, report, report.files).accepted
    chance = random.Random(times)
    for _ in range(times):
        raw = bytearray(receipt)
        raw[chance.randrange(len(raw))] ^= chance.randrange(1, 256)
        with pytest.raises(ReceiptInvalid):
            verify_receipt(bytes(raw), centre.public, report, report.files)


@pytest.fixture
def officers(archive: Path) -> Iterator[Station]:
    with app.open_station(archive) as station:
        finish(add_person(station, OPERATOR, OFFICER, ["security_officer"]))
        yield station


def test_the_officer_takes_the_log_out_and_that_is_logged(
    officers: Station, tmp_path: Path
) -> None:
    with officers.database.transaction() as connection:
        audit.append(connection, OPERATOR, "note", reason="=1+1")
        audit.append(connection, Actor("=cmd()", "operator", "-x", ""), "note")
    officer = Actor(OFFICER, "operator", "محطة ١", "")
    finish(export_log(officers, officer, tmp_path / "log.csv", form="csv"))
    rows = list(csv.reader(io.StringIO((tmp_path / "log.csv").read_text("utf-8-sig"))))
    assert [len(row) for row in rows] == [11] * 5
    assert rows[4][2] == "'=cmd()"
    assert rows[4][4] == "'-x"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    finish(export_log(officers, officer, tmp_path / "log.json", form="json", first=3))
    events = json.loads((tmp_path / "log.json").read_text("utf-8"))
    assert [event["seq"] for event in events] == [3, 4, 5]
    assert (events[2]["verb"], events[2]["role"]) == ("audit export", "security_officer")
    assert (tmp_path / "log.json").stat().st_mode & 0o077 == 0


def test_nobody_else_takes_the_log_out(officers: Station, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed) as refusal:
        finish(export_log(officers, OPERATOR, tmp_path / "log.csv", form="csv"))
    assert "security officer" in str(refusal.value)
    assert not (tmp_path / "log.csv").exists()
