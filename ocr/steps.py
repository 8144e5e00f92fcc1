"""What was done to a page before it was read, for the record."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Figure = str | int | float | bool

RECOGNISE = "recognise"  # the step that makes text of pixels; all others come before it
CORRECT = "correct"  # but this one: what people changed of that text


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done to the page, with the figures that describe it; JSON-able."""

    name: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
