"""The database: migrations, transactions, constraints, readers."""

# ruff: noqa: S608 - every statement is written here

import gc
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archiver.errors import ArchiveDamaged, ArchiveTooNew
from archiver.store import cases, durable, pages
from archiver.store import database as store
from archiver.store.database import Database, migrations

NEXT = "ALTER TABLE document ADD COLUMN smell TEXT NOT NULL DEFAULT '';"
KEY = "a" * 64
CASE = "INSERT INTO case_file VALUES (1, 'uid', 'case_file', '1/1', '', 'open', '', '')"
GOOD = (
    CASE,
    "INSERT INTO case_key VALUES (1, 1, 'civil', 99001, 93)",
    "INSERT INTO document (id, case_id, position, kind, title) VALUES (1, 1, 1, 'cover', '')",
    f"INSERT INTO blob VALUES ('{KEY}', 5, 'image/jpeg')",
    f"INSERT INTO source_file VALUES (1, 1, '{KEY}', 'a.jpg', 1)",
)
DOCUMENT = (
    "INSERT INTO document (id, case_id, position, kind, title) VALUES ({0}, {0}, 1, 'cover', '')"
)
PAGE = (
    "INSERT INTO page (id, uid, case_id, document_id, position, master, access, thumbnail,"
    " width_px, height_px, dpi, source_id, source_page, language, imported_by, state) VALUES"
    f" (1, 'p', 1, 1, 1, '{KEY}', '{KEY}', '{KEY}', 9, 9, 300, 1, 1, 'ara', 'p', 'waiting')"
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "archive.sqlite")
    opened.migrate()
    yield opened
    opened.close()


def columns(database: Database, table: str) -> set[str]:
    return {row["name"] for row in database.connection.execute(f"PRAGMA table_info({table})")}


# --- migrations ---------------------------------------------------------------------------------


def check_0001_first(database: Database) -> None:
    with database.transaction() as connection:
        for statement in GOOD:
            connection.execute(statement)
    assert database.check() == "ok"
    tables = {row[0] for row in database.connection.execute("SELECT name FROM sqlite_schema")}
    assert {"case_file", "case_key", "document", "page", "blob", "reading"} <= tables
    assert {"seal", "delivery", "event"} <= tables


def check_0002_revisions(database: Database) -> None:
    """An archive of the first schema comes along, and what people said is never changed."""
    database.close()
    database.path.unlink()
    database.connection.executescript(migrations()[0][1] + "PRAGMA user_version = 1")
    with database.transaction() as connection:
        for statement in (*GOOD, PAGE):
            connection.execute(statement)
    database.migrate()
    assert database.path.with_suffix(".before-0002.sqlite").is_file()
    with database.transaction() as connection:
        assert connection.execute("SELECT loose FROM page").fetchone()[0] == 0
        connection.execute(revision(1, "text"))
        connection.execute(revision(2, "undo", undoes="1"))
    for wrong in (
        revision(3, "text", undoes="1"),  # only an undo takes back
        revision(3, "undo"),
        revision(3, "undo", undoes="1"),  # once
        revision(3, "reread"),  # without its reading
        "UPDATE revision SET after = 'x' WHERE id = 1",
        "DELETE FROM revision WHERE id = 2",
    ):
        with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
            connection.execute(wrong)
    assert database.check() == "ok"


def revision(number: int, kind: str, undoes: str = "NULL") -> str:
    values = f"({number}, 1, '', 'p', '{kind}', 1, 1, 0, 0, 9, 9, 0, 'a', 'b', NULL, {undoes})"
    return "INSERT INTO revision VALUES " + values


def from_schema(database: Database, number: int, *more: str) -> None:
    """An archive of the schema `number` with one page and `more`, brought up to date."""
    database.close()
    database.path.unlink()
    for sql in [sql for known, sql in migrations() if known <= number]:
        database.connection.executescript(sql)
    database.connection.execute(f"PRAGMA user_version = {number}")
    with database.transaction() as connection:
        for statement in (*GOOD, PAGE, *more):
            connection.execute(statement)
    database.migrate()


