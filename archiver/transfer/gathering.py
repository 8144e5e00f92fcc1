"""Small writes of one turn of the event loop leave as one.

An SSH library writes each packet of 32 kB by itself, and an empty one before it: on a machine that
is its own server each of them wakes the other side.
"""

import asyncio
from collections.abc import Iterable
from typing import Any


class Gathering(asyncio.Protocol):
    """Stands between a transport and `protocol`, which sees no other transport than `Gathered`."""

    def __init__(self, protocol: Any, loop: asyncio.AbstractEventLoop) -> None:
        self.protocol, self._loop = protocol, loop

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.protocol.connection_made(Gathered(transport, self._loop))

    def data_received(self, data: bytes) -> None:
        self.protocol.data_received(data)

    def eof_received(self) -> bool | None:
        kept_open: bool | None = self.protocol.eof_received()
        return kept_open

    def connection_lost(self, exc: Exception | None) -> None:
        self.protocol.connection_lost(exc)

    def pause_writing(self) -> None:
        self.protocol.pause_writing()

    def resume_writing(self) -> None:
        self.protocol.resume_writing()


class Gathered:
    """A transport whose writes wait for the end of the turn; nothing overtakes them."""

    def __init__(self, inner: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._inner, self._loop = inner, loop
        self._waiting: list[bytes] = []

    def write(self, data: bytes) -> None:
        if not self._waiting:
            self._loop.call_soon(self._flush)
        self._waiting.append(data)

    def _flush(self) -> None:
        content, self._waiting = b"".join(self._waiting), []
        if content:
            self._inner.write(content)

    def writelines(self, list_of_data: Iterable[bytes]) -> None:
        self.write(b"".join(list_of_data))

    def write_eof(self) -> None:
        self._flush()
        self._inner.write_eof()

    def close(self) -> None:
        self._flush()
        self._inner.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)
