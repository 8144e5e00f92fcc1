"""A sample of a lot, and what a checker said of each of its images."""

from dataclasses import dataclass

DRAWN, FLAGGED = "drawn", "flagged"
PASSED, FAILED = "passed", "failed"


@dataclass(frozen=True, slots=True)
class Sample:
    id: int
    lot_id: int
    seed: str  # whoever has it draws the same images
    images: int  # of the lot when it was drawn
    at: str  # ISO 8601, UTC
    person: str  # who drew it
    outcome: str  # "", passed or failed
    ended_at: str
    ended_by: str


@dataclass(frozen=True, slots=True)
class SampleImage:
    number: int  # in the sample, from 1
    page_id: int
    case_id: int
    position: int  # of the page in its case file; below 1: it left the numbering since
    imported_by: str
    why: str  # drawn or flagged
    judged_by: str  # "" before anybody looked
    defect: str  # "" where it is good

    @property
    def judged(self) -> bool:
        return bool(self.judged_by)
