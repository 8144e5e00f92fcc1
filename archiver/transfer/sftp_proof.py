"""What of a file is at the target already: proved by samples, without fetching it.

A server can compute no hash over SFTP. The last word is the centre's, which computes every hash
anew; samples keep us from sending on after something else, and from sending again what is there.
"""

import random
from typing import Final

from archiver.errors import TargetConflict
from archiver.transfer.pieces import Origin, Piece
from archiver.transfer.sftp_line import SftpFile, SftpLine, read_bytes, soon

BLOCK: Final = 4 << 10
_SAMPLES: Final = 16
_STEP_BACK: Final = 32 << 10


async def hold_to(line: SftpLine, origin: Origin, name: str, path: str, size: int) -> None:
    """Raise TargetConflict where the file at `path` is not `origin`, by its size and samples."""
    if size == origin.size:
        async with await soon(line.sftp.open(path, "rb")) as file:
            if await _samples_fit(file, origin):
                return
    raise TargetConflict(name=name)


async def _samples_fit(file: SftpFile, origin: Origin) -> bool:
    last = max(0, origin.size - BLOCK)
    places = {0, last, *(random.randint(0, last) for _ in range(_SAMPLES))}  # noqa: S311
    return all([await _same(file, origin, place) for place in sorted(places)])


async def boundary(file: SftpFile, origin: Origin, piece: Piece, there: int) -> int:
    """How far `piece` is right at the target; every piece was written from its start on.

    there: size of the whole `.part`, which may have holes of zeros between its pieces, so
    that blocks of our own that are all zeros prove nothing.
    """
    low, high = piece.start, min(piece.end, there)  # right before low, perhaps right before high
    if high > low and await _right_before(file, origin, piece, high):
        return high
    while high - low > BLOCK:
        middle = (low + high) // 2
        if await _right_before(file, origin, piece, middle):
            low = middle
        else:
            high = middle
    return max(piece.start, low - _STEP_BACK)


async def _right_before(file: SftpFile, origin: Origin, piece: Piece, place: int) -> bool:
    """Whether the last block before `place` that is not all zeros is there."""
    while place > piece.start:
        begin = max(piece.start, place - BLOCK)
        if any(origin.read(begin, place - begin)):
            return await _same(file, origin, begin, place - begin)
        place = begin
    return False


async def _same(file: SftpFile, origin: Origin, place: int, length: int = BLOCK) -> bool:
    length = min(length, origin.size - place)
    return await read_bytes(file, length, place) == origin.read(place, length)
