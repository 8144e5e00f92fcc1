"""The fields that live in the case file's own rows: keys, reference, title, access level."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from archiver.errors import RequestRefused
from archiver.i18n import N_
from archiver.metadata.profiles import Profile
from archiver.model.casefile import CaseFile
from archiver.model.description import FieldValue, Subject, ValueSource
from archiver.model.identity import CaseKey
from archiver.store import cases


class KeyTaken(RequestRefused):
    what = N_("{key} is the number of another case file: {title}.")
    advice = N_("Look at both case files. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A field that lives in a row of the case file."""

    read: Callable[[CaseFile], tuple[Any, ...]]
    write: Callable[[sqlite3.Connection, int, Sequence[Any]], None]


def _write_keys(connection: sqlite3.Connection, case_id: int, values: Sequence[Any]) -> None:
    keys = [CaseKey(v["series"], v["number"], v["judicial_year"]) for v in values]
    taken = cases.by_key(connection, keys[0])
    if taken and taken.id != case_id and taken.keys[:1] == (keys[0],):
        raise KeyTaken(key=f"{keys[0].series} {keys[0].canonical}", title=taken.title)
    cases.set_keys(connection, case_id, list(dict.fromkeys(keys)))


def _write_reference(connection: sqlite3.Connection, case_id: int, values: Sequence[Any]) -> None:
    taken = cases.by_reference(connection, values[0])
    if taken and taken.id != case_id:
        raise KeyTaken(key=values[0], title=taken.title)
    cases.set_reference(connection, case_id, values[0])


def _key_values(case: CaseFile) -> tuple[Any, ...]:
    return tuple(
        {"series": key.series, "number": key.number, "judicial_year": key.judicial_year}
        for key in case.keys
    )


OWN_ROWS: Final[Mapping[str, OwnRow]] = {
    "case_key": OwnRow(_key_values, _write_keys),
    "ref_code": OwnRow(lambda case: (case.reference,), _write_reference),
    "title": OwnRow(
        lambda case: (case.title,) if case.title else (),
        lambda connection, case_id, values: cases.set_title(
            connection, case_id, values[0] if values else ""
        ),
    ),
    "access_level": OwnRow(
        lambda case: (case.access,),
        lambda connection, case_id, values: cases.set_access(connection, case_id, values[0]),
    ),
}


def own_values(case: CaseFile, profile: Profile) -> Iterator[FieldValue]:
    """What the case file's own rows say."""
    for field in profile.fields:
        if field.home == "case" and field.id in OWN_ROWS:
            for place, value in enumerate(OWN_ROWS[field.id].read(case), 1):
                yield kept_value(case, field.id, place, value)


def kept_value(case: CaseFile, field: str, place: int, value: Any) -> FieldValue:
    """A value that came with the case file: nobody said it as a field."""
    return FieldValue(
        Subject(case.id), field, place, value, "", ValueSource.KEPT, None, 0, "", case.created_at
    )
