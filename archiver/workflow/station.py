"""What every verb works with: the archive's parts, put together by `archiver.app`."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from archiver.errors import KeyUnusable
from archiver.model.casefile import Page, Turn
from archiver.settings import Settings
from archiver.store import audit, search_index
from archiver.store.blobs import Blobs
from archiver.store.database import Database
from archiver.store.lock import WriterLock
from archiver.store.pages import Reading
from ocr.page import Box

if TYPE_CHECKING:
    from index.engine import Engine as SearchEngine


@dataclass(frozen=True, slots=True)
class PageJob:
    """What a worker is told: small and picklable, the image stays on the disk.

    Pages that share all of it share the reading. cut: the part of the master that is the page, in
    pixels as delivered. part: only this part of the page, in pixels of the page turned by
    `turn_deg`; its words come back in those pixels, too. said_turn: what a person said; nobody
    looks for another then.
    """

    master: str  # blob key
    dpi: int
    language: str
    stage_key: str
    part: Box | None = None
    turn_deg: Turn = 0
    cut: Box | None = None
    said_turn: Turn | None = None


def cut_of(page: Page) -> Box | None:
    """The part of its master that a page is; None for all of it."""
    return Box(*map(int, page.cut.split())) if page.cut else None


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads pages, once it is loaded."""

    read: Callable[[PageJob], Reading]  # runs in a worker
    make_executor: Callable[[], Executor]
    stage_version: str  # another one where the same page may be read differently


@dataclass(frozen=True, slots=True)
class SearchEngines:
    """The engines there are, by name; both calls raise SearchError."""

    names: tuple[str, ...]
    open: "Callable[[str, Path], SearchEngine]"
    create: "Callable[[str, Path], SearchEngine]"  # empty, in the place of what is there


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
    engines: SearchEngines
    lock: WriterLock | None
    _index: "SearchEngine | None" = None
    _index_number: int = 0
    _opening: threading.Lock = field(default_factory=threading.Lock)

    @property
    def index(self) -> "SearchEngine":
        """The search index that answers now. Raises SearchError where it cannot be opened."""
        state = search_index.state(self.database.connection)
        with self._opening:
            if self._index is not None and self._index_number != state.live:
                self._index.close()  # another process has put a new one in its place
                self._index = None
            if self._index is None:
                name = state.engine or self.settings.index.engine
                self._index = self.engines.open(name, self.index_folder(state.live))
                self._index_number = state.live
            return self._index

    def make_index(self) -> None:
        """Let a new, empty index answer from now on, of the engine that the settings name."""
        self.forget_index()
        number = search_index.state(self.database.connection).next
        engine = self.settings.index.engine
        self.engines.create(engine, self.index_folder(number)).close()
        with self.database.transaction() as connection:
            search_index.set_live(connection, number, engine)

    def forget_index(self) -> None:
        """Close the index so that the next use opens it anew."""
        with self._opening:
            if self._index is not None:
                self._index.close()
            self._index = None

    def index_folder(self, number: int) -> Path:
        return self.root / "index" / str(number)

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
        # Loaded here: no start waits for what signs.
        from archiver.store import heads  # noqa: PLC0415
        from archiver.store.keys import SigningKey  # noqa: PLC0415

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
