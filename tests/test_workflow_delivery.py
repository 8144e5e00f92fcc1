"""Check, seal, send, receive, collect: the whole way to a verified receipt, and what stops it."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from archiver import app
from archiver.errors import (
    ArchiveDamaged,
    KeyUnusable,
    NoSuchTarget,
    OwnWork,
    PackageRefused,
    PagesUnread,
    PublicKeyUnusable,
    ReceiptInvalid,
    StationUnknown,
    TargetUnreachable,
    WrongState,
)
from archiver.model.casefile import CaseState
from archiver.model.changes import Changed, Notice
from archiver.model.delivery import DeliveryState
from archiver.model.identity import CaseKey
from archiver.store.keys import PublicKey, SigningKey
from archiver.workflow import queries
from archiver.workflow.checking import ReasonMissing, check
from archiver.workflow.delivering import collect, send
from archiver.workflow.importing import import_files
from archiver.workflow.receiving import Desk, receive_packages
from archiver.workflow.sealing import STATION_KEY, seal
from archiver.workflow.station import Station
from archiver.workflow.targets import (
    BadTargetName,
    HoursUnclear,
    TargetExists,
    TargetUnclear,
    add_target,
    move_target,
    set_hours,
)
from archiver.workflow.verifying import verify
from tests.papers import CASE, CHECKER, JUDGMENT, OPERATOR, finish, save

RECEIPT = ".receipt.json"


@dataclass
class Way:
    """A station, a drop box and a centre that know each other."""

    station: Station
    drop: Path
    desk: Desk

    @property
    def case_id(self) -> int:
        return queries.find_case(self.station, CASE).id

    @property
    def package(self) -> Path:
        (path,) = self.station.sealed.glob("*.zip")
        return path

    @property
    def receipt(self) -> Path:
        return self.drop / "receipts" / (self.package.name + RECEIPT)

    def seal(self) -> None:
        finish(check(self.station, CHECKER, self.case_id, accept=True))
        finish(seal(self.station, OPERATOR, self.case_id))

    def send(self) -> tuple[Changed, list[Notice]]:
        return finish(send(self.station, OPERATOR, "centre"))

    def receive(self) -> tuple[Changed, list[Notice]]:
        return finish(receive_packages(self.desk, self.drop, "أمين المركز"))

    def collect(self) -> tuple[Changed, list[Notice]]:
        return finish(collect(self.station, OPERATOR, "centre"))

    def state(self) -> DeliveryState:
        (row,) = queries.list_deliveries(self.station)
        return row.delivery.state

    def problems(self) -> object:
        return finish(verify(self.station))[0].facts["problems"]


@pytest.fixture
def way(read_station: Station, tmp_path: Path) -> Iterator[Way]:
    found = Way(read_station, tmp_path / "drop", Desk(tmp_path / "desk"))
    add_target(read_station, OPERATOR, "centre", found.drop, found.desk.key().public)
    found.desk.trust(SigningKey.load_or_create(read_station.keys / STATION_KEY).public)
    yield found


def flip(path: Path, place: int = -1) -> None:
    """Change one byte; of a read-only file, too."""
    content = bytearray(path.read_bytes())
    content[place if place >= 0 else len(content) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)


# --- checking -----------------------------------------------------------------------------------


@pytest.mark.parametrize("accept", [True, False])
def test_nobody_checks_their_own_work(way: Way, accept: bool) -> None:
    with pytest.raises(OwnWork, match="منى"):
        finish(check(way.station, OPERATOR, way.case_id, accept=accept, reason="x"))
    assert queries.case_by_id(way.station, way.case_id).state is CaseState.OPEN


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_rejection_needs_a_reason(way: Way, reason: str) -> None:
    with pytest.raises(ReasonMissing):
        finish(check(way.station, CHECKER, way.case_id, accept=False, reason=reason))


def test_a_rejection_is_kept_with_its_reason(way: Way) -> None:
    finish(check(way.station, CHECKER, way.case_id, accept=False, reason="ص ٢ معتمة"))
    view = queries.case_view(way.station, way.case_id)
    assert view.case.state is CaseState.REJECTED
    assert json.loads(view.events[-1].detail) == {"before": "open", "reason": "ص ٢ معتمة"}
    with pytest.raises(WrongState):
        finish(seal(way.station, OPERATOR, way.case_id))
    finish(check(way.station, CHECKER, way.case_id, accept=True))
    assert queries.case_by_id(way.station, way.case_id).state is CaseState.ACCEPTED


def test_unread_pages_are_not_accepted(way: Way, tmp_path: Path) -> None:
    late = save(tmp_path / "late.jpg", (*JUDGMENT, "ملحق"))
    finish(import_files(way.station, OPERATOR, [late], key=CaseKey.parse(CASE)))
    with pytest.raises(PagesUnread, match="not been read yet: 1"):
        finish(check(way.station, CHECKER, way.case_id, accept=True))


def test_only_a_checked_case_file_is_sealed_and_only_once(way: Way) -> None:
    with pytest.raises(WrongState):
        finish(seal(way.station, OPERATOR, way.case_id))
    assert list(way.station.sealed.iterdir()) == []
    way.seal()
    with pytest.raises(WrongState):
        finish(seal(way.station, OPERATOR, way.case_id))
    with pytest.raises(WrongState):
        finish(check(way.station, CHECKER, way.case_id, accept=False, reason="late"))


# --- the whole way ------------------------------------------------------------------------------


def test_a_package_is_sent_signed_for_and_the_receipt_verified(way: Way) -> None:
    way.seal()
    changed, notices = way.send()
    assert (changed.facts["sent"], notices, way.state()) == (1, [], DeliveryState.COMMITTED)
    sent = way.drop / "incoming" / way.package.name
    assert sent.read_bytes() == way.package.read_bytes()
    assert way.collect()[0].facts["receipts"] == []
    assert way.receive()[0].facts["accepted"] == [way.package.name]
    changed, notices = way.collect()
    assert (changed.facts["receipts"], notices) == ([way.package.name], [])
    assert way.state() is DeliveryState.RECEIPTED
    assert way.problems() == []
    (row,) = queries.list_deliveries(way.station)
    assert json.loads(row.delivery.receipt)["receipt"]["sha256"] == row.seal.sha256
    events = queries.case_view(way.station, way.case_id).events
    assert [event.verb for event in events][-4:] == ["accept", "seal", "send", "receipt"]


def test_what_is_done_is_not_done_again(way: Way) -> None:
    way.seal()
    way.send(), way.receive(), way.collect()
    receipt = way.receipt.read_bytes()
    assert way.send()[0].facts["sent"] == 0
    assert way.receive()[0].facts["known"] == [way.package.name]
    assert way.collect()[0].facts["receipts"] == []
    assert way.receipt.read_bytes() == receipt
    assert [path.name for path in (way.drop / "incoming").iterdir()] == [way.package.name]


def test_a_send_collects_receipts_that_lie_there(way: Way) -> None:
    way.seal()
    way.send(), way.receive()
    assert way.send()[0].facts["receipts"] == [way.package.name]
    assert way.state() is DeliveryState.RECEIPTED


@pytest.mark.parametrize(
    "spoil",
    [
        flip,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes().replace(b"accepted", b"refused ")),
        lambda path: path.write_bytes(path.read_bytes() + b"\n"),
    ],
)
def test_a_receipt_that_was_tampered_with_counts_for_nothing(
    way: Way, spoil: Callable[[Path], object]
) -> None:
    way.seal()
    way.send(), way.receive()
    good = way.receipt.read_bytes()
    spoil(way.receipt)
    changed, notices = way.collect()
    assert changed.facts["receipts"] == []
    assert isinstance(notices[0].error, ReceiptInvalid)
    assert way.package.name in str(notices[0].error)
    assert way.state() is DeliveryState.COMMITTED
    way.receipt.write_bytes(good)
    assert way.collect()[0].facts["receipts"] == [way.package.name]


def test_a_receipt_signed_by_somebody_else_counts_for_nothing(way: Way, tmp_path: Path) -> None:
    way.seal()
    way.send()
    way.desk, right = Desk(tmp_path / "impostor"), way.desk
    way.desk.trust(SigningKey.load(way.station.keys / STATION_KEY).public)
    assert way.receive()[0].facts["accepted"] == [way.package.name]
    assert isinstance(way.collect()[1][0].error, ReceiptInvalid)
    assert way.state() is DeliveryState.COMMITTED
    way.desk = right
    way.receive()
    assert way.collect()[0].facts["receipts"] == [way.package.name]


def test_a_package_spoilt_on_the_way_is_refused_and_sent_again(way: Way) -> None:
    way.seal()
    way.send()
    flip(way.drop / "incoming" / way.package.name)
    assert way.receive()[0].facts["refused"] == [way.package.name]
    assert len(list((way.drop / "quarantine").iterdir())) == 1
    changed, notices = way.collect()
    assert changed.facts["refused"] == [way.package.name]
    assert isinstance(notices[0].error, PackageRefused)
    assert way.state() is DeliveryState.REFUSED
    assert way.send()[0].facts["sent"] == 1
    way.receive(), way.collect()
    assert way.state() is DeliveryState.RECEIPTED


def test_a_package_of_an_unknown_station_is_held_until_its_key_is_trusted(way: Way) -> None:
    shutil.rmtree(way.desk.folder / "stations")
    way.seal()
    way.send()
    changed, notices = way.receive()
    assert changed.facts["held"] == [way.package.name]
    assert isinstance(notices[0].error, StationUnknown)
    way.desk.trust(SigningKey.load(way.station.keys / STATION_KEY).public)
    assert way.receive()[0].facts["accepted"] == [way.package.name]


def test_a_target_that_is_away_keeps_the_package_for_the_next_time(way: Way) -> None:
    way.seal()
    way.drop.rename(way.drop.with_name("away"))
    changed, notices = way.send()
    assert changed.facts["sent"] == 0
    assert isinstance(notices[0].error, TargetUnreachable)
    assert not way.drop.exists()
    way.drop.with_name("away").rename(way.drop)
    assert way.send()[0].facts["sent"] == 1


def test_a_target_that_lies_elsewhere_now_gets_what_waits(way: Way) -> None:
    way.seal()
    old, way.drop = way.drop, way.drop.rename(way.drop.with_name("elsewhere"))
    assert isinstance(way.send()[1][0].error, TargetUnreachable)
    with pytest.raises(TargetUnclear):
        move_target(way.station, OPERATOR, "centre", "sftp://centre/")
    move_target(way.station, OPERATOR, "centre", str(way.drop))
    assert way.send()[0].facts["sent"] == 1
    assert (way.drop / "incoming" / way.package.name).exists()
    (event,) = [e for e in _all_events(way.station) if e["verb"] == "target move"]
    told = {"name": "centre", "before": str(old), "after": str(way.drop)}
    assert json.loads(str(event["detail"])) == told


def test_a_sealed_package_that_was_altered_is_not_sent(way: Way) -> None:
    way.seal()
    flip(way.package)
    changed, notices = way.send()
    assert changed.facts["sent"] == 0
    assert isinstance(notices[0].error, ArchiveDamaged)
    assert way.package.name in str(notices[0].error)
    assert list((way.drop / "incoming").iterdir()) == []
    assert way.state() is DeliveryState.HELD


def test_targets_are_named_once_and_with_a_key(way: Way) -> None:
    key = way.desk.key().public
    with pytest.raises(TargetExists):
        add_target(way.station, OPERATOR, "centre", way.drop, key)
    for name in ("", "../x", "Centre", "مركز"):
        with pytest.raises(BadTargetName):
            add_target(way.station, OPERATOR, name, way.drop, key)
    with pytest.raises(NoSuchTarget):
        finish(send(way.station, OPERATOR, "elsewhere"))
    with pytest.raises(HoursUnclear, match="9-5"):
        set_hours(way.station, OPERATOR, "centre", "9-5")
    with pytest.raises(PublicKeyUnusable) as missing:
        PublicKey.load(way.drop / "centre.pem")
    assert "public key" in missing.value.way_out()
    (event,) = [e for e in _all_events(way.station) if e["verb"] == "target"]
    assert json.loads(str(event["detail"]))["centre_key"] == key.key_id


def _all_events(station: Station) -> list[dict[str, object]]:
    return [dict(row) for row in station.database.connection.execute("SELECT * FROM event")]


def test_a_target_survives_the_station(way: Way) -> None:
    way.station.close()
    with app.open_station(way.station.root) as again:
        assert again.settings.targets["centre"].location == str(way.drop)


def test_a_key_that_others_can_read_seals_nothing(way: Way) -> None:
    finish(check(way.station, CHECKER, way.case_id, accept=True))
    (way.station.keys / STATION_KEY).chmod(0o644)
    with pytest.raises(KeyUnusable):
        finish(seal(way.station, OPERATOR, way.case_id))
    assert list(way.station.sealed.iterdir()) == []
    assert queries.case_by_id(way.station, way.case_id).state is CaseState.ACCEPTED


# --- verify -------------------------------------------------------------------------------------


def test_verify_finds_a_changed_byte_in_every_stored_file(way: Way) -> None:
    for key in list(way.station.blobs.keys()):
        path = way.station.blobs.path(key)
        original = path.read_bytes()
        flip(path)
        changed, notices = finish(verify(way.station))
        assert changed.facts["problems"] == [key]
        assert str(path) in str(notices[0].error)
        path.write_bytes(original)
    assert way.problems() == []


def test_verify_finds_a_stored_file_that_is_gone_or_no_file(way: Way) -> None:
    one, other = list(way.station.blobs.keys())[:2]
    way.station.blobs.path(one).unlink()
    way.station.blobs.path(other).unlink()
    way.station.blobs.path(other).mkdir()
    assert way.problems() == sorted((one, other))


@pytest.mark.parametrize("place", [0, 40, 5000, -1])
def test_verify_finds_a_changed_byte_in_a_package(way: Way, place: int) -> None:
    way.seal()
    assert way.problems() == []
    flip(way.package, place)
    assert way.problems() == [way.package.name]


def test_verify_finds_a_package_that_is_gone_or_another(way: Way) -> None:
    way.seal()
    name = way.package.name
    way.package.rename(way.station.root / "aside.zip")
    assert way.problems() == [name]


def test_verify_finds_a_changed_line_of_the_log(way: Way) -> None:
    way.station.database.connection.execute("UPDATE event SET person = 'سعاد' WHERE seq = 2")
    assert way.problems() == ["event 2"]
