"""What is known of a case file, a document or a page: values, where they came from, proposals."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ocr.page import Box


class ValueSource(StrEnum):
    TYPED = "typed"
    PROPOSAL = "proposal"  # found on the page by a rule, accepted by a person
    CASE_LIST = "case_list"  # from the court's own list
    CARRIED = "carried"  # from the case file before it
    KEYED = "keyed"  # settled by two people who keyed it
    KEPT = "kept"  # what stood there before the first act


@dataclass(frozen=True, slots=True)
class Subject:
    """What a value is said of: a case file, or one of its documents or pages."""

    case_id: int
    document_id: int | None = None
    page_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewValue:
    """One value as somebody gives it; in the form of its field's type (see profiles)."""

    value: Any
    as_written: str = ""
    source: ValueSource = ValueSource.TYPED
    proposal_id: int | None = None


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value that stands, with who said it."""

    subject: Subject
    field: str
    position: int  # from 1
    value: Any
    as_written: str
    source: ValueSource
    proposal_id: int | None
    act_id: int  # 0 for what stands in the case file's own row
    person: str
    at: str  # ISO 8601, UTC


@dataclass(frozen=True, slots=True)
class FieldAct:
    """What one act said of a whole field; no values: the field was emptied."""

    id: int
    subject: Subject
    field: str
    at: str
    person: str
    undoes: int | None
    values: tuple[NewValue, ...]


@dataclass(frozen=True, slots=True)
class FieldProposal:
    """What a rule found, with the place on the page, for a person to accept."""

    id: int
    case_id: int
    page_id: int
    page: int  # its position in the case file, from 1
    field: str
    position: int  # from 1: its place among the proposals for the field
    value: Any
    as_written: str
    probability: float
    rule: str
    pages: tuple[int, ...]  # all positions that say the same
    words: tuple[int, ...]  # of the page, from 0
    boxes: tuple[Box, ...]  # of those words, pixels of the upright page
