"""The centre's side and its receipts, and how a station satisfies itself of them."""

import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import sleep

import pytest

from archiver.errors import ReceiptInvalid, TargetUnreachable
from archiver.model.delivery import BagReport
from archiver.package.seal import write_bag
from archiver.package.verify import verify_bag
from archiver.store.keys import PublicKey, SigningKey, open_statement, pin_key, sign_statement
from archiver.transfer.folder import FolderTarget, prepare_folder
from archiver.transfer.receipts import fetch_receipt, verify_receipt
from archiver.transfer.receiving import Outcome, Verdict, receive
from tests.sealing import NAME, case_source

CENTRE = """
import sys
from functools import partial
from pathlib import Path
from archiver.package.verify import verify_bag
from archiver.store.keys import SigningKey, pinned_keys
from archiver.transfer.receiving import receive
root, key, pins = map(Path, sys.argv[1:])
verify = partial(verify_bag, known_keys=pinned_keys(pins))
for outcome in receive(root, SigningKey.load(key), verify, "centre"):
    print(outcome.package, flush=True)
"""


class Delivered:
    """A station, a centre, and a package that lies at the target between them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root = folder, folder / "share"
        self.station = SigningKey.load_or_create(folder / "keys" / "station.pem")
        self.centre = SigningKey.load_or_create(folder / "centre" / "centre.pem")
        self.pinned: dict[str, PublicKey] = {self.station.key_id: self.station.public}
        prepare_folder(self.root)
        self.target = FolderTarget("centre", self.root)
        self.report = self.send(NAME)

    def send(self, name: str) -> BagReport:
        report = write_bag(case_source(self.folder), self.folder / name, self.station)
        self.target.send(self.folder / name, name, report.sha256)
        return report

    def receive(self) -> list[Outcome]:
        verify = partial(verify_bag, known_keys=self.pinned)
        return list(receive(self.root, self.centre, verify, "أمين المركز"))

    def receipt(self) -> bytes:
        content = self.target.receipt(NAME)
        assert content is not None
        return content

    def spoil(self, name: str = NAME) -> None:
        path = self.root / "incoming" / name
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)


@pytest.fixture
def delivered(tmp_path: Path) -> Delivered:
    return Delivered(tmp_path)


def test_a_sound_package_gets_a_receipt_that_the_station_believes(delivered: Delivered) -> None:
    assert delivered.receive() == [Outcome(NAME, Verdict.ACCEPTED)]
    assert delivered.target.receipts() == (NAME,)
    report = delivered.report
    receipt = verify_receipt(delivered.receipt(), delivered.centre.public, report, report.files)
    assert receipt.accepted
    assert receipt.received_by == "أمين المركز"
    found = fetch_receipt(delivered.target, delivered.centre.public, report, report.files)
    assert found == (receipt, delivered.receipt().decode())
    assert delivered.target.size(NAME) == report.size


def test_receiving_again_changes_nothing(delivered: Delivered) -> None:
    delivered.receive()
    before = delivered.receipt()
    assert delivered.receive() == [Outcome(NAME, Verdict.KNOWN)]
    assert delivered.receipt() == before


def test_a_damaged_package_is_quarantined_with_a_signed_refusal(delivered: Delivered) -> None:
    delivered.spoil()
    spoilt = (delivered.root / "incoming" / NAME).read_bytes()
    (outcome,) = delivered.receive()
    assert outcome.verdict is Verdict.REFUSED
    assert outcome.detail
    assert list((delivered.root / "incoming").iterdir()) == []
    (kept,) = (delivered.root / "quarantine").iterdir()
    assert kept.read_bytes() == spoilt
    receipt = verify_receipt(
        delivered.receipt(), delivered.centre.public, delivered.report, delivered.report.files
    )
    assert (receipt.accepted, receipt.reason) == (False, outcome.detail)
    assert delivered.receive() == []


def test_a_refused_package_that_is_sent_again_is_judged_again(delivered: Delivered) -> None:
    delivered.spoil()
    delivered.receive()
    report = delivered.report
    fetch = partial(fetch_receipt, delivered.target, delivered.centre.public, report, report.files)
    refusal = fetch()
    assert refusal is not None
    assert not refusal[0].accepted
    delivered.target.send(delivered.folder / NAME, NAME, report.sha256)
    assert fetch() is None
    assert delivered.receive() == [Outcome(NAME, Verdict.ACCEPTED)]
    acceptance = fetch()
    assert acceptance is not None
    assert acceptance[0].accepted


def test_a_station_whose_key_is_not_pinned_waits_for_a_person(delivered: Delivered) -> None:
    delivered.pinned = {}
    (outcome,) = delivered.receive()
    assert outcome.verdict is Verdict.HELD
    assert PublicKey.from_pem(outcome.new_key) == delivered.station.public
    assert delivered.target.receipt(NAME) is None
    assert delivered.target.size(NAME) == delivered.report.size
    delivered.pinned = {delivered.station.key_id: delivered.station.public}
    assert delivered.receive() == [Outcome(NAME, Verdict.ACCEPTED)]


def test_what_is_no_package_is_left_and_told(delivered: Delivered, tmp_path: Path) -> None:
    incoming = delivered.root / "incoming"
    (incoming / "notes.txt").write_text("hello")
    (incoming / "gpj\u202e.zip").write_text("hello")
    (incoming / "link.zip").symlink_to(delivered.folder / NAME)
    (incoming / "folder.zip").mkdir()
    (incoming / "half.zip.part").write_text("on its way")
    outcomes = {outcome.package: outcome.verdict for outcome in delivered.receive()}
    assert outcomes.pop(NAME) is Verdict.ACCEPTED
    assert outcomes == dict.fromkeys(
        ("notes.txt", "gpj\\u202e.zip", "link.zip", "folder.zip"), Verdict.HELD
    )
    assert delivered.target.receipts() == (NAME,)


def test_a_receipt_that_is_no_longer_ours_is_written_anew(delivered: Delivered) -> None:
    delivered.receive()
    (delivered.root / "receipts" / f"{NAME}.receipt.json").write_bytes(b"damaged")
    assert delivered.receive() == [Outcome(NAME, Verdict.ACCEPTED)]
    report = delivered.report
    assert verify_receipt(
        delivered.receipt(), delivered.centre.public, report, report.files
    ).accepted


def test_a_refusal_cut_off_before_the_move_ends_the_same(delivered: Delivered) -> None:
    delivered.spoil()
    delivered.receive()
    refusal = delivered.receipt()
    (kept,) = (delivered.root / "quarantine").iterdir()
    kept.rename(delivered.root / "incoming" / NAME)
    delivered.receive()
    assert delivered.receipt() == refusal
    assert [path.name for path in (delivered.root / "quarantine").iterdir()] == [kept.name]


def test_a_centre_killed_again_and_again_answers_each_package_once(delivered: Delivered) -> None:
    names = [f"civil-99001-93-v1-{number:012x}.zip" for number in range(30)]
    reports = {name: delivered.send(name) for name in names}
    for name in names[::3]:
        delivered.spoil(name)
    pins = delivered.folder / "pins"
    pin_key(pins, delivered.station.public)
    centre_key = delivered.folder / "centre" / "centre.pem"
    command = [sys.executable, "-c", CENTRE, str(delivered.root), str(centre_key), str(pins)]
    chance = random.Random(3)
    for _ in range(6):
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        for _line in range(chance.randint(0, 6)):
            process.stdout.readline()
        sleep(chance.uniform(0, 0.01))
        process.kill()
        process.communicate(timeout=60)
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    for number, name in enumerate(names):
        found = fetch_receipt(
            delivered.target, delivered.centre.public, reports[name], reports[name].files
        )
        assert found is not None
        assert found[0].accepted == (number % 3 != 0)
    left = {path.name for path in (delivered.root / "incoming").iterdir()}
    assert left == {NAME, *(name for number, name in enumerate(names) if number % 3)}
    assert len(list((delivered.root / "quarantine").iterdir())) == 10


def test_a_centre_that_cannot_sign_answers_nothing(delivered: Delivered) -> None:
    in_the_way = delivered.root / "receipts" / f"{NAME}.receipt.json"
    in_the_way.mkdir()
    with pytest.raises(TargetUnreachable):
        delivered.receive()
    assert delivered.target.size(NAME) == delivered.report.size
    in_the_way.rmdir()
    assert delivered.receive() == [Outcome(NAME, Verdict.ACCEPTED)]


def test_a_centre_whose_disk_is_not_attached_makes_no_target(
    delivered: Delivered, tmp_path: Path
) -> None:
    delivered.root = tmp_path / "mount"
    delivered.root.mkdir()
    with pytest.raises(TargetUnreachable):
        delivered.receive()
    assert list(delivered.root.iterdir()) == []


def test_every_changed_byte_of_a_receipt_is_found(delivered: Delivered) -> None:
    delivered.receive()
    whole, report = delivered.receipt(), delivered.report
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        with pytest.raises(ReceiptInvalid):
            verify_receipt(bytes(changed), delivered.centre.public, report, report.files)


def test_a_receipt_by_another_key_is_refused(delivered: Delivered) -> None:
    delivered.receive()
    report = delivered.report
    with pytest.raises(ReceiptInvalid):
        verify_receipt(delivered.receipt(), delivered.station.public, report, report.files)


@pytest.mark.parametrize(
    "change",
    [
        lambda report: replace(report, name="civil-99002-93-v1-0123456789ab.zip"),
        lambda report: replace(report, sha256="0" * 64),
        lambda report: replace(report, size=report.size + 1),
        lambda report: replace(report, manifest_sha256="0" * 64),
        lambda report: replace(report, key_id="0" * 64),
    ],
)
def test_a_receipt_for_another_package_is_refused(
    delivered: Delivered, change: Callable[[BagReport], BagReport]
) -> None:
    delivered.receive()
    with pytest.raises(ReceiptInvalid):
        verify_receipt(
            delivered.receipt(),
            delivered.centre.public,
            change(delivered.report),
            delivered.report.files,
        )


@pytest.mark.parametrize("fault", ["missing", "extra", "altered"])
def test_a_receipt_must_name_every_file_with_its_hash(delivered: Delivered, fault: str) -> None:
    """Even one the centre itself signed."""
    delivered.receive()
    facts = open_statement(delivered.receipt(), "receipt", delivered.centre.public)
    files = facts["files"]
    assert isinstance(files, list)
    if fault == "missing":
        files.pop()
    elif fault == "extra":
        files.append({"path": "zzz", "sha256": "0" * 64})
    else:
        files[0]["sha256"] = "0" * 64
    signed = sign_statement(delivered.centre, "receipt", facts)
    report = delivered.report
    with pytest.raises(ReceiptInvalid):
        verify_receipt(signed, delivered.centre.public, report, report.files)


def test_a_verdict_nobody_agreed_on_is_refused(delivered: Delivered) -> None:
    delivered.receive()
    facts = open_statement(delivered.receipt(), "receipt", delivered.centre.public)
    signed = sign_statement(delivered.centre, "receipt", {**facts, "verdict": "perhaps"})
    report = delivered.report
    with pytest.raises(ReceiptInvalid):
        verify_receipt(signed, delivered.centre.public, report, report.files)
