"""What the checks look at: the values of one case file, and what the archive knows around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from archiver.i18n import digits
from archiver.metadata import edtf
from archiver.metadata.profiles import Field, Profile
from archiver.metadata.vocabularies import Vocabularies


@dataclass(frozen=True, slots=True)
class Twin:
    """Another case file with the same number and year."""

    series: str
    number: int
    judicial_year: int
    own: bool  # it is that case file's own number, not one that was joined to it
    reference: str
    title: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A case number that the pages name, and how surely."""

    number: int
    judicial_year: int
    probability: float
    pages: tuple[int, ...]


@dataclass(frozen=True)
class Record:
    """values: field id -> its values in their order. written: the words they were read from."""

    profile: Profile
    vocabularies: Vocabularies
    values: Mapping[str, tuple[Any, ...]]
    today: date
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    twins: tuple[Twin, ...] = ()
    seen: tuple[Seen, ...] = ()
    images: int | None = None  # pages in the archive
    unsorted: int = 0  # documents without a kind

    def all(self, name: str) -> tuple[Any, ...]:
        return self.values.get(name, ())

    def one(self, name: str) -> Any:
        """The first value; None where there is none."""
        return next(iter(self.all(name)), None)

    def label(self, name: str) -> str:
        found = self.profile.field(name)
        return str(found.label) if found else name

    def field(self, name: str) -> Field | None:
        return self.profile.field(name)

    def days(self, name: str) -> tuple["Day", ...]:
        """The dates of a field that stand for certain days."""
        found = []
        for place, value in enumerate(self.all(name)):
            text = value.get("edtf", "") if isinstance(value, dict) else str(value)
            span = edtf.span(text)
            if span:
                written = self.written.get(name, ())
                words = value.get("written", "") if isinstance(value, dict) else ""
                more = written[place] if place < len(written) else ""
                found.append(Day(name, text, *span, words, more, value))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Day:
    """A date of a field: the days that it can mean."""

    field: str
    text: str  # EDTF
    first: date
    last: date
    written: str  # as on the paper
    typed: str  # as it was given, which may name the weekday
    value: Any

    @property
    def certain(self) -> bool:
        return self.first == self.last

    @property
    def shown(self) -> str:
        return self.written or str(digits(self.text))


Stage = Literal["open", "sealed"]
