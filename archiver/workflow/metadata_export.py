"""The descriptions of case files for other systems: CSV, JSON, Dublin Core, MODS, ISAD(G).

Case files are written one after the other: how many there are costs no memory.
"""

import json
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Final

from lxml import etree

from archiver.i18n import digits, ngettext
from archiver.jobs.pace import Pace
from archiver.metadata.crosswalks import dublin_core, isadg, mods, tables
from archiver.metadata.crosswalks.described import Described, DescribedDocument
from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile, Page
from archiver.model.changes import Changed, Notice, Progress, Step
from archiver.model.description import FieldValue
from archiver.store import audit, cases, pages
from archiver.store.durable import written
from archiver.workflow.describing import field_values
from archiver.workflow.exporting import NEVER_EXPORTED, FileThere, NeverExported, UnknownExport
from archiver.workflow.faults import storage_faults
from archiver.workflow.profiles import profile_of, profiles_of, vocabularies_of
from archiver.workflow.queries import case_by_id
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station
from archiver.workflow.vocabulary import label

FORMATS: Final = ("csv", "json", "dc", "mods", "isadg", "isadg-csv")
_OAI: Final = f'xmlns:oai_dc="{dublin_core.OAI}" xmlns:dc="{dublin_core.NAMESPACE}"'


