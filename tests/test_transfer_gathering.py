"""What is written in one turn of the loop leaves as one, and nothing overtakes it."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from archiver.transfer.gathering import Gathered
from archiver.transfer.sftp_loop import Loop


class _End(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, Gathered)
        self.line = transport


@pytest.mark.parametrize(
    ("act", "arrives"),
    [
        (lambda line: line.write_eof(), b"one two "),
        (lambda line: line.writelines([b"three ", b"four"]), b"one two three four"),
        (lambda line: line.write(b"three"), b"one two three"),
        (lambda line: None, b"one two "),
    ],
)
def test_nothing_overtakes_what_waits(act: Callable[[Any], None], arrives: bytes) -> None:
    loop = Loop()
    assert loop.run(_arriving(act)) == arrives
    loop.close()


async def _arriving(act: Callable[[Any], None]) -> bytes:
    """What the other end of a real connection reads until its end."""
    loop = asyncio.get_running_loop()
    arrived: asyncio.Future[bytes] = loop.create_future()

    async def read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.set_result(await reader.read())
        writer.close()

    server = await asyncio.start_server(read, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    _line, end = await loop.create_connection(_End, "127.0.0.1", port)
    line = end.line
    line.write(b"one ")
    line.write(b"two ")
    act(line)
    line.close()
    server.close()
    return await asyncio.wait_for(arrived, 10)
