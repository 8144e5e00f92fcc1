"""What waits for whom, in which order, and what a person did."""

from datetime import datetime
from pathlib import Path

import pytest

from archiver import app
from archiver.errors import TargetFull
from archiver.model.delivery import DeliveryState
from archiver.model.identity import CaseKey
from archiver.store import deliveries, work
from archiver.store.keys import SigningKey
from archiver.workflow import lots
from archiver.workflow.checking import check
from archiver.workflow.importing import import_files
from archiver.workflow.people import add_person
from archiver.workflow.sealing import seal
from archiver.workflow.station import Station
from archiver.workflow.targets import add_target
from archiver.workflow.today import JobKind, local_hour, today
from tests.command_line import answer, archiver
from tests.papers import CHECKER, OPERATOR, RECEIPT, finish, save


def kinds(station: Station, person: str) -> list[JobKind]:
    return [job.kind for job in today(station, app.actor(station, person)).jobs]


def test_jobs_come_in_order_and_by_role(read_station: Station, tmp_path: Path) -> None:
    station = read_station
    finish(import_files(station, OPERATOR, [save(tmp_path / "a.png", RECEIPT)],
                        key=CaseKey("civil", 7, 93)))  # fmt: skip
    assert kinds(station, OPERATOR.person) == [JobKind.READ, JobKind.DESCRIBE]
    finish(add_person(station, OPERATOR, "هالة", ["supervisor"]))
    hala = app.actor(station, "هالة")
    for name, role in ((OPERATOR.person, "operator"), (CHECKER.person, "checker"), ("ندى", "it")):
        finish(add_person(station, hala, name, [role]))
    assert kinds(station, OPERATOR.person) == [JobKind.READ]
    assert kinds(station, CHECKER.person) == [JobKind.CHECK]
    assert kinds(station, "ندى") == []
    assert kinds(station, "هالة") == [JobKind.READ, JobKind.DESCRIBE]

    finish(check(station, CHECKER, 1, accept=False, reason="ص ٢ معتمة"))
    found = today(station, OPERATOR)
    assert [job.kind for job in found.jobs] == [JobKind.SENT_BACK, JobKind.READ]
    assert found.jobs[0].cases[0].case.id == 1
    assert [page.position for page in found.next_pages] == [1, 2]
    finish(check(station, CHECKER, 1, accept=True))
    assert kinds(station, OPERATOR.person) == [JobKind.READ, JobKind.SEAL]


def test_what_an_open_lot_declares_waits_for_its_paper(station: Station, tmp_path: Path) -> None:
    key = CaseKey("civil", 99001, 93)
    finish(lots.open_lot(station, OPERATOR, "118/2026"))
    lot = lots.find_lot(station, "118/2026")
    assert kinds(station, OPERATOR.person) == []
    finish(lots.declare(station, OPERATOR, lot, key=key, sheets=1))
    assert kinds(station, OPERATOR.person) == [JobKind.SCAN]
    finish(import_files(station, OPERATOR, [save(tmp_path / "a.png", RECEIPT)], key=key))
    assert kinds(station, OPERATOR.person) == [JobKind.READ]


def test_a_held_package_is_an_alert_with_its_way_out(read_station: Station, tmp_path: Path) -> None:
    station = read_station
    finish(check(station, CHECKER, 1, accept=True))
    finish(seal(station, OPERATOR, 1))
    assert kinds(station, OPERATOR.person) == [JobKind.SEND]
    key = SigningKey.load_or_create(tmp_path / "key").public
    add_target(station, OPERATOR, "centre", tmp_path / "centre", key)
    with station.database.transaction() as connection:
        deliveries.enqueue(connection, 1, "centre")
        error = TargetFull(target="centre", detail="0 B")
        deliveries.set_state(connection, 1, DeliveryState.HELD, error=error)
    (trouble,) = today(station, OPERATOR).troubles
    assert trouble.case.id == 1
    assert str(trouble.error) == str(error)
    assert trouble.error.way_out()


def test_a_page_counts_once_a_day_and_for_who_did_it(read_station: Station) -> None:
    done = today(read_station, OPERATOR).done
    assert [count for _, count in done] == [0, 0, 0, 0, 0, 2]
    assert done[-1][0] == datetime.now().astimezone().date()
    assert today(read_station, CHECKER).done[-1][1] == 0
    finish(check(read_station, CHECKER, 1, accept=True))
    assert today(read_station, CHECKER).done[-1][1] == 2


def test_the_log_is_read_from_a_moment_on(read_station: Station) -> None:
    connection = read_station.database.connection
    whole = work.done(connection, "", ("import", "read"))
    assert {row.verb for row in whole} == {"import", "read"}
    assert sum(row.pages for row in whole if row.verb == "import") == 2
    assert work.done(connection, "9", ("import", "read")) == ()
    assert local_hour(whole[0].hour).tzinfo is not None


@pytest.mark.slow
def test_the_verb_today(read_archive: Path) -> None:
    told = answer(archiver("today", "--archive", read_archive, "--json", "--as", CHECKER.person))
    assert [job["job"] for job in told["jobs"]] == ["describe"]
    assert told["jobs"][0]["pages"] == 2
    shown = archiver("today", "--archive", read_archive, "--lang", "ar", "--as", CHECKER.person)
    assert "تنتظر الوصف" in shown.stdout
