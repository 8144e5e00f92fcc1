"""A case file (or heritage item), its documents and its pages. Plain rows: no SQL, no Qt."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from archiver.model.identity import CaseKey

Turn = Literal[0, 90, 180, 270]


class CaseState(StrEnum):
    OPEN = "open"  # pages are still coming in or being read
    REJECTED = "rejected"  # a checker sent it back
    ACCEPTED = "accepted"  # a second person checked it
    SEALED = "sealed"  # in an immutable package


class PageState(StrEnum):
    WAITING = "waiting"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CaseFile:
    id: int
    uid: str  # 32 hex digits, generated
    profile: str  # case_file | heritage_item
    keys: tuple[CaseKey, ...]  # the first is the file's own; empty for an item without number
    reference: str  # for people: the canonical key, or the item's own reference
    title: str
    state: CaseState
    access: str  # code of vocabularies/access_level
    created_at: str  # ISO 8601, UTC

    @property
    def slug(self) -> str:
        """An ASCII name for files, unique in this archive."""
        return self.keys[0].slug if self.keys else f"item-{self.uid[:12]}"


@dataclass(frozen=True, slots=True)
class Document:
    id: int
    case_id: int
    position: int  # from 1
    kind: str  # code of vocabularies/document_kind, or "unsorted"
    title: str
    date: str = ""  # as written on it
    copy: str = ""  # "", original, certified_copy or copy
    folios: str = ""  # the numbers on its sheets, as people wrote them


@dataclass(frozen=True, slots=True)
class Page:
    id: int
    uid: str
    case_id: int
    document_id: int
    position: int  # from 1, through the whole case file; -id where it is aside
    master: str  # blob key (SHA-256) of what the scanner or file delivered
    media_type: str
    access: str  # blob key of a JPEG of the page as delivered, for screens and PDFs
    thumbnail: str  # blob key of a small JPEG
    width_px: int  # of the master, or of its part `cut`, as delivered
    height_px: int
    dpi: int
    source_name: str
    source_page: int  # from 1
    language: str  # ISO 639-2
    state: PageState
    turn_deg: Turn  # clockwise turn that makes it upright
    blank: bool
    confidence: float  # mean of its words, 0..1
    alto: str  # blob key of its ALTO, "" before it is read
    text: str  # the recognised text, "" before it is read
    recipe: str  # JSON: what was done to the image, with figures
    error_code: str  # why it failed: see errors.from_record
    error_facts: str  # JSON
    loose: int = 0  # corrections that fit nowhere on its newest reading
    side: str = ""  # "", recto or verso
    marks: str = "[]"  # JSON list of what is on it: stamp, signature
    cut: str = ""  # its part of the master, "x y width height" in pixels as delivered; "" all
    said_turn: Turn | None = None  # what a person said of `turn_deg`
    aside: str = ""  # why it is out of the numbering, its position below 0: arrangement.ASIDE
    aside_reason: str = ""
    instead_of: int | None = None  # the page whose place it took
    accepted: str = "[]"  # JSON list of checks whose complaint a person let stand
    accepted_reason: str = ""


class Outline(NamedTuple):
    """What a list needs to know of a page before it is looked at."""

    id: int
    document_id: int
    position: int
    width_px: int
    height_px: int
    turn_deg: int
    blank: int
    state: str
    confidence: float
    loose: int
    instead_of: int | None
    accepted: str


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """One row of the list of cases."""

    case: CaseFile
    pages: int
    read: int
    failed: int
    blank: int
    delivery: str  # newest DeliveryState of its newest seal, "" before sealing
    first_thumbnail: str
