"""Sending to a real Ceph object store: one object, whole, whatever happens on the way."""

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from botocore import auth

from archiver.errors import (
    ArchiverError,
    ClockWrong,
    TargetConflict,
    TargetFull,
    TargetGone,
    TargetNotTrusted,
    TargetReadOnly,
    TargetRefusesKey,
    TargetUnreachable,
)
from archiver.transfer.s3 import PART_BYTES, S3Target
from archiver.transfer.s3_place import S3Login, S3Place
from archiver.transfer.target import CentreSide, Target
from tests.servers.bad_link import BadLink, bad_link
from tests.servers.ceph import LOGIN, OTHER_LOGIN, Ceph
from tests.servers.tls_front import Authority, tls_front

pytestmark = [pytest.mark.ceph, pytest.mark.slow]

NAME = "civil-99001-93-v1-0123456789ab.zip"
SIZE = 3 * PART_BYTES + 12_345


@pytest.fixture
def server(ceph_server: Ceph) -> Ceph:
    return ceph_server


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("package") / NAME
    path.write_bytes(random.Random(5).randbytes(SIZE))
    return path


@pytest.fixture(scope="module")
def digest(package: Path) -> str:
    return sha256(package.read_bytes()).hexdigest()


@pytest.fixture
def bucket(server: Ceph) -> str:
    return server.new_bucket()


@contextmanager
def opened(
    place: S3Place, login: S3Login = LOGIN, patience_s: float = 0.5, streams: int = 2
) -> Iterator[S3Target]:
    target = S3Target(place, login, streams=streams, patience_s=patience_s)
    try:
        yield target
    finally:
        target.close()


def objects(server: Ceph, bucket: str) -> list[str]:
    found = server.client().list_objects_v2(Bucket=bucket).get("Contents", [])
    return [item["Key"] for item in found]


def content(server: Ceph, bucket: str, key: str) -> bytes:
    return bytes(server.client().get_object(Bucket=bucket, Key=key)["Body"].read())


def fault_of(place: S3Place, package: Path, digest: str, login: S3Login = LOGIN) -> ArchiverError:
    with opened(place, login) as target, pytest.raises(ArchiverError) as caught:
        target.send(package, NAME, digest)
    return caught.value


@pytest.mark.parametrize("size", [0, 1000, PART_BYTES, PART_BYTES + 1, SIZE])
def test_a_bucket_is_a_target(
    server: Ceph, bucket: str, package: Path, tmp_path: Path, size: int
) -> None:
    part = tmp_path / NAME
    part.write_bytes(package.read_bytes()[:size])
    digest = sha256(part.read_bytes()).hexdigest()
    with opened(replace(server.place(bucket), prefix="hall-2/")) as target:
        place: Target = target
        assert place.size(NAME) is None
        place.send(part, NAME, digest)
        assert place.size(NAME) == size
        assert (place.receipts(), place.receipt(NAME)) == ((), None)
    assert content(server, bucket, f"hall-2/incoming/{NAME}") == part.read_bytes()


def test_what_sets_off_for_the_first_time_overwrites_nothing(
    server: Ceph, bucket: str, tmp_path: Path
) -> None:
    small = tmp_path / NAME
    small.write_bytes(os.urandom(1000))
    digest = sha256(small.read_bytes()).hexdigest()
    with opened(server.place(bucket)) as target:
        for _twice in range(2):
            target.send(small, NAME, digest, fresh=True)
        assert content(server, bucket, f"incoming/{NAME}") == small.read_bytes()
        small.write_bytes(b"another")
        with pytest.raises(TargetConflict):
            target.send(small, NAME, sha256(b"another").hexdigest(), fresh=True)
    assert len(content(server, bucket, f"incoming/{NAME}")) == 1000


def test_the_centre_reads_answers_and_sets_aside(
    server: Ceph, bucket: str, package: Path, digest: str
) -> None:
    with opened(server.place(bucket)) as target:
        centre: CentreSide = target
        target.send(package, NAME, digest)
        assert centre.waiting() == (NAME,)
        with centre.fetched(NAME) as copy:
            assert copy.read_bytes() == package.read_bytes()
        for answer in (b"first", b"second"):
            centre.answer(NAME, answer)
            assert target.receipt(NAME) == answer
        assert target.receipts() == (NAME,)
        centre.quarantine(NAME, f"0123-{NAME}")
        assert centre.waiting() == ()
    assert content(server, bucket, f"quarantine/0123-{NAME}") == package.read_bytes()


