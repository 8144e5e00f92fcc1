"""A lot: what came out of the store together, and what of its paper is accounted for."""

from collections.abc import Iterable
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Lot:
    id: int
    year: int
    number: int  # of that year, from 1
    company: str
    box: str
    shelf: str
    note: str
    opened_at: str  # ISO 8601, UTC
    opened_by: str
    closed_at: str  # "" while pages may come in
    closed_by: str

    @property
    def name(self) -> str:
        """What people call it: 118/2026."""
        return f"{self.number}/{self.year}"

    @property
    def is_open(self) -> bool:
        return not self.closed_at


@dataclass(frozen=True, slots=True)
class Declared:
    """What was counted of one case file of a lot: the newest declaration."""

    lot_id: int
    series: str  # "" for an item without a number
    reference: str  # canonical number, or the item's own reference
    case_id: int | None  # None: nothing of it is in the archive yet
    sheets: int
    faces: int  # images that they must give, blank backs among them
    at: str
    person: str
    reason: str
    times: int  # how often it was declared: 1 was never changed


@dataclass(frozen=True, slots=True)
class Account:
    """The account of the paper, in faces: what was declared against what is here.

    It closes where images, blank backs and rejects are together what was declared. `sheets` and
    `faces` are 0 where nobody declared anything.
    """

    sheets: int
    faces: int
    images: int
    blanks: int
    rejects: int

    @classmethod
    def total(cls, accounts: Iterable["Account"]) -> "Account":
        known = tuple(accounts)
        return cls(*(sum(getattr(one, each.name) for one in known) for each in fields(cls)))

    @property
    def found(self) -> int:
        return self.images + self.blanks + self.rejects

    @property
    def missing(self) -> int:
        """Declared faces without an image; below 0 where there are more than were declared."""
        return self.faces - self.found

    @property
    def missing_sheets(self) -> int:
        """The fewest sheets that the missing faces can be."""
        if self.missing <= 0 or not self.sheets:
            return 0
        return -(-self.missing * self.sheets // self.faces)

    @property
    def closes(self) -> bool:
        return self.missing == 0