@guarded(Right.COPIES)
def export_metadata(
    station: Station,
    actor: Actor,
    *,
    form: str,
    path: Path,
    case_ids: Sequence[int] | None = None,
    excel: bool = False,
) -> Iterator[Step]:
    """Write the descriptions of these case files, or of all, into `path` in one of FORMATS.

    excel: the mark by which Excel takes CSV for UTF-8. What stands under deliberation secrecy is
    left out with a `Notice`, and refused where it was asked for by name. The event stands in the
    audit log before the file is seen.
    Raises NeverExported, FileThere, UnknownExport, DiskFull, StorageFailed.
    """
    if form not in FORMATS:
        raise UnknownExport(format=form, known=" ".join(FORMATS))
    chosen = _chosen(station, case_ids)
    if path.exists():
        raise FileThere(path=path)
    with storage_faults(station.root), tempfile.TemporaryDirectory(dir=station.incoming) as made:
        draft, count = Path(made) / "metadata", 0
        with draft.open("w", encoding="utf-8", newline="") as file:
            writer = _WRITERS[form](station, file, excel)
            pace = Pace(len(chosen))
            for case_id in chosen:
                case = case_by_id(station, case_id)
                pace.step()
                if case.access in NEVER_EXPORTED:
                    yield Notice(_never(case), digits(case.reference))
                    continue
                writer.write(case)
                count += 1
                yield Progress(pace.done, pace.total, digits(case.reference), pace.seconds_left)
            writer.end()
        with station.database.transaction() as connection:
            audit.append(connection, actor, "export metadata", format=form, cases=count,
                         file=str(path.absolute()))  # fmt: skip
        with storage_faults(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
            _publish(draft, path)
    words = ngettext("{count} case file is described in {path}.",
                     "{count} case files are described in {path}.", count)  # fmt: skip
    yield Changed(
        "export metadata",
        facts={"format": form, "cases": count, "file": str(path), "by": actor.person},
        sentence=words.format(count=digits(count), path=path),
    )


def _chosen(station: Station, case_ids: Sequence[int] | None) -> tuple[int, ...]:
    if case_ids is None:
        return cases.ids(station.database.connection)
    for case_id in case_ids:
        case = case_by_id(station, case_id)
        if case.access in NEVER_EXPORTED:
            raise _never(case)
    return tuple(case_ids)


def _never(case: CaseFile) -> NeverExported:
    return NeverExported(case=case.reference, level=label("access_level", case.access))


def _publish(made: Path, place: Path) -> None:
    try:
        with written(place, replace=False) as file, made.open("rb") as source:
            shutil.copyfileobj(source, file)
    except FileExistsError as error:
        raise FileThere(path=place) from error


# --- one case file ------------------------------------------------------------------------------


def described(station: Station, case: CaseFile) -> Described:
    """What the crosswalks are made from."""
    connection = station.database.connection
    of_case = pages.of_case(connection, case.id)
    return Described(
        profile=profile_of(station, case),
        vocabularies=vocabularies_of(station),
        uid=case.uid,
        reference=case.reference,
        organization=station.settings.station.institution,
        created_at=case.created_at,
        pages=len(of_case),
        languages=tuple(sorted({page.language for page in of_case if page.language})),
        documents=tuple(_documents(station, case, of_case)),
        values=_values(field_values(station, case.id)),
    )


def _documents(
    station: Station, case: CaseFile, of_case: Sequence[Page]
) -> Iterator[DescribedDocument]:
    kinds = vocabularies_of(station)["document_kind"].terms
    for document in cases.documents(station.database.connection, case.id):
        places = [page.position for page in of_case if page.document_id == document.id]
        first, last = (min(places), max(places)) if places else (0, 0)
        kind = kinds[document.kind].ar if document.kind in kinds else document.kind
        place = "" if not places else str(first) if first == last else f"{first}-{last}"
        yield DescribedDocument(kind, document.title, place)


def _values(values: Sequence[FieldValue]) -> dict[str, tuple[object, ...]]:
    found: dict[str, tuple[object, ...]] = {}
    for value in values:
        if value.subject.document_id is None and value.subject.page_id is None:
            found[value.field] = (*found.get(value.field, ()), value.value)
    return found


def value_rows(station: Station, case: CaseFile) -> tuple[dict[str, object], ...]:
    """Every value of every level with who said it and where it came from, JSON-able."""
    connection = station.database.connection
    documents = {d.id: d.position for d in cases.documents(connection, case.id)}
    places = {page.id: page.position for page in pages.of_case(connection, case.id)}
    return tuple(
        {
            "field": value.field,
            "position": value.position,
            "document": documents.get(value.subject.document_id or 0),
            "page": places.get(value.subject.page_id or 0),
            "value": value.value,
            "as_written": value.as_written,
            "source": str(value.source),
            "person": value.person,
            "at": value.at,
        }
        for value in field_values(station, case.id)
    )


# --- the formats --------------------------------------------------------------------------------


class _Writer(ABC):
    """Writes case files one after the other."""

    head, between, tail = "", "", ""

    def __init__(self, station: Station, file: IO[str], excel: bool) -> None:
        self.station, self.file, self.excel, self.count = station, file, excel, 0
        self.begin()

    def begin(self) -> None:
        self.file.write(self.head)

    def write(self, case: CaseFile) -> None:
        if self.count:
            self.file.write(self.between)
        self.file.write(self.text(case))
        self.count += 1

    @abstractmethod
    def text(self, case: CaseFile) -> str:
        """One case file, as it stands in the file."""

    def end(self) -> None:
        self.file.write(self.tail)


class _Csv(_Writer):
    """A case file a row; the fields of all profiles are its columns."""

    def begin(self) -> None:
        profiles = profiles_of(self.station).values()
        self.names = tables.columns([f.id for f in p.of_level("case")] for p in profiles)
        self.file.write(tables.EXCEL_MARK if self.excel else "")
        self.file.write(tables.line([*tables.FIRST, *self.names]))

    def text(self, case: CaseFile) -> str:
        return tables.line(tables.row(described(self.station, case), self.names))


class _IsadCsv(_Writer):
    """An element of the description a row."""

    def begin(self) -> None:
        self.file.write(tables.EXCEL_MARK if self.excel else "")
        self.file.write(tables.line(["reference", "uid", "element", "name", "text"]))

    def text(self, case: CaseFile) -> str:
        rows = isadg.rows(described(self.station, case))
        return "".join(tables.line([case.reference, case.uid, *row]) for row in rows)


class _Json(_Writer):
    head, between, tail = '{"case_files": [\n', ",\n", "\n]}\n"

    def text(self, case: CaseFile) -> str:
        source = described(self.station, case)
        documents = [{"kind": d.kind, "title": d.title, "pages": d.pages} for d in source.documents]
        facts = {
            "profile": source.profile.id,
            "profile_version": source.profile.version,
            "reference": case.reference,
            "uid": case.uid,
            "state": str(case.state),
            "pages": source.pages,
            "documents": documents,
            "values": list(value_rows(self.station, case)),
        }
        return json.dumps(facts, ensure_ascii=False)


class _IsadJson(_Writer):
    head, between, tail = '{"descriptions": [\n', ",\n", "\n]}\n"

    def text(self, case: CaseFile) -> str:
        rows = isadg.rows(described(self.station, case))
        elements = [{"element": number, "name": name, "text": text} for number, name, text in rows]
        facts = {"reference": case.reference, "uid": case.uid, "elements": elements}
        return json.dumps(facts, ensure_ascii=False)


class _Mods(_Writer):
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<mods:modsCollection xmlns:mods="{mods.NAMESPACE}">\n'
    )
    tail = "</mods:modsCollection>\n"

    def text(self, case: CaseFile) -> str:
        return _xml(mods.element(described(self.station, case)))


class _DublinCore(_Writer):
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<records {_OAI}>\n'
    tail = "</records>\n"

    def text(self, case: CaseFile) -> str:
        root = etree.Element(
            f"{{{dublin_core.OAI}}}dc",
            nsmap={"oai_dc": dublin_core.OAI, "dc": dublin_core.NAMESPACE},
        )
        for name, text in dublin_core.elements(described(self.station, case)):
            element = etree.SubElement(root, f"{{{dublin_core.NAMESPACE}}}{name}")
            element.text = mods.clean(text)
        return _xml(root)


def _xml(root: etree._Element) -> str:
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


_WRITERS: Final[dict[str, Callable[[Station, IO[str], bool], _Writer]]] = {
    "csv": _Csv,
    "json": _Json,
    "dc": _DublinCore,
    "mods": _Mods,
    "isadg": _IsadJson,
    "isadg-csv": _IsadCsv,
}
