"""The servers that benchmarks/transfer.py sends to: a real OpenSSH, a real Ceph."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import asyncssh

from archiver.settings import TargetSettings
from archiver.transfer.s3 import S3Target
from archiver.transfer.s3_line import connect
from archiver.transfer.s3_place import S3Place
from archiver.transfer.sftp import SftpTarget
from tests.servers.ceph import LOGIN, ceph
from tests.servers.sshd import sshd

Place = SftpTarget | S3Target


@dataclass
class Ground:
    """A server, the ways to reach it on a port, and what lies there."""

    port: int
    ours: Callable[[int], Place]
    settings: Callable[[int], TargetSettings]
    secret: dict[str, str]
    rclone: Callable[[int], tuple[list[str], str]]  # options, remote
    there: Callable[[], dict[str, str]]  # name -> sha256, all files
    clear: Callable[[], None]
    restart: Callable[[], None]  # after a SIGKILL
    trust: Callable[[str], None]  # a public key of ours, besides those it knows


@contextmanager
def sftp_ground(folder: Path, home: Path | None) -> Iterator[Ground]:
    with sshd(home) as server:
        server.start()
        key = folder / "key"
        key.write_text(server.login.private_key)
        key.chmod(0o600)
        user = server.place().user

        def rclone(port: int) -> tuple[list[str], str]:
            options = ["--sftp-host", "127.0.0.1", "--sftp-port", str(port), "--sftp-user", user,
                       "--sftp-key-file", str(key), "--sftp-shell-type", "none"]  # fmt: skip
            return options, f":sftp:{server.seen}/incoming"

        def there() -> dict[str, str]:
            paths = (server.root / "incoming").iterdir()
            return {path.name: sha256(path.read_bytes()).hexdigest() for path in paths}

        def clear() -> None:
            for path in (server.root / "incoming").iterdir():
                path.unlink()

        def restart() -> None:
            server.kill()
            server.start()

        def settings(port: int) -> TargetSettings:
            url = f"sftp://{user}@127.0.0.1:{port}{server.seen}"
            return TargetSettings("bench", "sftp", url, host_key=server.host_key)

        yield Ground(
            server.port,
            lambda port: SftpTarget(server.place(port), server.login),
            settings,
            {},
            rclone,
            there,
            clear,
            restart,
            lambda line: server.trust(server.key, asyncssh.import_public_key(line)),
        )
        server.kill()


@contextmanager
def s3_ground(_folder: Path, _home: Path | None) -> Iterator[Ground]:
    with ceph(megabytes=4000) as server:
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

        def url(port: int) -> str:
            return f"http://127.0.0.1:{port}/bench"

        def restart() -> None:
            server.kill_gateway()
            server.start_gateway()

        yield Ground(
            server.port,
            lambda port: S3Target(S3Place.parse("bench", url(port)), LOGIN),
            lambda port: TargetSettings("bench", "s3", url(port)),
            {"access_key": LOGIN.access_key, "secret_key": LOGIN.secret_key},
            rclone,
            there,
            clear,
            restart,
            lambda line: None,
        )
