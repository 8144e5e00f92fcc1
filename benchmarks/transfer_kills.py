"""What kills cost: the real `archiver send`, its archive, its outbox, SIGKILL at any byte."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from archiver import app
from archiver.model.actor import Actor
from archiver.model.delivery import Seal
from archiver.settings import Identity
from archiver.store import cases, deliveries
from archiver.store.audit import now
from archiver.store.keys import SigningKey
from archiver.workflow.targets import add_place
from benchmarks.transfer_grounds import Ground
from tests.command_line import PROGRAM, environment
from tests.servers.bad_link import BadLink, bad_link

_WHO = Actor("قياس", "operator", "station", "")


def kills(
    ground: Ground, folder: Path, hashes: dict[str, str], struck: str, count: int
) -> tuple[float, int, int]:
    """SIGKILL the sender ("client") or the "server" `count` times, spread over the bytes.

    Bytes on the wire over those of the packages, less 1; packages lost; files too many.
    """
    size = sum(path.stat().st_size for path in folder.iterdir())
    with bad_link(BadLink(ground.port)) as link, _archive(ground, folder, hashes, link) as root:
        dues = [size * (number + 1) / (count + 1) for number in range(count)]
        sender, starts = _sender(root), 1
        while (ended := sender.poll()) != 0:
            if ended is not None:
                assert starts < 3 * count + 10, "it does not come to an end"
                sender, starts = _sender(root), starts + 1
            elif dues and link.upwards >= dues[0]:
                dues.pop(0)
                if struck == "client":
                    sender.kill()
                    sender.wait()
                else:
                    ground.restart()
            time.sleep(0.002)
        extra = link.upwards / size - 1
    found = ground.there()
    lost = sum(found.get(name) != digest for name, digest in hashes.items())
    return extra, lost, len(set(found) - set(hashes))


def _sender(root: Path) -> "subprocess.Popen[bytes]":
    words = [*PROGRAM, "send", "--to", "bench", "--archive", str(root), "--as", _WHO.person]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        words, stdin=quiet, stdout=quiet, stderr=quiet, env=environment(HOME=os.environ["HOME"])
    )


@contextmanager
def _archive(ground: Ground, folder: Path, hashes: dict[str, str], link: BadLink) -> Iterator[Path]:
    """One whose sealed packages are the files of `folder`, to be sent over `link`."""
    root = folder.parent / f"archive-{time.monotonic_ns()}"
    app.init_archive(root, _WHO, Identity(_WHO.station, ""))
    with app.open_station(root) as station:
        target = ground.settings(link.own_port)
        key = SigningKey.load_or_create(station.keys / "centre.key").public.pem()
        _target, public = add_place(station, _WHO, replace(target, centre_key=key), ground.secret)
        if public:
            ground.trust(public)
        with station.database.transaction() as connection:
            case = cases.add(connection, profile="case_file", keys=(), reference="x", title="x")
            for number, (name, digest) in enumerate(hashes.items(), 1):
                size = (folder / name).stat().st_size
                os.link(folder / name, station.sealed / name)
                seal = Seal(0, case.id, number, name, size, digest, "", "", "", now(), _WHO.person)
                deliveries.add_seal(connection, seal, {})
    yield root
