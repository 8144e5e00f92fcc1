"""The whole way over SFTP, in an envelope: send, receive, collect; credentials, pauses, hours."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path

import asyncssh
import pytest

from archiver import app
from archiver.errors import KeyUnusable, TargetUnreachable
from archiver.model.changes import Changed, Notice, Sending
from archiver.model.delivery import DeliveryState
from archiver.settings import TargetSettings
from archiver.store.keys import SigningKey
from archiver.workflow import outbox, queries
from archiver.workflow.checking import check
from archiver.workflow.delivering import collect, send
from archiver.workflow.lots import declare, find_lot, open_lot
from archiver.workflow.outbox import OutsideHours, SendingPaused, plan, set_paused, set_priority
from archiver.workflow.reaching import connect, credentials_of
from archiver.workflow.receiving import Desk, receive_packages
from archiver.workflow.sealing import STATION_KEY, seal
from archiver.workflow.station import Station
from archiver.workflow.target_doctor import examine_target
from archiver.workflow.targets import TargetUnclear, add_place, renew_credential
from tests.papers import CASE, CHECKER, OPERATOR, finish
from tests.servers.sshd import Sshd, sshd


@dataclass
class Way:
    station: Station
    desk: Desk
    server: Sshd

    @property
    def case_id(self) -> int:
        return queries.find_case(self.station, CASE).id

    @property
    def package(self) -> Path:
        (path,) = self.station.sealed.glob("*.zip")
        return path

    @property
    def settings(self) -> TargetSettings:
        return self.station.settings.targets["centre"]

    def add(self, **words: object) -> None:
        url = f"sftp://{self.server.place().user}@127.0.0.1:{self.server.port}{self.server.seen}"
        target = TargetSettings(
            "centre", "sftp", url, self.desk.key().public.pem(),
            host_key=self.server.host_key, patience_seconds=1, **words,  # type: ignore[arg-type]
        )  # fmt: skip
        _target, public = add_place(self.station, OPERATOR, target, {})
        self.server.trust(asyncssh.import_public_key(public))

    def seal(self) -> None:
        finish(check(self.station, CHECKER, self.case_id, accept=True))
        finish(seal(self.station, OPERATOR, self.case_id))

    def send(self) -> tuple[Changed, list[Notice]]:
        return finish(send(self.station, OPERATOR, "centre"))

    def receive(self) -> tuple[Changed, list[Notice]]:
        side = connect(self.station, self.settings)
        try:
            place = Path("centre")
            return finish(receive_packages(self.desk, place, "أمين المركز", side=side))
        finally:
            side.close()

    def state(self) -> DeliveryState:
        (row,) = queries.list_deliveries(self.station)
        return row.delivery.state


@pytest.fixture
def way(read_station: Station, tmp_path: Path) -> Iterator[Way]:
    with sshd() as server:
        found = Way(read_station, Desk(tmp_path / "desk"), server)
        found.desk.trust(SigningKey.load_or_create(read_station.keys / STATION_KEY).public)
        server.start()
        yield found
        server.kill()


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_package_is_sent_signed_for_and_the_receipt_verified(way: Way, encrypted: bool) -> None:
    way.add(encrypt_to=way.desk.envelope_key() if encrypted else "")
    way.seal()
    changed, notices = way.send()
    assert (changed.facts["sent"], notices, way.state()) == (1, [], DeliveryState.COMMITTED)
    (sent,) = (way.server.root / "incoming").iterdir()
    same = sent.read_bytes() == way.package.read_bytes()
    assert (sent.name, same) == (way.package.name + ".age" * encrypted, not encrypted)
    outgoing = way.station.root / "outgoing"
    assert not [path for path in outgoing.rglob("*") if path.is_file()]
    assert way.receive()[0].facts["accepted"] == [way.package.name]
    changed, notices = finish(collect(way.station, OPERATOR, "centre"))
    assert (changed.facts["receipts"], notices) == ([way.package.name], [])
    assert way.state() is DeliveryState.RECEIPTED
    assert way.receive()[0].facts["known"] == [way.package.name]
    assert way.send()[0].facts["sent"] == 0


def test_an_envelope_that_was_altered_is_refused_and_sent_again(way: Way) -> None:
    way.add(encrypt_to=way.desk.envelope_key())
    way.seal()
    way.send()
    (sent,) = (way.server.root / "incoming").iterdir()
    content = bytearray(sent.read_bytes())
    content[-20] ^= 1
    sent.write_bytes(content)
    assert way.receive()[0].facts["refused"] == [way.package.name]
    finish(collect(way.station, OPERATOR, "centre"))
    assert way.state() is DeliveryState.REFUSED
    assert way.send()[0].facts["sent"] == 1
    assert way.receive()[0].facts["accepted"] == [way.package.name]


def test_a_server_that_is_away_keeps_the_package_and_its_reason(way: Way) -> None:
    way.add()
    way.seal()
    way.server.kill()
    changed, notices = way.send()
    assert changed.facts["sent"] == 0
    assert [type(notice.error) for notice in notices] == [TargetUnreachable]
    (row,) = queries.list_deliveries(way.station)
    assert (row.delivery.state, row.delivery.tries) == (DeliveryState.SENDING, 1)
    assert row.delivery.next_try_at > row.delivery.updated_at
    assert row.delivery.error_code == "TargetUnreachable"
    assert [planned.why_not for planned in plan(way.station, "centre")] == ["later"]
    way.server.start()
    assert way.send()[0].facts["sent"] == 1


def test_a_key_is_changed_without_a_gap(way: Way) -> None:
    way.add()
    way.seal()
    public, where = renew_credential(way.station, OPERATOR, "centre", {})
    assert where in ("keyring", "file")
    assert way.send()[0].facts["sent"] == 1  # by the key before, until the centre knows the new one
    way.server.trust(asyncssh.import_public_key(public))
    assert way.receive()[0].facts["accepted"] == [way.package.name]


def test_a_secret_stands_nowhere_but_in_its_file(way: Way) -> None:
    way.add()
    secret = credentials_of(way.station).find("centre")["private_key"].splitlines()[2]
    path = way.station.keys / "targets" / "centre.json"
    holders = [
        found.relative_to(way.station.root)
        for found in way.station.root.rglob("*")
        if found.is_file() and secret.encode() in found.read_bytes()
    ]
    assert holders == ([path.relative_to(way.station.root)] if path.exists() else [])
    if path.exists():
        assert path.stat().st_mode & 0o077 == 0
        path.chmod(0o644)
        with pytest.raises(KeyUnusable):
            way.send()


def test_what_is_paused_waits_until_it_may_go_on(way: Way) -> None:
    way.add()
    way.seal()
    for words in ({"target": "centre"}, {}):
        set_paused(way.station, OPERATOR, paused=True, **words)
        with pytest.raises(SendingPaused):
            way.send()
        set_paused(way.station, OPERATOR, paused=False, **words)
    outbox.waiting(way.station, "centre")
    assert set_paused(way.station, OPERATOR, paused=True, case_id=way.case_id) == 1
    assert way.send()[0].facts["sent"] == 0
    assert [planned.why_not for planned in plan(way.station, "centre")] == ["paused"]
    assert set_priority(way.station, OPERATOR, way.case_id, 7) == 1
    set_paused(way.station, OPERATOR, paused=False, case_id=way.case_id)
    (planned,) = plan(way.station, "centre")
    assert (planned.why_not, planned.delivery.priority) == ("", 7)
    assert way.send()[0].facts["sent"] == 1
    rows = way.station.database.connection.execute("SELECT verb, detail FROM event").fetchall()
    verbs = [row["verb"] for row in rows]
    assert (verbs.count("pause"), verbs.count("resume"), verbs.count("priority")) == (3, 3, 1)
    assert json.loads(rows[verbs.index("priority")]["detail"])["priority"] == 7


def test_a_pause_stops_what_is_on_its_way(way: Way) -> None:
    way.add(kilobytes_per_second=50)
    way.seal()
    notices = []
    for step in send(way.station, OPERATOR, "centre"):
        if isinstance(step, Sending) and not notices:
            set_paused(way.station, OPERATOR, paused=True)
        if isinstance(step, Notice):
            notices.append(step.error)
    assert [type(error) for error in notices] == [SendingPaused]
    assert way.state() is DeliveryState.SENDING
    assert not (way.server.root / "incoming" / way.package.name).exists()
    set_paused(way.station, OPERATOR, paused=False)
    assert way.send()[0].facts["sent"] == 1


def test_a_lot_is_paused_as_one(way: Way) -> None:
    way.add()
    finish(open_lot(way.station, OPERATOR, "7/2026"))
    lot = find_lot(way.station, "7/2026")
    view = queries.case_view(way.station, way.case_id)
    (key,), count = view.case.keys, len(view.pages)
    finish(declare(way.station, OPERATOR, lot, key=key, sheets=count, faces=count))
    way.seal()
    outbox.waiting(way.station, "centre")
    assert set_paused(way.station, OPERATOR, paused=True, lot=lot) == 1
    assert way.send()[0].facts["sent"] == 0
    assert set_paused(way.station, OPERATOR, paused=False, lot=lot) == 1
    assert way.send()[0].facts["sent"] == 1


def test_hours_may_pass_midnight() -> None:
    evening, morning = time(20), time(6)
    assert outbox.within(time(23, 59), evening, morning)
    assert outbox.within(time(5, 59), evening, morning)
    assert not outbox.within(time(6), evening, morning)
    assert outbox.within(time(6), morning, evening)
    assert not outbox.within(time(20), morning, evening)


def test_outside_its_hours_a_target_is_left_alone(way: Way) -> None:
    way.add(hours="00:00-00:00")  # never
    way.seal()
    with pytest.raises(OutsideHours):
        way.send()
    changed, _notices = finish(send(way.station, OPERATOR, "centre", now=True))
    assert changed.facts["sent"] == 1


def test_what_cannot_be_a_target_is_refused(way: Way) -> None:
    way.add()
    for wrong in (
        {"host_key": ""}, {"location": "sftp://nobody"}, {"location": "sftp://u:secret@h/"},
        {"kind": "s3", "location": "https://host"}, {"encrypt_to": "age1x"}, {"hours": "9-5"},
    ):  # fmt: skip
        with pytest.raises(TargetUnclear):
            add_place(way.station, OPERATOR, replace(way.settings, name="new", **wrong), {})
    assert list(way.station.settings.targets) == ["centre"]
    way.station.close()
    with app.open_station(way.station.root) as again:
        assert again.settings.targets["centre"].host_key == way.server.host_key


def test_the_doctor_looks_at_a_target(way: Way) -> None:
    way.add()
    assert all(finding.sound for finding in examine_target(way.station, "centre"))
    way.server.trust()
    findings = examine_target(way.station, "centre")
    assert [finding.sound for finding in findings] == [False, True]
    assert findings[0].mend
