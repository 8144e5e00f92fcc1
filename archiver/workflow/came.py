"""Images that came for a place in a case file: on the disk, and in no numbering yet."""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archiver.capture.intake import Intake
from archiver.capture.names import check_name
from archiver.errors import AlreadyImported
from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile, Page
from archiver.store import pages, separators
from archiver.store.pages import NewPage
from archiver.workflow.importing import stored
from archiver.workflow.station import Station


@dataclass(frozen=True, slots=True)
class Came:
    """The pages of one file, or of one go of a scanner, whose blobs are on the disk."""

    name: str
    sha256: str  # of the file, or another mark that no other has in its case file
    pages: tuple[NewPage, ...]
    # What else is written with the rows of its pages (ids), in their transaction.
    noted: Callable[[sqlite3.Connection, Sequence[int]], None] | None = None


def from_file(station: Station, path: Path) -> Came:
    """The pages of a file, opened in the limited child. Raises InputError, DiskFull, ToolMissing.

    Bytes of a file that finds no place stay as blobs without a row, as after a kill.
    """
    check_name(path)
    folder = Path(tempfile.mkdtemp(prefix="take-", dir=station.incoming))
    try:
        with Intake(station.settings.limits) as intake:
            with closing(intake.unpack(path, folder)) as unpacked:
                found = tuple(stored(station, page) for page in unpacked)
            return Came(path.name, intake.sha256, found)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def bring(
    connection: sqlite3.Connection,
    actor: Actor,
    case: CaseFile,
    came: Came,
    beside: Page,
    instead_of: int | None = None,
) -> Sequence[int]:
    """Rows for what came, aside until they have a place; their ids. In the caller's transaction.

    What came before and lost its place again (an undo) is not kept twice. Raises AlreadyImported.
    """
    if pages.knows_source(connection, case.id, came.sha256):
        there = pages.unplaced(connection, case.id, came.sha256)
        if len(there) != len(came.pages):
            raise AlreadyImported(name=came.name, case=case.reference)
        return there
    source = pages.add_source(connection, case.id, came.sha256, came.name, len(came.pages))
    ids = add_aside(connection, actor, came.pages, beside, source, instead_of)
    if came.noted:
        came.noted(connection, ids)
    return ids


def add_aside(
    connection: sqlite3.Connection,
    actor: Actor,
    new: Sequence[NewPage],
    beside: Page,
    source_id: int,
    instead_of: int | None,
) -> Sequence[int]:
    """Rows in the case file, the document and the language of the page `beside`; their ids.

    They stand behind the same slip: where that is settled, they go with it.
    """
    ids = [
        pages.add(
            connection,
            page,
            case_id=beside.case_id,
            document_id=beside.document_id,
            source_id=source_id,
            language=beside.language,
            person=actor.person,
            instead_of=instead_of,
            aside=True,
        )
        for page in new
    ]
    for page_id in ids:
        separators.stand_beside(connection, page_id, beside.id)
    return ids
