"""The proposals for a case file from the text of its pages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from archiver.metadata.dates.judicial_year import judicial_year_span
from archiver.metadata.dates.reading import read_folded_dates
from archiver.metadata.extraction.agree import Said, proposals, weakened
from archiver.metadata.extraction.bench import bench
from archiver.metadata.extraction.citation import citation, laws, subjects
from archiver.metadata.extraction.court import circuit, lower_court
from archiver.metadata.extraction.days import filing, hearing, lower_date
from archiver.metadata.extraction.finding import Finding
from archiver.metadata.extraction.keys import case_keys, lower_cases, series_shown
from archiver.metadata.extraction.markers import parts
from archiver.metadata.extraction.outcome import disposition
from archiver.metadata.extraction.page import PageText
from archiver.metadata.extraction.parties import counsel, parties
from archiver.metadata.extraction.proposal import Proposal
from archiver.metadata.extraction.shapes import Shapes

_BENCH_PAPERS: Final = frozenset({"judgment", "minutes", "decision_chamber"})
_PARTY_PAPERS: Final = frozenset(
    {
        "judgment", "minutes", "decision_chamber", "cover", "appeal_statement", "grounds_memo",
        "explanatory_memo", "exhibit_list", "defence_memo", "prosecution_memo", "appeal_report",
    }
)  # fmt: skip
_ADJOURNED: Final = "adjourned"
_NO_TEXT: Final = frozenset({"blank", "separator", "photo"})
_AGAINST_THE_CALENDAR: Final = 0.5
_LONGEST_CASE_YEARS: Final = 30
_NATIONAL_COURTS_UNTIL: Final = 1931


def extract(pages: Sequence[tuple[PageText, str]], series: str = "civil") -> tuple[Proposal, ...]:
    """What the pages, each with its kind (vocabularies/document_kind), say of their case file.

    `series` is the site's own docket series, taken where no page shows another. Proposals of one
    field stand together, the items of a list in their order.
    """
    said: list[Said] = []
    shown: list[str] = []
    for page, kind in pages:
        if kind in _NO_TEXT or not page.text.strip():
            continue
        found, its_series = on_page(page, kind)
        shown += [its_series] if its_series else []
        said += _ranked(page, found)
    own = _series(shown, said) or series
    return proposals([_in_series(each, own) for each in _against_calendar(_final(said))])


def _final(said: list[Said]) -> list[Said]:
    """Without the adjournments of a case that was decided."""
    decided = any(
        each.finding.field == "disposition" and each.finding.value != _ADJOURNED for each in said
    )
    return [each for each in said if not (decided and each.finding.value == _ADJOURNED)]


def on_page(page: PageText, kind: str) -> tuple[list[Finding], str]:
    """What one page says, and the docket series that it shows ("" for none)."""
    shapes = Shapes(page)
    heading = parts(shapes)
    dates = read_folded_dates(page.text, shapes.folded)
    court = list(circuit(shapes, kind))
    keys, after = case_keys(shapes, kind, "")
    topics = list(subjects(shapes, kind, after))
    named = next((each.value for each in court if each.field == "circuit"), "")
    series = series_shown(shapes, named, [each.value["heading"] for each in topics])
    found = [*keys, *court, *topics]
    if kind in _BENCH_PAPERS:
        found += bench(shapes, heading)
    if kind in _PARTY_PAPERS:
        found += parties(shapes, heading, series)
    found += counsel(shapes, kind, heading)
    found += hearing(shapes, kind, dates, heading)
    found += filing(shapes, kind, dates)
    courts = list(lower_court(shapes, kind))
    found += courts
    found += lower_cases(shapes, kind)
    found += lower_date(shapes, kind, dates, courts)
    found += disposition(shapes, kind)
    found += citation(shapes, kind)
    found += laws(shapes, kind)
    return found, series if keys else ""


def _ranked(page: PageText, found: Iterable[Finding]) -> Iterator[Said]:
    for rank, finding in enumerate(found):
        chance = page.chance(finding.start, finding.end)
        likely = replace(finding, probability=finding.probability * chance)
        yield Said(likely, page, rank)


def _series(shown: Sequence[str], said: Sequence[Said]) -> str:
    """The series that most pages show; criminal cases before 1931 are the National Courts'."""
    if not shown:
        return ""
    special = [each for each in shown if each != "civil"]
    own = max(set(special), key=special.count) if special else "civil"
    early = any(day.year < _NATIONAL_COURTS_UNTIL for day in _days(said, "hearing_date"))
    return "national_courts" if own == "criminal" and early else own


def _in_series(said: Said, series: str) -> Said:
    if said.finding.field != "case_key":
        return said
    value: dict[str, Any] = said.finding.value | {"series": series}
    return replace(said, finding=replace(said.finding, value=value))


def _days(said: Iterable[Said], field: str) -> list[date]:
    return [
        date.fromisoformat(each.finding.value["edtf"].rstrip("~"))
        for each in said
        if each.finding.field == field and each.finding.value["edtf"]
    ]


def _against_calendar(said: list[Said]) -> Iterator[Said]:
    """Weaken numbers whose year does not fit the dates; arithmetic never proposes another."""
    hearings, filings = _days(said, "hearing_date"), _days(said, "filing_date")
    for each in said:
        fits = each.finding.field != "case_key" or _fits(each, hearings, filings)
        yield each if fits else weakened(each, _AGAINST_THE_CALENDAR)


def _fits(said: Said, hearings: list[date], filings: list[date]) -> bool:
    """Whether the judicial year can be that of a case filed and heard on these days."""
    years = (
        judicial_year_span(said.finding.value["judicial_year"], series)
        for series in ("civil", "national_courts")
    )
    spans = [span for span in years if span]
    return any(
        all(first <= day <= last for day in filings)
        and all(first <= day and day.year - last.year <= _LONGEST_CASE_YEARS for day in hearings)
        for first, last in spans
    )