def test_a_lost_acknowledgement_ends_in_one_copy(
    server: Ceph, bucket: str, package: Path, digest: str
) -> None:
    with opened(server.place(bucket)) as target:
        target.send(package, NAME, digest)
    with bad_link(BadLink(server.port)) as link:
        with opened(server.place(bucket, f"http://127.0.0.1:{link.own_port}")) as target:
            target.send(package, NAME, digest)
        assert link.upwards < 5_000
    assert objects(server, bucket) == [f"incoming/{NAME}"]


def test_another_object_of_that_name_is_never_overwritten(
    server: Ceph, bucket: str, package: Path, digest: str
) -> None:
    server.client().put_object(Bucket=bucket, Key=f"incoming/{NAME}", Body=b"another")
    assert isinstance(fault_of(server.place(bucket), package, digest), TargetConflict)
    assert content(server, bucket, f"incoming/{NAME}") == b"another"


@pytest.mark.parametrize("ours", [True, False])
def test_parts_that_are_there_are_not_sent_again(
    server: Ceph, bucket: str, package: Path, digest: str, ours: bool
) -> None:
    """What a killed sender left; parts of other content are thrown away with their upload."""
    key, raw = f"incoming/{NAME}", server.client()
    upload = raw.create_multipart_upload(Bucket=bucket, Key=key, Metadata={"sha256": digest})
    for number in (1, 2):
        body = package.read_bytes()[(number - 1) * PART_BYTES : number * PART_BYTES]
        raw.upload_part(
            Bucket=bucket, Key=key, UploadId=upload["UploadId"], PartNumber=number,
            Body=body if ours else body[::-1],
        )  # fmt: skip
    with bad_link(BadLink(server.port)) as link:
        with opened(server.place(bucket, f"http://127.0.0.1:{link.own_port}")) as target:
            target.send(package, NAME, digest)
        missing = SIZE - 2 * PART_BYTES if ours else SIZE
        assert missing < link.upwards < missing + 20_000
    assert content(server, bucket, key) == package.read_bytes()
    assert not raw.list_multipart_uploads(Bucket=bucket).get("Uploads")


def test_a_killed_store_keeps_what_it_had(
    server: Ceph, bucket: str, package: Path, digest: str
) -> None:
    """The gateway is killed in the middle; the sender waits for it and goes on."""
    with bad_link(BadLink(server.port, bytes_per_s=8e6)) as link:
        place = server.place(bucket, f"http://127.0.0.1:{link.own_port}")
        with opened(place, patience_s=60) as target:
            told: list[int] = []

            def kill_once(count: int) -> None:
                if not told:
                    server.kill_gateway()
                    server.start_gateway()
                told.append(count)

            target.send(package, NAME, digest, kill_once)
        assert link.upwards < SIZE + 2.5 * PART_BYTES
    assert content(server, bucket, f"incoming/{NAME}") == package.read_bytes()


def test_a_line_that_breaks_again_and_again_brings_it_over(
    server: Ceph, bucket: str, package: Path, digest: str
) -> None:
    bad = BadLink(server.port, round_trip_s=0.01, bytes_per_s=20e6, reset_every=6e6)
    with bad_link(bad) as link:
        place = server.place(bucket, f"http://127.0.0.1:{link.own_port}")
        with opened(place, patience_s=60) as target:
            target.send(package, NAME, digest)
        assert link.resets >= 2
    assert content(server, bucket, f"incoming/{NAME}") == package.read_bytes()


def test_wrong_and_revoked_keys(server: Ceph, bucket: str, package: Path, digest: str) -> None:
    place = server.place(bucket)
    wrong = S3Login(LOGIN.access_key, "wrong")
    for login in (wrong, S3Login("NOBODY", "x")):
        assert isinstance(fault_of(place, package, digest, login), TargetRefusesKey)
    server.admin("user", "suspend", "--uid=station")
    try:
        assert isinstance(fault_of(place, package, digest), TargetRefusesKey)
    finally:
        server.admin("user", "enable", "--uid=station")
    with opened(place) as target:
        target.send(package, NAME, digest)
    assert objects(server, bucket) == [f"incoming/{NAME}"]


