"""The images of a lot's sample, and what stands beside one of them while it is judged."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject

from archiver.i18n import digits
from archiver.model.casefile import CaseFile, Page
from archiver.model.sample import FLAGGED, SampleImage
from archiver.workflow import queries
from archiver.workflow.describe_form import form
from archiver.workflow.lot_samples import SampleView
from archiver.workflow.page_reasons import reason_word
from archiver.workflow.station import Station
from ocr.page import PageText
from ui.models.rows import Rows
from ui.theme import Shape
from ui.words import joined, plate, translate


@dataclass(frozen=True, slots=True)
class SampledRow:
    image: SampleImage
    case: CaseFile
    page: Page

    @property
    def shape(self) -> Shape:
        if not self.image.judged:
            return Shape.WAITING
        return Shape.WRONG if self.image.defect else Shape.OK

    @property
    def title(self) -> str:
        name = translate("Sample", "Image %1").replace("%1", digits(self.image.number))
        flagged = translate("Sample", "flagged")
        return joined(name, flagged) if self.image.why == FLAGGED else name

    @property
    def place(self) -> str:
        """`page 4 · 99001 JY 93`; the number is gone where the page left it since."""
        told = plate(self.case)
        name = " ".join(filter(None, (told.number, told.between, told.year, told.after.strip())))
        if self.page.position < 1:
            return joined(name, translate("Sample", "taken out since"))
        page = translate("Describe", "page %1").replace("%1", digits(self.page.position))
        return f"{page} · {name}"

    @property
    def verdict(self) -> str:
        if not self.image.judged:
            return ""
        return reason_word(self.image.defect) or translate("Sample", "good")


@dataclass(frozen=True, slots=True)
class Looked:
    """What the checker of an image sees beside it. fields: (name, value) of its case file."""

    page_id: int
    read: PageText | None
    fields: tuple[tuple[str, str], ...]


def sampled_rows(station: Station, view: SampleView) -> Iterator[SampledRow]:
    known = {i.case_id: queries.case_by_id(station, i.case_id) for i in view.images}
    for image in view.images:
        yield SampledRow(image, known[image.case_id], queries.page(station, image.page_id))


def looked_at(station: Station, row: SampledRow) -> Looked:
    said = [(str(r.field.label), r.shown) for r in form(station, row.case.id) if r.shown]
    return Looked(row.page.id, queries.page_text(station, row.page), tuple(said))


def sampled_list(parent: QObject | None = None) -> Rows[SampledRow]:
    return Rows(
        lambda row: row.image.page_id,
        lambda row: joined(*filter(None, (row.title, row.place, row.verdict))),
        parent,
    )
