"""What every verb works with: the archive's parts, put together by `archiver.app`."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from archiver.errors import KeyUnusable
from archiver.model.casefile import Turn
from archiver.settings import Settings
from archiver.store import audit, heads
from archiver.store.blobs import Blobs
from archiver.store.database import Database
from archiver.store.keys import SigningKey
from archiver.store.lock import WriterLock
from archiver.store.pages import Reading
from index.engine import Engine as SearchEngine
from ocr.page import Box


@dataclass(frozen=True, slots=True)
class PageJob:
    """What a worker is told: small and picklable, the image stays on the disk.

    Pages that share all of it share the reading. part: only this part of the page, in pixels of
    the page turned by `turn_deg`; its words come back in those pixels, too.
    """

    master: str  # blob key
    dpi: int
    language: str
    stage_key: str
    part: Box | None = None
    turn_deg: Turn = 0


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads pages, once it is loaded."""

    read: Callable[[PageJob], Reading]  # runs in a worker
    make_executor: Callable[[], Executor]
    stage_version: str  # another one where the same page may be read differently


@dataclass(frozen=True, slots=True)
class ReadingPlan:
    """How many pages are read at once, and how to load the readers."""

    workers: int
    load: Callable[[], Readers]


@dataclass(slots=True)
class Station:
    """An open archive. One command at a time writes; any thread may read."""

    root: Path
    settings: Settings
    database: Database
    blobs: Blobs
    plan: ReadingPlan
    open_index: Callable[[], SearchEngine]
    create_index: Callable[[], SearchEngine]
    lock: WriterLock | None
    _index: SearchEngine | None = None
    _opening: threading.Lock = field(default_factory=threading.Lock)

    @property
    def index(self) -> SearchEngine:
        """The search index, opened at its first use. Raises SearchError where it cannot be."""
        with self._opening:
            if self._index is None:
                self._index = self.open_index()
            return self._index

    def make_index(self) -> None:
        """Put a new, empty index in the place of whatever is there."""
        self.forget_index()
        with self._opening:
            self._index = self.create_index()

    def forget_index(self) -> None:
        """Close the index so that the next use opens it anew."""
        with self._opening:
            if self._index is not None:
                self._index.close()
            self._index = None

    @property
    def incoming(self) -> Path:
        return self.root / "incoming"

    @property
    def sealed(self) -> Path:
        return self.root / "sealed"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    def close(self) -> None:
        self.forget_index()
        if self.lock:
            self._sign_head()
        self.database.close()
        if self.lock:
            self.lock.release()

    def _sign_head(self) -> None:
        """Sign how the log stands now. Where that fails, the head of before is still true."""
        path = self.keys / heads.STATION_KEY
        with suppress(OSError, KeyUnusable, sqlite3.Error):
            if path.exists():
                head = audit.head(self.database.connection)
                heads.sign_head(self.root, SigningKey.load(path), head)

    def __enter__(self) -> "Station":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
