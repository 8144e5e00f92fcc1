"""Writing one piece of a file over one line, with as much on the way as the line bears."""

import asyncio
from collections import deque
from dataclasses import dataclass
from time import monotonic
from typing import Final

import asyncssh

from archiver.errors import TargetFull
from archiver.transfer.lines import Lines
from archiver.transfer.pieces import Origin, Piece, Tally
from archiver.transfer.sftp_line import SftpFile, SftpLine, soon
from archiver.transfer.sftp_proof import boundary
from archiver.transfer.throttle import Throttle

# Bytes on their way are what a broken line loses: so many as keep it busy, and no more.
_LEAST_WINDOW: Final = 128 << 10
_MOST_WINDOW: Final = 1 << 20
_QUICK_S, _SLOW_S = 0.1, 0.2  # an acknowledgement
_PLAIN_WRITE: Final = 32 << 10  # every server takes as much in one request
_LITTLE_ROOM: Final = 1 << 20
_FLAGS: Final = asyncssh.FXF_READ | asyncssh.FXF_WRITE | asyncssh.FXF_CREAT


@dataclass(slots=True)
class Filling:
    """A piece on its way; done again on another line, it goes on from `acked`."""

    origin: Origin
    piece: Piece
    path: str  # the `.part`
    there: int  # its size when we began
    acked: int | None  # bytes of the file before it are at the target; None: to be looked up


@dataclass(frozen=True, slots=True)
class _Write:
    task: "asyncio.Task[int]"
    end: int
    at: float


class Filler:
    """What all pieces share: how fast we may go, whom to tell."""

    def __init__(self, lines: Lines[SftpLine], throttle: Throttle, tally: Tally) -> None:
        self._lines, self._throttle, self._tally = lines, throttle, tally
        self._window = _LEAST_WINDOW

    async def fill(self, line: SftpLine, filling: Filling) -> None:
        """Bring the rest of the piece over, durable at the end."""
        async with await soon(
            line.sftp.open(filling.path, _FLAGS, encoding=None, block_size=0)
        ) as file:
            if filling.acked is None:
                piece = filling.piece
                filling.acked = await boundary(file, filling.origin, piece, filling.there)
                self._tally.add(filling.acked - piece.start)
            try:
                await self._write(line, file, filling, filling.acked)
                await line.sync(file)
            except asyncssh.SFTPFailure as error:
                await _explain(line, error)

    async def _write(self, line: SftpLine, file: SftpFile, filling: Filling, place: int) -> None:
        flying: deque[_Write] = deque()
        try:
            while place < filling.piece.end or flying:
                if place < filling.piece.end and place - _acked(filling) < self._window:
                    place = await self._launch(line, file, filling, place, flying)
                else:
                    await self._land(flying, filling)
        finally:
            for write in flying:
                write.task.cancel()
            await asyncio.gather(*(write.task for write in flying), return_exceptions=True)

    async def _launch(
        self,
        line: SftpLine,
        file: SftpFile,
        filling: Filling,
        place: int,
        flying: deque[_Write],
    ) -> int:
        self._lines.check()
        step = min(line.longest_write or _PLAIN_WRITE, max(_PLAIN_WRITE, self._window // 4))
        length = min(step, filling.piece.end - place)
        if wait_s := self._throttle.reserve(length):
            await asyncio.sleep(wait_s)
        task = asyncio.ensure_future(file.write(filling.origin.read(place, length), place))
        flying.append(_Write(task, place + length, monotonic()))
        return place + length

    async def _land(self, flying: deque[_Write], filling: Filling) -> None:
        """Wait for the oldest write, which a server answers first."""
        oldest = flying[0]
        await soon(oldest.task)
        flying.popleft()
        took_s = monotonic() - oldest.at
        if took_s < _QUICK_S:
            self._window = min(_MOST_WINDOW, self._window + _PLAIN_WRITE)
        elif took_s > _SLOW_S:
            self._window = max(_LEAST_WINDOW, self._window - self._window // 4)
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
