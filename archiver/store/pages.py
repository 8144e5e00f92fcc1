"""Pages, the files they came from, and what was read on them, as rows."""

import json
import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archiver.errors import ArchiverError
from archiver.model.casefile import Outline, Page, PageState

_SELECT = (
    "SELECT p.*, b.media_type AS media_type, s.name AS source_name FROM page p"
    " JOIN blob b ON b.key = p.master JOIN source_file s ON s.id = p.source_id "
)
# The plus keeps SQLite from going through all pages that are read.
_UNINDEXED = (
    "WHERE p.indexed < (SELECT live FROM search_index) AND +p.state = 'read' AND p.position > 0"
    " ORDER BY p.indexed, p.id LIMIT ?"
)
_FIELDS = tuple(Page.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class NewPage:
    """A delivered page whose three blobs are on the disk."""

    master: str
    media_type: str
    access: str
    thumbnail: str
    sizes: tuple[int, int, int]  # bytes of master, access, thumbnail
    width_px: int
    height_px: int
    dpi: int
    turn_deg: int
    source_page: int
    cut: str = ""  # see Page
    side: str = ""  # recto or verso, where the scanner saw both faces


@dataclass(frozen=True, slots=True)
class Reading:
    """What one visit of a worker found on a page."""

    stage_key: str
    alto: str
    alto_size: int
    text: str
    turn_deg: int
    blank: bool
    confidence: float
    recipe: str


_OUTLINE = f"SELECT {', '.join(Outline._fields)} FROM page "  # noqa: S608 - our own names


def _page(row: sqlite3.Row) -> Page:
    values = {name: row[name] for name in _FIELDS}
    values["state"], values["blank"] = PageState(row["state"]), bool(row["blank"])
    return Page(**values)


def note_blob(connection: sqlite3.Connection, key: str, size: int, media_type: str) -> None:
    connection.execute("INSERT OR IGNORE INTO blob VALUES (?, ?, ?)", (key, size, media_type))


def add_source(
    connection: sqlite3.Connection, case_id: int, sha256: str, name: str, pages: int
) -> int:
    cursor = connection.execute(
        "INSERT INTO source_file (case_id, sha256, name, pages) VALUES (?, ?, ?, ?)",
        (case_id, sha256, name, pages),
    )
    return cursor.lastrowid or 0


def source_like(connection: sqlite3.Connection, case_id: int, page_id: int) -> int:
    """The file that a page of another case file came in, as a file of this one; its id."""
    connection.execute(
        "INSERT OR IGNORE INTO source_file (case_id, sha256, name, pages) SELECT ?, s.sha256,"
        " s.name, s.pages FROM source_file s JOIN page p ON p.source_id = s.id WHERE p.id = ?",
        (case_id, page_id),
    )
    row = connection.execute(
        "SELECT t.id FROM source_file t JOIN source_file s ON s.sha256 = t.sha256"
        " JOIN page p ON p.source_id = s.id WHERE p.id = ? AND t.case_id = ?",
        (page_id, case_id),
    ).fetchone()
    return int(row["id"])


def again(connection: sqlite3.Connection, page_id: int) -> NewPage:
    """A page as it was delivered, to be put into another case file."""
    row = connection.execute(
        "SELECT p.*, b.media_type, b.size, a.size AS access_size, t.size AS thumbnail_size"
        " FROM page p JOIN blob b ON b.key = p.master JOIN blob a ON a.key = p.access"
        " JOIN blob t ON t.key = p.thumbnail WHERE p.id = ?",
        (page_id,),
    ).fetchone()
    return NewPage(
        row["master"], row["media_type"], row["access"], row["thumbnail"],
        (row["size"], row["access_size"], row["thumbnail_size"]), row["width_px"],
        row["height_px"], row["dpi"], row["hint_deg"], row["source_page"], row["cut"], row["side"],
    )  # fmt: skip


def knows_source(connection: sqlite3.Connection, case_id: int, sha256: str) -> bool:
    row = connection.execute(
        "SELECT 1 FROM source_file WHERE case_id = ? AND sha256 = ?", (case_id, sha256)
    ).fetchone()
    return row is not None


def unplaced(connection: sqlite3.Connection, case_id: int, sha256: str) -> list[int]:
    """Ids of the images of a file that have no place now, in their order."""
    rows = connection.execute(
        "SELECT p.id FROM page p JOIN source_file s ON s.id = p.source_id WHERE s.case_id = ?"
        " AND s.sha256 = ? AND p.aside = 'unplaced' ORDER BY p.source_page, p.id",
        (case_id, sha256),
    )
    return [page_id for (page_id,) in rows]


def add(
    connection: sqlite3.Connection,
    page: NewPage,
    *,
    case_id: int,
    document_id: int,
    source_id: int,
    language: str,
    person: str,
    instead_of: int | None = None,
    aside: bool = False,
) -> int:
    """Put `page` behind the last page of its case file; its id.

    aside: it waits for its place (`unplaced`), out of the numbering.
    """
    for key, size, media_type in zip(
        (page.master, page.access, page.thumbnail),
        page.sizes,
        (page.media_type, "image/jpeg", "image/jpeg"),
        strict=True,
    ):
        note_blob(connection, key, size, media_type)
    cursor = connection.execute(
        "INSERT INTO page (uid, case_id, document_id, position, master, access, thumbnail,"
        " width_px, height_px, dpi, source_id, source_page, language, imported_by, state,"
        " hint_deg, turn_deg, cut, side, instead_of, aside) VALUES (?, ?, ?, CASE WHEN ? THEN"
        " (SELECT -1 - max(id) FROM (SELECT id FROM page UNION SELECT 0)) ELSE (SELECT"
        " max(0, coalesce(max(position), 0)) + 1 FROM page WHERE case_id = ?) END,"
        " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?)",
        (
            uuid.uuid4().hex, case_id, document_id, aside, case_id, page.master, page.access,
            page.thumbnail, page.width_px, page.height_px, page.dpi, source_id, page.source_page,
            language, person, page.turn_deg, page.turn_deg, page.cut, page.side, instead_of,
            "unplaced" if aside else "",
        ),
    )  # fmt: skip
    return cursor.lastrowid or 0


def by_id(connection: sqlite3.Connection, page_id: int) -> Page | None:
    row = connection.execute(_SELECT + "WHERE p.id = ?", (page_id,)).fetchone()
    return _page(row) if row else None


def of_case(connection: sqlite3.Connection, case_id: int) -> tuple[Page, ...]:
    """The pages in the numbering, in the order of the paper."""
    rows = connection.execute(
        _SELECT + "WHERE p.case_id = ? AND p.position > 0 ORDER BY p.position", (case_id,)
    )
    return tuple(_page(row) for row in rows)


def outline(connection: sqlite3.Connection, case_id: int) -> list[Outline]:
    """The pages in the numbering, in the order of the paper, without what is on them."""
    rows = connection.execute(
        _OUTLINE + "WHERE case_id = ? AND position > 0 ORDER BY position", (case_id,)
    )
    return [*map(Outline._make, rows)]


def words_of(connection: sqlite3.Connection, case_id: int) -> list[tuple[int, str, int]]:
    """(place, blob key of the words, document) of the pages in the numbering, in their order."""
    rows = connection.execute(
        "SELECT position, alto, document_id FROM page WHERE case_id = ? AND position > 0"
        " ORDER BY position",
        (case_id,),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def aside_of(connection: sqlite3.Connection, case_id: int) -> tuple[Page, ...]:
    """The images that are kept out of the numbering, in the order they came."""
    rows = connection.execute(
        _SELECT + "WHERE p.case_id = ? AND p.position < 0 ORDER BY p.id", (case_id,)
    )
    return tuple(_page(row) for row in rows)


def to_read(
    connection: sqlite3.Connection, case_id: int | None = None, *, again: bool = False
) -> tuple[Page, ...]:
    """The pages that wait to be read; with `again` those that failed, too."""
    states = "('waiting', 'failed')" if again else "('waiting')"
    rows = connection.execute(
        _SELECT + f"WHERE p.state IN {states} AND p.position > 0 AND (? IS NULL OR p.case_id = ?)"
        " ORDER BY p.id",
        (case_id, case_id),
    )
    return tuple(_page(row) for row in rows)


def known_reading(connection: sqlite3.Connection, stage_key: str) -> Reading | None:
    """What was found when the same bytes were read in the same way before."""
    row = connection.execute(
        "SELECT r.*, b.size AS alto_size FROM reading r JOIN blob b ON b.key = r.alto"
        " WHERE stage_key = ?",
        (stage_key,),
    ).fetchone()
    if row is None:
        return None
    return Reading(**{**dict(row), "blank": bool(row["blank"])})


def set_reading(connection: sqlite3.Connection, page_id: int, found: Reading) -> None:
    note_blob(connection, found.alto, found.alto_size, "application/alto+xml")
    values = (found.alto, found.text, found.turn_deg, found.blank, found.confidence, found.recipe)
    connection.execute(
        "INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?, ?, ?)", (found.stage_key, *values)
    )
    connection.execute(
        "UPDATE page SET state = 'read', stage_key = ?, alto = ?, text = ?,"
        " turn_deg = coalesce(said_turn, ?),"
        " blank = coalesce(said_blank, ?), confidence = ?, recipe = ?, error_code = '',"
        " error_facts = '{}', indexed = 0 WHERE id = ?",
        (found.stage_key, *values, page_id),
    )


def machine_reading(connection: sqlite3.Connection, page_id: int) -> Reading | None:
    """What the reader found on a page, whatever people said of it since; None before it is read."""
    row = connection.execute("SELECT stage_key FROM page WHERE id = ?", (page_id,)).fetchone()
    return known_reading(connection, row["stage_key"]) if row else None


def set_words(
    connection: sqlite3.Connection,
    page_id: int,
    *,
    alto: str,
    text: str,
    confidence: float,
    loose: int,
) -> None:
    """Put other words on a page than its reader found."""
    connection.execute(
        "UPDATE page SET alto = ?, text = ?, confidence = ?, loose = ?, indexed = 0 WHERE id = ?",
        (alto, text, confidence, loose, page_id),
    )


def set_language(connection: sqlite3.Connection, page_id: int, language: str) -> None:
    """The page waits to be read in `language`; until then it keeps the words it has."""
    connection.execute(
        "UPDATE page SET language = ?, state = 'waiting' WHERE id = ?", (language, page_id)
    )


def set_failed(connection: sqlite3.Connection, page_id: int, error: ArchiverError) -> None:
    connection.execute(
        "UPDATE page SET state = 'failed', error_code = ?, error_facts = ? WHERE id = ?",
        (error.code, json.dumps(error.facts, ensure_ascii=False), page_id),
    )


def unindexed(connection: sqlite3.Connection, limit: int) -> tuple[Page, ...]:
    rows = connection.execute(_SELECT + _UNINDEXED, (limit,))
    return tuple(_page(row) for row in rows)


def count_unindexed(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute(
        "SELECT count(*) FROM page"
        " WHERE indexed < (SELECT live FROM search_index) AND state = 'read' AND position > 0"
    ).fetchone()
    return int(count)


def are_read(connection: sqlite3.Connection, more_than: int) -> bool:
    """Whether more pages than that are read; counting a million of them takes seconds."""
    row = connection.execute(
        "SELECT 1 FROM page WHERE state = 'read' AND position > 0 LIMIT 1 OFFSET ?", (more_than,)
    ).fetchone()
    return row is not None


def count_read(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute(
        "SELECT count(*) FROM page WHERE state = 'read' AND position > 0"
    ).fetchone()
    return int(count)


def by_ids(connection: sqlite3.Connection, page_ids: Sequence[int]) -> tuple[Page, ...]:
    """These pages, ascending; ids that are not there, or aside, are left out."""
    return tuple(page for page in with_ids(connection, page_ids) if page.position > 0)


def with_ids(connection: sqlite3.Connection, page_ids: Sequence[int]) -> tuple[Page, ...]:
    """These pages, ascending, those aside, too; ids that are not there are left out."""
    marks = ",".join("?" * len(page_ids))
    rows = connection.execute(_SELECT + f"WHERE p.id IN ({marks}) ORDER BY p.id", page_ids)
    return tuple(_page(row) for row in rows)


def mark_indexed(connection: sqlite3.Connection, page_ids: Iterable[int]) -> None:
    connection.executemany(
        "UPDATE page SET indexed = (SELECT live FROM search_index) WHERE id = ?",
        [(page_id,) for page_id in page_ids],
    )


def leaving(connection: sqlite3.Connection) -> list[int]:
    """Ids of pages aside that the index may still have."""
    rows = connection.execute("SELECT id FROM page WHERE leaves_index = 1 ORDER BY id")
    return [page_id for (page_id,) in rows]


def mark_left(connection: sqlite3.Connection, page_ids: Iterable[int]) -> None:
    connection.executemany(
        "UPDATE page SET leaves_index = 0 WHERE id = ?", [(page_id,) for page_id in page_ids]
    )


def indexed(connection: sqlite3.Connection) -> tuple[int, str]:
    """How many pages are in the index, and the text of one of them: 0.1 s for a million."""
    among = "FROM page WHERE indexed >= (SELECT live FROM search_index)"
    (count,) = connection.execute(f"SELECT count(*) {among}").fetchone()
    row = connection.execute(
        f"SELECT text {among} AND text <> '' ORDER BY indexed DESC, id DESC LIMIT 1"
    ).fetchone()
    return count, row["text"] if row else ""


def mark_unindexed(connection: sqlite3.Connection, page_ids: Iterable[int]) -> None:
    connection.executemany("UPDATE page SET indexed = 0 WHERE id = ?", [(i,) for i in page_ids])


def blobs(connection: sqlite3.Connection) -> Iterable[tuple[str, int]]:
    """(key, size) of every blob the archive knows; 0 for the size of a corrected ALTO."""
    return connection.execute(
        "SELECT key, size FROM blob UNION ALL SELECT DISTINCT p.alto, 0 FROM page p"
        " JOIN revision r ON r.page_id = p.id"
        " WHERE p.alto <> '' AND p.alto NOT IN (SELECT key FROM blob) ORDER BY key"
    )


def is_noted(connection: sqlite3.Connection, key: str) -> bool:
    """Whether `key` is kept for good; a corrected ALTO is replaced by the next."""
    return bool(connection.execute("SELECT 1 FROM blob WHERE key = ?", (key,)).fetchone())
