"""What the court's own system knows of case files, as a list that came from there."""

from dataclasses import dataclass

from archiver.model.identity import CaseKey


@dataclass(frozen=True, slots=True)
class ListedCase:
    row: int  # in the file, from 1
    key: CaseKey
    fields: dict[str, str]  # field id -> words, as the list has them


@dataclass(frozen=True, slots=True)
class CaseList:
    id: int
    at: str  # ISO 8601, UTC
    person: str
    name: str
    sha256: str
    rows: int
    matched: int  # rows whose case file is in this archive
