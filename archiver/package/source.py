"""What a package is made from: plain rows, and where their bytes lie."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile, Document, Page
from archiver.store.audit import NO_EVENTS, EventRow, Head

Elements = tuple[tuple[str, str], ...]  # names and texts of simple Dublin Core


@dataclass(frozen=True, slots=True)
class BagSource:
    """One case file at the moment of sealing. The same source gives the same bytes, always."""

    case: CaseFile
    version: int  # from 1
    documents: tuple[Document, ...]
    pages: tuple[Page, ...]  # in the order of the paper
    events: tuple[EventRow, ...]  # what was done to the case file, oldest first
    blob_path: Callable[[str], Path]  # where the bytes of a blob key lie
    pdf: Path | None  # the access copy of the whole case file, with its text layer
    sealed_at: str  # ISO 8601, UTC
    sealed_by: Actor
    organization: str  # whose papers these are
    software: str  # name and version of the station's program
    kind_labels: Mapping[str, str] = field(default_factory=dict)  # document kind -> Arabic label
    previous: str = ""  # the package that this one replaces
    audit_head: Head = NO_EVENTS  # of the station's whole log, when it was sealed
    algorithm: Literal["sha256", "sha512"] = "sha256"  # sha512: a second manifest beside the first
    dublin_core: Elements = ()  # where the case file was described; else from its rows
    mods: bytes = b""  # MODS 3, where the case file was described
    values: tuple[Mapping[str, object], ...] = ()  # field values, as JSON-able rows

    @property
    def bag_name(self) -> str:
        return f"{self.case.slug}-v{self.version}"

    def document_label(self, document: Document) -> str:
        return document.title or self.kind_labels.get(document.kind, document.kind)

    def pages_of(self, document: Document) -> tuple[Page, ...]:
        return tuple(page for page in self.pages if page.document_id == document.id)