def check_0003_arrangement(database: Database) -> None:
    from_schema(database, 2)
    with database.transaction() as connection:
        row = connection.execute("SELECT side, marks, said_blank FROM page").fetchone()
        assert tuple(row) == ("", "[]", None)
        row = connection.execute("SELECT date, copy, folios FROM document").fetchone()
        assert tuple(row) == ("", "", "")
        connection.execute(act(1, "split"))
        connection.execute(act(2, "undo", "1"))
    for wrong in (
        act(3, "split", "1"),  # only an undo takes back
        act(3, "undo"),
        act(3, "undo", "1"),  # once
        "UPDATE arrangement SET after = 'x' WHERE id = 1",
        "DELETE FROM arrangement WHERE id = 2",
        "UPDATE page SET side = 'left'",
        "UPDATE document SET copy = 'fax'",
    ):
        with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
            connection.execute(wrong)
    assert database.check() == "ok"


def act(number: int, name: str, undoes: str = "NULL") -> str:
    return f"INSERT INTO arrangement VALUES ({number}, 1, '', 'p', '{name}', '', '', {undoes})"


def check_0004_fields(database: Database) -> None:
    """What was said of a field is never changed; one act is taken back once."""
    from_schema(database, 3)
    with database.transaction() as connection:
        connection.execute(said(1))
        connection.execute("INSERT INTO field_value VALUES (1, 1, '\"civil\"', '', 'typed', NULL)")
        connection.execute(said(2, undoes="1"))
        connection.execute("INSERT INTO finding_override VALUES (1, 1, 'f', 'r', 'why', 'p', '')")
    for wrong in (
        said(3, undoes="1"),
        said(3, document="1", page="1"),  # of one thing only
        "INSERT INTO field_value VALUES (1, 2, 'x', '', 'guessed', NULL)",
        "UPDATE field_act SET person = 'x'",
        "DELETE FROM field_act",
        "UPDATE field_value SET value = 'x'",
        "DELETE FROM field_value",
        "UPDATE finding_override SET reason = 'x'",
        "DELETE FROM finding_override",
    ):
        with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
            connection.execute(wrong)
    assert database.check() == "ok"


def said(number: int, document: str = "NULL", page: str = "NULL", undoes: str = "NULL") -> str:
    values = f"({number}, 1, {document}, {page}, 'circuit', '', 'p', {undoes})"
    return f"INSERT INTO field_act VALUES {values}"


def check_0005_keying(database: Database) -> None:
    from_schema(database, 4)
    blind = "INSERT INTO keying VALUES ({}, 1, '', '{}', '{}')"
    with database.transaction() as connection:
        connection.execute(blind.format(1, "سلمى", "blind"))
        connection.execute("INSERT INTO keyed VALUES (1, 'case_key', 'number', 1, '99001')")
        connection.execute(blind.format(2, "نادر", "settle"))
    for wrong in (
        blind.format(3, "سلمى", "blind"),  # nobody keys twice
        blind.format(3, "سلمى", "settle"),  # nor settles what they keyed
        blind.format(3, " سلمى", "settle"),  # under whatever spelling
        blind.format(3, "هدى", "peek"),
        "UPDATE keying SET person = 'x' WHERE id = 1",
        "DELETE FROM keyed",
        "INSERT INTO effort VALUES (1, 1, '', 'p', 'sleep', 1, 1)",
        "INSERT INTO effort VALUES (1, 1, '', 'p', 'key', -1, 1)",
    ):
        with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
            connection.execute(wrong)
    assert database.check() == "ok"


