"""A real OpenSSH server with a drop box, as an ordinary process on a free port."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import asyncssh
import pytest

from archiver.transfer.folder import prepare_folder
from archiver.transfer.sftp_place import SftpLogin, SftpPlace

SSHD = "/usr/sbin/sshd"
PATIENCE_SECONDS = 10.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


@dataclass
class Sshd:
    """`folder` holds its keys and settings; `root` is what the station sees as `/`."""

    folder: Path
    root: Path
    port: int
    key: asyncssh.SSHKey
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def login(self) -> SftpLogin:
        return SftpLogin(private_key=self.key.export_private_key("openssh").decode())

    def place(self, port: int = 0) -> SftpPlace:
        url = f"sftp://{user()}@127.0.0.1:{port or self.port}{self.seen}"
        return SftpPlace.parse("centre", url, self.host_key)

    @property
    def seen(self) -> str:
        """The drop box as the station names it: only root may lock people up in a folder."""
        return "/" if os.geteuid() == 0 else str(self.root)

    @property
    def host_key(self) -> str:
        return " ".join((self.folder / "host.pub").read_text().split()[:2])

    def trust(self, *keys: asyncssh.SSHKey) -> None:
        """From now on these keys, and no others, may enter."""
        lines = [key.export_public_key("openssh").decode() for key in keys]
        (self.folder / "authorized").write_text("".join(lines))

    def new_host_key(self) -> None:
        key = asyncssh.generate_private_key("ssh-ed25519")
        key.write_private_key(self.folder / "host")
        (self.folder / "host").chmod(0o600)
        key.write_public_key(self.folder / "host.pub")

    def start(self) -> None:
        self.process = subprocess.Popen(
            [SSHD, "-D", "-e", "-f", str(self.folder / "sshd_config")],
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_for_port(self.port)

    def restart(self, *, read_only: bool) -> None:
        self.kill()
        settings = self.folder / "sshd_config"
        plain = settings.read_text().replace("internal-sftp -R", "internal-sftp")
        option = " -R" if read_only else ""
        settings.write_text(plain.replace("internal-sftp", f"internal-sftp{option}"))
        self.start()

    def kill(self) -> None:
        """SIGKILL the server and every connection it has."""
        if self.process:
            for pid in _descendants(self.process.pid):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def user() -> str:
    return subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()


def _descendants(pid: int) -> list[int]:
    """The process and all below it, in other sessions too."""
    found = [pid]
    for parent in found:
        for path in Path(f"/proc/{parent}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, path.read_text().split())
    return found


@contextmanager
def sshd(home: Path | None = None) -> Iterator[Sshd]:
    """Below `home`, which may not pass through a folder that others can write to: not `/tmp`."""
    if not Path(SSHD).exists():
        pytest.skip("openssh-server is not installed")
    home = home or (Path("/run") if os.geteuid() == 0 else Path.home())
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="archiver-sshd-", dir=home))
    try:
        yield _prepared(folder)
    finally:
        shutil.rmtree(folder)


def _prepared(folder: Path) -> Sshd:
    folder.chmod(0o755)
    server = Sshd(
        folder, folder / "drop", free_port(), asyncssh.generate_private_key("ssh-ed25519")
    )
    prepare_folder(server.root)
    server.new_host_key()
    server.trust(server.key)
    lines = [
        f"Port {server.port}",
        "ListenAddress 127.0.0.1",
        f"HostKey {folder}/host",
        f"PidFile {folder}/pid",
        f"AuthorizedKeysFile {folder}/authorized",
        "StrictModes no",
        "UsePAM no",
        "PasswordAuthentication no",
        "PermitRootLogin yes",
        "MaxStartups 100",
        "Subsystem sftp internal-sftp",
        "ForceCommand internal-sftp",
        f"ChrootDirectory {server.root}" if os.geteuid() == 0 else "",
    ]
    (folder / "sshd_config").write_text("\n".join(lines) + "\n")
    return server
