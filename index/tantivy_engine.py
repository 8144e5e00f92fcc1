"""The default engine: tantivy, given terms that our own analysis made.

tantivy sees words that are already folded and parted by spaces; it has no Arabic of its own.
The writer is opened by the first change and closed by `commit`, so that between commits other
processes may write; readers look for a new commit before each search.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import tantivy
from tantivy import DocAddress, Document, Index, IndexWriter, Query, Schema, Searcher

from index.analysis import ANALYSIS_VERSION
from index.arabic import case_terms, fold_text, light_stem, rasm, terms
from index.engine import Hit, Hits, IndexedPage
from index.errors import IndexBusy, IndexDamaged, IndexNotWritten
from index.folder import check_stamp, fresh_folder, put_in_place, write_stamp
from index.match import Match
from index.tantivy_queries import Tier, number_query, ranked, tier_query, within
from index.tree import Field, Node, Number, leaves

SCHEMA_VERSION: Final = 1
_WRITER_BYTES: Final = 64_000_000
_TANTIVY: Final = str(getattr(tantivy, "__version__", "tantivy"))  # missing in its stubs


def _schema() -> Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("page", indexed=True, fast=True)
    builder.add_unsigned_field("case", indexed=True, fast=True)
    builder.add_unsigned_field("year", indexed=True)
    builder.add_text_field("exact", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("stem", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("shape", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    for name in ("key", "named", "series", "kind", "access"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return builder.build()


class TantivyEngine:
    """An index in one folder, behind the Engine protocol."""

    name: Final = "tantivy"

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`. Raises IndexOutdated, IndexDamaged."""
        check_stamp(folder, self.version)
        self.folder = folder
        self._writer: IndexWriter | None = None
        with self._reading():
            self._index = Index.open(str(folder))
            self._index.config_reader("manual")
            self._schema = self._index.schema

    @classmethod
    def create(cls, folder: Path) -> "TantivyEngine":
        """Make an empty index at `folder`, in the place of whatever is there, and open it."""
        made = fresh_folder(folder)
        Index(_schema(), path=str(made))
        write_stamp(made, _version())
        put_in_place(made, folder)
        return cls(folder)

    @property
    def version(self) -> str:
        return _version()

    def add(self, pages: Iterable[IndexedPage]) -> None:
        with self._writing() as writer:
            for page in pages:
                self._take_out(writer, page.page_id)
                writer.add_document(_document(page))

    def delete(self, page_ids: Iterable[int]) -> None:
        with self._writing() as writer:
            for page_id in page_ids:
                self._take_out(writer, page_id)

    def commit(self) -> None:
        if self._writer is None:
            return
        with self._writing() as writer:
            writer.commit()
            writer.wait_merging_threads()
        self._writer = None

    def search(
        self,
        query: Node,
        *,
        limit: int = 20,
        offset: int = 0,
        levels: frozenset[str] | None = None,
        exact: bool = False,
    ) -> Hits:
        with self._reading():
            searcher = self._searcher()
            wanted = self._seen(ranked(self._schema, query, exact=exact), levels)
            found = searcher.search(wanted, limit=max(limit, 1), offset=offset)
            total: int = found.count  # type: ignore[attr-defined]  # missing in its stubs
            hits = self._hits(searcher, query, found.hits[:limit], exact=exact)
            return Hits(total, hits)

    def count(self, *, levels: frozenset[str] | None = None) -> int:
        with self._reading():
            found = self._searcher().search(self._seen(Query.all_query(), levels), 1)
            total: int = found.count  # type: ignore[attr-defined]
            return total

    def close(self) -> None:
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

    def _searcher(self) -> Searcher:
        self._index.reload()  # 0.05 ms where nothing changed
        return self._index.searcher()

    def _seen(self, query: Query, levels: frozenset[str] | None) -> Query:
        if levels is None:
            return query
        return within(self._schema, query, "access", sorted(levels))

    def _hits(
        self,
        searcher: Searcher,
        query: Node,
        found: list[tuple[float, DocAddress]],
        *,
        exact: bool,
    ) -> tuple[Hit, ...]:
        addresses = [address for _, address in found]
        pages = [int(value or 0) for value in searcher.fast_field_values("page", addresses)]
        cases = [int(value or 0) for value in searcher.fast_field_values("case", addresses)]
        why = self._why(searcher, query, pages, exact=exact)
        return tuple(
            Hit(page, case, score, why[page])
            for page, case, (score, _) in zip(pages, cases, found, strict=True)
        )

    def _why(
        self, searcher: Searcher, query: Node, pages: list[int], *, exact: bool
    ) -> dict[int, tuple[Match, ...]]:
        """Which of the pages match by what, asked of the engine for these pages only."""
        asked = list(leaves(query))
        why: dict[int, tuple[Match, ...]] = dict.fromkeys(pages, ())
        for number in (leaf for leaf in asked if isinstance(leaf, Number)):
            own = self._among(searcher, number_query(self._schema, number, own_only=True), pages)
            named = self._among(searcher, number_query(self._schema, number), pages) - own
            for page in pages:
                match = [Match.OWN_NUMBER] * (page in own) + [Match.NAMED_NUMBER] * (page in named)
                why[page] = tuple(dict.fromkeys((*why[page], *match)))
        if all(isinstance(leaf, Number | Field) for leaf in asked):
            return why
        tiers = {tier: set(pages) if exact else set[int]() for tier in Tier}
        if not exact:
            for tier in (Tier.EXACT, Tier.STEM):
                surer = tier_query(self._schema, query, tier)
                tiers[tier] = self._among(searcher, surer, pages)
        return {page: (*found, _surest(page, tiers)) for page, found in why.items()}

    def _among(self, searcher: Searcher, query: Query, pages: list[int]) -> set[int]:
        if not pages:
            return set()
        found = searcher.search(within(self._schema, query, "page", pages), limit=len(pages))
        addresses = [address for _, address in found.hits]
        return {int(value or 0) for value in searcher.fast_field_values("page", addresses)}

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
        try:
            with _panics_told(self.folder):
                if self._writer is None:
                    self._writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
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
    return f"{_TANTIVY}, schema {SCHEMA_VERSION}, analysis {ANALYSIS_VERSION}"


def _surest(page: int, tiers: dict[Tier, set[int]]) -> Match:
    if page in tiers[Tier.EXACT]:
        return Match.EXACT
    return Match.STEM if page in tiers[Tier.STEM] else Match.SIMILAR


def _document(page: IndexedPage) -> Document:
    words = terms(page.text)
    document = Document()
    document.add_unsigned("page", page.page_id)
    document.add_unsigned("case", page.case_id)
    document.add_text("exact", " ".join(words))
    document.add_text("stem", " ".join(map(light_stem, words)))
    document.add_text("shape", " ".join(map(rasm, words)))
    document.add_text("title", " ".join(terms(page.title)))
    for key in page.keys:
        document.add_text("key", key)
    for named in case_terms(page.text):
        document.add_text("named", named)
    for name, code in (("series", page.series), ("kind", page.kind)):
        document.add_text(name, fold_text(code))
    document.add_text("access", page.access)
    for year in _years(page):
        document.add_unsigned("year", year)
    return document


def _years(page: IndexedPage) -> set[int]:
    """The judicial years of its numbers and its own further year."""
    years = {int(key.rpartition("/")[2]) for key in page.keys}
    return years if page.year is None else years | {page.year}
