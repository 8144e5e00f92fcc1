"""The other engine: Whoosh, pure Python, for machines without a wheel of the default one.

It keeps the terms and their postings; what they add up to is reckoned here (whoosh_evaluation).
Each thread has a reader of its own. Pages wait in memory until `commit`, since Whoosh cannot
replace a page that it has not committed.
"""

import struct
import sys
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from whoosh import __version__ as whoosh_version
from whoosh.index import FileIndex, LockError
from whoosh.index import IndexError as WhooshError
from whoosh.reading import ReaderClosed, TermNotFound

from index.analysis import ANALYSIS_VERSION
from index.engine import FacetName, Hits, Levels, Sort, Suggestion
from index.entry import ENTRY_VERSION, Entry, entry
from index.errors import IndexBusy, IndexDamaged, IndexNotWritten
from index.folder import check_stamp, fresh_folder, put_in_place, write_stamp
from index.page import IndexedPage
from index.plan import All, Term
from index.planning import planned
from index.similar import FIELD, likeness
from index.suggestions import ROWS_FOR_ONE, read_suggestions, typed_beginning
from index.tree import Node
from index.whoosh_codec import Codec
from index.whoosh_schema import SCHEMA_VERSION, document, number_term, schema
from index.whoosh_search import Search, Snapshot
from index.whoosh_segment import Segment
from index.whoosh_storage import ForeignFile, SealedStorage

_MEMORY_MB: Final = 128
_TURN_S: Final = 0.0002
_HARM: Final = (
    ForeignFile, WhooshError, OSError, EOFError, KeyError, ValueError, IndexError, struct.error,
    zlib.error, ReaderClosed, TermNotFound,
)  # fmt: skip
"""What Whoosh raises on files that are missing, cut short or not its own."""


