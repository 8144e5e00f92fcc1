"""An archive of generated pages that were read, to build a search index from.

python -m benchmarks.search_store FOLDER --pages 1000000

Every row is put in by the functions of the store that a station uses, so that a rebuild reads what
it would read there; only syncing is off, and a transaction has many case files. There are no
images: the blobs that the rows name are not on the disk.
"""

import argparse
import hashlib
import multiprocessing
import sqlite3
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, Final

from archiver import app
from archiver.model.actor import Actor
from archiver.model.description import NewValue, Subject, ValueSource
from archiver.model.identity import CaseKey
from archiver.settings import Identity
from archiver.store import cases, fields, pages
from archiver.store.pages import NewPage, Reading
from benchmarks.search_pages import PAGES_A_FILE, page
from index.page import IndexedPage

DESCRIPTION: Final = "An archive of generated pages that were read."
MAKERS: Final = 2
TASK, COMMIT = 5, 200  # case files
CACHE_KIB: Final = 2_000_000
WHO: Final = Actor("mona", "supervisor", "station", "company")
KINDS: Final = ("judgment", "appeal_statement", "defence_memo")


def made(files: range) -> list[list[IndexedPage]]:
    """The pages of these case files."""
    return [[*map(page, range(at * PAGES_A_FILE, (at + 1) * PAGES_A_FILE))] for at in files]


def fill(root: Path, files: int) -> None:
    """Make an archive of `files` case files at `root`."""
    app.init_archive(root, WHO, Identity(WHO.station, WHO.company))
    context = multiprocessing.get_context("spawn")
    tasks = [range(at, min(at + TASK, files)) for at in range(0, files, TASK)]
    with app.open_station(root) as station, ProcessPoolExecutor(MAKERS, mp_context=context) as pool:
        connection = station.database.connection
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        for at in range(0, len(tasks), COMMIT // TASK):
            with station.database.transaction() as changing:
                for some in pool.map(made, tasks[at : at + COMMIT // TASK]):
                    for file in some:
                        add(changing, file)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def add(connection: sqlite3.Connection, file: list[IndexedPage]) -> None:
    """One case file, described, with its pages read."""
    first = file[0]
    number, year = first.keys[0].split("/")
    key = CaseKey(first.series, int(number), int(year))
    case_id = cases.add(
        connection,
        profile="case_file",
        keys=[key],
        reference=str(key),
        title=f"ملف {number}",
        access=first.access,
    ).id
    for field, said in described(first).items():
        values = [NewValue(value, written, ValueSource.TYPED) for written, value in said]
        fields.say(connection, Subject(case_id), field, values, WHO.person)
    documents = [cases.add_document(connection, case_id, kind, "").id for kind in KINDS]
    source = pages.add_source(connection, case_id, named("file", case_id), "a.tif", len(file))
    for at, each in enumerate(file):
        page_id = pages.add(
            connection,
            new_page(each),
            case_id=case_id,
            document_id=documents[at * len(KINDS) // len(file)],
            source_id=source,
            language="ara",
            person=WHO.person,
        )
        pages.set_reading(connection, page_id, reading(each))


def described(first: IndexedPage) -> dict[str, list[tuple[str, Any]]]:
    """What is said of a case file: field -> as written, and the value."""
    day = first.dates[0]
    return {
        "party": [(name, {"name_as_written": name, "role": "appellant"}) for name in first.parties],
        "hearing_date": [(day, {"as_written": day, "calendar": "gregorian", "edtf": day})],
        "circuit": [(first.circuit, first.circuit)],
    }


def new_page(made: IndexedPage) -> NewPage:
    master, access, thumbnail = (
        named(what, made.page_id) for what in ("master", "access", "thumbnail")
    )
    return NewPage(
        master=master,
        media_type="image/png",
        access=access,
        thumbnail=thumbnail,
        sizes=(900_000, 90_000, 9_000),
        width_px=2480,
        height_px=3508,
        dpi=300,
        turn_deg=0,
        source_page=made.position,
    )


def reading(made: IndexedPage) -> Reading:
    return Reading(
        stage_key=named("stage", made.page_id),
        alto=named("alto", made.page_id),
        alto_size=60_000,
        text=made.text,
        turn_deg=0,
        blank=False,
        confidence=0.9,
        recipe="[]",
    )


def named(what: str, number: int) -> str:
    """A key as a blob's."""
    return hashlib.sha256(f"{what} {number}".encode()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.search_store", description=DESCRIPTION)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=10_000)
    asked = parser.parse_args()
    started = time.monotonic()
    fill(asked.folder, asked.pages // PAGES_A_FILE)
    print(f"{asked.pages:,} pages in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
