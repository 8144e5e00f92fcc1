"""Where an SFTP drop box is and how it is entered."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from archiver.transfer.target import INCOMING, QUARANTINE, RECEIPT, RECEIPTS

DEFAULT_PORT = 22


@dataclass(frozen=True, slots=True)
class SftpLogin:
    """An OpenSSH private key, and the one before it until the centre knows the new one; or a
    password, where a drop box takes nothing else."""

    private_key: str = field(default="", repr=False)
    previous_key: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SftpPlace:
    target: str  # its name
    host: str
    port: int
    user: str
    folder: str  # "" is the folder one lands in
    host_key: str  # the server's pinned public key, one line as in known_hosts, without a name

    @classmethod
    def parse(cls, target: str, url: str, host_key: str) -> "SftpPlace":
        """`sftp://user@host[:port][/folder]`. Raises ValueError."""
        parts = urlsplit(url)
        if parts.scheme != "sftp" or not parts.hostname or not parts.username or parts.password:
            raise ValueError(url)
        folder = unquote(parts.path).rstrip("/")
        return cls(
            target,
            parts.hostname,
            parts.port or DEFAULT_PORT,
            unquote(parts.username),
            folder + "/" if parts.path else "",
            host_key,
        )

    def incoming(self, name: str = "") -> str:
        return f"{self.folder}{INCOMING}/{name}"

    def receipts(self, name: str = "") -> str:
        return f"{self.folder}{RECEIPTS}/{name}{RECEIPT if name else ''}"

    def quarantine(self, name: str = "") -> str:
        return f"{self.folder}{QUARANTINE}/{name}"
