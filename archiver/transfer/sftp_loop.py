"""One event loop in a thread of its own, for all SSH connections of a target.

A loop for each connection would be a thread for each that wants Python's lock: with four of them
every answer waited for it up to five milliseconds.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from archiver.transfer.gathering import Gathering

T = TypeVar("T")
# It says “socket.send() raised exception” for each packet of a write whose line has just broken.
logging.getLogger("asyncio").setLevel(logging.ERROR)


class _GatheringLoop(asyncio.SelectorEventLoop):
    """Whatever connects on it writes once a turn of the loop."""

    async def create_connection(
        self, protocol_factory: Callable[[], Any], *words: Any, **names: Any
    ) -> tuple[Any, Any]:
        def made() -> Gathering:
            return Gathering(protocol_factory(), self)

        transport, gathering = await super().create_connection(made, *words, **names)
        return transport, gathering.protocol


class Loop:
    def __init__(self) -> None:
        self._loop = _GatheringLoop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="ssh", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What `work` gives or raises; called from any other thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        self.run(_end_all())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _end_all() -> None:
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
