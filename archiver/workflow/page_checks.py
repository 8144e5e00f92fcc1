"""What the figures of a page mean: only those beyond the site's limits need an eye.

What `measuring` kept follows from `[checks]` in station.toml at the moment somebody
asks, so that a changed limit counts for the pages that are there.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from archiver.i18n import N_, _, digits
from archiver.model.casefile import CaseFile
from archiver.model.checks import PageCheck, Verdict
from archiver.settings import CheckSettings
from archiver.store import page_checks, separators
from archiver.store.page_checks import Checked, Figures
from archiver.workflow.page_numbers import page_numbers
from archiver.workflow.queries import case_by_id
from archiver.workflow.station import Station

_PAPER_MM: Final = {
    "a3": (297, 420), "a4": (210, 297), "a5": (148, 210), "folio": (216, 330), "legal": (216, 356),
}  # fmt: skip
_SAME_WIDTH_MM: Final = 6
_SHARPEST_PX: Final = 2.6  # edges cannot be sharper than pixels: what is coarse is not blurred
_DPI_SLACK: Final = 0.97  # files round their resolution

NAMES: Final = {
    "skew": N_("skew"),
    "blur": N_("sharpness of the letters"),
    "dark": N_("darkness"),
    "contrast": N_("contrast"),
    "clipped": N_("burnt out light"),
    "cut": N_("cut edge"),
    "corner": N_("folded corner"),
    "length": N_("two sheets at once (length)"),
    "resolution": N_("resolution"),
    "number": N_("page numbers"),
    "spread": N_("two pages in one image"),
    "unreadable_slip": N_("slip that could not be read"),
    "after_unreadable_slip": N_("behind a slip that could not be read"),
}
UNITS: Final = {
    "skew": N_("{figure}°"),
    "blur": N_("{figure} mm"),
    "dark": N_("{figure} %"),
    "contrast": N_("{figure} %"),
    "clipped": N_("{figure} %"),
    "cut": N_("{figure} mm"),
    "corner": N_("{figure} cm²"),
    "length": N_("{figure} mm"),
    "resolution": N_("{figure} dpi"),
    "number": N_("{figure}"),
    "spread": N_("fold at {figure} %"),
    "unreadable_slip": N_("number {figure}"),
    "after_unreadable_slip": N_("number {figure}"),
}
_WITHOUT_LIMIT: Final = ("spread", "unreadable_slip", "after_unreadable_slip")


_Rule = tuple[str, float, float, bool, Verdict]


class CaseChecks:
    """What was checked on the pages of a case file, those in the numbering, as it stands now.

    Which pages need a look is known at once; what was checked on one is worked out when asked.
    """

    def __init__(self, station: Station, case_id: int) -> None:
        connection = station.database.connection
        self._case = case_by_id(station, case_id)
        self._allowed = settings_for(station, self._case)
        self._slips = separators.flagged(connection, case_id)
        found = [*page_checks.of_case(connection, case_id)]
        self._numbers = page_numbers(found)
        self.checked = {row.id: row._replace(text="") for row in found}  # megabytes of it
        self.flagged = frozenset(row.id for row in self.checked.values() if self._complains(row))

    def of(self, page_id: int) -> tuple[PageCheck, ...]:
        page = self.checked[page_id]
        found = (
            PageCheck(
                name=name,
                figure=figure,
                limit=limit,
                verdict=Verdict.OK if fine else verdict,
                at=_place(page.figures, name),
                accepted=not fine and _stands(page, name),
            )
            for name, figure, limit, fine, verdict in self._rules(page)
        )
        slips = self._slips.get(page_id, ())
        return (*found, *(PageCheck(name, slip, 0, Verdict.DOUBTFUL) for name, slip in slips))

    def _complains(self, page: Checked) -> bool:
        rules = self._rules(page)
        wrong = any(not fine and not _stands(page, name) for name, _f, _l, fine, _v in rules)
        return wrong or page.id in self._slips

    def _rules(self, page: Checked) -> Iterator[_Rule]:
        return _rules(page, page.figures, self._numbers, self._case, self._allowed)


def checks_of(station: Station, case_id: int) -> dict[int, tuple[PageCheck, ...]]:
    """Page id -> what was checked on it, of all pages in the numbering."""
    found = CaseChecks(station, case_id)
    return {page_id: found.of(page_id) for page_id in found.checked}


def complaints_of(station: Station, case_id: int) -> dict[int, tuple[PageCheck, ...]]:
    """Page id -> what needs a look, of the pages that have any."""
    found = CaseChecks(station, case_id)
    return {
        page_id: tuple(check for check in found.of(page_id) if check.needs_a_look)
        for page_id in found.checked
        if page_id in found.flagged
    }


def settings_for(station: Station, case: CaseFile) -> CheckSettings:
    """The limits for pages of this profile."""
    return station.settings.checks_of.get(case.profile, station.settings.checks)


def check_name(check: PageCheck) -> str:
    return _(NAMES[check.name])


def figure_of(check: PageCheck) -> str:
    """The figure in its unit."""
    return _(UNITS[check.name]).format(figure=digits(f"{check.figure:g}"))


def limit_of(check: PageCheck) -> str:
    """The limit in its unit; "" where there is none."""
    if check.name in _WITHOUT_LIMIT:
        return ""
    return _(UNITS[check.name]).format(figure=digits(f"{check.limit:g}"))


def told(check: PageCheck) -> str:
    """`skew 3.1°, at most 1.0°`."""
    name, figure, limit = check_name(check), figure_of(check), limit_of(check)
    if not limit:
        return f"{name}: {figure}"
    words = {
        "number": _("{name} {figure}, expected {limit}"),
        "contrast": _("{name} {figure}, at least {limit}"),
        "resolution": _("{name} {figure}, at least {limit}"),
    }.get(check.name, _("{name} {figure}, at most {limit}"))
    return words.format(name=name, figure=figure, limit=limit)


def _stands(page: Checked, name: str) -> bool:
    """Whether a person let that complaint stand."""
    return f'"{name}"' in page.accepted


def _rules(
    page: Checked,
    figures: Figures,
    numbers: Mapping[int, tuple[int, int]],
    case: CaseFile,
    allowed: CheckSettings,
) -> Iterator[_Rule]:
    most: Sequence[tuple[str, float, float, Verdict]] = (
        ("skew", 1, allowed.skew_deg, Verdict.DOUBTFUL),
        ("blur", 1, max(allowed.blur_mm, round(_SHARPEST_PX * 25.4 / page.dpi, 2)), Verdict.WRONG),
        ("dark", 100, allowed.dark_percent, Verdict.DOUBTFUL),
        ("clipped", 100, allowed.clipped_percent, Verdict.WRONG),
        ("cut", 1, allowed.cut_mm, Verdict.WRONG),
        ("corner", 1, allowed.corner_cm2, Verdict.WRONG),
    )
    for name, scale, limit, verdict in most:
        if name in figures:
            figure = round(figures[name]["figure"] * scale, 2)
            yield name, figure, limit, abs(figure) <= limit, verdict
    if "contrast" in figures:
        figure = round(figures["contrast"]["figure"] * 100, 1)
        least = allowed.contrast_percent
        yield "contrast", figure, least, figure >= least, Verdict.DOUBTFUL
    yield "resolution", page.dpi, allowed.dpi, page.dpi >= _DPI_SLACK * allowed.dpi, Verdict.WRONG
    if case.profile == "case_file" and not page.cut:
        yield from _length(page, allowed)
    if page.id in numbers:
        seen, expected = numbers[page.id]
        yield "number", seen, expected, seen == expected, Verdict.DOUBTFUL
    if "fold" in figures and not page.cut:
        yield "spread", round(100 * figures["fold"]["figure"], 1), 0, False, Verdict.DOUBTFUL


def _length(page: Checked, allowed: CheckSettings) -> Iterator[_Rule]:
    """Two sheets drawn in together are longer than any paper of their width."""
    short, long = sorted((page.width_px * 25.4 / page.dpi, page.height_px * 25.4 / page.dpi))
    sizes = [_PAPER_MM[name] for name in allowed.paper.split() if name in _PAPER_MM]
    fitting = [long for width, long in sizes if abs(short - width) <= _SAME_WIDTH_MM]
    if fitting:
        limit = max(fitting) + allowed.longer_mm
        yield "length", round(long), limit, long <= limit, Verdict.WRONG


def _place(figures: Figures, name: str) -> tuple[float, float, float, float] | None:
    at = figures.get(name, {}).get("at")
    return (at[0], at[1], at[2], at[3]) if at else None
