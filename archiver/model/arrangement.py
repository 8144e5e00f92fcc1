"""How the pages of a case file lie in documents, and what a person did to change that."""

from dataclasses import dataclass, field

COPIES = ("", "original", "certified_copy", "copy")
SIDES = ("", "recto", "verso")
ASIDE = ("", "rejected", "replaced", "split", "joined", "unplaced")


@dataclass(frozen=True, slots=True)
class Placed:
    """One document of the order, with the ids of its pages in theirs.

    id: 0 for one that is not in the archive yet. date: as written on the paper.
    """

    id: int
    kind: str
    title: str
    pages: tuple[int, ...]
    date: str = ""
    copy: str = ""  # one of COPIES
    folios: str = ""  # the numbers on the sheets, as people wrote them: 3-5


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a person said of a sheet's side, or did with its image."""

    side: str = ""  # one of SIDES
    marks: tuple[str, ...] = ()  # stamp, signature, ...
    blank: bool | None = None  # None: nobody said, what the reader found counts
    turn_deg: int | None = None  # clockwise, makes it upright; None: nobody said
    aside: str = ""  # one of ASIDE: why it is out of the numbering
    why: str = ""  # the reason that was given for it
    accepted: tuple[str, ...] = ()  # names of checks whose complaint may stand
    accepted_why: str = ""


@dataclass(frozen=True, slots=True)
class Arrangement:
    documents: tuple[Placed, ...]
    facts: dict[int, PageFacts] = field(default_factory=dict)  # page id -> what was said

    @property
    def pages(self) -> tuple[int, ...]:
        """All page ids, in the order of the paper."""
        return tuple(page for document in self.documents for page in document.pages)


@dataclass(frozen=True, slots=True)
class Act:
    """One row of the history. before, after: JSON, see `archiver.store.documents`."""

    id: int
    case_id: int
    at: str  # ISO 8601, UTC
    person: str
    act: str  # split, merge, move, place, describe, page, accept, reject, rescan, ..., undo
    before: str
    after: str
    undoes: int | None
