"""What the centre has signed for goes into its own archive, once, and is found there."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver import app
from archiver.model.casefile import CaseState
from archiver.model.changes import Changed, Notice, Progress
from archiver.package.verify import verify_bag
from archiver.settings import Identity
from archiver.store import audit, pages
from archiver.store.keys import PublicKey, SigningKey
from archiver.transfer.folder import prepare_folder
from archiver.workflow.checking import check
from archiver.workflow.describing import describe, field_values, typed
from archiver.workflow.queries import case_view, list_cases
from archiver.workflow.receiving import Desk, receive_packages, watch_packages
from archiver.workflow.reopening import reopen
from archiver.workflow.sealing import STATION_KEY, seal
from archiver.workflow.search import search
from archiver.workflow.station import Station
from archiver.workflow.verifying import verify
from tests.papers import CHECKER, OPERATOR, finish

LIBRARIAN = "نهى"


@pytest.fixture
def sealed(read_station: Station) -> Station:
    finish(check(read_station, CHECKER, 1, accept=True))
    finish(seal(read_station, OPERATOR, 1))
    return read_station


@pytest.fixture
def drop(tmp_path: Path, sealed: Station) -> Path:
    prepare_folder(tmp_path / "drop")
    bring(sealed, tmp_path / "drop")
    return tmp_path / "drop"


def bring(station: Station, drop: Path) -> None:
    for package in station.sealed.glob("*.zip"):
        shutil.copy(package, drop / "incoming")


@pytest.fixture
def desk(tmp_path: Path, sealed: Station) -> Desk:
    found = Desk(tmp_path / "desk")
    found.trust(SigningKey.load(sealed.keys / STATION_KEY).public)
    return found


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Station]:
    app.init_archive(tmp_path / "centre", OPERATOR, Identity("المركز", ""))
    with app.open_station(tmp_path / "centre") as station:
        yield station


def test_librarians_find_what_the_station_delivered(
    sealed: Station, centre: Station, desk: Desk, drop: Path
) -> None:
    changed, notices = finish(receive_packages(desk, drop, LIBRARIAN, into=centre))
    assert not notices
    assert len(changed.facts["taken_in"]) == 1  # type: ignore[arg-type]
    (row,) = list_cases(centre)
    here, there = case_view(centre, row.case.id), case_view(sealed, 1)
    assert here.case.uid == there.case.uid
    assert here.case.keys == there.case.keys
    assert here.case.state is CaseState.SEALED
    assert [(d.kind, d.title) for d in here.documents] == [
        (d.kind, d.title) for d in there.documents
    ]
    for mine, theirs in zip(here.pages, there.pages, strict=True):
        assert mine.master == theirs.master
        assert centre.blobs.is_sound(mine.master)
        assert (mine.uid, mine.text, mine.alto) == (theirs.uid, theirs.text, theirs.alto)
        assert centre.blobs.is_sound(mine.access)
    assert search(centre, "جلسة").total == search(sealed, "جلسة").total == 1
    _, notices = finish(verify(centre))
    assert not notices
    last = list(audit.events(centre.database.connection))[-1]
    assert (last.verb, last.person) == ("take in", LIBRARIAN)


def test_what_was_said_of_its_fields_comes_along(
    read_station: Station, centre: Station, tmp_path: Path
) -> None:
    desk = Desk(tmp_path / "desk")
    desk.trust(SigningKey.load_or_create(read_station.keys / STATION_KEY).public)
    said = [("clerk", "سميرة حسن"), ("circuit", "الدائرة المدنية")]
    finish(describe(read_station, OPERATOR, 1, typed(read_station, 1, said)))
    prepare_folder(tmp_path / "drop")

    def delivered() -> list[tuple[str, object, str]]:
        finish(check(read_station, CHECKER, 1, accept=True))
        finish(seal(read_station, OPERATOR, 1))
        bring(read_station, tmp_path / "drop")
        finish(receive_packages(desk, tmp_path / "drop", LIBRARIAN, into=centre))
        here, there = (
            [(v.field, v.value, v.person) for v in field_values(each, 1)]
            for each in (centre, read_station)
        )
        assert here == there
        return here

    assert ("circuit", "civil", OPERATOR.person) in delivered()
    assert search(centre, "دائرة:civil").total > 0
    finish(reopen(read_station, OPERATOR, 1, "خطأ"))
    finish(describe(read_station, OPERATOR, 1, typed(read_station, 1, [("circuit", "")])))
    assert "circuit" not in [field for field, _value, _person in delivered()]


def test_it_is_done_once(centre: Station, desk: Desk, drop: Path) -> None:
    finish(receive_packages(desk, drop, LIBRARIAN, into=centre))
    before = list(audit.events(centre.database.connection))
    changed, _ = finish(receive_packages(desk, drop, LIBRARIAN, into=centre))
    assert changed.facts["taken_in"] == []
    assert list(audit.events(centre.database.connection)) == before


def test_what_was_signed_for_earlier_is_taken_in_too(
    centre: Station, desk: Desk, drop: Path
) -> None:
    finish(receive_packages(desk, drop, LIBRARIAN))
    changed, _ = finish(receive_packages(desk, drop, LIBRARIAN, into=centre))
    assert len(changed.facts["known"]) == 1  # type: ignore[arg-type]
    assert len(changed.facts["taken_in"]) == 1  # type: ignore[arg-type]


def test_a_newer_version_takes_the_place_of_the_older(
    sealed: Station, centre: Station, desk: Desk, drop: Path
) -> None:
    finish(receive_packages(desk, drop, LIBRARIAN, into=centre))
    first = {page.uid: page.id for page in pages.of_case(centre.database.connection, 1)}
    finish(reopen(sealed, OPERATOR, 1, "صفحة زائدة"))
    with sealed.database.transaction() as connection:  # a page less, and another title
        connection.execute("UPDATE case_file SET title = 'عنوان جديد' WHERE id = 1")
        gone = pages.of_case(connection, 1)[0]
        connection.execute("UPDATE event SET page_id = NULL WHERE page_id = ?", (gone.id,))
        _forget(connection, gone.id)
    finish(check(sealed, CHECKER, 1, accept=True))
    finish(seal(sealed, OPERATOR, 1))
    bring(sealed, drop)
    changed, notices = finish(receive_packages(desk, drop, LIBRARIAN, into=centre))
    assert not notices
    assert len(changed.facts["taken_in"]) == 1  # type: ignore[arg-type]
    view = case_view(centre, 1)
    assert view.case.title == "عنوان جديد"
    assert [first[page.uid] for page in view.pages] == [page.id for page in view.pages]
    assert len(view.pages) == 1
    assert centre.index.count() == 1


def _forget(connection: sqlite3.Connection, page_id: int) -> None:
    """As if the page had never been there."""
    for table in ("field_proposal",):
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        if "page_id" in names:
            connection.execute(f"DELETE FROM {table} WHERE page_id = ?", (page_id,))  # noqa: S608
    connection.execute("DELETE FROM page WHERE id = ?", (page_id,))


def test_two_stations_with_one_number_wait_for_a_person(
    centre: Station, desk: Desk, drop: Path
) -> None:
    with centre.database.transaction() as connection:
        connection.execute(
            "INSERT INTO case_file VALUES (77, 'x', 'case_file', '99001/93', '', 'open',"
            " 'court_internal', '')"
        )
        connection.execute("INSERT INTO case_key VALUES (77, 1, 'civil', 99001, 93)")
    changed, notices = finish(receive_packages(desk, drop, LIBRARIAN, into=centre))
    assert [notice.error.code for notice in notices] == ["NotTakenIn"]
    assert "has its number" in str(notices[0].error)
    assert changed.facts["accepted"]
    assert changed.facts["taken_in"] == []


def test_a_package_of_the_first_form_is_signed_for_but_not_taken_in(
    centre: Station, desk: Desk, drop: Path
) -> None:
    old = next((Path(__file__).parent / "packages").glob("*.zip"))
    for path in (drop / "incoming").iterdir():
        path.unlink()
    shutil.copy(old, drop / "incoming")
    changed, notices = finish(receive_packages(desk, drop, LIBRARIAN, into=centre))
    assert [notice.error.code for notice in notices] == ["StationUnknown"]
    desk.trust(PublicKey.from_pem(verify_bag(old).station_key))
    changed, notices = finish(receive_packages(desk, drop, LIBRARIAN, into=centre))
    assert changed.facts["accepted"] == [old.name]
    assert [notice.error.code for notice in notices] == ["NotTakenIn"]
    assert "without the station's record" in str(notices[0].error)


def test_a_watch_looks_again_until_it_is_stopped(sealed: Station, desk: Desk, drop: Path) -> None:
    for path in (drop / "incoming").iterdir():
        path.unlink()
    stop, rounds = threading.Event(), 0
    changed = None
    for step in watch_packages(desk, drop, LIBRARIAN, every_s=0.01, stop=stop):
        if isinstance(step, Progress) and step.what == "Waiting for packages":
            rounds += 1
            if rounds == 2:
                bring(sealed, drop)
            elif rounds == 5:
                stop.set()
        changed = step
    assert rounds == 5
    assert isinstance(changed, Changed)
    (package,) = sealed.sealed.glob("*.zip")
    assert changed.facts["accepted"] == [package.name]
    assert changed.facts["known"] == [package.name]


def test_a_watch_outlives_a_disk_that_goes_away(desk: Desk, drop: Path) -> None:
    stop, notices = threading.Event(), []
    drop.rename(drop.with_name("away"))
    for step in watch_packages(desk, drop, LIBRARIAN, every_s=0.01, stop=stop):
        if isinstance(step, Notice):
            notices.append(step.error.code)
        elif isinstance(step, Progress) and step.what == "Waiting for packages":
            if notices and not drop.exists():
                drop.with_name("away").rename(drop)
            else:
                stop.set()
    assert notices == ["TargetUnreachable"]
    assert len(list((drop / "receipts").iterdir())) == 1
