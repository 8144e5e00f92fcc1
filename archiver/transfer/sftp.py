"""A target that is a drop box behind SFTP."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import asyncssh

from archiver.errors import ArchiveDamaged
from archiver.i18n import _
from archiver.transfer.lines import Lines
from archiver.transfer.pieces import Origin, Piece, Tally, pieces, wait_for_all
from archiver.transfer.sftp_faults import GONE
from archiver.transfer.sftp_filling import Filler, Filling
from archiver.transfer.sftp_line import SftpLine, read_bytes, soon
from archiver.transfer.sftp_loop import Loop
from archiver.transfer.sftp_place import SftpLogin, SftpPlace
from archiver.transfer.sftp_proof import hold_to
from archiver.transfer.target import PART, RECEIPT, Report
from archiver.transfer.throttle import Throttle

_PIECE: Final = 8 << 20
_FETCH_CHUNK: Final = 1 << 20


class SftpTarget:
    """Keeps to `Target` and `CentreSide`. One connection for each line, at most `streams`.

    The pieces of a file are written side by side into one `.part`, each from its start on, so a
    later sending finds by a few samples how far each came.
    """

    def __init__(
        self,
        place: SftpPlace,
        login: SftpLogin,
        *,
        streams: int = 4,
        throttle: Throttle | None = None,
        patience_s: float = 60.0,
    ) -> None:
        self.name, self.abreast = place.target, streams
        self._place = place
        self._throttle = throttle or Throttle()
        self._loop = Loop()
        self._lines = Lines(lambda: SftpLine(place, login, self._loop), streams, patience_s)
        self._prepared = False

    def send(
        self,
        file: Path,
        name: str,
        sha256: str,
        report: Report = lambda count: None,
        *,
        fresh: bool = False,
    ) -> None:
        """See `Target.send`."""
        del sha256  # the caller has looked; the centre looks again
        self._require_prepared()
        origin = Origin.of(file)
        if origin.size <= _PIECE:
            self._bring_in_one(origin, name, report, fresh=fresh)
        else:
            self._bring_in_pieces(origin, name, report)
        report(origin.size)

    def size(self, name: str) -> int | None:
        """See `Target.size`."""
        return self._lines.run(lambda line: line.do(line.size(self._place.incoming(name))))

    def receipts(self) -> tuple[str, ...]:
        """See `Target.receipts`."""
        names = self._lines.run(lambda line: line.do(line.names(self._place.receipts())))
        return tuple(n.removesuffix(RECEIPT) for n in names if n.endswith(RECEIPT))

    def receipt(self, name: str) -> bytes | None:
        """See `Target.receipt`."""
        return self._lines.run(lambda line: line.do(line.read(self._place.receipts(name))))

    def try_writing(self) -> None:
        """Write and remove a small file beside the packages. Raises what `Target` raises."""
        path = self._place.incoming(f"probe-{os.urandom(6).hex()}") + PART

        async def write(line: SftpLine) -> None:
            async with await soon(line.sftp.open(path, "wb")) as file:
                await soon(file.write(b"probe"))
            await soon(line.sftp.remove(path))

        self._lines.run(lambda line: line.do(write(line)))

    def free_bytes(self) -> int | None:
        """Room at the target; None where it does not tell."""
        return self._lines.run(lambda line: line.do(line.free_bytes()))

    def stop(self) -> None:
        self._lines.stop()

    def close(self) -> None:
        self._lines.close()
        self._loop.close()

    # --- the centre's side -----------------------------------------------------------------------

    def waiting(self) -> tuple[str, ...]:
        """See `CentreSide.waiting`."""
        self._require_prepared()
        names = self._lines.run(lambda line: line.do(line.names(self._place.incoming())))
        return tuple(name for name in names if not name.endswith(PART))

    @contextmanager
    def fetched(self, name: str) -> Iterator[Path]:
        """See `CentreSide.fetched`."""
        with tempfile.TemporaryDirectory(prefix="archiver-") as folder:
            copy = Path(folder) / name
            self._lines.run(lambda line: line.do(self._fetch(line, name, copy)))
            yield copy

    def answer(self, name: str, content: bytes) -> None:
        """See `CentreSide.answer`."""
        path = self._place.receipts(name)
        self._lines.run(lambda line: line.do(line.replace(path, content)))

    def quarantine(self, name: str, as_name: str) -> None:
        """See `CentreSide.quarantine`."""
        old, new = self._place.incoming(name), self._place.quarantine(as_name)
        self._lines.run(lambda line: line.do(soon(line.sftp.posix_rename(old, new))))

    # --- parts of sending ------------------------------------------------------------------------

    def _require_prepared(self) -> None:
        if not self._prepared:
            self._lines.run(lambda line: line.do(line.require_prepared()))
            self._prepared = True

    def _bring_in_one(self, origin: Origin, name: str, report: Report, *, fresh: bool) -> None:
        """A package of one piece, in one go; after a break, from what is there."""

        def bring(line: SftpLine) -> None:
            nonlocal fresh
            first, fresh = fresh, False
            line.do(self._bring(line, origin, name, Tally(report), fresh=first))

        self._lines.run(bring)

    async def _bring(
        self, line: SftpLine, origin: Origin, name: str, tally: Tally, *, fresh: bool
    ) -> None:
        there = 0 if fresh else await self._begin(line, origin, name)
        if there is None:
            return
        (piece,) = pieces(origin.size, _PIECE)
        filling = Filling(origin, piece, self._part(name), there, None if there else 0, fresh)
        filler = Filler(self._lines, self._throttle, tally)
        await filler.fill(line, filling, lambda: self._commit(line, origin, name))

    def _bring_in_pieces(self, origin: Origin, name: str, report: Report) -> None:
        there = self._lines.run(lambda line: line.do(self._begin(line, origin, name)))
        if there is not None:
            self._fill(origin, name, there, Tally(report))
            self._lines.run(lambda line: line.do(self._commit(line, origin, name)))

    def _part(self, name: str) -> str:
        return self._place.incoming(name) + PART

    async def _begin(self, line: SftpLine, origin: Origin, name: str) -> int | None:
        """Bytes of `.part` there are; None where the whole file has its name already."""
        final = self._place.incoming(name)
        there, part = await asyncio.gather(line.size(final), line.size(final + PART))
        if there is not None:
            await hold_to(line, origin, name, final, there)
            if part is not None:  # OpenSSH renames by link and unlink: it died between the two
                await _forget(line, final + PART)
            return None
        begun = part or 0
        if begun > origin.size:
            await soon(line.sftp.truncate(final + PART, origin.size))
        return min(begun, origin.size)

    def _fill(self, origin: Origin, name: str, there: int, tally: Tally) -> None:
        filler = Filler(self._lines, self._throttle, tally)
        part = self._part(name)

        def submit(piece: Piece) -> Future[None]:
            acked = None if there else piece.start
            filling = Filling(origin, piece, part, there, acked)
            return self._lines.submit(lambda line: line.do(filler.fill(line, filling)))

        wait_for_all([submit(piece) for piece in pieces(origin.size, _PIECE)])

    async def _commit(self, line: SftpLine, origin: Origin, name: str) -> None:
        """Give the whole `.part` its name; SFTP's own rename replaces nothing.

        Raises ArchiveDamaged where our own file grew or shrank meanwhile.
        """
        if Origin.of(origin.path) != origin:
            detail = _("{name} is no longer what was sealed").format(name=origin.path.name)
            raise ArchiveDamaged(detail=detail)
        final = self._place.incoming(name)
        try:
            await soon(line.sftp.rename(final + PART, final))
        except asyncssh.SFTPError:
            there = await line.size(final)  # a lost acknowledgement, or another's file
            if there is None:
                raise
            await hold_to(line, origin, name, final, there)
            await _forget(line, final + PART)

    async def _fetch(self, line: SftpLine, name: str, copy: Path) -> None:
        with copy.open("wb") as out:
            async with await soon(line.sftp.open(self._place.incoming(name), "rb")) as file:
                while content := await read_bytes(file, _FETCH_CHUNK):
                    out.write(content)


async def _forget(line: SftpLine, path: str) -> None:
    with suppress(*GONE):
        await soon(line.sftp.remove(path))