def check_0006_safekeeping(database: Database) -> None:
    """A statement outlives its package; one open proposal a subject; one purge a blob."""
    from_schema(database, 5)
    with database.transaction() as connection:
        connection.execute(SEAL)
        connection.execute("INSERT INTO seal_statement VALUES (1, '{}')")
        connection.execute(proposal("a"))
        connection.execute("UPDATE agreement SET outcome = 'withdrawn'")
        connection.execute(proposal("b"))
    for wrong in (
        proposal("c"),
        "UPDATE agreement SET outcome = 'forgotten'",
        "INSERT INTO purged_blob VALUES ('none', 1, '', 'p')",
        "INSERT INTO purged_seal VALUES (9, '', 'p')",
        "INSERT INTO taken_in VALUES ('a.zip', '', 9, 1, '', '', '')",
    ):
        with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
            connection.execute(wrong)
    assert database.check() == "ok"


def check_0007_search(database: Database) -> None:
    """Whatever a page is found by, a change of it makes the page wait to be indexed."""
    from_schema(database, 6)
    with database.transaction() as connection:
        connection.execute("UPDATE search_index SET live = 3, engine = 'tantivy'")
    changes = (
        "UPDATE case_file SET title = 'new' WHERE id = 1",
        "UPDATE case_file SET access = 'sensitive' WHERE id = 1",
        "UPDATE case_file SET state = 'accepted' WHERE id = 1",
        "INSERT INTO case_key VALUES (1, 7, 'civil', 7, 70)",
        "DELETE FROM case_key WHERE case_id = 1 AND position = 7",
        "UPDATE document SET kind = 'receipt' WHERE id = 1",
        "UPDATE page SET position = 77 WHERE id = 1",
        said(90),
    )
    for change in changes:
        with database.transaction() as connection:
            connection.execute("UPDATE page SET indexed = 3")
            connection.execute(change)
        (indexed,) = database.connection.execute("SELECT indexed FROM page WHERE id = 1").fetchone()
        assert indexed == 0, change
    with database.transaction() as connection:
        connection.execute("UPDATE page SET indexed = 3")
        connection.execute("UPDATE case_file SET title = title, state = 'sealed' WHERE id = 1")
    assert database.connection.execute("SELECT indexed FROM page").fetchall()[0][0] == 3
    assert database.check() == "ok"


SEAL = "INSERT INTO seal VALUES (1, 1, 1, 'a.zip', 1, 'x', 'x', '{}', 'x', 'x', '', 'p')"


def proposal(person: str) -> str:
    values = f"('centre_key', 'centre', '{{}}', '{person}', '')"
    return "INSERT INTO agreement (kind, subject, facts, proposed_by, proposed_at) VALUES " + values


def check_0008_case_list(database: Database) -> None:
    from_schema(database, 7)
    row = "INSERT INTO listed_case VALUES (1, {}, 2, 'civil', {}, 93, '{{}}')"
    with database.transaction() as connection:
        connection.execute("INSERT INTO case_list VALUES (1, '', 'p', 'a.csv', 'x')")
        connection.execute(row.format(1, 99001))
    for wrong in (
        row.format(2, 99001),  # a case stands once in a list
        row.format(1, 99002),
        row.format(2, 0),
        "INSERT INTO case_list VALUES (2, '', 'p', 'b.csv', 'x')",  # the same bytes
    ):
        with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
            connection.execute(wrong)
    assert database.check() == "ok"


def check_0009_outbox(database: Database) -> None:
    """What was stored is called committed now; all else of a delivery stays as it was."""
    old = "INSERT INTO delivery VALUES ({0}, 1, 't{0}', '{1}', 'Code', '{{}}', 'then', 'r')"
    states = ("sealed", "stored", "receipted", "held")
    from_schema(database, 8, SEAL, *(old.format(*pair) for pair in enumerate(states, 1)))
    rows = database.connection.execute("SELECT * FROM delivery ORDER BY id").fetchall()
    assert [row["state"] for row in rows] == ["sealed", "committed", "receipted", "held"]
    assert {tuple(row)[4:8] for row in rows} == {("Code", "{}", "then", "r")}
    assert {tuple(row)[8:] for row in rows} == {(0, 0, 0, "", "", 0, "")}
    for wrong in (
        "UPDATE delivery SET state = 'lost'",
        "UPDATE delivery SET paused = 2",
        "UPDATE delivery SET target = 't1'",  # once to each target
        "INSERT INTO paused_target VALUES ('', '', 'p'), ('', '', 'q')",
    ):
        with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
            connection.execute(wrong)
    assert database.check() == "ok"