def test_a_bucket_that_may_only_be_read(
    server: Ceph, bucket: str, package: Path, digest: str
) -> None:
    server.admit_other(bucket, "s3:GetObject", "s3:ListBucket")
    fault = fault_of(server.place(bucket), package, digest, OTHER_LOGIN)
    assert isinstance(fault, TargetReadOnly)
    assert objects(server, bucket) == []


def test_a_full_bucket_and_one_that_is_gone(
    server: Ceph, bucket: str, package: Path, digest: str
) -> None:
    quota = ("quota", "--quota-scope=bucket", "--uid=station")
    server.admin(quota[0], "set", *quota[1:], "--max-size=1048576")
    server.admin(quota[0], "enable", *quota[1:])
    try:
        assert isinstance(fault_of(server.place(bucket), package, digest), TargetFull)
    finally:
        server.admin(quota[0], "disable", *quota[1:])
    assert isinstance(fault_of(server.place("moved-away"), package, digest), TargetGone)
    nowhere = server.place(bucket, "http://127.0.0.1:9")
    assert isinstance(fault_of(nowhere, package, digest), TargetUnreachable)


def test_a_clock_that_jumped(
    server: Ceph, bucket: str, package: Path, digest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_time = auth.get_current_datetime

    def an_hour_late(*words: Any, **names: Any) -> Any:
        import datetime

        return true_time(*words, **names) - datetime.timedelta(hours=1)

    with monkeypatch.context() as patch:
        patch.setattr(auth, "get_current_datetime", an_hour_late)
        assert isinstance(fault_of(server.place(bucket), package, digest), ClockWrong)
    with opened(server.place(bucket)) as target:
        target.send(package, NAME, digest)
    assert objects(server, bucket) == [f"incoming/{NAME}"]


def test_certificates(
    server: Ceph, bucket: str, package: Path, digest: str, tmp_path: Path
) -> None:
    """An expired one, one of an unknown authority, ours missing where it is asked for; then all
    is well, both sides known to each other."""
    (tmp_path / "other").mkdir()
    ours, other = Authority(tmp_path), Authority(tmp_path / "other")
    small = tmp_path / NAME
    small.write_bytes(package.read_bytes()[:50_000])
    hash_of = sha256(small.read_bytes()).hexdigest()

    def place(port: int, authority: Path, certificate: Path | None = None) -> S3Place:
        found = server.place(bucket, f"https://127.0.0.1:{port}")
        return replace(found, authorities=authority, certificate=certificate)

    with tls_front(server.port, ours.sign("expired", days=-1)) as port:
        fault = fault_of(place(port, ours.path), small, hash_of)
        assert isinstance(fault, TargetNotTrusted)
        assert "expired" in str(fault)
    with tls_front(server.port, ours.sign("server"), client_authority=ours.path) as port:
        assert isinstance(fault_of(place(port, other.path), small, hash_of), TargetNotTrusted)
        fault = fault_of(place(port, ours.path), small, hash_of)
        assert isinstance(fault, TargetRefusesKey | TargetUnreachable)  # the alert may be cut off
        with opened(place(port, ours.path, ours.sign("station"))) as target:
            target.send(small, NAME, hash_of)
    assert content(server, bucket, f"incoming/{NAME}") == small.read_bytes()


def test_a_locked_bucket_keeps_a_package(server: Ceph, package: Path, digest: str) -> None:
    name = f"locked-{os.getpid()}-{int(time.time())}"
    server.client().create_bucket(Bucket=name, ObjectLockEnabledForBucket=True)
    with opened(replace(server.place(name), retain_days=1)) as target:
        target.send(package, NAME, digest)
    head = server.client().head_object(Bucket=name, Key=f"incoming/{NAME}")
    assert head["ObjectLockMode"] == "COMPLIANCE"
    with pytest.raises(server.client().exceptions.ClientError, match="AccessDenied"):
        server.client().delete_object(
            Bucket=name, Key=f"incoming/{NAME}", VersionId=head["VersionId"]
        )
