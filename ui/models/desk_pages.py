"""The pages of a case file as the page desk sees them: what needs a look stands first."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from archiver.i18n import digits
from archiver.model.checks import PageCheck, Verdict
from archiver.workflow.open_case import OpenCase
from archiver.workflow.page_checks import CaseChecks, told
from archiver.workflow.station import Station
from ui import counts
from ui.models.pages import PageRow, PageRows
from ui.models.rows import MadeRows, Rows
from ui.theme import Shape
from ui.words import joined, translate

SHAPES = {Verdict.OK: Shape.OK, Verdict.DOUBTFUL: Shape.DOUBTFUL, Verdict.WRONG: Shape.WRONG}


@dataclass(frozen=True, slots=True)
class DeskRow:
    row: PageRow
    checks: tuple[PageCheck, ...]
    heading: str = ""  # over the first page that needs no look
    checked: bool = True  # False: nobody has asked the checks yet

    @property
    def complaints(self) -> tuple[PageCheck, ...]:
        return tuple(check for check in self.checks if check.needs_a_look)

    @property
    def shape(self) -> Shape:
        worst = {check.verdict for check in self.complaints}
        if not worst:
            return Shape.OK if self.checked else Shape.WAITING
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


def advice(row: DeskRow | None) -> str:
    """What to do about a page."""
    if row is None:
        return ""
    names = {check.name for check in row.complaints}
    if not names:
        return translate("Desk", "Nothing is wrong with this page.")
    if "spread" in names:
        return translate("Desk", "Two pages in one image: S makes them two.")
    if names <= {"skew", "dark", "contrast", "number"}:
        return translate("Desk", "The reader makes up for it. Look, and let it stand.")
    return translate("Desk", "Lay the sheet down again. The old image is kept with its reason.")


class DeskRows(MadeRows[DeskRow]):
    """Flagged pages first, each part in the order of the case file; as they come without checks."""

    def __init__(self, view: OpenCase, checks: CaseChecks | None = None) -> None:
        self._pages, self._checks = PageRows(view.documents, view.pages), checks
        outline, known = view.pages.outline, checks.checked if checks else {}
        flagged = checks.flagged if checks else frozenset()
        needy = [n for n, row in enumerate(outline) if row.id in flagged]
        sound = [n for n, row in enumerate(outline) if row.id not in flagged]
        self._order, self.needy = [*needy, *sound], len(needy)
        self._known = known

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, place: int) -> DeskRow:
        place = range(len(self))[place]
        row = self._pages[self._order[place]]
        title = self._checks is not None and place == self.needy
        return DeskRow(
            row,
            self._checks.of(row.page.id) if row.page.id in self._known else (),
            counts.sound_pages(len(self) - self.needy) if title else "",
            checked=self._checks is not None,
        )

    @property
    def identities(self) -> list[tuple[int, bool]]:
        ids = self._pages.identities
        return [(ids[n], place < self.needy) for place, n in enumerate(self._order)]

    @property
    def looks(self) -> list[Any]:
        pages, ids = self._pages.looks, self._pages.identities
        known = self._known
        return [(pages[n], known.get(ids[n]), self._checks is None) for n in self._order]


def desk_rows(station: Station, view: OpenCase) -> DeskRows:
    """Goes through all pages of the case file: not for the event loop. Raises NoSuchCase."""
    return DeskRows(view, CaseChecks(station, view.case.id))


def desk_list(parent: QObject | None = None) -> Rows[DeskRow]:
    return Rows(
        lambda row: (row.row.page.id, bool(row.complaints)),
        lambda row: joined(*(part for part in (row.title, row.row.name, row.words) if part)),
        parent,
    )