def check_0010_lots(database: Database) -> None:
    """What was declared finds its case file when that begins, and is never changed."""
    from_schema(database, 9)
    lot = (
        "INSERT INTO lot (id, year, number, company, opened_at, opened_by)"
        " VALUES ({0}, {1}, {2}, '', '', 'p')"
    )
    inside = (
        "INSERT INTO lot_case (lot_id, series, number, judicial_year, reference)"
        " VALUES (1, 'civil', {0}, 93, '{0}/93')"
    )
    counted = "INSERT INTO declaration (lot_case_id, at, person, sheets, faces, reason) VALUES"
    with database.transaction() as connection:
        connection.execute(lot.format(1, 2026, 118))
        connection.execute(inside.format(99002))
        connection.execute(counted + " (1, '', 'p', 10, 20, '')")
        connection.execute(
            "INSERT INTO case_file VALUES (2, 'u2', 'case_file', '', '', 'open', '', '')"
        )
        connection.execute("INSERT INTO case_key VALUES (2, 1, 'civil', 99002, 93)")
    assert database.connection.execute("SELECT case_id FROM lot_case").fetchone()[0] == 2
    for wrong in (
        lot.format(2, 2026, 118),
        inside.format(99002),
        counted + " (1, '', 'p', 10, 21, '')",
        counted + " (1, '', 'p', 10, 9, '')",
        "UPDATE declaration SET sheets = 11",
        "DELETE FROM declaration",
    ):
        with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
            connection.execute(wrong)
    assert database.check() == "ok"


def check_0013_capture(database: Database) -> None:
    """An image of a feed is taken once."""
    from_schema(database, 12)
    feed = "INSERT INTO capture_session (name, started_at, person, device, settings) VALUES"
    image = "INSERT INTO captured VALUES ('s', {0}, NULL, 1, '{1}', 'x')"
    with database.transaction() as connection:
        connection.execute(feed + " ('s', 'then', 'p', 'd', '{}')")
        connection.execute(image.format(1, "front"))
    for wrong in (
        image.format(1, "front"),
        image.format(0, "front"),
        image.format(2, "top"),
        image.format(2, "back").replace("'s'", "'t'"),
        feed + " ('s', 'later', 'q', 'd', '{}')",
    ):
        with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
            connection.execute(wrong)
    assert database.check() == "ok"


def check_0012_people(database: Database) -> None:
    """A name is somebody's for good."""
    from_schema(database, 11)
    add = "INSERT INTO person (name, roles, password, since) VALUES ('{0}', '[]', '', '')"
    with database.transaction() as connection:
        connection.execute(add.format("mona"))
    for wrong in (add.format("mona"), add.format(" x"), add.format(""), "DELETE FROM person"):
        with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
            connection.execute(wrong)
    assert database.check() == "ok"


def check_0011_page_desk(database: Database) -> None:
    """A page that leaves the numbering leaves the index with it; coming back, it waits for it."""
    from_schema(database, 10, "UPDATE page SET indexed = 1")
    with database.transaction() as connection:
        row = connection.execute("SELECT * FROM page").fetchone()
        new = ("aside", "aside_reason", "instead_of", "cut", "said_turn", "accepted")
        assert [row[name] for name in new] == ["", "", None, "", None, "[]"]
        connection.execute("UPDATE page SET aside = 'rejected', position = -id")
        row = connection.execute("SELECT indexed, leaves_index FROM page").fetchone()
        assert tuple(row) == (0, 1)
        connection.execute("UPDATE page SET aside = '', position = 1")
        assert connection.execute("SELECT leaves_index FROM page").fetchone()[0] == 0
        connection.execute("INSERT INTO page_check VALUES (1, 1, '{}')")
    for wrong in (
        "UPDATE page SET aside = 'lost'",
        "UPDATE page SET said_turn = 45",
        "UPDATE page SET instead_of = 7",
        "INSERT INTO page_check VALUES (1, 1, '{}')",
    ):
        with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
            connection.execute(wrong)
    assert database.check() == "ok"


