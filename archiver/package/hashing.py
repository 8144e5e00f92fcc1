"""Hashing beside reading and writing: OpenSSL lets other threads run while it works."""

import hashlib
import queue
import threading
from concurrent.futures import Future
from types import TracebackType
from typing import Final

_WAITING: Final = 16  # chunks; bounds the memory where hashing is slower than the disk


class HashThread:
    """Digests of a stream of chunks, made in a thread of its own. Used in a `with`."""

    def __init__(self, *algorithms: str) -> None:
        self._algorithms = algorithms
        self._work: queue.Queue[bytes | Future[tuple[str, ...]] | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._run, name="hashing", daemon=True)

    def update(self, chunk: bytes) -> None:
        self._work.put(chunk)

    def finish(self) -> "Future[tuple[str, ...]]":
        """The hex digests, one for each algorithm, of all since the last `finish`."""
        digests: Future[tuple[str, ...]] = Future()
        self._work.put(digests)
        return digests

    def _run(self) -> None:
        hashes = [hashlib.new(name) for name in self._algorithms]
        while (item := self._work.get()) is not None:
            if isinstance(item, Future):
                item.set_result(tuple(each.hexdigest() for each in hashes))
                hashes = [hashlib.new(name) for name in self._algorithms]
                continue
            for each in hashes:
                each.update(item)

    def __enter__(self) -> "HashThread":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._work.put(None)
        self._thread.join()
