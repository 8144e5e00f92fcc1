"""Sending to a real OpenSSH server: cut off anywhere, it ends as exactly one identical file."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import asyncssh
import pytest

from archiver.errors import (
    ArchiverError,
    TargetConflict,
    TargetFull,
    TargetGone,
    TargetNotTrusted,
    TargetReadOnly,
    TargetRefusesKey,
    TargetUnreachable,
)
from archiver.transfer.sftp import SftpTarget
from archiver.transfer.sftp_place import SftpLogin, SftpPlace
from archiver.transfer.target import PART, CentreSide, Target
from archiver.transfer.throttle import Throttle
from tests.servers.bad_link import BadLink, bad_link
from tests.servers.sshd import Sshd, sshd

NAME = "civil-99001-93-v1-0123456789ab.zip"
SIZE = 20 << 20
SENDER = """
import sys
from pathlib import Path
from archiver.transfer.sftp import SftpTarget
from archiver.transfer.sftp_place import SftpLogin, SftpPlace
file, url, host_key, key = sys.argv[1:]
place = SftpPlace.parse("centre", url, host_key)
target = SftpTarget(place, SftpLogin(Path(key).read_text()), streams=2)
print("ready", flush=True)
target.send(Path(file), Path(file).name, "")
target.close()
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With long runs of zeros, which a hole in the file at the server looks like."""
    path = tmp_path_factory.mktemp("package") / NAME
    content = bytearray(random.Random(5).randbytes(SIZE))
    content[5_000_000:6_000_000] = bytes(1_000_000)
    content[8_300_000:8_400_000] = bytes(100_000)
    path.write_bytes(content)
    return path


@pytest.fixture
def server() -> Iterator[Sshd]:
    with sshd() as found:
        found.start()
        yield found
        found.kill()


def target_of(server: Sshd, *, port: int = 0, patience_s: float = 0.5) -> SftpTarget:
    return SftpTarget(server.place(port), server.login, streams=2, patience_s=patience_s)


@pytest.fixture
def target(server: Sshd) -> Iterator[SftpTarget]:
    found = target_of(server)
    yield found
    found.close()


def files(server: Sshd) -> dict[str, bytes]:
    return {
        str(path.relative_to(server.root)): path.read_bytes()
        for path in server.root.rglob("*")
        if path.is_file()
    }


def fault_of(server: Sshd, package: Path, login: SftpLogin | None = None) -> ArchiverError:
    found = SftpTarget(server.place(), login or server.login, streams=2, patience_s=0.3)
    try:
        with pytest.raises(ArchiverError) as caught:
            found.send(package, NAME, "")
        return caught.value
    finally:
        found.close()


def test_a_drop_box_is_a_target(server: Sshd, target: SftpTarget, package: Path) -> None:
    place: Target = target
    seen: list[int] = []
    assert place.size(NAME) is None
    place.send(package, NAME, "", seen.append)
    assert files(server) == {f"incoming/{NAME}": package.read_bytes()}
    assert (place.size(NAME), max(seen)) == (SIZE, SIZE)
    assert (place.receipts(), place.receipt(NAME)) == ((), None)


def test_the_centre_reads_answers_and_sets_aside(
    server: Sshd, target: SftpTarget, package: Path
) -> None:
    centre: CentreSide = target
    target.send(package, NAME, "")
    (server.root / "incoming" / "b.zip.part").write_bytes(b"on its way")
    assert centre.waiting() == (NAME,)
    with centre.fetched(NAME) as copy:
        assert copy.read_bytes() == package.read_bytes()
    assert not copy.exists()
    for answer in (b"first", b"second"):
        centre.answer(NAME, answer)
        assert target.receipt(NAME) == answer
    assert target.receipts() == (NAME,)
    centre.quarantine(NAME, f"0123-{NAME}")
    assert centre.waiting() == ()
    assert files(server)[f"quarantine/0123-{NAME}"] == package.read_bytes()


def test_a_lost_acknowledgement_ends_in_one_copy(
    server: Sshd, target: SftpTarget, package: Path
) -> None:
    target.send(package, NAME, "")
    with bad_link(BadLink(server.port)) as link:
        again = target_of(server, port=link.own_port)
        again.send(package, NAME, "")
        again.close()
    assert link.upwards < 20_000
    assert list(files(server)) == [f"incoming/{NAME}"]


def test_a_server_that_died_within_the_rename_keeps_no_second_name(
    server: Sshd, target: SftpTarget, package: Path
) -> None:
    """OpenSSH links, then unlinks: killed between the two, it has both names."""
    target.send(package, NAME, "")
    sent = server.root / "incoming" / NAME
    os.link(sent, sent.with_name(NAME + PART))
    again = target_of(server)
    again.send(package, NAME, "")
    again.close()
    assert list(files(server)) == [f"incoming/{NAME}"]


def test_another_file_of_that_name_is_never_overwritten(
    server: Sshd, target: SftpTarget, package: Path
) -> None:
    other = bytearray(package.read_bytes())
    other[: len(other) // 2] = bytes(len(other) // 2)
    (server.root / "incoming" / NAME).write_bytes(other)
    with pytest.raises(TargetConflict):
        target.send(package, NAME, "")
    assert files(server) == {f"incoming/{NAME}": bytes(other)}


def test_a_part_of_something_else_is_written_over(
    server: Sshd, target: SftpTarget, package: Path
) -> None:
    (server.root / "incoming" / f"{NAME}.part").write_bytes(os.urandom(SIZE + 5000))
    target.send(package, NAME, "")
    assert files(server) == {f"incoming/{NAME}": package.read_bytes()}


def test_what_sets_off_for_the_first_time_is_safe_all_the_same(
    server: Sshd, target: SftpTarget, tmp_path: Path
) -> None:
    small, incoming = tmp_path / NAME, server.root / "incoming"
    small.write_bytes(os.urandom(300_000))
    (incoming / f"{NAME}.part").write_bytes(os.urandom(400_000))
    for _twice in range(2):
        target.send(small, NAME, "", fresh=True)
        assert files(server) == {f"incoming/{NAME}": small.read_bytes()}
    (incoming / NAME).write_bytes(b"another")
    with pytest.raises(TargetConflict):
        target.send(small, NAME, "", fresh=True)
    assert (incoming / NAME).read_bytes() == b"another"


@pytest.mark.parametrize("killed", ["client", "server"])
def test_a_kill_costs_little(server: Sshd, package: Path, tmp_path: Path, killed: str) -> None:
    """At a moment when a good part is over; then it goes on, and ends bit for bit the same."""
    (tmp_path / "key").write_text(server.login.private_key)
    with bad_link(BadLink(server.port, bytes_per_s=20e6)) as link:
        place = server.place(link.own_port)
        url = f"sftp://{place.user}@127.0.0.1:{link.own_port}{server.seen}"
        words = [str(package), url, place.host_key, str(tmp_path / "key")]
        for _round in range(3):
            command = [sys.executable, "-c", SENDER, *words]
            sender = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            assert sender.stdout
            sender.stdout.readline()
            begun = link.upwards
            while link.upwards < begun + 4_000_000 and sender.poll() is None:
                time.sleep(0.005)
            if killed == "client":
                sender.send_signal(signal.SIGKILL)
            else:
                server.kill()
                server.start()
                sender.send_signal(signal.SIGKILL)
            sender.wait()
            sender.stdout.close()
        assert f"incoming/{NAME}" not in files(server)
        last = target_of(server, port=link.own_port, patience_s=20)
        last.send(package, NAME, "")
        last.close()
    assert files(server) == {f"incoming/{NAME}": package.read_bytes()}
    # What lay in the queue of the line when it was cut counts as sent; a tail is proved anew.
    assert link.upwards < SIZE * 1.35


def test_a_line_that_breaks_again_and_again_brings_it_over(server: Sshd, package: Path) -> None:
    bad = BadLink(server.port, round_trip_s=0.01, bytes_per_s=20e6, reset_every=3e6)
    with bad_link(bad) as link:
        target = target_of(server, port=link.own_port, patience_s=20)
        target.send(package, NAME, "")
        target.close()
    assert link.resets >= 3
    assert files(server) == {f"incoming/{NAME}": package.read_bytes()}


def test_what_a_person_must_mend_is_said_and_then_it_goes_on(server: Sshd, package: Path) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519")
    server.trust(other)
    assert isinstance(fault_of(server, package), TargetRefusesKey)
    server.trust(server.key)
    (server.root / "incoming").rename(server.root / "elsewhere")
    gone = fault_of(server, package)
    assert isinstance(gone, TargetGone)
    assert "incoming" in str(gone)
    (server.root / "elsewhere").rename(server.root / "incoming")
    server.kill()
    assert isinstance(fault_of(server, package), TargetUnreachable)
    old_key = server.host_key
    server.new_host_key()
    server.start()
    place = server.place()
    stranger = SftpTarget(
        SftpPlace("centre", place.host, place.port, place.user, place.folder, old_key),
        server.login, streams=1, patience_s=0.3,
    )  # fmt: skip
    with pytest.raises(TargetNotTrusted):
        stranger.send(package, NAME, "")
    stranger.close()
    assert files(server) == {}
    mended = target_of(server)
    mended.send(package, NAME, "")
    mended.close()
    assert files(server) == {f"incoming/{NAME}": package.read_bytes()}


def test_the_key_before_the_new_one_still_opens(server: Sshd, package: Path) -> None:
    new = asyncssh.generate_private_key("ssh-ed25519").export_private_key("openssh").decode()
    login = SftpLogin(private_key=new, previous_key=server.login.private_key)
    target = SftpTarget(server.place(), login, streams=1)
    target.send(package, NAME, "")
    target.close()
    assert files(server) == {f"incoming/{NAME}": package.read_bytes()}


def test_a_drop_box_that_may_only_be_read(server: Sshd, package: Path) -> None:
    server.restart(read_only=True)
    assert isinstance(fault_of(server, package), TargetReadOnly)


def test_a_full_disk_is_said_and_goes_on_when_there_is_room(server: Sshd, package: Path) -> None:
    incoming = server.root / "incoming"
    mount = ("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(incoming))
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can make a small disk")
    try:
        assert isinstance(fault_of(server, package), TargetFull)
        subprocess.run(("mount", "-o", "remount,size=64m", str(incoming)), check=True)
        target = target_of(server)
        target.send(package, NAME, "")
        target.close()
        assert files(server) == {f"incoming/{NAME}": package.read_bytes()}
    finally:
        server.kill()
        subprocess.run(("umount", "-l", str(incoming)), check=True)


def test_we_keep_to_the_speed_that_is_allowed(server: Sshd, tmp_path: Path) -> None:
    small = tmp_path / NAME
    small.write_bytes(os.urandom(1_000_000))
    target = SftpTarget(server.place(), server.login, streams=2, throttle=Throttle(1_000_000))
    begun = time.monotonic()
    target.send(small, NAME, sha256(small.read_bytes()).hexdigest())
    assert time.monotonic() - begun > 0.7
    target.close()
