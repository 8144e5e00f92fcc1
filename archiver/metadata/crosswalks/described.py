"""What the crosswalks are made from, and the plain text of a value: no clock, no language setting,
so that the same description gives the same bytes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archiver.metadata.profiles import Field, Part, Profile
from archiver.metadata.vocabularies import Vocabularies


@dataclass(frozen=True)
class DescribedDocument:
    kind: str  # its Arabic word
    title: str
    pages: str  # "4" or "4-7"


@dataclass(frozen=True)
class Described:
    """One case file or heritage item with the values of its case-level fields."""

    profile: Profile
    vocabularies: Vocabularies
    uid: str
    reference: str
    organization: str  # whose papers these are
    created_at: str  # ISO 8601
    pages: int
    languages: tuple[str, ...]  # ISO 639-2, of the pages
    documents: tuple[DescribedDocument, ...]
    values: Mapping[str, tuple[Any, ...]]

    def fields(self, scheme: str) -> Iterator[tuple[Field, str, Any]]:
        """(field, its place in `scheme`, value) of every value that has one, in form order."""
        for field in self.profile.of_level("case"):
            place = field.crosswalk.get(scheme)
            for value in self.values.get(field.id, ()) if place else ():
                yield field, place or "", value

    def text(self, field: Field, value: Any) -> str:
        """A value as plain text: the Arabic word of a code, the EDTF of a date, 0-9."""
        if not field.composite:
            return self._part(field.parts[0], value)
        match field.type:
            case "case_key":
                return f"{value['series']}:{value['number']}/{value['judicial_year']}"
            case "date":
                return str(value["edtf"])
            case "name":
                return str(value["name_as_written"])
            case _:
                said = [
                    self._part(part, value[part.id])
                    for part in field.parts
                    if part.id in value and part.id != "name_sort"
                ]
                return " – ".join(said)

    def role(self, field: Field, value: Any) -> str:
        """The Arabic word for the role of a name; "" where none is said."""
        part = field.part("role")
        code = value.get("role") if isinstance(value, dict) else None
        return self._part(part, code) if part and code else ""

    def name(self, field: Field, value: Any) -> str:
        """Only the name of what has parts."""
        if not isinstance(value, dict):
            return self.text(field, value)
        first = next((part for part in field.parts if part.id in value), None)
        return self._part(first, value[first.id]) if first else ""

    def _part(self, part: Part, value: Any) -> str:
        if part.type == "code":
            term = self.vocabularies[part.vocabulary].terms.get(value)
            return term.ar if term else str(value)
        if part.type == "boolean":
            return "نعم" if value else "لا"
        return str(value)