def check_0014_target_card(database: Database) -> None:
    from_schema(database, 13)
    measured = (
        "INSERT INTO target_card (at, person, device, name, picture, figures, limits, passed)"
        " SELECT '', 'p', '', 'a.tif', key, '{{}}', '{{}}', {0} FROM blob LIMIT 1"
    )
    with database.transaction() as connection:
        connection.execute(measured.format(1))
    for wrong in (
        measured.format(2),
        "UPDATE target_card SET passed = 0",
        "DELETE FROM target_card",
    ):
        with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
            connection.execute(wrong)
    assert database.check() == "ok"


def check_0015_samples(database: Database) -> None:
    """One sample of a lot at a time; what a checker said stays."""
    from_schema(database, 14)
    drawn = "INSERT INTO sample (lot_id, seed, images, at, person) VALUES (1, 's', 9, '', 'p')"
    said = (
        "INSERT INTO sample_verdict (sample_id, number, at, person, defect)"
        " VALUES (1, {0}, '', 'p', '')"
    )
    with database.transaction() as connection:
        connection.execute(
            "INSERT INTO lot (id, year, number, company, opened_at, opened_by)"
            " VALUES (1, 2026, 1, '', '', 'p')"
        )
        connection.execute(drawn)
    for wrong in (drawn, said.format(1)):
        with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
            connection.execute(wrong)
    with database.transaction() as connection:
        connection.execute("UPDATE sample SET outcome = 'passed'")
        connection.execute(drawn)
    assert database.check() == "ok"


def check_0016_lot_of_the_page_before(database: Database) -> None:
    """The page before is found without going through all pages of the case file."""
    from_schema(database, 15)
    asked = (
        "EXPLAIN QUERY PLAN SELECT p.lot_id FROM page p WHERE p.case_id = 1"
        " AND p.lot_id IS NOT NULL ORDER BY p.id DESC LIMIT 1"
    )
    (step,) = database.connection.execute(asked)
    assert "page_lot_of_case" in step["detail"]


def check_0017_outline(database: Database) -> None:
    """What lists show of a page is read without the page, for the outline and for the sums."""
    from_schema(database, 16)
    asked: list[str] = []
    database.connection.set_trace_callback(asked.append)
    assert [row.id for row in pages.outline(database.connection, 1)] == [1]
    assert [row.pages for row in cases.summaries(database.connection)] == [1]
    database.connection.set_trace_callback(None)
    for statement in asked[:2]:
        steps = database.connection.execute(f"EXPLAIN QUERY PLAN {statement}")
        assert any("COVERING INDEX page_outline" in step["detail"] for step in steps)


@pytest.mark.parametrize("number", [number for number, _sql in migrations()])
def test_each_migration_has_its_test(tmp_path: Path, number: int) -> None:
    checks = [name for name in globals() if name.startswith(f"check_{number:04d}_")]
    assert checks, f"migration {number:04d} needs a function check_{number:04d}_… here"
    database = Database(tmp_path / "archive.sqlite")
    database.migrate()
    for name in checks:
        globals()[name](database)
    database.close()


def test_migrations_are_numbered_without_gaps() -> None:
    folder = Path(store.__file__).parent / "migrations"
    assert sorted(p.name for p in folder.glob("*.sql")) == sorted(
        p.name for p in folder.iterdir() if p.suffix not in (".py", "") and p.is_file()
    )
    assert [number for number, _sql in migrations()] == list(range(1, len(migrations()) + 1))


def test_migrating_again_changes_nothing(database: Database) -> None:
    before = database.path.read_bytes()
    database.migrate()
    assert database.path.read_bytes() == before
    assert database.is_current()


