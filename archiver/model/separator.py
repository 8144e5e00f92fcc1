"""A sheet that stood between the papers, as it is on record."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Separator:
    id: int
    at: str  # ISO 8601, UTC
    person: str
    stream: str  # what came in one after the other: a folder, a sitting at the scanner
    kind: str  # slip, patch, back, unreadable
    payload: str  # what its code says, "" where nobody knows
    why: str  # unreadable: what was seen
    lot_id: int | None
    case_id: int | None  # where the pages behind it go
    document_id: int | None  # None: the next page begins one
    page_id: int | None  # unreadable: the page that it stays
    behind: int | None  # the unreadable one it came after, or the slip whose back it is
    source_name: str
    source_page: int
    settled_at: str  # "" while nobody said what the unreadable one is
    settled_by: str
    settled_as: str
