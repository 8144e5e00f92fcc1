"""A drop box that takes no keys: asyncssh's own server, since OpenSSH would ask for the password of
a user of this machine."""

import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import asyncssh
import pytest

from archiver import app
from archiver.errors import TargetRefusesKey
from archiver.store.keys import SigningKey
from archiver.transfer.folder import prepare_folder
from archiver.transfer.sftp_loop import Loop
from archiver.workflow.reaching import connect, settings_of
from archiver.workflow.targets import renew_credential
from tests.command_line import PROGRAM, environment
from tests.papers import OPERATOR

WORD = "كلمة سر 7"


class _Door(asyncssh.SSHServer):
    words: set[str]

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return password in self.words


@pytest.fixture
def drop_box(tmp_path: Path) -> Iterator[tuple[int, Path, set[str]]]:
    """Its port, its folder, the passwords it takes."""
    folder, words = tmp_path / "drop", {WORD}
    prepare_folder(folder)
    host = asyncssh.generate_private_key("ssh-ed25519")
    host.write_public_key(tmp_path / "host.pub")

    def door() -> _Door:
        found = _Door()
        found.words = words
        return found

    async def opened() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1", 0, server_factory=door, server_host_keys=[host],
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(folder).encode()),
        )  # fmt: skip

    async def closed(server: asyncssh.SSHAcceptor) -> None:
        server.close()
        await server.wait_closed()

    loop = Loop()
    server = loop.run(opened())
    yield server.get_port(), folder, words
    loop.run(closed(server))
    loop.close()


def test_a_password_lets_us_in_and_stands_nowhere(
    drop_box: tuple[int, Path, set[str]], read_archive: Path, tmp_path: Path
) -> None:
    port, folder, words = drop_box
    centre = SigningKey.load_or_create(tmp_path / "centre.key").public
    (tmp_path / "centre.pem").write_text(centre.pem())
    added = subprocess.run(
        [*PROGRAM, "target", "add", "centre", f"sftp://station@127.0.0.1:{port}/", "--password",
         "--host-key", tmp_path / "host.pub", "--centre-key", tmp_path / "centre.pem",
         "--archive", read_archive, "--json"],
        input=f"{WORD}\n", capture_output=True, text=True, timeout=120, check=False,
        env=environment(),
    )  # fmt: skip
    assert added.returncode == 0, added.stderr
    assert '"ssh_key": ""' in added.stdout
    package = tmp_path / "civil-1-93-v1-0123456789ab.zip"
    package.write_bytes(b"package")
    with app.open_station(read_archive) as station:
        place = connect(station, settings_of(station, "centre"))
        place.send(package, package.name, sha256(b"package").hexdigest())
        place.close()
        assert (folder / "incoming" / package.name).read_bytes() == b"package"
        words.clear()
        place = connect(station, settings_of(station, "centre"))
        with pytest.raises(TargetRefusesKey):
            place.receipts()
        place.close()
        words.add("another")
        renew_credential(station, OPERATOR, "centre", {"password": "another"})
        renew_credential(station, OPERATOR, "centre", {})  # a key that the centre does not know yet
        place = connect(station, settings_of(station, "centre"))
        assert place.receipts() == ()
        place.close()
    kept = [path for path in read_archive.rglob("*") if path.is_file() and "keys" not in path.parts]
    assert kept
    assert not [path for path in kept if WORD.encode() in path.read_bytes()]
