"""A bad line to a server: delay, a cap on the speed, and connections that break."""

import asyncio
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

_CHUNK: Final = 64 << 10
_QUEUE: Final = 64  # chunks a direction holds


@dataclass
class BadLink:
    """round_trip_s: both ways together. bytes_per_s: upwards, all connections together; 0: no cap.
    reset_every: bytes upwards between two broken connections, on the average; 0: never."""

    port: int  # of the server
    round_trip_s: float = 0.0
    bytes_per_s: float = 0.0
    reset_every: float = 0.0
    seed: int = 1
    own_port: int = 0
    upwards: int = 0  # bytes that came from the station
    resets: int = 0
    down: bool = False  # refuses everything
    _ends: set[asyncio.StreamWriter] = field(default_factory=set)
    _free_at: float = 0.0
    _left: float = 0.0
    _random: random.Random = field(default_factory=random.Random)

    def serve(self, ready: threading.Event, end: threading.Event) -> None:
        asyncio.run(self._serve(ready, end))

    async def _serve(self, ready: threading.Event, end: threading.Event) -> None:
        self._random = random.Random(self.seed)
        self._left = self._next_reset()
        server = await asyncio.start_server(self._joined, "127.0.0.1", 0)
        self.own_port = server.sockets[0].getsockname()[1]
        ready.set()
        while not end.is_set():
            await asyncio.sleep(0.05)
        server.close()
        for writer in self._ends:
            writer.transport.abort()
        while self._ends:
            await asyncio.sleep(0.01)

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if self.down:
                raise ConnectionRefusedError
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            writer.transport.abort()
            return
        ends = {writer, far_writer}
        self._ends |= ends
        pumps = [
            asyncio.create_task(self._pump(reader, far_writer, up=True)),
            asyncio.create_task(self._pump(far_reader, writer, up=False)),
        ]
        await asyncio.wait(pumps, return_when=asyncio.FIRST_EXCEPTION)
        for end in ends:
            end.transport.abort()
        await asyncio.gather(*pumps, return_exceptions=True)
        self._ends -= ends

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool
    ) -> None:
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(_QUEUE)
        taking = asyncio.create_task(self._take(reader, queue, up=up))
        giving = asyncio.create_task(_deliver(queue, writer))
        try:
            done, _ = await asyncio.wait({taking, giving}, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            if taking in done:
                await giving
        finally:  # a full queue that nobody empties would wait for ever
            for task in (taking, giving):
                task.cancel()
            await asyncio.gather(taking, giving, return_exceptions=True)

    async def _take(
        self,
        reader: asyncio.StreamReader,
        queue: "asyncio.Queue[tuple[float, bytes]]",
        *,
        up: bool,
    ) -> None:
        loop = asyncio.get_running_loop()
        while content := await reader.read(_CHUNK):
            due = self._account(len(content)) if up else loop.time()
            await queue.put((due + self.round_trip_s / 2, content))
        await queue.put((loop.time() + self.round_trip_s / 2, b""))

    def _account(self, count: int) -> float:
        """When the bytes are through; ConnectionResetError where the line breaks with them."""
        now = asyncio.get_running_loop().time()
        self.upwards += count
        self._free_at = max(now, self._free_at)
        if self.bytes_per_s:
            self._free_at += count / self.bytes_per_s
        self._left -= count
        if self._left < 0:
            self._left = self._next_reset()
            self.resets += 1
            raise ConnectionResetError
        return self._free_at

    def _next_reset(self) -> float:
        return self._random.expovariate(1 / self.reset_every) if self.reset_every else float("inf")


async def _deliver(
    queue: "asyncio.Queue[tuple[float, bytes]]", writer: asyncio.StreamWriter
) -> None:
    while True:
        due, content = await queue.get()
        await asyncio.sleep(due - asyncio.get_running_loop().time())
        if writer.transport.is_closing():
            return
        if not content:
            writer.write_eof()
            return
        writer.write(content)
        await writer.drain()


@contextmanager
def bad_link(link: BadLink) -> Iterator[BadLink]:
    ready, end = threading.Event(), threading.Event()
    thread = threading.Thread(target=link.serve, args=(ready, end), name="bad link")
    thread.start()
    try:
        assert ready.wait(10)
        yield link
    finally:
        end.set()
        thread.join()
