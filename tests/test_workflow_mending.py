"""A target that a person must mend: the lot stops in words, keeps its state, and after the mend
goes on to the centre's receipts; against real servers."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import asyncssh
import pytest

from archiver import i18n
from archiver.errors import ArchiverError, from_record
from archiver.model.delivery import DeliveryState
from archiver.model.identity import CaseKey
from archiver.settings import TargetSettings
from archiver.store.keys import SigningKey
from archiver.workflow import queries
from archiver.workflow.checking import check
from archiver.workflow.delivering import collect, send
from archiver.workflow.importing import import_files
from archiver.workflow.processing import process
from archiver.workflow.reaching import connect
from archiver.workflow.receiving import Desk, receive_packages
from archiver.workflow.sealing import STATION_KEY, seal
from archiver.workflow.station import Station
from archiver.workflow.targets import add_place, move_target
from tests.papers import CASE, CHECKER, OPERATOR, RECEIPT, finish, save
from tests.servers.ceph import LOGIN, OTHER_LOGIN, Ceph
from tests.servers.sshd import Sshd, sshd

SECOND = "99002/93"
ISOLATES = str.maketrans("", "", "\u2068\u2069\u200f")


@dataclass
class Lot:
    """Two sealed case files and a centre that knows the station."""

    station: Station
    desk: Desk

    def add(self, kind: str, url: str, secret: dict[str, str], host_key: str = "") -> str:
        target = TargetSettings(
            "centre", kind, url, self.desk.key().public.pem(), host_key=host_key,
            streams=1, patience_seconds=1,
        )  # fmt: skip
        return add_place(self.station, OPERATOR, target, secret)[1]

    def states(self) -> list[DeliveryState]:
        return [row.delivery.state for row in queries.list_deliveries(self.station)]

    def stops(self, *, sent: int) -> None:
        """At the fault; a second try before anything is mended leaves the same."""
        for first in (sent, 0):
            changed, notices = finish(send(self.station, OPERATOR, "centre"))
            assert (changed.facts["sent"], len({str(n.error) for n in notices})) == (first, 1)
            states = self.states()
            assert states.count(DeliveryState.COMMITTED) == sent
            assert DeliveryState.HELD in states

    def words(self) -> tuple[str, str, str, str]:
        """Of the fault on the books: what and the way out, in English, then in Arabic."""
        rows = [row.delivery for row in queries.list_deliveries(self.station)]
        (held, *_more) = [row for row in rows if row.state is DeliveryState.HELD]
        fault = from_record(held.error_code, json.loads(held.error_facts))
        return (*_told(fault, "en"), *_told(fault, "ar"))

    def arrives(self, sent: int) -> None:
        """The rest is sent, the centre signs for all, and nothing is there twice."""
        changed, notices = finish(send(self.station, OPERATOR, "centre"))
        assert (changed.facts["sent"], notices) == (sent, [])
        side = connect(self.station, self.station.settings.targets["centre"])
        steps = receive_packages(self.desk, Path("centre"), "أمين المركز", side=side)
        accepted = finish(steps)[0].facts["accepted"]
        waiting = list(side.waiting())
        side.close()
        receipts = finish(collect(self.station, OPERATOR, "centre"))[0].facts["receipts"]
        names = sorted(path.name for path in self.station.sealed.glob("*.zip"))
        assert [_sorted(told) for told in (accepted, waiting, receipts)] == [names] * 3
        assert self.states() == [DeliveryState.RECEIPTED] * 2


def _sorted(told: object) -> list[object]:
    assert isinstance(told, list)
    return sorted(told)


def _told(fault: ArchiverError, language: str) -> tuple[str, str]:
    i18n.set_language(language)
    told = str(fault).translate(ISOLATES), fault.way_out().translate(ISOLATES)
    i18n.set_language("en")
    return told


def read_only(detail: str) -> tuple[str, str, str, str]:
    return (
        f"We may not write to the target centre: {detail}.",
        "Ask the centre for the right to write there, then send again.",
        f"لا يُسمح لنا بالكتابة في الوجهة centre: {detail}.",
        "اطلب من المركز صلاحية الكتابة هناك ثم أرسل مرة أخرى.",
    )


@pytest.fixture
def lot(read_station: Station, tmp_path: Path) -> Lot:
    page = save(tmp_path / "second.png", RECEIPT)
    finish(import_files(read_station, OPERATOR, [page], key=CaseKey.parse(SECOND)))
    finish(process(read_station, OPERATOR))
    for number in (CASE, SECOND):
        case_id = queries.find_case(read_station, number).id
        finish(check(read_station, CHECKER, case_id, accept=True))
        finish(seal(read_station, OPERATOR, case_id))
    desk = Desk(tmp_path / "desk")
    desk.trust(SigningKey.load(read_station.keys / STATION_KEY).public)
    return Lot(read_station, desk)


@pytest.fixture
def drop_box() -> Iterator[Sshd]:
    with sshd() as server:
        server.start()
        yield server
        server.kill()


def test_a_drop_box_that_may_only_be_read(lot: Lot, drop_box: Sshd) -> None:
    url = f"sftp://{drop_box.place().user}@127.0.0.1:{drop_box.port}{drop_box.seen}"
    public = lot.add("sftp", url, {}, drop_box.host_key)
    drop_box.trust(asyncssh.import_public_key(public))
    drop_box.restart(read_only=True)
    lot.stops(sent=0)
    assert lot.words() == read_only("Permission denied")
    drop_box.restart(read_only=False)
    lot.arrives(2)


@pytest.mark.ceph
@pytest.mark.slow
def test_a_bucket_that_may_only_be_read(lot: Lot, ceph_server: Ceph) -> None:
    bucket = ceph_server.new_bucket()
    lot.add("s3", f"{ceph_server.url}/{bucket}", asdict(OTHER_LOGIN))
    ceph_server.admit_other(bucket, "s3:GetObject", "s3:ListBucket")
    lot.stops(sent=0)
    assert lot.words() == read_only("AccessDenied")
    ceph_server.admit_other(bucket, "s3:*")
    lot.arrives(2)


@pytest.mark.ceph
@pytest.mark.slow
def test_a_bucket_that_gets_full_in_the_middle(lot: Lot, ceph_server: Ceph) -> None:
    bucket = ceph_server.new_bucket()
    lot.add("s3", f"{ceph_server.url}/{bucket}", asdict(LOGIN))
    ceph_server.limit(bucket, objects=1)
    lot.stops(sent=1)
    assert lot.words() == (
        "The target centre is full: QuotaExceeded.",
        "Ask the centre to make room, then send again: it goes on where it stopped.",
        "الوجهة centre ممتلئة: QuotaExceeded.",
        "اطلب من المركز إخلاء مساحة ثم أرسل مرة أخرى: يُستأنف من حيث توقف.",
    )
    ceph_server.limit(bucket, objects=100)
    lot.arrives(1)


@pytest.mark.ceph
@pytest.mark.slow
def test_a_bucket_that_moved(lot: Lot, ceph_server: Ceph) -> None:
    lot.add("s3", f"{ceph_server.url}/gone", asdict(LOGIN))
    lot.stops(sent=0)
    assert lot.words() == (
        "The target centre is no longer where it was: NoSuchBucket.",
        "Ask the centre where it is now, then “archiver target move centre PLACE”.",
        "الوجهة centre لم تعد في مكانها: NoSuchBucket.",
        "اسأل المركز عن مكانها الآن، ثم “archiver target move centre PLACE”.",
    )
    place = f"{ceph_server.url}/{ceph_server.new_bucket()}"
    assert move_target(lot.station, OPERATOR, "centre", place).location == place
    lot.arrives(2)
