"""What one page says of one field, before the pages are weighed against each other."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """A value of `field` on a page; `start` and `end` are offsets in the page's text.

    Findings of equal `sameness` say the same. Of a field with a list, each item is a finding.
    """

    field: str
    value: Any
    sameness: str
    probability: float
    rule: str
    start: int
    end: int