class WhooshEngine:
    """An index in one folder, behind the Engine protocol.

    key: the station's own; nothing is read that was not written with it.
    """

    name: Final = "whoosh"

    def __init__(self, folder: Path, key: bytes) -> None:
        """Open the index in `folder`. Raises IndexOutdated, IndexDamaged."""
        check_stamp(folder, self.version)
        self.folder = folder
        self._storage = SealedStorage(folder, key)
        self._schema = schema()
        self._writer: Any = None  # Whoosh has no types
        self._waiting: dict[int, Entry | None] = {}
        self._replaced: set[int] = set()
        self._changing = threading.RLock()
        self._here = threading.local()
        with self._reading():
            self._index = FileIndex(self._storage, schema=self._schema)

    @classmethod
    def create(cls, folder: Path, key: bytes) -> "WhooshEngine":
        """Make an empty index at `folder`, in the place of whatever is there, and open it.

        Raises IndexNotWritten.
        """
        try:
            made = fresh_folder(folder)
            FileIndex.create(SealedStorage(made, key), schema())
            write_stamp(made, _version())
            put_in_place(made, folder)
        except OSError as error:
            raise IndexNotWritten(folder, _told(error)) from error
        return cls(folder, key)

    @property
    def version(self) -> str:
        return _version()

    def add(self, pages: Iterable[IndexedPage | Entry], *, new: bool = False) -> None:
        with self._writing():
            pass  # who else writes is told before a page is analysed
        for page in pages:
            made = page if isinstance(page, Entry) else entry(page)
            self._waiting[made.page_id] = made
            if not new:
                self._replaced.add(made.page_id)

    def delete(self, page_ids: Iterable[int]) -> None:
        with self._writing():
            gone = set(page_ids)
            self._waiting.update(dict.fromkeys(gone))
            self._replaced |= gone

    def commit(self, *, more: bool = False) -> None:
        with self._changing, _short_turns():
            if self._writer is None:
                return
            with self._writing() as writer:
                for page_id in sorted(self._replaced):
                    writer.delete_by_term("page", number_term(page_id))
                for made in self._waiting.values():
                    if made is not None:
                        writer.add_document(**document(made))
                writer.commit()
                self._forget_changes()
                if more:
                    self._open_writer()

    def search(
        self,
        query: Node,
        *,
        limit: int = 20,
        offset: int = 0,
        levels: Levels = None,
        exact: bool = False,
        sort: Sort = Sort.RELEVANCE,
        facets: Sequence[FacetName] = (),
    ) -> Hits:
        plan = planned(query, exact=exact)
        with self._reading():
            look = Search(self._snapshot(), levels)
            return look.hits(query, plan, limit, offset, sort, facets)

    def suggest(self, typed: str, *, limit: int = 10, levels: Levels = None) -> list[Suggestion]:
        begins = typed_beginning(typed)
        if not begins:
            return []
        with self._reading():
            rows = Search(self._snapshot(), levels).beginnings("suggested", begins)
            return read_suggestions(rows[: limit * ROWS_FOR_ONE], limit)

    def similar(self, page: IndexedPage, *, limit: int = 10, levels: Levels = None) -> Hits:
        with self._reading():
            snapshot = self._snapshot()
            alike = likeness(page, lambda stem: snapshot.frequency(FIELD, stem), snapshot.pages)
            if alike is None:
                return Hits(0, ())
            look = Search(snapshot, levels)
            own = Term("case", number_term(page.case_id), flat=True)
            rows = look.rows(look.found(All((alike,), (own,))))
            return Hits(len(rows), tuple(look.hit(row) for row in rows[:limit]))

    def count(self, *, levels: Levels = None) -> int:
        with self._reading():
            return Search(self._snapshot(), levels).count()

    def held(self, first: int, last: int) -> dict[int, int]:
        with self._reading():
            found: dict[int, int] = {}
            for segment in self._snapshot().segments:
                pages = segment.figures("page_id")
                here = segment.alive & (pages >= first) & (pages <= last)
                stamps = segment.figures("stamp")[here]
                found.update(zip(pages[here].tolist(), stamps.tolist(), strict=True))
            return found

    def close(self) -> None:
        with self._changing:
            if self._writer is not None:
                with suppress(OSError):  # it flushes what it drops, and the disk may be full
                    self._writer.cancel()
            self._drop_writer()

    def _forget_changes(self) -> None:
        self._writer = None
        self._waiting.clear()
        self._replaced.clear()

    def _open_writer(self) -> None:
        lock = self._index.lock("WRITELOCK")
        if not lock.acquire():
            raise LockError
        # Taken here, as a writer that finds the disk full while it begins takes its own with it.
        with ExitStack() as undo:
            undo.callback(lock.release)
            # One file for each kind of data: compound files are copied into memory to be read.
            self._writer = self._index.writer(
                codec=Codec(), limitmb=_MEMORY_MB, compound=False, _lk=False
            )
            self._writer.writelock = lock
            undo.pop_all()

    def _snapshot(self) -> Snapshot:
        """This thread's view of the newest commit."""
        newest = self._index.latest_generation()
        if newest < 0:
            raise ForeignFile("there is no table of contents")
        if getattr(self._here, "generation", None) != newest:
            reader = self._index.reader()
            leaves = [Segment(leaf) for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
            self._here.snapshot, self._here.generation = Snapshot(leaves), reader.generation()
        found: Snapshot = self._here.snapshot
        return found

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except _HARM as error:
            raise IndexDamaged(self.folder, _told(error)) from error

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        with self._changing:
            try:
                if self._writer is None:
                    self._open_writer()
                yield self._writer
            except LockError as error:
                raise IndexBusy(self.folder, "another process is writing") from error
            except _HARM as error:
                self._drop_writer()
                if isinstance(error, OSError) and self.folder.exists():
                    raise IndexNotWritten(self.folder, _told(error)) from error
                raise IndexDamaged(self.folder, _told(error)) from error

    def _drop_writer(self) -> None:
        """Let other writers in; what was not committed is dropped."""
        writer = self._writer
        self._forget_changes()
        self._storage.abandon()
        if writer is not None and writer.writelock is not None and not writer.is_closed:
            writer.writelock.release()


@contextmanager
def _short_turns() -> Iterator[None]:
    """Whoosh lets go of the interpreter at each of its many small writes, and would wait there 5 ms
    for every turn of a thread that searches."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(min(usual, _TURN_S))
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _told(error: BaseException) -> str:
    """tantivy's form for the codes of the system, which callers know a full disk by."""
    if isinstance(error, OSError) and error.errno is not None:
        return f"{error.strerror} (os error {error.errno})"
    return str(error) or type(error).__name__


def _version() -> str:
    release = ".".join(map(str, whoosh_version))
    return (
        f"whoosh {release}, schema {SCHEMA_VERSION},"
        f" analysis {ANALYSIS_VERSION}, entry {ENTRY_VERSION}"
    )
