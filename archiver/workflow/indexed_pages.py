"""What the search index is told of each page: its words and what is known of its case file."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from archiver.model.casefile import CaseFile, CaseState, Document, Page
from archiver.model.description import FieldValue
from archiver.store import cases, fields
from archiver.workflow.station import Station
from archiver.workflow.vocabulary import items
from index.page import IndexedPage

_ISO: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_CASE_DATES: Final = ("hearing_date", "filing_date")
_JUDGES: Final = ("bench", "prosecution_member")


def indexed_pages(station: Station, batch: Sequence[Page]) -> Iterator[IndexedPage]:
    """The pages as they are searched; what their case files share is looked up once."""
    known: dict[int, _Known] = {}
    for page in batch:
        if page.case_id not in known:
            known[page.case_id] = _Known(station, page.case_id)
        yield known[page.case_id].page(page)


class _Known:
    """What is known of one case file and its documents."""

    def __init__(self, station: Station, case_id: int) -> None:
        connection = station.database.connection
        case = cases.by_id(connection, case_id)
        if case is None:
            raise LookupError(case_id)
        self.case: CaseFile = case
        self.documents = {d.id: d for d in cases.documents(connection, case_id)}
        self.values = fields.of_case(connection, case_id)
        self.station = station.settings.station.name
        self.parties = tuple(_names(self._said("party")))
        self.judges = tuple(_names(self._said(*_JUDGES)))
        self.subjects = tuple(_subjects(self._said("subject_heading")))

    def page(self, page: Page) -> IndexedPage:
        case, document = self.case, self._document(page)
        return IndexedPage(
            page_id=page.id,
            case_id=case.id,
            text=page.text,
            keys=tuple(key.canonical for key in case.keys),
            series=case.keys[0].series if case.keys else "",
            kind=document.kind,
            title=" ".join(filter(None, (case.title, document.title))),
            access=case.access,
            parties=self.parties,
            judges=self.judges,
            dates=tuple(_dates(self._said(*_CASE_DATES))),
            circuit=_first(self._said("circuit")),
            subjects=self.subjects,
            lot=_first(self._said("lot")),
            box=_first(self._said("box_barcode")),
            station=self.station,
            checked=case.state in (CaseState.ACCEPTED, CaseState.SEALED),
            position=page.position,
        )

    def _document(self, page: Page) -> Document:
        if page.document_id not in self.documents:
            raise LookupError(page.id)
        return self.documents[page.document_id]

    def _said(self, *names: str) -> list[Any]:
        """The values of these fields of the case file itself."""
        return [found.value for found in self.values if found.field in names and _of_file(found)]


def _of_file(found: FieldValue) -> bool:
    return found.subject.document_id is None and found.subject.page_id is None


def _first(values: Sequence[Any]) -> str:
    return str(values[0]) if values else ""


def _names(values: Iterable[Any]) -> Iterator[str]:
    """Names as written, of records and of plain texts."""
    for value in values:
        name = (
            value.get("name_as_written") or value.get("name") if isinstance(value, dict) else value
        )
        if isinstance(name, dict):
            name = name.get("name_as_written", "")
        if name:
            yield str(name)


def _subjects(values: Iterable[Any]) -> Iterator[str]:
    """Subject headings in Arabic, with their subheading; a heading may be words of its own."""
    known = items("subject_heading")
    for value in values:
        record = value if isinstance(value, dict) else {"heading": value}
        heading = str(record.get("heading") or "")
        words = known.get(heading, {}).get("ar", heading)
        yield " ".join(filter(None, (words, str(record.get("sub") or ""))))


def _dates(values: Iterable[Any]) -> Iterator[str]:
    """The days, months or years that are sure; intervals by their two ends."""
    for value in values:
        written = str(value.get("edtf") or "") if isinstance(value, dict) else str(value)
        for end in written.split("/"):
            if _ISO.fullmatch(end):
                yield end
