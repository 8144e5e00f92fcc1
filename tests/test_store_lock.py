"""One writer: the lock names its holder and ends with its process, however that ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.errors import ArchiveBusy
from archiver.store.lock import WriterLock

HOLDER = """
import sys, time
from pathlib import Path
from archiver.store.lock import WriterLock
lock = WriterLock(Path(sys.argv[1]), "منى")
print("held", flush=True)
time.sleep(60)
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLDER, str(folder)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout
    assert child.stdout.readline() == "held\n"
    return child


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path, "سامي")
    with pytest.raises(ArchiveBusy) as refused:
        WriterLock(tmp_path, "منى")
    assert refused.value.facts == {"holder": "سامي", "pid": os.getpid()}
    lock.release()


def test_a_released_lock_is_free(tmp_path: Path) -> None:
    WriterLock(tmp_path, "سامي").release()
    WriterLock(tmp_path, "منى").release()


def test_another_process_holds_it_until_it_is_killed(tmp_path: Path) -> None:
    child = holder(tmp_path)
    with child:
        with pytest.raises(ArchiveBusy) as refused:
            WriterLock(tmp_path, "سامي")
        assert refused.value.facts == {"holder": "منى", "pid": child.pid}
        child.send_signal(signal.SIGKILL)
        child.wait()
    WriterLock(tmp_path, "سامي").release()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b"null"])
def test_a_lock_without_a_readable_name_is_a_lock_all_the_same(
    tmp_path: Path, content: bytes
) -> None:
    lock = WriterLock(tmp_path, "سامي")
    (tmp_path / "writer.lock").write_bytes(content)
    with pytest.raises(ArchiveBusy) as refused:
        WriterLock(tmp_path, "منى")
    assert refused.value.facts == {"holder": "?", "pid": 0}
    lock.release()
