"""What was measured on a page, beside what the site allows."""

from dataclasses import dataclass
from enum import StrEnum

Part = tuple[float, float, float, float]  # left, top, width, height in shares of the picture


class Verdict(StrEnum):
    OK = "ok"
    DOUBTFUL = "doubtful"  # reading can make up for it
    WRONG = "wrong"  # only another image can


@dataclass(frozen=True, slots=True)
class PageCheck:
    name: str  # see archiver.workflow.page_checks
    figure: float
    limit: float
    verdict: Verdict
    at: Part | None = None  # where on the picture as delivered
    accepted: bool = False  # a person let it stand

    @property
    def needs_a_look(self) -> bool:
        return self.verdict is not Verdict.OK and not self.accepted

    def record(self) -> dict[str, object]:
        """For events and scripts."""
        facts = {"check": self.name, "figure": self.figure, "limit": self.limit}
        return {**facts, "verdict": self.verdict.value, "at": self.at, "accepted": self.accepted}
