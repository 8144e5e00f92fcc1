"""Writing one piece of a file over one line, with as much on the way as the line bears."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final

import asyncssh

from archiver.errors import TargetFull
from archiver.transfer.lines import Lines
from archiver.transfer.pieces import Origin, Piece, Tally
from archiver.transfer.sftp_line import LEAST_WINDOW, SftpFile, SftpLine, soon
from archiver.transfer.sftp_proof import boundary
from archiver.transfer.throttle import Throttle

# Bytes on their way are what a broken line loses: so many as keep it busy, and no more.
_MOST_WINDOW: Final = 512 << 10
_QUICK_S, _SLOW_S = 0.1, 0.2  # an acknowledgement
_PLAIN_WRITE: Final = 32 << 10  # every server takes as much in one request
_LITTLE_ROOM: Final = 1 << 20
_FLAGS: Final = asyncssh.FXF_READ | asyncssh.FXF_WRITE | asyncssh.FXF_CREAT
_FRESH: Final = _FLAGS | asyncssh.FXF_TRUNC


@dataclass(slots=True)
class Filling:
    """A piece on its way; done again on another line, it goes on from `acked`."""

    origin: Origin
    piece: Piece
    path: str  # the `.part`
    there: int  # its size when we began
    acked: int | None  # bytes of the file before it are at the target; None: to be looked up
    fresh: bool = False  # what lies at `path` is nothing


@dataclass(frozen=True, slots=True)
class _Write:
    task: "asyncio.Task[int]"
    end: int
    at: float


class Filler:
    """What all pieces share: how fast we may go, whom to tell."""

    def __init__(self, lines: Lines[SftpLine], throttle: Throttle, tally: Tally) -> None:
        self._lines, self._throttle, self._tally = lines, throttle, tally

    async def fill(
        self, line: SftpLine, filling: Filling, then: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """Bring the rest of the piece over, durable at the end.

        then: what is asked once it is durable, without waiting for the file to be closed.
        """
        flags = _FRESH if filling.fresh else _FLAGS
        file = await soon(line.sftp.open(filling.path, flags, encoding=None, block_size=0))
        closing: asyncio.Future[None] | None = None
        try:
            await self._bring(line, file, filling)
            closing = asyncio.ensure_future(soon(file.close()))
            await asyncio.sleep(0)  # now it is on its way
            if then:
                await then()
        finally:
            await (closing or soon(file.close()))

    async def _bring(self, line: SftpLine, file: SftpFile, filling: Filling) -> None:
        if filling.acked is None:
            piece = filling.piece
            filling.acked = await boundary(file, filling.origin, piece, filling.there)
            self._tally.add(filling.acked - piece.start)
        try:
            await self._write(line, file, filling, filling.acked)
        except asyncssh.SFTPFailure as error:
            await _explain(line, error)

    async def _write(self, line: SftpLine, file: SftpFile, filling: Filling, place: int) -> None:
        """The server answers in the order of the requests, so syncing waits for no answer."""
        flying: deque[_Write] = deque()
        end, last = filling.piece.end, list[asyncio.Task[None]]()
        try:
            while place < end or flying:
                if place < end and place - _acked(filling) < line.window:
                    place = await self._launch(line, file, filling, place, flying)
                    continue
                if place == end and not last:
                    last.append(asyncio.create_task(line.sync(file)))
                await self._land(line, flying, filling)
            await (last[0] if last else line.sync(file))
        finally:
            rest = [*(write.task for write in flying), *last]
            for task in rest:
                task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)

    async def _launch(
        self,
        line: SftpLine,
        file: SftpFile,
        filling: Filling,
        place: int,
        flying: deque[_Write],
    ) -> int:
        step = min(line.longest_write or _PLAIN_WRITE, max(_PLAIN_WRITE, line.window // 2))
        length = min(_PLAIN_WRITE if self._throttle.limits else step, filling.piece.end - place)
        if wait_s := self._throttle.reserve(length):
            await asyncio.sleep(wait_s)
        self._lines.check()
        task = asyncio.ensure_future(file.write(filling.origin.read(place, length), place))
        flying.append(_Write(task, place + length, monotonic()))
        return place + length

    async def _land(self, line: SftpLine, flying: deque[_Write], filling: Filling) -> None:
        """Wait for the oldest write, which a server answers first."""
        oldest = flying[0]
        await soon(oldest.task)
        flying.popleft()
        took_s = monotonic() - oldest.at
        if took_s < _QUICK_S:
            line.window = min(_MOST_WINDOW, line.window + _PLAIN_WRITE)
        elif took_s > _SLOW_S:
            line.window = max(LEAST_WINDOW, line.window - line.window // 4)
        self._tally.add(oldest.end - _acked(filling))
        filling.acked = oldest.end
        self._lines.moved()


def _acked(filling: Filling) -> int:
    return filling.piece.start if filling.acked is None else filling.acked


async def _explain(line: SftpLine, error: asyncssh.SFTPFailure) -> None:
    """OpenSSH says only `Failure` where the disk is full."""
    room = await line.free_bytes()
    if room is not None and room < _LITTLE_ROOM:
        raise TargetFull(target=line.place.target, detail=error.reason) from error
    raise error