def test_a_new_archive_has_nothing_to_keep_a_copy_of(database: Database) -> None:
    assert list(database.path.parent.glob("*.before-*")) == []


def test_a_migration_that_fails_half_way_changes_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = len(migrations())
    broken = [*migrations(), (newest + 1, NEXT + "INSERT INTO nowhere VALUES (1);")]
    monkeypatch.setattr(store, "migrations", lambda: broken)
    with pytest.raises(sqlite3.OperationalError):
        database.migrate()
    database.close()
    assert database.version() == newest
    assert "smell" not in columns(database, "document")


def test_an_archive_of_a_newer_station_is_refused(database: Database) -> None:
    database.connection.execute("PRAGMA user_version = 99")
    for look in (database.migrate, database.is_current):
        with pytest.raises(ArchiveTooNew, match=r"format 99, known \d+"):
            look()


def test_a_file_that_is_no_database_is_told_as_damaged(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite").write_bytes(b"something else " * 100)
    with pytest.raises(ArchiveDamaged):
        Database(tmp_path / "archive.sqlite").version()


# --- transactions -------------------------------------------------------------------------------


def test_every_commit_is_flushed_to_the_disk(database: Database) -> None:
    answers = [
        database.connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    ]
    assert answers == ["wal", 2, 1]


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        connection.execute(CASE)
        raise ZeroDivisionError
    assert database.connection.execute("SELECT count(*) FROM case_file").fetchone()[0] == 0


def test_a_commit_that_fails_leaves_the_connection_usable(database: Database) -> None:
    database.connection.execute("PRAGMA defer_foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
        connection.execute(
            "INSERT INTO document (id, case_id, position, kind, title)"
            " VALUES (1, 99, 1, 'cover', '')"
        )
    with database.transaction() as connection:
        connection.execute(CASE)
    assert database.connection.execute("SELECT count(*) FROM document").fetchone()[0] == 0


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO case_file VALUES (2, 'u2', 'case_file', '', '', 'lost', '', '')",
        "INSERT INTO case_file VALUES (2, 'uid', 'case_file', '', '', 'open', '', '')",
        "INSERT INTO case_file VALUES ('two', 'u2', 'case_file', '', '', 'open', '', '')",
        "INSERT INTO case_file VALUES (2, 'u2', 'case_file', NULL, '', 'open', '', '')",
        "INSERT INTO case_key VALUES (1, 2, 'civil', 0, 93)",
        "INSERT INTO case_key VALUES (1, 2, 'civil', 200000, 93)",
        "INSERT INTO case_key VALUES (1, 2, 'civil', 'x', 93)",
        "INSERT INTO case_key VALUES (9, 1, 'civil', 5, 93)",
        "INSERT INTO document (id, case_id, position, kind, title) VALUES (2, 1, 1, 'cover', '')",
        "INSERT INTO document (id, case_id, position, kind, title) VALUES (2, 9, 1, 'cover', '')",
        "INSERT INTO blob VALUES ('short', 5, 'image/jpeg')",
        f"INSERT INTO source_file VALUES (2, 1, '{KEY}', 'b.jpg', 1)",
        "INSERT INTO event VALUES (1, '', '', '', '', '', '', 99, NULL, '', 'h')",
    ],
)
def test_the_schema_refuses_what_makes_no_sense(database: Database, statement: str) -> None:
    with database.transaction() as connection:
        for good in GOOD:
            connection.execute(good)
    with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
        connection.execute(statement)


def test_two_files_cannot_have_the_same_number_as_their_own(database: Database) -> None:
    second = "INSERT INTO case_file VALUES (2, 'u2', 'case_file', '1/1', '', 'open', '', '')"
    with database.transaction() as connection:
        for statement in (*GOOD, second, "INSERT INTO case_key VALUES (2, 1, 'civil', 7, 93)"):
            connection.execute(statement)
        connection.execute("INSERT INTO case_key VALUES (2, 2, 'civil', 99001, 93)")  # joined
    with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
        connection.execute("UPDATE case_key SET number = 99001 WHERE case_id = 2 AND position = 1")


