"""What can be asked of an archive. Queries return rows and change nothing."""

from dataclasses import dataclass
from pathlib import Path

from archiver.errors import BadCaseNumber, NoSuchCase
from archiver.model.casefile import CaseFile, CaseSummary, Document, Page
from archiver.model.delivery import Delivery, Seal
from archiver.model.identity import DEFAULT_SERIES, CaseKey
from archiver.store import audit, cases, deliveries, pages
from archiver.store.audit import EventRow
from archiver.workflow.station import Station
from ocr.direction import without_marks
from ocr.page import PageText


@dataclass(frozen=True, slots=True)
class CaseView:
    """All there is to know of one case file."""

    case: CaseFile
    documents: tuple[Document, ...]
    pages: tuple[Page, ...]
    seals: tuple[Seal, ...]
    deliveries: tuple[Delivery, ...]
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    seal: Seal
    delivery: Delivery
    case: CaseFile


@dataclass(frozen=True, slots=True)
class StatusReport:
    cases: tuple[CaseSummary, ...]
    pages: int
    waiting: int
    failed: int
    unindexed: int
    deliveries: dict[str, int]  # state -> how many
    free_bytes: int


def list_cases(station: Station) -> tuple[CaseSummary, ...]:
    return cases.summaries(station.database.connection)


def find_case(station: Station, text: str, series: str = DEFAULT_SERIES) -> CaseFile:
    """The case file of that number (any written form) or that item reference.

    Raises NoSuchCase.
    """
    connection = station.database.connection
    text = without_marks(text).strip()  # those that stood around it where it was copied
    found = cases.by_reference(connection, text)
    if found is None:
        try:
            found = cases.by_key(connection, CaseKey.parse(text, series))
        except BadCaseNumber:
            found = None
    if found is None:
        raise NoSuchCase(case=text)
    return found


def case_by_id(station: Station, case_id: int) -> CaseFile:
    found = cases.by_id(station.database.connection, case_id)
    if found is None:
        raise NoSuchCase(case=str(case_id))
    return found


def case_view(station: Station, case_id: int) -> CaseView:
    connection = station.database.connection
    sealed = deliveries.seals(connection, case_id)
    known = {seal.id for seal in sealed}
    return CaseView(
        case=case_by_id(station, case_id),
        documents=cases.documents(connection, case_id),
        pages=pages.of_case(connection, case_id),
        seals=sealed,
        deliveries=tuple(
            delivery for seal, delivery in deliveries.deliveries(connection) if seal.id in known
        ),
        events=tuple(audit.events(connection, case_id)),
    )


def pages_aside(station: Station, case_id: int) -> tuple[Page, ...]:
    """The images of a case file that are kept out of the numbering."""
    return pages.aside_of(station.database.connection, case_id)


def page(station: Station, page_id: int) -> Page:
    found = pages.by_id(station.database.connection, page_id)
    if found is None:
        raise LookupError(page_id)
    return found


def page_text(station: Station, page: Page) -> PageText | None:
    """The words of a page with their boxes; None before it is read.

    A correction replaces the record: `page` may be a row from before it.
    """
    if not page.alto:
        return None
    from ocr import alto  # noqa: PLC0415 - brings an XML parser, which no start waits for

    try:
        return alto.read(station.blobs.path(page.alto).read_bytes())
    except FileNotFoundError:
        newer = pages.by_id(station.database.connection, page.id)
        if newer is None or newer.alto == page.alto:
            raise
        return page_text(station, newer)


def blob_path(station: Station, key: str) -> Path:
    return station.blobs.path(key)


def list_deliveries(station: Station) -> tuple[DeliveryRow, ...]:
    """Every delivery, the newest first."""
    rows = deliveries.deliveries(station.database.connection)
    return tuple(
        DeliveryRow(seal, delivery, case_by_id(station, seal.case_id))
        for seal, delivery in reversed(rows)
    )


def list_unsent(station: Station) -> tuple[tuple[CaseFile, Seal], ...]:
    """Packages that are in no outbox yet, the newest first."""
    connection = station.database.connection
    known = {seal.id for seal, _delivery in deliveries.deliveries(connection)}
    seals = (seal for seal in deliveries.seals(connection) if seal.id not in known)
    return tuple((case_by_id(station, seal.case_id), seal) for seal in seals)[::-1]


def status(station: Station) -> StatusReport:
    connection = station.database.connection
    total, waiting, failed, unindexed = connection.execute(
        "SELECT count(*), sum(state = 'waiting'), sum(state = 'failed'),"
        " sum(state = 'read' AND indexed < (SELECT live FROM search_index)) FROM page"
        " WHERE position > 0"
    ).fetchone()
    states = connection.execute("SELECT state, count(*) FROM delivery GROUP BY state")
    return StatusReport(
        cases=list_cases(station),
        pages=total,
        waiting=waiting or 0,
        failed=failed or 0,
        unindexed=unindexed or 0,
        deliveries={state: count for state, count in states},  # noqa: C416 - rows are not pairs
        free_bytes=station.blobs.free_bytes(),
    )
