"""Masters leave only after a verified receipt, by the hand of somebody who may; search goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver import app
from archiver.errors import (
    MastersGone,
    NoReceipt,
    NotAllowed,
    ReceiptInvalid,
    StorageFailed,
    WrongState,
)
from archiver.model.actor import Actor
from archiver.model.casefile import CaseState
from archiver.store import audit, cases, pages, purges
from archiver.store.keys import SigningKey
from archiver.workflow.auditing import verify_log
from archiver.workflow.checking import ReasonMissing, check
from archiver.workflow.delivering import collect, send
from archiver.workflow.exporting import export
from archiver.workflow.people import add_person
from archiver.workflow.purging import purge
from archiver.workflow.queries import case_view
from archiver.workflow.receiving import Desk, receive_packages
from archiver.workflow.reopening import reopen
from archiver.workflow.sealing import STATION_KEY, seal
from archiver.workflow.search import search
from archiver.workflow.station import Station
from archiver.workflow.targets import add_target
from archiver.workflow.verifying import verify
from tests.papers import CHECKER, OPERATOR, finish

ARCHIVIST = Actor("هالة", "operator", OPERATOR.station, OPERATOR.company)


@pytest.fixture
def sealed(read_archive: Path) -> Iterator[Station]:
    """A sealed case file of two pages, and somebody who may remove masters."""
    with app.open_station(read_archive) as station:
        finish(add_person(station, OPERATOR, ARCHIVIST.person, ["supervisor"]))
        finish(check(station, CHECKER, 1, accept=True))
        finish(seal(station, OPERATOR, 1))
        yield station


@pytest.fixture
def desk(sealed: Station, tmp_path: Path) -> Desk:
    found = Desk(tmp_path / "centre")
    found.trust(SigningKey.load(sealed.keys / STATION_KEY).public)
    add_target(sealed, OPERATOR, "centre", tmp_path / "drop", found.key().public)
    return found


@pytest.fixture
def receipted(sealed: Station, desk: Desk, tmp_path: Path) -> Station:
    finish(send(sealed, OPERATOR, "centre"))
    finish(receive_packages(desk, tmp_path / "drop", "نهى"))
    finish(collect(sealed, OPERATOR, "centre"))
    return sealed


def masters(station: Station) -> list[Path]:
    found = pages.of_case(station.database.connection, 1)
    return [station.blobs.path(page.master) for page in found]


def test_nothing_goes_without_a_receipt(sealed: Station) -> None:
    with pytest.raises(NoReceipt):
        finish(purge(sealed, ARCHIVIST, 1))
    assert all(path.exists() for path in masters(sealed))


def test_nothing_goes_by_the_hand_of_others(receipted: Station) -> None:
    with pytest.raises(NotAllowed):
        finish(purge(receipted, OPERATOR, 1))
    assert all(path.exists() for path in masters(receipted))


def test_a_receipt_that_was_changed_here_counts_for_nothing(receipted: Station) -> None:
    with receipted.database.transaction() as connection:
        connection.execute("UPDATE delivery SET receipt = replace(receipt, 'نهى', 'غيرها')")
    with pytest.raises(ReceiptInvalid):
        finish(purge(receipted, ARCHIVIST, 1))
    assert all(path.exists() for path in masters(receipted))


def test_nothing_goes_where_the_access_copy_is_damaged(receipted: Station) -> None:
    page = pages.of_case(receipted.database.connection, 1)[0]
    path = receipted.blobs.path(page.access)
    path.chmod(0o644)
    path.write_bytes(b"damaged")
    with pytest.raises(StorageFailed):
        finish(purge(receipted, ARCHIVIST, 1))
    assert all(path.exists() for path in masters(receipted))


def test_a_dry_run_removes_nothing(receipted: Station) -> None:
    changed, _ = finish(purge(receipted, ARCHIVIST, 1, dry_run=True))
    assert changed.facts["masters"] == 2
    assert all(path.exists() for path in masters(receipted))
    assert not purges.purged_blobs(receipted.database.connection)


def test_masters_go_and_everything_else_goes_on(receipted: Station, tmp_path: Path) -> None:
    changed, _ = finish(purge(receipted, ARCHIVIST, 1))
    assert changed.facts["masters"] == 2
    assert not any(path.exists() for path in masters(receipted))
    assert not list(receipted.sealed.glob("*.zip"))
    last = list(audit.events(receipted.database.connection))[-1]
    assert (last.verb, last.person, last.role) == ("purge", "هالة", "supervisor")
    checked, notices = finish(verify(receipted))
    assert (checked.facts["problems"], checked.facts["purged"]) == ([], 2)
    assert not notices
    assert search(receipted, "جلسة").total
    made, _ = finish(export(receipted, OPERATOR, 1, form="pdf", folder=tmp_path / "out"))
    assert made.facts
    log, notices = finish(verify_log(receipted))
    assert not notices
    assert log.facts["heads"] == 2
    with pytest.raises(MastersGone):
        finish(reopen(receipted, OPERATOR, 1, "سبب"))


def test_a_purge_that_was_cut_off_is_done_by_doing_it_again(receipted: Station) -> None:
    steps = purge(receipted, ARCHIVIST, 1)
    for step in steps:
        if getattr(step, "what", "") == "Removing masters":
            break
    steps.close()  # type: ignore[attr-defined]
    assert sum(path.exists() for path in masters(receipted)) == 1
    _, notices = finish(verify(receipted))
    assert not notices
    finish(purge(receipted, ARCHIVIST, 1))
    assert not any(path.exists() for path in masters(receipted))


def test_a_master_that_another_case_file_shows_stays(receipted: Station) -> None:
    connection = receipted.database.connection
    first = pages.of_case(connection, 1)[0]
    with receipted.database.transaction() as connection:
        other = cases.add(connection, profile="heritage_item", keys=(), reference="H-9", title="")
        document = cases.add_document(connection, other.id, "cover", "")
        source = pages.add_source(connection, other.id, "x", "x", 1)
        size = receipted.blobs.size(first.master)
        copy = pages.NewPage(first.master, first.media_type, first.access, first.thumbnail,
                             (size, size, size), 1, 1, 300, 0, 1)  # fmt: skip
        pages.add(connection, copy, case_id=other.id, document_id=document.id, source_id=source,
                  language="ara", person="x")  # fmt: skip
    finish(purge(receipted, ARCHIVIST, 1))
    assert [path.exists() for path in masters(receipted)] == [True, False]


def test_a_correction_is_a_new_version_that_names_the_old(sealed: Station) -> None:
    with pytest.raises(ReasonMissing):
        finish(reopen(sealed, OPERATOR, 1, " "))
    finish(reopen(sealed, OPERATOR, 1, "صفحة ناقصة"))
    with pytest.raises(WrongState):
        finish(reopen(sealed, OPERATOR, 1, "مرة أخرى"))
    finish(check(sealed, CHECKER, 1, accept=True))
    finish(seal(sealed, OPERATOR, 1))
    view = case_view(sealed, 1)
    assert view.case.state is CaseState.SEALED
    first, second = view.seals
    assert (first.version, second.version) == (1, 2)
    statement = purges.statements(sealed.database.connection)[second.name]
    assert f'"replaces":"{first.name}"' in statement
    assert (sealed.sealed / first.name).exists()
    _, notices = finish(verify(sealed))
    assert not notices
