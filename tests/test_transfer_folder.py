"""Sending to a folder: cut off anywhere, it ends as exactly one identical file."""

import errno
import os
import random
import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from threading import Timer
from time import monotonic, sleep

import pytest

from archiver.errors import (
    ArchiveDamaged,
    StorageFailed,
    TargetConflict,
    TargetUnreachable,
)
from archiver.transfer.folder import FolderTarget, prepare_folder
from archiver.transfer.target import SendingStopped, Target
from archiver.transfer.throttle import Throttle

NAME = "civil-99001-93-v1-0123456789ab.zip"
SIZE = 24 << 20
SENDER = """
import resource, sys, time
from pathlib import Path
from archiver.errors import ArchiverError
from archiver.transfer.folder import FolderTarget
root, file, digest, pause, limit = sys.argv[1:]
if int(limit):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
try:
    FolderTarget("centre", Path(root)).send(
        Path(file), Path(file).name, digest, lambda done: time.sleep(float(pause))
    )
except ArchiverError as error:
    print(error.code)
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    path.write_bytes(random.Random(5).randbytes(SIZE))
    return path


@pytest.fixture
def digest(package: Path) -> str:
    return sha256(package.read_bytes()).hexdigest()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    prepare_folder(tmp_path / "share")
    return tmp_path / "share"


@pytest.fixture
def target(root: Path) -> FolderTarget:
    return FolderTarget("centre", root)


def sender(
    root: Path, package: Path, digest: str, pause_s: float = 0, limit: int = 0
) -> subprocess.Popen[str]:
    arguments = [str(root), str(package), digest, str(pause_s), str(limit)]
    command = [sys.executable, "-c", SENDER, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def only_file(root: Path) -> bytes:
    """The one file in the whole target."""
    (path,) = [path for path in root.rglob("*") if path.is_file()]
    assert path == root / "incoming" / NAME
    return path.read_bytes()


def written_by_us() -> int:
    """Bytes this process has handed to the system to write."""
    rows = dict(row.split(": ") for row in Path("/proc/self/io").read_text().splitlines())
    return int(rows["wchar"])


def test_a_folder_is_a_target(target: FolderTarget, package: Path, digest: str) -> None:
    place: Target = target
    seen: list[int] = []
    assert place.size(NAME) is None
    place.send(package, NAME, digest, seen.append)
    assert place.size(NAME) == SIZE
    assert sha256((target.root / "incoming" / NAME).read_bytes()).hexdigest() == digest
    assert seen == sorted(seen)
    assert seen[-1] == SIZE
    assert place.receipts() == ()
    assert place.receipt(NAME) is None


def test_a_lost_acknowledgement_ends_in_one_copy(
    target: FolderTarget, root: Path, package: Path, digest: str
) -> None:
    target.send(package, NAME, digest)
    before = written_by_us()
    target.send(package, NAME, digest)
    assert written_by_us() - before < 1000
    assert only_file(root) == package.read_bytes()


def test_another_file_of_that_name_is_never_overwritten(
    target: FolderTarget, root: Path, package: Path, digest: str
) -> None:
    (root / "incoming" / NAME).write_bytes(b"another")
    with pytest.raises(TargetConflict):
        target.send(package, NAME, digest)
    assert only_file(root) == b"another"


@pytest.mark.parametrize("share", [0.03, 0.3, 0.6, 0.85])
def test_a_killed_sender_goes_on_where_it_stopped(
    target: FolderTarget, root: Path, package: Path, digest: str, share: float
) -> None:
    part = root / "incoming" / (NAME + ".part")
    process = sender(root, package, digest, pause_s=0.03)
    deadline = monotonic() + 60
    while (part.stat().st_size if part.exists() else 0) < share * SIZE and monotonic() < deadline:
        sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    there = part.stat().st_size
    assert share * SIZE <= there
    assert not (root / "incoming" / NAME).exists()
    before = written_by_us()
    target.send(package, NAME, digest)
    assert written_by_us() - before <= SIZE - there + (1 << 20) + 1000
    assert only_file(root) == package.read_bytes()


def test_killed_again_and_again_it_still_ends_in_one_copy(
    target: FolderTarget, root: Path, package: Path, digest: str
) -> None:
    chance = random.Random(11)
    for _ in range(8):
        process = sender(root, package, digest, pause_s=0.01)
        sleep(chance.uniform(0.1, 0.6))
        process.kill()
        process.communicate(timeout=60)
    target.send(package, NAME, digest)
    assert only_file(root) == package.read_bytes()


@pytest.mark.parametrize("left", [b"\0" * (3 << 20), b"x", b"\0" * (SIZE + 5)])
def test_a_part_with_wrong_bytes_is_mended(
    target: FolderTarget, root: Path, package: Path, digest: str, left: bytes
) -> None:
    """After a power cut a file may have its length and not its bytes."""
    part = root / "incoming" / (NAME + ".part")
    part.write_bytes(package.read_bytes()[: 1 << 20] + left)
    target.send(package, NAME, digest)
    assert only_file(root) == package.read_bytes()


def test_killed_between_naming_and_tidying_up(
    target: FolderTarget, root: Path, package: Path, digest: str
) -> None:
    target.send(package, NAME, digest)
    os.link(root / "incoming" / NAME, root / "incoming" / (NAME + ".part"))
    target.send(package, NAME, digest)
    assert only_file(root) == package.read_bytes()


def test_two_senders_at_once_end_in_one_copy(root: Path, package: Path, digest: str) -> None:
    racers = [sender(root, package, digest, pause_s=0.001) for _ in range(2)]
    for racer in racers:
        racer.communicate(timeout=60)
    FolderTarget("centre", root).send(package, NAME, digest)
    assert only_file(root) == package.read_bytes()


def test_a_file_system_without_links_does_as_well(
    target: FolderTarget,
    root: Path,
    package: Path,
    digest: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """FAT sticks and some shares refuse hard links."""

    def refuse(source: Path, link: Path) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    target.send(package, NAME, digest)
    assert only_file(root) == package.read_bytes()


def test_a_full_disk_keeps_what_was_sent(
    target: FolderTarget, root: Path, package: Path, digest: str
) -> None:
    """A limit on file size stands in for the disk: the system refuses the write all the same."""
    words, _errors = sender(root, package, digest, limit=10 << 20).communicate(timeout=60)
    assert words == "DiskFull\n"
    assert (root / "incoming" / (NAME + ".part")).stat().st_size == 10 << 20
    target.send(package, NAME, digest)
    assert only_file(root) == package.read_bytes()


def test_a_disk_that_is_not_attached_is_not_written_to(
    tmp_path: Path, package: Path, digest: str
) -> None:
    (tmp_path / "mount").mkdir()
    target = FolderTarget("disk", tmp_path / "mount")
    with pytest.raises(TargetUnreachable):
        target.send(package, NAME, digest)
    with pytest.raises(TargetUnreachable):
        target.receipts()
    assert list((tmp_path / "mount").iterdir()) == []


def test_a_folder_that_vanishes_while_sending(
    target: FolderTarget, root: Path, package: Path, digest: str
) -> None:
    def pull_out(done: int) -> None:
        if done == 5 << 20:
            (root / "incoming").rename(root / "gone")

    with pytest.raises(TargetUnreachable):
        target.send(package, NAME, digest, pull_out)
    (root / "gone").rename(root / "incoming")
    target.send(package, NAME, digest)
    assert only_file(root) == package.read_bytes()


def test_a_link_laid_in_the_way_is_not_followed(
    target: FolderTarget, root: Path, package: Path, digest: str, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (root / "incoming" / (NAME + ".part")).symlink_to(victim)
    with pytest.raises(TargetUnreachable):
        target.send(package, NAME, digest)
    assert victim.read_bytes() == b"precious"


def test_a_package_that_changed_here_is_not_sent(
    target: FolderTarget, root: Path, package: Path, digest: str
) -> None:
    with package.open("r+b") as file:
        file.seek(SIZE // 2)
        file.write(b"rot")
    with pytest.raises(ArchiveDamaged):
        target.send(package, NAME, digest)
    assert list((root / "incoming").iterdir()) == []


def test_a_package_that_is_gone_here_is_not_the_targets_fault(
    target: FolderTarget, tmp_path: Path
) -> None:
    with pytest.raises(StorageFailed):
        target.send(tmp_path / "gone.zip", "gone.zip", "0" * 64)


def test_we_keep_to_the_speed_that_is_allowed_and_stop_at_once(
    root: Path, package: Path, digest: str
) -> None:
    begun = monotonic()
    FolderTarget("centre", root, Throttle(SIZE * 2)).send(package, NAME, digest)
    assert monotonic() - begun > 0.4
    assert only_file(root) == package.read_bytes()
    (root / "incoming" / NAME).unlink()
    slow = FolderTarget("centre", root, Throttle(1000))
    Timer(0.3, slow.stop).start()
    with pytest.raises(SendingStopped):
        slow.send(package, NAME, digest)
    assert monotonic() - begun < 5
