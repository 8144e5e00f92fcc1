"""The court's own lists: take one in, match its rows with case files, propose the next number."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from archiver.capture.case_list import BadRow, ListedFile, Row, read_list
from archiver.errors import BadCaseNumber, InputError, RequestRefused
from archiver.i18n import N_, _, digits, isolate, ngettext
from archiver.metadata.profiles import Profile
from archiver.metadata.values import ValueRefused, parsed
from archiver.model.actor import Actor
from archiver.model.case_list import CaseList, ListedCase
from archiver.model.casefile import CaseFile, CaseState
from archiver.model.changes import Changed, Notice, Progress, Step
from archiver.model.description import NewValue, ValueSource
from archiver.model.identity import CaseKey
from archiver.store import audit, case_list, cases
from archiver.workflow.describing import Change, describe, field_values
from archiver.workflow.faults import storage_faults
from archiver.workflow.indexing import index_pending
from archiver.workflow.list_columns import KEY, NUMBER, SERIES, YEAR, Columns, columns_of
from archiver.workflow.profiles import profile_of, profiles_of, vocabularies_of
from archiver.workflow.queries import case_by_id, list_cases
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station
from ocr.digits import fold_digits

PROFILE: Final = "case_file"
_WHY: Final = {
    "cells": N_("it has {fact} columns"),
    "letters": N_("a field has {fact} characters; a list has 2000 at most"),
    "hidden": N_("a field holds a hidden direction or control character ({fact})"),
}


class BadListRow(InputError):
    """One row, or one field of it; the rest of the list goes on."""

    what = N_("Row {row} of {name}: {detail}.")
    advice = N_("Mend it in the list and take the list in again.")


class ListTaken(InputError):
    what = N_("{name} was taken in before; nothing was changed.")
    advice = N_("“archiver case-list show” lists what is there.")


class NoSuchList(RequestRefused):
    what = N_("There is no case list {number} in this archive.")
    advice = N_("“archiver case-list import FILE” takes one in.")


@guarded(Right.DESCRIBE)
def import_list(
    station: Station, actor: Actor, path: Path, *, columns: Mapping[str, str] | None = None
) -> Iterator[Step]:
    """Take a list in, whole, in one transaction. columns: field or number/year/… -> its name there.

    A row or field that cannot be understood gives a `Notice` and is left out. Raises WrongHeader,
    NoSuchColumn, ListTaken, and what `read_list` raises.
    """
    yield Progress(0, 0, _("Reading the list"))
    with storage_faults(station.root):
        found = read_list(path, station.settings.limits, station.incoming)
        if case_list.by_hash(station.database.connection, found.sha256):
            raise ListTaken(name=found.name)
    profile = profiles_of(station)[PROFILE]
    cells = [row.cells for row in found.rows]
    known = columns_of(found.name, cells, profile, columns or {})
    reader = _Reader(station, profile, found, known)
    for bad in found.refused:
        yield Notice(_worded(found.name, bad), found.name)
    for row in found.rows[known.header + 1 :]:
        for error in reader.take(row):
            yield Notice(error, found.name)
    with storage_faults(station.root), station.database.transaction() as connection:
        number = case_list.add(connection, actor.person, found.name, found.sha256, reader.rows)
        audit.append(connection, actor, "case list", list=number, name=found.name,
                     sha256=found.sha256, rows=len(reader.rows))  # fmt: skip
    left_out = len(found.refused) + len(found.rows) - known.header - 1 - len(reader.rows)
    yield Changed(
        "case-list import",
        facts={
            "list": number,
            "name": found.name,
            "encoding": found.encoding,
            "rows": len(reader.rows),
            "left_out": left_out,
            "unknown_columns": list(known.unknown),
        },
        sentence=_told(len(reader.rows), found.name, known),
    )


def _told(count: int, name: str, known: Columns) -> str:
    words = ngettext("{count} row was taken from {name}.", "{count} rows were taken from {name}.",
                     count).format(count=digits(count), name=isolate(name))  # fmt: skip
    if known.unknown:
        skipped = _(", ").join(isolate(cell) for cell in known.unknown)
        words += " " + _("Columns that were not understood: {columns}.").format(columns=skipped)
    return words


def _worded(name: str, bad: BadRow) -> BadListRow:
    detail = _(_WHY[bad.why]).format(fact=digits(bad.fact))
    return BadListRow(name=name, row=bad.number, detail=detail)


class _Reader:
    """Makes listed cases of rows, one after the other."""

    def __init__(
        self, station: Station, profile: Profile, found: ListedFile, columns: Columns
    ) -> None:
        self._profile, self._words = profile, vocabularies_of(station)
        self._found, self._columns = found, columns
        self._series = station.settings.station.series
        self._seen: dict[CaseKey, int] = {}
        self.rows: list[ListedCase] = []

    def take(self, row: Row) -> Iterator[BadListRow]:
        """What of the row cannot be taken."""
        try:
            key = self._key(row)
        except (BadCaseNumber, ValueRefused) as error:
            yield self._bad(row, str(error).rstrip("."))
            return
        if key in self._seen:
            told = _("{case} stands in row {row} already").format(
                case=isolate(key.canonical), row=digits(self._seen[key])
            )
            yield self._bad(row, told)
            return
        fields: dict[str, str] = {}
        for place, (field_id, template) in self._columns.fields.items():
            text = _cell(row, place)
            if not text:
                continue
            try:
                words = template.replace("{}", text)
                self._check(field_id, words)
                fields[field_id] = f"{fields[field_id]}\n{words}" if field_id in fields else words
            except ValueRefused as error:
                yield self._bad(row, str(error).rstrip("."))
        self._seen[key] = row.number
        self.rows.append(ListedCase(row.number, key, fields))

    def _check(self, field_id: str, words: str) -> None:
        field = self._profile.field(field_id)
        if field is not None:
            parsed(field, words, self._words, self._series)

    def _key(self, row: Row) -> CaseKey:
        known = self._columns.known
        series = self._series
        if SERIES in known and _cell(row, known[SERIES]):
            text = _cell(row, known[SERIES])
            term = self._words["docket_series"].find(text)
            if term is None:
                detail = _("{words} is not a docket series").format(words=isolate(text[:40]))
                raise ValueRefused(field=_("series"), detail=detail, mend="")
            series = term.code
        if NUMBER in known and YEAR in known:
            number, year = (_figures(_cell(row, known[name])) for name in (NUMBER, YEAR))
            if 1 <= number <= 199_999 and 1 <= year <= 199:
                return CaseKey(series, number, year)
            text = f"{_cell(row, known[NUMBER])} / {_cell(row, known[YEAR])}"
            raise BadCaseNumber(text=text[:60])
        return CaseKey.parse(_cell(row, known[KEY])[:200], series)

    def _bad(self, row: Row, detail: str) -> BadListRow:
        return BadListRow(name=self._found.name, row=row.number, detail=detail)


def _cell(row: Row, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""


def _figures(text: str) -> int:
    plain = fold_digits(text).strip().removesuffix("ق").strip()
    return int(plain) if plain.isdecimal() and len(plain) < 10 else 0


# --- what is there ------------------------------------------------------------------------------


def lists(station: Station) -> tuple[CaseList, ...]:
    """The newest first."""
    return case_list.lists(station.database.connection)


def rows_of(
    station: Station, number: int | None = None
) -> Iterator[tuple[ListedCase, CaseFile | None]]:
    """The rows of a list, the newest where none is named. Raises NoSuchList."""
    wanted = _list(station, number)
    for row, case_id in case_list.rows(station.database.connection, wanted):
        yield row, case_by_id(station, case_id) if case_id else None


def _list(station: Station, number: int | None) -> int:
    known = case_list.numbers(station.database.connection)
    if not known or number not in (None, *known):
        raise NoSuchList(number=number or 1)
    return number or known[0]


def next_key(station: Station, after: CaseKey | None = None) -> CaseKey | None:
    """The number that probably comes next: in the list the first without a case file behind
    `after` (the newest case file where none is named), else one more. None in an empty archive.
    """
    if after is None:
        newest = cases.newest_keyed(station.database.connection)
        after = newest.keys[0] if newest else None
    connection = station.database.connection
    for number in case_list.numbers(connection):
        place = case_list.position_of(connection, number, after) if after else 0
        row = case_list.next_without_file(connection, number, place)
        if row and (place or after is None):
            return row.key
    while after is not None:
        after = CaseKey(after.series, after.number + 1, after.judicial_year)
        if cases.by_key(connection, after) is None:
            return after
    return None


# --- matching -----------------------------------------------------------------------------------


@guarded(Right.DESCRIBE)
def match(station: Station, actor: Actor, *, case_id: int | None = None) -> Iterator[Step]:
    """Fill what case files do not say yet with what the newest list says of them.

    What they say differently stays, and is told. Sealed case files are left alone. Raises
    DiskFull, StorageFailed.
    """
    done: list[int] = []
    filled = 0
    differing: list[dict[str, object]] = []
    found = [row.case for row in list_cases(station) if case_id in (None, row.case.id)]
    for place, case in enumerate(found):
        row = _listed(station, case)
        if row is None or case.state is CaseState.SEALED:
            continue
        yield Progress(place + 1, len(found), digits(case.reference))
        changes, others = _compared(station, case, row)
        differing += others
        if changes:
            for step in describe(station, actor, case.id, changes, index=False):
                if not isinstance(step, Changed):
                    yield step
        filled += len(changes)
        done.append(case.id)
    with storage_faults(station.root):
        index_pending(station)
    facts = {"matched": len(done), "fields": filled, "differing": differing}
    yield Changed("case-list match", cases=tuple(done), facts=facts,
                  sentence=_matched(len(done), filled, len(differing)))  # fmt: skip


def _matched(count: int, filled: int, differing: int) -> str:
    words = ngettext("{count} case file stands in the lists; {filled} fields were filled.",
                     "{count} case files stand in the lists; {filled} fields were filled.",
                     count).format(count=digits(count), filled=digits(filled))  # fmt: skip
    if differing:
        words += " " + _("{count} fields say something else here.").format(count=digits(differing))
    return words


def _listed(station: Station, case: CaseFile) -> ListedCase | None:
    return case_list.of_key(station.database.connection, case.keys[0]) if case.keys else None


def _compared(
    station: Station, case: CaseFile, row: ListedCase
) -> tuple[Sequence[Change], list[dict[str, object]]]:
    profile, words = profile_of(station, case), vocabularies_of(station)
    standing: dict[str, list[object]] = {}
    for value in field_values(station, case.id):
        standing.setdefault(value.field, []).append(value.value)
    changes: list[Change] = []
    others: list[dict[str, object]] = []
    for name, text in row.fields.items():
        field = profile.field(name)
        if field is None:
            continue
        read = [parsed(field, line, words, row.key.series) for line in text.split("\n")]
        values = tuple(NewValue(v, written, ValueSource.CASE_LIST) for v, written in read)
        if name not in standing:
            changes.append(Change(name, values))
        elif standing[name] != [value.value for value in values]:
            others.append({"case": case.reference, "field": name, "here": standing[name],
                           "listed": [value.value for value in values]})  # fmt: skip
    return changes, others