# --- threads ------------------------------------------------------------------------------------


def test_readers_see_whole_transactions_while_another_thread_writes(database: Database) -> None:
    rounds, stop = 150, threading.Event()
    faults: list[object] = []
    seen = [0, 0]

    def read(place: int) -> None:
        while not stop.is_set():
            count = "SELECT (SELECT count(*) FROM case_file), (SELECT count(*) FROM document)"
            cases, documents = database.connection.execute(count).fetchone()
            if cases != documents or cases < seen[place]:
                faults.append((cases, documents, seen[place]))
            seen[place] = cases

    readers = [threading.Thread(target=read, args=(place,)) for place in (0, 1)]
    for reader in readers:
        reader.start()
    for number in range(1, rounds + 1):
        with database.transaction() as connection:
            case = f"INSERT INTO case_file VALUES ({number}, 'u{number}', 'case_file', '', '',"
            connection.execute(case + " 'open', '', '')")
            connection.execute(DOCUMENT.format(number))
    while min(seen) < rounds:
        readers[0].join(0.01)
    stop.set()
    for reader in readers:
        reader.join()
    assert faults == []


def test_a_new_reader_does_not_wait_for_a_transaction(database: Database) -> None:
    counts: list[int] = []

    def read() -> None:
        counts.append(database.connection.execute("SELECT count(*) FROM blob").fetchone()[0])

    with database.transaction() as connection:
        connection.execute(CASE)
        reader = threading.Thread(target=read)
        reader.start()
        reader.join(5)
        assert counts == [0]


def test_another_process_can_read_but_sees_no_half_transaction(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(CASE)
        with closing(sqlite3.connect(database.path)) as other:
            assert other.execute("SELECT count(*) FROM case_file").fetchone() == (0,)
    with closing(sqlite3.connect(database.path)) as other:
        assert other.execute("SELECT count(*) FROM case_file").fetchone() == (1,)


# --- files outside the database -----------------------------------------------------------------


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "new" / "station.toml"
    durable.write_bytes(path, b"first")
    with pytest.raises(ZeroDivisionError), durable.written(path) as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert path.read_bytes() == b"first"
    assert [p.name for p in path.parent.iterdir()] == ["station.toml"]


def test_a_file_that_is_there_is_not_replaced_where_that_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "key"
    durable.write_bytes(path, b"first")
    with pytest.raises(FileExistsError), durable.written(path, replace=False) as file:
        file.write(b"second")
    assert path.read_bytes() == b"first"
    assert [p.name for p in tmp_path.iterdir()] == ["key"]


def test_closing_waits_for_no_reader_and_hurts_none(tmp_path: Path) -> None:
    """Closed under a thread that is asking, a connection took the whole process with it."""
    database = Database(tmp_path / store.FILE_NAME)
    database.migrate()
    count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n LIMIT ?) SELECT * FROM n"
    asking, answers = threading.Event(), list[int]()

    def ask() -> None:
        rows = database.connection.execute(count, (200_000,))
        answers.append(next(rows)[0])
        asking.set()
        answers.extend(row[0] for row in rows)

    reader = threading.Thread(target=ask)
    reader.start()
    assert asking.wait(10)
    database.close()
    reader.join(timeout=30)
    assert answers == list(range(1, 200_001))
    gc.collect()
    assert list(tmp_path.glob("*-wal")) == []  # nobody holds the archive any more


def test_closing_ends_the_connections_of_idle_threads(tmp_path: Path) -> None:
    database = Database(tmp_path / store.FILE_NAME)
    database.migrate()
    asked, enough = threading.Event(), threading.Event()

    def ask() -> None:
        database.version()
        asked.set()
        enough.wait(30)

    reader = threading.Thread(target=ask)
    reader.start()
    assert asked.wait(10)
    database.close()
    assert list(tmp_path.glob("*-wal")) == []
    enough.set()
    reader.join()
