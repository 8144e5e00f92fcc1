"""A real Ceph object store (one monitor, one manager, one disk in memory, one gateway)."""

import base64
import json
import os
import shutil
import signal
import struct
import subprocess
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.error import URLError

import pytest

from archiver.transfer.s3_line import connect
from archiver.transfer.s3_place import S3Login, S3Place
from tests.servers.sshd import free_port

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PROGRAMS = ("ceph-mon", "ceph-mgr", "ceph-osd", "radosgw", "ceph", "radosgw-admin")
PATIENCE_SECONDS = 60.0
LOGIN = S3Login("STATIONKEY", "stationsecret")
OTHER_LOGIN = S3Login("OTHERKEY", "othersecret")
_SETTINGS = """
[global]
fsid = {fsid}
mon host = v2:127.0.0.1:{mon_port}
mon initial members = a
ms bind ipv4 = true
ms bind ipv6 = false
public addr = 127.0.0.1
cluster addr = 127.0.0.1
osd pool default size = 1
osd pool default min size = 1
mon allow pool size one = true
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
mon max pg per osd = 1000
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = {megabytes}M
osd memory target = 939524096
run dir = {folder}
admin socket = {folder}/$cluster-$name.asok
pid file = {folder}/$name.pid
log file = {folder}/$name.log
mon data = {folder}/mon
mgr data = {folder}/mgr
osd data = {folder}/osd
rgw data = {folder}/rgw
keyring = {folder}/keyring
mon data avail crit = 1
mon data avail warn = 1
mon warn on pool no redundancy = false
mon warn on insecure global id reclaim allowed = false
mgr initial modules =
[mon.a]
mon addr = v2:127.0.0.1:{mon_port}
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:{port}
rgw gc obj min wait = 5
rgw gc processor period = 5
rgw gc processor max time = 5
rgw multipart min part size = {part_bytes}
"""
# What the monitor begins with: asking it for a key later takes a second each.
_RIGHTS: Final = {
    "mon.": {"mon": "allow *"},
    "client.admin": {"mon": "allow *", "osd": "allow *", "mgr": "allow *", "mds": "allow *"},
    "mgr.x": {"mon": "allow profile mgr", "osd": "allow *"},
    "osd.0": {"mon": "allow profile osd", "mgr": "allow profile osd", "osd": "allow *"},
    "client.rgw": {"mon": "allow rwx", "osd": "allow rwx", "mgr": "allow rw"},
}


@dataclass
class Ceph:
    folder: Path
    port: int
    buckets: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def place(self, bucket: str, url: str = "") -> S3Place:
        return S3Place.parse("centre", f"{url or self.url}/{bucket}")

    def client(self) -> "S3Client":
        """As the station's user, who owns the buckets."""
        return connect(self.place("any"), LOGIN, 1)

    def new_bucket(self) -> str:
        self.buckets += 1
        name = f"bucket-{self.buckets}"
        self.client().create_bucket(Bucket=name)
        return name

    def admit_other(self, bucket: str, *actions: str) -> None:
        """The other user may do these things, and no more."""
        statement = {
            "Effect": "Allow",
            "Principal": {"AWS": ["arn:aws:iam:::user/other"]},
            "Action": actions,
            "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
        }
        policy = {"Version": "2012-10-17", "Statement": [statement]}
        self.client().put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))

    def limit(self, bucket: str, *, objects: int) -> None:
        self.admin("quota", "set", f"--bucket={bucket}", f"--max-objects={objects}")
        self.admin("quota", "enable", f"--bucket={bucket}")

    def run(self, *command: str) -> str:
        words = (command[0], "--conf", str(self.folder / "ceph.conf"), *command[1:])
        done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode:
            raise RuntimeError(f"{command}: {done.stderr[-2000:]}")
        return done.stdout

    def admin(self, *command: str) -> str:
        return self.run("radosgw-admin", *command)

    def start_gateway(self) -> None:
        self.run("radosgw", "-n", "client.rgw", "--setuser", "root", "--setgroup", "root")
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                urllib.request.urlopen(self.url, timeout=5).close()  # noqa: S310
            except (URLError, OSError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
            else:
                return

    def kill_gateway(self) -> None:
        self._kill(self.folder / "client.rgw.pid")

    def stop(self) -> None:
        for path in self.folder.glob("*.pid"):
            self._kill(path)

    def _kill(self, path: Path) -> None:
        """SIGKILL; daemons are nobody's children, so they are waited for by name."""
        pid = int(path.read_text())
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        while Path(f"/proc/{pid}").exists() and _state(pid) != "Z":
            time.sleep(0.01)
        path.unlink()


def _state(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return "Z"


@contextmanager
def ceph(*, megabytes: int = 2048, part_bytes: int = 5 << 20) -> Iterator[Ceph]:
    """About 15 seconds to start."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing or os.geteuid() != 0:
        pytest.skip(f"Ceph is not installed or this is not root: {missing}")
    folder = Path(tempfile.mkdtemp(prefix="archiver-ceph-"))
    server = Ceph(folder, free_port())
    try:
        _build(server, megabytes, part_bytes)
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _build(server: Ceph, megabytes: int, part_bytes: int) -> None:
    folder, mon_port, fsid = server.folder, free_port(), str(uuid.uuid4())
    for name in ("mon", "mgr", "osd", "rgw"):
        (folder / name).mkdir()
    (folder / "ceph.conf").write_text(
        _SETTINGS.format(
            fsid=fsid, mon_port=mon_port, folder=folder, port=server.port,
            megabytes=megabytes, part_bytes=part_bytes,
        )
    )  # fmt: skip
    me = ("--setuser", "root", "--setgroup", "root")
    ring = str(folder / "keyring")
    Path(ring).write_text("".join(_keys()))
    address = f"[v2:127.0.0.1:{mon_port}]"
    monmap = str(folder / "monmap")
    server.run(
        "monmaptool", "--create", "--clobber", "--fsid", fsid, "--addv", "a", address, monmap
    )
    server.run("ceph-mon", "--mkfs", "-i", "a", "--monmap", monmap, "--keyring", ring, *me)
    server.run("ceph-mon", "-i", "a", *me)
    server.run("ceph-mgr", "-i", "x", *me)
    disk = str(uuid.uuid4())
    server.run("ceph", "osd", "new", disk, "0")
    server.run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", disk, *me)
    server.run("ceph-osd", "-i", "0", *me)
    server.start_gateway()
    for name, of in (("station", LOGIN), ("other", OTHER_LOGIN)):
        server.admin("user", "create", f"--uid={name}", f"--display-name={name}",
                     f"--access-key={of.access_key}", f"--secret={of.secret_key}")  # fmt: skip


def _keys() -> Iterator[str]:
    """A keyring; a key is its kind (1), when it was made, its length and its 16 bytes."""
    for name, rights in _RIGHTS.items():
        key = base64.b64encode(struct.pack("<HIIH", 1, int(time.time()), 0, 16) + os.urandom(16))
        yield f"[{name}]\nkey = {key.decode()}\n"
        yield from (f'caps {who} = "{right}"\n' for who, right in rights.items())
