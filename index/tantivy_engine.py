"""The default engine: tantivy, given terms that our own analysis made.

tantivy sees words that are already folded and parted by spaces; it has no Arabic of its own.
The writer is opened by the first change and closed by `commit`, unless more is to come; readers
look for a new commit before each search.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import tantivy
from tantivy import FieldType, Index, IndexWriter, Query

from index.analysis import ANALYSIS_VERSION
from index.engine import FacetName, Hits, Levels, Sort, Suggestion
from index.entry import ENTRY_VERSION, Entry, entry
from index.errors import IndexBusy, IndexDamaged, IndexNotWritten
from index.folder import check_stamp, fresh_folder, put_in_place, write_stamp
from index.page import IndexedPage
from index.planning import planned
from index.similar import FIELD, likeness
from index.suggestions import ROWS_FOR_ONE, read_suggestions, typed_beginning
from index.tantivy_queries import but
from index.tantivy_schema import SCHEMA_VERSION, document, schema
from index.tantivy_search import Search
from index.tree import Node

_WRITER_BYTES: Final = 128_000_000
_TANTIVY: Final = str(getattr(tantivy, "__version__", "tantivy"))  # missing in its stubs


class TantivyEngine:
    """An index in one folder, behind the Engine protocol."""

    name: Final = "tantivy"

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`. Raises IndexOutdated, IndexDamaged."""
        check_stamp(folder, self.version)
        self.folder = folder
        self._writer: IndexWriter | None = None
        self._changing = threading.RLock()
        with self._reading():
            self._index = Index.open(str(folder))
            self._index.config_reader("manual")
            self._schema = self._index.schema

    @classmethod
    def create(cls, folder: Path) -> "TantivyEngine":
        """Make an empty index at `folder`, in the place of whatever is there, and open it.

        Raises IndexNotWritten.
        """
        try:
            made = fresh_folder(folder)
            Index(schema(), path=str(made))
            write_stamp(made, _version())
            put_in_place(made, folder)
        except (ValueError, OSError) as error:
            raise IndexNotWritten(folder, str(error)) from error
        return cls(folder)

    @property
    def version(self) -> str:
        return _version()

    def add(self, pages: Iterable[IndexedPage | Entry], *, new: bool = False) -> None:
        with self._writing():
            pass  # who else writes is told before a page is analysed
        for page in pages:  # analysed outside: what is wrong there is no fault of the index
            made = page if isinstance(page, Entry) else entry(page)
            with self._writing() as writer:
                if not new:
                    self._take_out(writer, made.page_id)
                writer.add_document(document(made))

    def delete(self, page_ids: Iterable[int]) -> None:
        with self._writing() as writer:
            for page_id in page_ids:
                self._take_out(writer, page_id)

    def commit(self, *, more: bool = False) -> None:
        with self._changing:
            if self._writer is None:
                return
            with self._writing() as writer:
                writer.commit()
                if more:
                    return
                writer.wait_merging_threads()
            self._writer = None

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
            return self._look(levels).hits(query, plan, limit, offset, sort, facets)

    def suggest(self, typed: str, *, limit: int = 10, levels: Levels = None) -> list[Suggestion]:
        begins = typed_beginning(typed)
        if not begins:
            return []
        with self._reading():
            look = self._look(levels)
            every = look.seen(Query.all_query())  # with it, deleted pages do not count
            most = limit * ROWS_FOR_ONE
            rows = look.searcher.terms_with_prefix("suggested", begins, every, most)
            return read_suggestions(rows, limit)

    def similar(self, page: IndexedPage, *, limit: int = 10, levels: Levels = None) -> Hits:
        with self._reading():
            look = self._look(levels)
            searcher = look.searcher
            alike = likeness(page, lambda stem: searcher.doc_freq(FIELD, stem), searcher.num_docs)
            if alike is None:
                return Hits(0, ())
            own = Query.term_query(self._schema, "case", page.case_id, "basic")
            others = look.seen(but(look.translator.query(alike), own))
            most = max(min(limit, searcher.num_docs), 1)
            rows = searcher.search(others, most, count=False).hits[:limit]
            return Hits(look.total(others), look.alike(rows))

    def count(self, *, levels: Levels = None) -> int:
        with self._reading():
            return self._look(levels).total(Query.all_query())

    def held(self, first: int, last: int) -> dict[int, int]:
        with self._reading():
            look = self._look(None)
            some = Query.range_query(self._schema, "page", FieldType.Unsigned, first, last)
            # tantivy makes room for as many as it is asked for, or aborts.
            most = min(last - first + 1, look.searcher.num_docs)
            rows = look.searcher.search(some, max(most, 1), count=False).hits
            addresses = [address for _, address in rows]
            return dict(
                zip(look.numbers("page", addresses), look.numbers("stamp", addresses), strict=True)
            )

    def close(self) -> None:
        with self._changing:
            if self._writer is not None:
                writer, self._writer = self._writer, None
                with self._reading():
                    writer.rollback()
                    writer.wait_merging_threads()

    def _drop_writer(self) -> None:
        """Drop what was not committed, and let other writers in.

        Not left to the garbage collector: an error that is still shown keeps all its frames.
        """
        writer, self._writer = self._writer, None
        if writer is not None:
            with suppress(ValueError, OSError):
                writer.wait_merging_threads()

    def _take_out(self, writer: IndexWriter, page_id: int) -> None:
        # delete_documents_by_term takes a Python int for a signed number and finds nothing.
        writer.delete_documents_by_query(Query.term_query(self._schema, "page", page_id, "basic"))

    def _look(self, levels: Levels) -> Search:
        self._index.reload()  # 0.05 ms where nothing changed
        return Search(self._schema, self._index.searcher(), levels)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """tantivy tells all its troubles as ValueError."""
        try:
            with _panics_told(self.folder):
                yield
        except (ValueError, OSError) as error:
            raise IndexDamaged(self.folder, str(error)) from error

    @contextmanager
    def _writing(self) -> Iterator[IndexWriter]:
        with self._changing:
            try:
                with _panics_told(self.folder):
                    if self._writer is None:
                        self._writer = self._index.writer(_WRITER_BYTES, num_threads=1)
                    yield self._writer
            except IndexDamaged:
                self._drop_writer()
                raise
            except (ValueError, OSError) as error:
                self._drop_writer()
                if "LockBusy" in str(error):
                    raise IndexBusy(self.folder, "another process is writing") from error
                if not (self.folder / "meta.json").exists():
                    raise IndexDamaged(self.folder, str(error)) from error
                raise IndexNotWritten(self.folder, str(error)) from error


@contextmanager
def _panics_told(folder: Path) -> Iterator[None]:
    """A segment cut short makes tantivy panic: in Python that is no Exception."""
    try:
        yield
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise IndexDamaged(folder, str(error)) from error


def _version() -> str:
    entries = f"analysis {ANALYSIS_VERSION}, entry {ENTRY_VERSION}"
    return f"{_TANTIVY}, schema {SCHEMA_VERSION}, {entries}"
