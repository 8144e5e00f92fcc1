"""Where pages go that are taken in: one case file or heritage item, and what is said of it."""

import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from archiver.errors import RequestRefused, UnknownSeries, WrongState
from archiver.i18n import N_
from archiver.metadata.values import checked
from archiver.model.casefile import CaseFile, CaseState
from archiver.model.identity import CaseKey
from archiver.store import cases
from archiver.workflow import vocabulary
from archiver.workflow.heritage import refuse_unready
from archiver.workflow.profiles import profile_named, vocabularies_of
from archiver.workflow.station import Station
from ocr.direction import without_marks


class WhichCase(RequestRefused):
    what = N_("Pages go into one case file or one heritage item.")
    advice = N_("Say either --case NUMBER/YEAR or --item REFERENCE.")


class UnknownKind(RequestRefused):
    what = N_("{kind} is not a kind of document.")
    advice = N_("The kinds are: {known}.")


@dataclass(frozen=True, slots=True)
class Destination:
    """A case file is made with its first page. title: its own; document: of the documents."""

    key: CaseKey | None
    reference: str = ""
    title: str = ""
    kind: str = "unsorted"
    document: str = ""
    language: str = "ara"
    profile: str = "case_file"

    def __post_init__(self) -> None:
        """What was copied from a screen may come with the invisible marks that stood around it."""
        object.__setattr__(self, "reference", " ".join(without_marks(self.reference).split()))

    @classmethod
    def of(cls, case: CaseFile) -> "Destination":
        key = case.keys[0] if case.keys else None
        return cls(key, "" if key else case.reference, profile=case.profile)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Destination":
        key = record["key"]
        return cls(**{**record, "key": CaseKey(**key) if key else None})

    def record(self) -> dict[str, Any]:
        """Plain values, as JSON has them."""
        return asdict(self)

    @property
    def name(self) -> str:
        return str(self.key or self.reference)

    def case(self, connection: sqlite3.Connection) -> CaseFile | None:
        if self.key:
            return cases.by_key(connection, self.key)
        return cases.by_reference(connection, self.reference)

    def opened(self, connection: sqlite3.Connection) -> CaseFile:
        """The case file, made where it is not there, and open. In the caller's transaction."""
        case = self.case(connection) or cases.add(
            connection,
            profile=self.profile,
            keys=(self.key,) if self.key else (),
            reference=self.key.canonical if self.key else self.reference,
            title=self.title,
        )
        if case.state is not CaseState.OPEN:
            cases.set_state(connection, case.id, CaseState.OPEN)
        return case

    def check(self, station: Station, *, images: bool = True) -> None:
        """Raises UnknownSeries, UnknownKind, WhichCase, ValueRefused (the title), WrongState
        (the case file is sealed); where images come in, what `refuse_unready` raises."""
        series = vocabulary.items("docket_series")
        if self.key and self.key.series not in series:
            raise UnknownSeries(series=self.key.series, known=", ".join(series))
        words = vocabularies_of(station)
        kinds = words["document_kind"].terms
        if self.kind not in kinds:
            raise UnknownKind(kind=self.kind, known=", ".join(kinds))
        if bool(self.key) == bool(self.reference):
            raise WhichCase
        if bool(self.key) != (self.profile == "case_file"):
            raise WhichCase
        title = profile_named(station, self.profile).field("title")
        if title and self.title:
            checked(title, self.title, words)
        there = self.case(station.database.connection)
        refuse_sealed(there)
        if images:
            refuse_unready(station, self.profile, self.reference, there)


def refuse_sealed(case: CaseFile | None) -> None:
    """Raises WrongState for a case file that is sealed: it takes no more pages."""
    if case and case.state is CaseState.SEALED:
        raise WrongState(
            case=case.reference,
            state=vocabulary.state_word(case.state),
            needed=vocabulary.state_word(CaseState.OPEN),
        )
