"""Corrected lines as lessons for the reader: a crop of the paper and the text that stands on it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import cv2

from archiver.errors import FolderNotEmpty
from archiver.i18n import digits, isolate, ngettext
from archiver.jobs.pace import Pace
from archiver.model.actor import Actor
from archiver.model.casefile import Page
from archiver.model.changes import Changed, Progress, Step
from archiver.store import audit, pages, revisions
from archiver.store.durable import write_bytes
from archiver.workflow.faults import storage_faults
from archiver.workflow.queries import case_by_id, page_text
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station, cut_of
from ocr.doubt import is_doubtful
from ocr.imaging.colour import gray
from ocr.imaging.orientation import turn
from ocr.imaging.part import cut_out
from ocr.imaging.stored import read_pixels
from ocr.page import Line
from ocr.training.corpus import TrueLine

OPEN_LEVELS: Final = frozenset({"public", "court_internal", "parties"})
"""Case files of these access levels may teach; of no other does a line leave its case."""
MARGIN: Final = 0.1  # of the line's height; whoever reads the crop puts a white border around it


@guarded(Right.UPKEEP)
def write_training_lines(
    station: Station, actor: Actor, folder: Path, *, case_id: int | None = None
) -> Iterator[Step]:
    """Write `name.png` and `name.txt` for every corrected line, of one case file or of all.

    A line's name comes from its page and place and stays when lines are added; by it the trainer
    holds some back. Raises FolderNotEmpty, DiskFull, StorageFailed.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty(path=folder)
    ids = revisions.revised_pages(station.database.connection, case_id)
    pace, made, withheld = Pace(len(ids)), [], 0
    with storage_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for page_id in ids:
            page = pages.by_id(station.database.connection, page_id)
            if page is None:
                raise LookupError(page_id)
            case = case_by_id(station, page.case_id)
            if case.access in OPEN_LEVELS:
                made += _write(station, page, folder)
            else:
                withheld += 1
            pace.step()
            yield Progress(pace.done, pace.total, digits(case.reference), pace.seconds_left)
    with storage_faults(station.root), station.database.transaction() as connection:
        audit.append(connection, actor, "training lines", case_id=case_id, lines=len(made),
                     folder=str(folder))  # fmt: skip
    yield _summary(folder, made, withheld)


def _write(station: Station, page: Page, folder: Path) -> list[TrueLine]:
    read = page_text(station, page)
    lessons = [line for line in read.lines if is_lesson(line)] if read else []
    if not lessons or not station.blobs.path(page.master).exists():  # purged: none to cut out
        return []
    pixels, cut = read_pixels(station.blobs.path(page.master)), cut_of(page)
    image = gray(turn(cut_out(pixels, cut) if cut else pixels, page.turn_deg))
    made = []
    for line in lessons:
        name = folder / f"{page.uid[:16]}-{line.box.y:05d}-{line.box.x:05d}.png"
        margin = round(MARGIN * line.box.height)
        top, left = max(0, line.box.y - margin), max(0, line.box.x - margin)
        bottom, right = line.box.y + line.box.height, line.box.x + line.box.width
        _, data = cv2.imencode(".png", image[top : bottom + margin, left : right + margin])
        write_bytes(name, data.tobytes())
        write_bytes(name.with_suffix(".txt"), f"{line.text}\n".encode())
        made.append(TrueLine(name, line.text))
    return made


def is_lesson(line: Line) -> bool:
    """Whether somebody looked at it, and nothing in it is doubtful any more."""
    reviews = {word.review for word in line.words}
    if "checked" not in reviews or "illegible" in reviews:
        return False
    return not any(is_doubtful(word) for word in line.words)


def _summary(folder: Path, made: list[TrueLine], withheld: int) -> Changed:
    words = ngettext("{count} line in {folder}.", "{count} lines in {folder}.", len(made))
    sentence = words.format(count=digits(len(made)), folder=isolate(folder))
    if withheld:
        more = ngettext(
            "{count} page was left out: its access level forbids it.",
            "{count} pages were left out: their access levels forbid it.",
            withheld,
        )
        sentence += " " + more.format(count=digits(withheld))
    return Changed(
        "training-lines",
        facts={
            "folder": str(folder),
            "lines": len(made),
            "held_back": sum(line.is_held_back for line in made),
            "pages_withheld": withheld,
        },
        sentence=sentence,
    )
