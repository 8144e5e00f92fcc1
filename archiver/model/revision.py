"""What a person said of the words of a page."""

from dataclasses import dataclass
from enum import StrEnum


class RevisionKind(StrEnum):
    TEXT = "text"  # other words stand on the paper
    ACCEPT = "accept"  # the reading is right
    ILLEGIBLE = "illegible"  # nobody can read it
    REREAD = "reread"  # a part of the page was read with another model
    UNDO = "undo"  # an earlier revision is taken back


@dataclass(frozen=True, slots=True)
class Revision:
    id: int
    page_id: int
    at: str  # ISO 8601, UTC
    person: str
    kind: RevisionKind
    line: int  # from 1, as it stood then
    word: int | None  # from 1, in its line; None for a whole line or a part of the page
    x: int  # the box of the words, pixels of the upright page
    y: int
    width: int
    height: int
    turn_deg: int  # the turn that made the page upright then
    before: str
    after: str
    reading: str | None  # blob key of the ALTO of a part that was read again
    undoes: int | None  # the revision that this one takes back
