"""One SSH connection to a drop box, for one thread."""

import asyncio
from collections.abc import Awaitable, Coroutine
from contextlib import suppress
from typing import Any, Final, TypeVar

import asyncssh

from archiver.errors import TargetGone
from archiver.i18n import _
from archiver.transfer.sftp_faults import GONE, sftp_faults
from archiver.transfer.sftp_loop import Loop
from archiver.transfer.sftp_place import SftpLogin, SftpPlace
from archiver.transfer.target import PART

T = TypeVar("T")
WAIT_S: Final = 60.0
_CONNECT_S: Final = 20.0
LEAST_WINDOW: Final = 128 << 10
_CLOSE_S: Final = 2.0
# The quick ones first: with AES in hardware they are twice as fast as OpenSSH's own first choice.
_CIPHERS: Final = (
    "aes128-gcm@openssh.com",
    "aes256-gcm@openssh.com",
    "chacha20-poly1305@openssh.com",
    "aes256-ctr",
)

SftpFile = asyncssh.SFTPClientFile


async def soon(work: Awaitable[T]) -> T:
    """Not longer than a server on a bad line may take for one answer."""
    async with asyncio.timeout(WAIT_S):
        return await work


async def read_bytes(file: SftpFile, size: int = -1, offset: int | None = None) -> bytes:
    """All of a file opened for bytes, or so much of it."""
    content: bytes = await soon(file.read(size, offset))
    return content


class SftpLine:
    """See `lines.Line`. Its coroutines run through `do`, which words what they raise."""

    def __init__(self, place: SftpPlace, login: SftpLogin, loop: Loop) -> None:
        self.place, self._loop = place, loop
        self.window = LEAST_WINDOW  # bytes that may be on their way
        self._connection: asyncssh.SSHClientConnection | None = None
        try:
            self.do(self._connect(login))
        except BaseException:
            self.close()
            raise

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        with sftp_faults(self.place.target):
            return self._loop.run(work)

    def close(self) -> None:
        if self._connection is not None:
            self._loop.run(_hang_up(self._connection))
            self._connection = None

    async def _connect(self, login: SftpLogin) -> None:
        self._connection = await _enter(self.place, login)
        self.sftp = await soon(self._connection.start_sftp_client())

    @property
    def longest_write(self) -> int:
        """Bytes the server takes in one request; 0 where it does not tell."""
        return self.sftp.limits.max_write_len

    async def require_prepared(self) -> None:
        """Raise TargetGone where the three folders are missing."""
        for folder in (self.place.incoming(), self.place.receipts(), self.place.quarantine()):
            try:
                await soon(self.sftp.stat(folder))
            except GONE as error:
                detail = _("it has no folder “{name}”").format(name=folder)
                raise TargetGone(target=self.place.target, detail=detail) from error

    async def size(self, path: str) -> int | None:
        """None where there is no such file."""
        try:
            return (await soon(self.sftp.stat(path))).size or 0
        except GONE:
            return None

    async def read(self, path: str) -> bytes | None:
        """The whole of a small file; None where it is not there."""
        try:
            file = await soon(self.sftp.open(path, "rb"))
        except GONE:
            return None
        try:
            return await read_bytes(file)
        finally:
            await soon(file.close())

    async def names(self, folder: str) -> tuple[str, ...]:
        found = await soon(self.sftp.listdir(folder))
        return tuple(sorted(str(name) for name in found if name not in (".", "..")))

    async def replace(self, path: str, content: bytes) -> None:
        """Write `path` whole and durable; one of that name before is replaced."""
        async with await soon(self.sftp.open(path + PART, "wb")) as file:
            await soon(file.write(content))
            await self.sync(file)
        await soon(self.sftp.posix_rename(path + PART, path))

    async def sync(self, file: SftpFile) -> None:
        """Make it durable, where the server has a way to be asked."""
        with suppress(asyncssh.SFTPOpUnsupported):
            await soon(file.fsync())

    async def free_bytes(self) -> int | None:
        """Room at the target; None where it does not tell."""
        try:
            told = await soon(self.sftp.statvfs(self.place.incoming()))
        except (asyncssh.SFTPOpUnsupported, asyncssh.SFTPFailure):
            return None
        return told.bavail * told.frsize


async def _enter(place: SftpPlace, login: SftpLogin) -> asyncssh.SSHClientConnection:
    """Nothing of this machine's own SSH settings, agents or known hosts has a say."""
    keys = [asyncssh.import_private_key(k) for k in (login.private_key, login.previous_key) if k]
    return await asyncssh.connect(
        place.host,
        place.port,
        username=place.user,
        client_keys=keys or None,
        password=login.password or None,
        known_hosts=([asyncssh.import_public_key(place.host_key)], [], []),
        config=None,
        agent_path=None,
        gss_host=None,
        compression_algs=None,
        encryption_algs=_CIPHERS,
        connect_timeout=_CONNECT_S,
        login_timeout=_CONNECT_S,
        keepalive_interval=15,
    )


async def _hang_up(connection: asyncssh.SSHClientConnection) -> None:
    connection.abort()
    with suppress(TimeoutError, asyncssh.Error, OSError):
        await asyncio.wait_for(connection.wait_closed(), _CLOSE_S)
