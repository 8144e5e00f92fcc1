"""The archives that the window is measured on, made by the station's own functions."""

import shutil
from collections import deque
from pathlib import Path
from typing import Final
from uuid import uuid4

import numpy as np
from PIL import Image

from archiver import app
from archiver.demo.manifest import faces
from archiver.demo.render import draw_face
from archiver.model.actor import Actor
from archiver.model.identity import CaseKey
from archiver.settings import Identity
from archiver.store import audit, cases, pages
from archiver.workflow.importing import import_files
from archiver.workflow.processing import process
from archiver.workflow.station import Station

DPI: Final = 300
FACES, COPIES = 13, 2
LARGE: Final = 10_000
IN_DOCUMENT: Final = 12
OPERATOR: Final = Actor("منى", "operator", "bench", "bench")
CASE: Final = CaseKey("civil", 99001, 93)
LARGE_CASE: Final = CaseKey("civil", 99002, 93)
_KEPT: Final = (
    "master, access, thumbnail, width_px, height_px, dpi, source_id, source_page, language,"
    " imported_by, state, hint_deg, turn_deg, blank, confidence, stage_key, alto, text, recipe"
)
_AGAIN: Final = (
    f"INSERT INTO page (uid, case_id, document_id, position, {_KEPT})"  # noqa: S608 - our own names
    f" SELECT ?, ?, ?, ?, {_KEPT} FROM page WHERE id = ?"
)
_CHECKED: Final = (
    "INSERT INTO page_check SELECT p.id, c.version, c.figures FROM page p"
    " JOIN page q ON q.master = p.master JOIN page_check c ON c.page_id = q.id WHERE p.case_id = ?"
)


def read_archive(root: Path) -> Path:
    """One case file of A4 pages in colour; the same folder serves again.

    Each face is really read, and its brighter copies have the words of the face.
    """
    if not (root / "station.toml").exists():
        files = drawn(root.parent / "scans")
        app.init_archive(root, OPERATOR, Identity("bench", "bench"))
        with app.open_station(root) as station:
            take(station, files[:FACES])
            deque(process(station, OPERATOR), maxlen=0)
            take(station, files[FACES:])
            _copy_words(station)
    return root


def take(station: Station, files: list[Path]) -> None:
    steps = import_files(station, OPERATOR, files, key=CASE, title="A", kind="judgment")
    deque(steps, maxlen=0)


def _copy_words(station: Station) -> None:
    with station.database.transaction() as connection:
        rows = connection.execute("SELECT id, stage_key FROM page ORDER BY position").fetchall()
        for number, row in enumerate(rows[FACES:]):
            found = pages.known_reading(connection, rows[number % FACES]["stage_key"])
            assert found is not None
            pages.set_reading(connection, row["id"], found)


def large_archive(root: Path, read: Path) -> Path:
    """The same, and a case file of 10,000 pages that are like its own, with their events."""
    if not (root / "station.toml").exists():
        shutil.copytree(read, root)
        with app.open_station(root) as station:
            _multiply(station)
    return root


def drawn(folder: Path) -> list[Path]:
    """The printed faces of the fictional case, again and again a little brighter."""
    folder.mkdir(parents=True, exist_ok=True)
    printed = [face for _, face in faces() if not face.back_of][:FACES]
    for number, face in enumerate(printed):
        first = folder / f"0-{number:02}.jpg"
        if not first.exists():
            Image.fromarray(draw_face(face, True)).save(first, quality=88, dpi=(DPI, DPI))
        page = np.asarray(Image.open(first)).astype(np.int16)
        for brighter in range(1, COPIES + 1):
            picture = np.minimum(page + brighter, 255).astype(np.uint8)
            path = folder / f"{brighter}-{number:02}.jpg"
            Image.fromarray(picture).save(path, quality=88, dpi=(DPI, DPI))
    return sorted(folder.glob("*.jpg"))


def _multiply(station: Station) -> None:
    """Rows as imports and readings leave them, made by SQLite alone: seconds, not an hour."""
    with station.database.transaction() as connection:
        like = [row["id"] for row in connection.execute("SELECT id FROM page ORDER BY position")]
        case = cases.add(
            connection, profile="case_file", keys=[LARGE_CASE], reference=str(LARGE_CASE), title="B"
        )
        for number in range(LARGE):
            if number % IN_DOCUMENT == 0:
                document = cases.add_document(connection, case.id, "judgment", "")
            place = (uuid4().hex, case.id, document.id, number + 1)
            page = connection.execute(_AGAIN, (*place, like[number % len(like)])).lastrowid
            for verb in ("import", "read"):
                audit.append(connection, OPERATOR, verb, case_id=case.id, page_id=page)
        connection.execute(_CHECKED, (case.id,))
