"""The pages of the present session at the scanner, as they come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject

from archiver.i18n import digits
from archiver.model.casefile import Document, Page
from archiver.model.changes import Arrived
from archiver.workflow.open_case import OpenCase
from ui.models.rows import Rows
from ui.words import translate

FAR = 80  # pages: more are not seen at once


@dataclass(frozen=True, slots=True)
class CapturedRow:
    """A page that is safe on the disk; `page` once it is in its case file."""

    number: int
    sheet: int
    back: bool
    image: Path
    thumbnail: Path
    page: Page | None = None
    separator: bool = False  # it said where a document begins and is no page
    inserted: bool = False  # between two that were there
    document: Document | None = None  # of `page`, as far as it is known

    @property
    def words(self) -> str:
        if self.inserted and self.page:
            told = translate("Capture", "Inserted: page %1")
            return digits(told.replace("%1", str(self.page.position)))
        if self.sheet < 0 and self.page:
            told = translate("Capture", "The other half: page %1")
            return digits(told.replace("%1", str(self.page.position)))
        face = translate("Capture", "Back of sheet %1") if self.back else translate(
            "Capture", "Front of sheet %1"
        )  # fmt: skip
        return digits(face.replace("%1", str(self.sheet)))


def document_span(rows: Sequence[CapturedRow], place: int) -> tuple[int, int]:
    """First and last of the rows beside `place` that show its document, a screen far at most."""
    document, first, last = rows[place].document, place, place
    while first > max(0, place - FAR) and rows[first - 1].document == document:
        first -= 1
    while last + 1 < min(len(rows), place + FAR) and rows[last + 1].document == document:
        last += 1
    return first, last


def as_they_stand(rows: Sequence[CapturedRow], view: OpenCase | None) -> list[CapturedRow]:
    """The rows with what the case file that is open says of their pages: another image may stand
    in the place of one, or the parts of it; and it may stand there itself again.
    """
    outline, known = (view.pages.outline, view.documents) if view else ((), ())
    documents = {document.id: document for document in known}
    parts: dict[int, list[int]] = {}
    for each in outline:
        if each.instead_of:
            parts.setdefault(each.instead_of, []).append(each.id)
    found: list[CapturedRow] = []
    seen: set[int] = set()
    number = max((row.number for row in rows), default=0)
    for row in rows:
        stand = [p for p in _standing(row.page, view, parts) if p.id not in seen]
        if row.page and not stand:  # the other half of a page that is whole again
            continue
        first = stand[0] if stand else None
        found.append(replace(row, page=first, document=_of(first, documents)))
        for other in stand[1:]:
            number += 1
            half = replace(row, number=number, sheet=-number, back=False, page=other)
            found.append(replace(half, document=_of(other, documents)))
        seen |= {page.id for page in stand}
    return found


def _of(page: Page | None, documents: Mapping[int, Document]) -> Document | None:
    return documents.get(page.document_id) if page else None


def _standing(
    page: Page | None, view: OpenCase | None, parts: Mapping[int, Sequence[int]]
) -> list[Page]:
    """What stands in the case file of an image: itself, what took its place, what it took the
    place of; itself where nothing of it does.
    """
    if page is None or view is None:
        return [page] if page else []
    for ids in ([page.id], parts.get(page.id, ()), [page.instead_of or 0]):
        there = [known for known in map(view.pages.find, ids) if known]
        if there:
            return there
    return [page]


def faces(
    rows: Sequence[CapturedRow], chosen: CapturedRow | None
) -> tuple[CapturedRow | None, CapturedRow | None]:
    """Front and back of the sheet of the chosen page."""
    sheet = [row for row in rows if chosen and row.sheet == chosen.sheet]
    front = next((row for row in sheet if not row.back), None)
    return front, next((row for row in sheet if row.back), None)


def captured(step: Arrived) -> CapturedRow:
    back = step.face == "back"
    return CapturedRow(step.number, step.sheet, back, step.image, step.thumbnail)


def captured_list(parent: QObject | None = None) -> Rows[CapturedRow]:
    return Rows(lambda row: row.number, lambda row: row.words, parent)
