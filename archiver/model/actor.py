"""Who did it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind an act, at which station, for which company, in which role."""

    person: str
    role: str
    station: str
    company: str
