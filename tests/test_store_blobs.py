"""Blobs: whole or not there, whoever writes and whenever they are killed."""

import hashlib
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.store.blobs import Blobs

WRITER = """
import sys
from pathlib import Path
from archiver.store.blobs import Blobs
blobs = Blobs(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    print(blobs.put_bytes(b"%d " % number * 40_000), flush=True)
"""


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    (tmp_path / "blobs").mkdir()
    return Blobs(tmp_path / "blobs")


def stored(blobs: Blobs) -> list[str]:
    """The keys, each of them sound."""
    keys = list(blobs.keys())
    assert all(map(blobs.is_sound, keys))
    return keys


def files(blobs: Blobs) -> list[str]:
    return sorted(path.name for path in blobs.root.rglob("*") if path.is_file())


def writer(blobs: Blobs, first: int, end: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(blobs.root), str(first), str(end)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_blob_is_kept_under_its_hash_and_cannot_be_written(blobs: Blobs) -> None:
    key = blobs.put_bytes(b"page")
    assert key == hashlib.sha256(b"page").hexdigest()
    assert blobs.path(key).read_bytes() == b"page"
    assert stat.S_IMODE(blobs.path(key).stat().st_mode) == 0o444
    assert blobs.size(key) == 4
    assert list(blobs.keys()) == [key]


@given(content=st.binary(max_size=300))
def test_a_file_and_its_bytes_are_one_blob(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("blobs")
    (folder / "source").write_bytes(content)
    (folder / "blobs").mkdir()
    blobs = Blobs(folder / "blobs")
    assert blobs.put_file(folder / "source") == blobs.put_bytes(content)
    assert len(files(blobs)) == 1


def test_the_same_bytes_again_leave_the_first_file_as_it_is(blobs: Blobs, tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(b"page")
    inode = blobs.path(blobs.put_bytes(b"page")).stat().st_ino
    key = blobs.put_file(tmp_path / "source")
    assert blobs.path(key).stat().st_ino == inode
    assert files(blobs) == [key]


@pytest.mark.parametrize("damage", [b"Page", b"", b"page and more"])
def test_bringing_the_bytes_again_mends_a_damaged_blob(
    blobs: Blobs, tmp_path: Path, damage: bytes
) -> None:
    (tmp_path / "source").write_bytes(b"page")
    puts: tuple[Callable[[], str], ...] = (
        lambda: blobs.put_bytes(b"page"),
        lambda: blobs.put_file(tmp_path / "source"),
    )
    for put in puts:
        path = blobs.path(put())
        path.chmod(0o644)
        path.write_bytes(damage)
        assert not blobs.is_sound(path.name)
        assert blobs.is_sound(put())
        assert files(blobs) == [path.name]


def test_a_blob_that_is_gone_is_not_sound(blobs: Blobs) -> None:
    key = blobs.put_bytes(b"page")
    blobs.path(key).unlink()
    assert not blobs.is_sound(key)


def test_many_writers_of_the_same_bytes_end_with_one_sound_file(blobs: Blobs) -> None:
    contents = [b"%d" % number * 5000 for number in range(4)]
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(blobs.put_bytes, contents * 25))
    assert files(blobs) == sorted(keys)
    assert all(blobs.is_sound(key) for key in keys)


def test_processes_that_write_the_same_blobs_at_once(blobs: Blobs) -> None:
    writers = [writer(blobs, 0, 60), writer(blobs, 0, 60)]
    one, other = [child.communicate(timeout=60)[0].split() for child in writers]
    assert one == other
    assert files(blobs) == sorted(one) == stored(blobs)


def test_a_killed_writer_leaves_what_it_told_and_nothing_half(blobs: Blobs) -> None:
    acknowledged: list[str] = []
    for round_ in range(8):
        child = writer(blobs, round_ * 1000, round_ * 1000 + 1000)
        assert child.stdout
        acknowledged.append(child.stdout.readline().strip())  # it is at work
        time.sleep(0.004 * round_)
        os.kill(child.pid, signal.SIGKILL)
        acknowledged += child.communicate()[0].split()
        assert child.returncode == -signal.SIGKILL
        assert set(acknowledged) <= set(stored(blobs))
    assert len(acknowledged) >= 8


def test_a_sweep_removes_what_is_half_written_and_nothing_else(blobs: Blobs) -> None:
    key = blobs.put_bytes(b"page")
    (blobs.root / ".part-killed").write_bytes(b"pa")
    assert blobs.sweep() == 1
    assert files(blobs) == [key]
