"""The pages of a case file as the page desk sees them: what needs a look stands first."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from archiver.i18n import digits
from archiver.model.checks import PageCheck, Verdict
from archiver.workflow import queries
from archiver.workflow.page_checks import checks_of, told
from archiver.workflow.station import Station
from ui import counts
from ui.models.pages import PageRow, page_rows
from ui.models.rows import Rows
from ui.theme import Shape
from ui.words import joined, translate

SHAPES = {Verdict.OK: Shape.OK, Verdict.DOUBTFUL: Shape.DOUBTFUL, Verdict.WRONG: Shape.WRONG}


@dataclass(frozen=True, slots=True)
class DeskRow:
    row: PageRow
    checks: tuple[PageCheck, ...]
    heading: str = ""  # over the first page that needs no look

    @property
    def complaints(self) -> tuple[PageCheck, ...]:
        return tuple(check for check in self.checks if check.needs_a_look)

    @property
    def shape(self) -> Shape:
        worst = {check.verdict for check in self.complaints}
        if not worst:
            return Shape.OK
        return Shape.WRONG if Verdict.WRONG in worst else Shape.DOUBTFUL

    @property
    def title(self) -> str:
        page = translate("Desk", "Page %1").replace("%1", str(self.row.page.position))
        return digits(page)

    @property
    def words(self) -> str:
        if not self.complaints and self.row.page.accepted != "[]":
            return translate("Desk", "stays as it is")
        return joined(*(told(check) for check in self.complaints))


def desk_rows(station: Station, case_id: int) -> tuple[DeskRow, ...]:
    """Flagged pages first, each part in the order of the case file. Raises NoSuchCase."""
    view, checked = queries.case_view(station, case_id), checks_of(station, case_id)
    rows = [DeskRow(row, checked.get(row.page.id, ()))
            for row in page_rows(view.documents, view.pages)]  # fmt: skip
    flagged = [row for row in rows if row.complaints]
    sound = [row for row in rows if not row.complaints]
    return (*flagged, *_headed(sound))


def _headed(sound: Sequence[DeskRow]) -> list[DeskRow]:
    title = counts.sound_pages(len(sound))
    return [DeskRow(row.row, row.checks, "" if place else title)
            for place, row in enumerate(sound)]  # fmt: skip


def desk_list(parent: QObject | None = None) -> Rows[DeskRow]:
    return Rows(
        lambda row: (row.row.page.id, bool(row.complaints)),
        lambda row: joined(*(part for part in (row.title, row.row.name, row.words) if part)),
        parent,
    )
