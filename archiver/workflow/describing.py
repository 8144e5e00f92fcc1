"""Describe a case file: set its fields, accept what the pages propose, take an act back.

A field is said whole, in one act; an act is a row that is never changed. Keys, title and access
level live in the case file's own rows: an act on them changes those rows.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from archiver.errors import RequestRefused
from archiver.i18n import N_, _, digits, isolate, ngettext
from archiver.metadata.profiles import Field, Profile
from archiver.metadata.values import checked, parsed
from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile, CaseState
from archiver.model.changes import Changed, Step
from archiver.model.description import (
    FieldAct,
    FieldProposal,
    FieldValue,
    NewValue,
    Subject,
    ValueSource,
)
from archiver.model.taking_back import Chain, newest_standing, newest_taken_back
from archiver.store import audit, cases, fields
from archiver.workflow.arrangement import NoSuchDocument
from archiver.workflow.correcting import CaseSealed, NothingTakenBack, page_at
from archiver.workflow.faults import storage_faults
from archiver.workflow.indexing import index_pending
from archiver.workflow.own_rows import OWN_ROWS, kept_value, own_values
from archiver.workflow.profiles import profile_of, vocabularies_of
from archiver.workflow.proposing import propose
from archiver.workflow.queries import case_by_id
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station

ACCEPTED_FROM: Final = 0.5  # probability: what is less likely is shown, not taken by the way


class NoSuchField(RequestRefused):
    what = N_("{field} is not a field of “{profile}”.")
    advice = N_("“archiver fields” lists them.")


class KeptElsewhere(RequestRefused):
    what = N_("{field} is not set here: the station knows it from the pages and their order.")
    advice = N_("“archiver arrange” changes documents and pages.")


class WrongCount(RequestRefused):
    what = N_("{field} has {count} values; it takes {taken}.")
    advice = N_("Nothing was changed.")


class NothingDescribed(RequestRefused):
    what = N_("Nothing was said of {case} that could be taken back.")


class NothingToAccept(RequestRefused):
    what = N_("There is no proposal for {case} that could be accepted.")
    advice = N_("“archiver describe” shows the proposals and what stands already.")


class NoSuchSubject(RequestRefused):
    what = N_("{field} is said of {level}, and none was named.")
    advice = N_("Name the document or the page.")


@dataclass(frozen=True, slots=True)
class Change:
    """What a whole field is to be from now on; no values empty it."""

    field: str
    values: tuple[NewValue, ...]
    document_id: int | None = None
    page_id: int | None = None


def typed(
    station: Station,
    case_id: int,
    said: Sequence[tuple[str, str]],
    *,
    document: int | None = None,
    page: int | None = None,
) -> tuple[Change, ...]:
    """What a person typed as (field, words), as changes; empty words empty a field.

    Several of one field are its values in their order. document, page: the place in the case
    file, from 1, of what fields of such a level are said of.
    Raises NoSuchField, ValueRefused, NoSuchDocument, NoSuchPage.
    """
    case = case_by_id(station, case_id)
    document_id, page_id = _placed(station, case, document, page)
    profile, words = profile_of(station, case), vocabularies_of(station)
    series = case.keys[0].series if case.keys else station.settings.station.series
    found: dict[str, list[NewValue]] = {}
    for name, text in said:
        field = field_of(profile, name)
        values = found.setdefault(name, [])
        if text.strip():
            value, written = parsed(field, text, words, series)
            values.append(NewValue(value, written))
    return tuple(
        Change(name, tuple(values), document_id, page_id) for name, values in found.items()
    )


def _placed(
    station: Station, case: CaseFile, document: int | None, page: int | None
) -> tuple[int | None, int | None]:
    """The ids of the document and the page at these places."""
    connection = station.database.connection
    if document is None:
        document_id = None
    else:
        known = {d.position: d.id for d in cases.documents(connection, case.id)}
        if document not in known:
            raise NoSuchDocument(document=document, count=len(known))
        document_id = known[document]
    return document_id, None if page is None else page_at(station, case, page).id


@guarded(Right.DESCRIBE)
def describe(
    station: Station, actor: Actor, case_id: int, changes: Sequence[Change], *, index: bool = True
) -> Iterator[Step]:
    """Set fields; all changes stand or fall together.

    An accepted case file has to be checked again. Raises CaseSealed, NoSuchField, KeptElsewhere,
    ValueRefused, WrongCount, KeyTaken, DiskFull, StorageFailed.
    """
    case = opened(station, case_id)
    ready = [_ready(station, case, change) for change in changes]
    yield from _record(station, actor, case, ready, index=index, verb="describe")


@guarded(Right.DESCRIBE)
def accept(
    station: Station,
    actor: Actor,
    case_id: int,
    *,
    only: Sequence[str] = (),
    numbers: Sequence[int] = (),
    least: float = ACCEPTED_FROM,
    index: bool = True,
) -> Iterator[Step]:
    """Accept proposals: for every field that says nothing yet what is as likely as `least`.

    only: of these fields; numbers: these very proposals, whatever their fields say now.
    Raises NothingToAccept and what `describe` raises.
    """
    case = opened(station, case_id)
    profile = profile_of(station, case)
    for name in only:
        field_of(profile, name)
    if not numbers:
        yield from _refreshed(station, actor, case_id)
    known = fields.proposals(station.database.connection, case_id)
    if numbers:
        chosen = [p for p in known if p.id in set(numbers)]
    else:
        said = {value.field for value in field_values(station, case_id)}
        chosen = [
            p for p in known
            if p.probability >= least and p.field not in said and (not only or p.field in only)
        ]  # fmt: skip
    changes = accepted(profile, chosen)
    if not changes:
        raise NothingToAccept(case=case.reference)
    ready = [_ready(station, case, change) for change in changes]
    yield from _record(station, actor, case, ready, index=index, verb="describe")


def _refreshed(station: Station, actor: Actor, case_id: int) -> Iterator[Step]:
    """Proposals as the words stand now; words may have been corrected since they were made."""
    for step in propose(station, actor, case_id):
        if not isinstance(step, Changed):
            yield step


def accepted(profile: Profile, chosen: Sequence[FieldProposal]) -> tuple[Change, ...]:
    """The changes that taking these proposals makes; the likeliest where a field takes one."""
    by_field: dict[str, list[FieldProposal]] = {}
    for proposal in chosen:
        by_field.setdefault(proposal.field, []).append(proposal)
    changes = []
    for field in profile.fields:
        found = by_field.get(field.id, [])
        if found and not field.repeats:
            found = [max(found, key=lambda p: p.probability)]
        if found:
            changes.append(Change(field.id, tuple(_taken(proposal) for proposal in found)))
    return tuple(changes)


def _taken(proposal: FieldProposal) -> NewValue:
    return NewValue(proposal.value, proposal.as_written, ValueSource.PROPOSAL, proposal.id)


@guarded(Right.DESCRIBE)
def undo(station: Station, actor: Actor, case_id: int, *, index: bool = True) -> Iterator[Step]:
    """Take back the newest act that stands. Raises NothingDescribed, CaseSealed, KeyTaken."""
    case = opened(station, case_id)
    acts = fields.history(station.database.connection, case_id)
    chain = newest_standing(_chains(acts, profile_of(station, case)))
    if chain is None:
        raise NothingDescribed(case=case.reference)
    back = next(act for act in acts if act.id == chain.act)
    before = [
        act for act in acts
        if act.field == back.field and act.subject == back.subject and act.id < back.id
    ]  # fmt: skip
    ready = _again(station, case, back, before[-1].values if before else (), chain.last)
    yield from _record(station, actor, case, [ready], index=index, verb="take back")


@guarded(Right.DESCRIBE)
def redo(station: Station, actor: Actor, case_id: int, *, index: bool = True) -> Iterator[Step]:
    """Say again what was taken back last. Raises NothingTakenBack, CaseSealed, KeyTaken."""
    case = opened(station, case_id)
    acts = fields.history(station.database.connection, case_id)
    chain = newest_taken_back(_chains(acts, profile_of(station, case)))
    if chain is None:
        raise NothingTakenBack(case=case.reference)
    act = next(act for act in acts if act.id == chain.act)
    ready = _again(station, case, act, act.values, chain.last)
    yield from _record(station, actor, case, [ready], index=index, verb="make again")


def _again(
    station: Station, case: CaseFile, act: FieldAct, values: tuple[NewValue, ...], undoes: int
) -> "_Ready":
    """`values`, said of what `act` was said of."""
    change = Change(act.field, values, act.subject.document_id, act.subject.page_id)
    return _Ready(_field(station, case, act.field), act.subject, change, undoes=undoes)


def _chains(acts: Sequence[FieldAct], profile: Profile) -> tuple[Chain, ...]:
    """All but those of what stood before the first act on a row of the case file itself."""
    own = {field.id for field in profile.fields if field.home == "case"}
    first = {act.field: act.id for act in reversed(acts) if act.field in own}
    return tuple(chain for chain in fields.chains_of(acts) if chain.act not in first.values())


# --- what stands --------------------------------------------------------------------------------


def field_values(station: Station, case_id: int) -> tuple[FieldValue, ...]:
    """All values that stand, in the order of the profile: also those of the case file's rows and
    those that count where nothing was said."""
    case = case_by_id(station, case_id)
    profile = profile_of(station, case)
    said = fields.of_case(station.database.connection, case_id)
    own = {field.id for field in profile.fields if field.home == "case"}
    values = [value for value in said if value.field not in own] + list(own_values(case, profile))
    spoken = {value.field for value in values}
    for field in profile.of_level("case"):
        if field.default and field.id not in spoken:
            values.append(kept_value(case, field.id, 1, field.default))
    order = {field.id: place for place, field in enumerate(profile.fields)}
    return tuple(sorted(values, key=lambda v: (order.get(v.field, len(order)), v.position)))


def proposals(station: Station, case_id: int) -> tuple[FieldProposal, ...]:
    """What rules found on the pages, in the order of the fields' names."""
    return fields.proposals(station.database.connection, case_id)


def history(station: Station, case_id: int, field: str | None = None) -> tuple[FieldAct, ...]:
    return fields.history(station.database.connection, case_id, field)


# --- one change ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Ready:
    field: Field
    subject: Subject
    change: Change
    undoes: int | None = None


def opened(station: Station, case_id: int) -> CaseFile:
    """A case file that may be described. Raises CaseSealed."""
    case = case_by_id(station, case_id)
    if case.state is CaseState.SEALED:
        raise CaseSealed(case=case.reference)
    return case


def field_of(profile: Profile, name: str) -> Field:
    found = profile.field(name)
    if found is None:
        raise NoSuchField(field=name, profile=str(profile.label))
    return found


def _field(station: Station, case: CaseFile, name: str) -> Field:
    return field_of(profile_of(station, case), name)


def _ready(station: Station, case: CaseFile, change: Change) -> _Ready:
    """The change, checked against its field."""
    field = _field(station, case, change.field)
    if field.home in ("document", "page"):
        raise KeptElsewhere(field=str(field.label))
    _check_count(field, len(change.values))
    words = vocabularies_of(station)
    values = tuple(replace(v, value=checked(field, v.value, words)) for v in change.values)
    return _Ready(field, _subject(case, field, change), replace(change, values=values))


def _subject(case: CaseFile, field: Field, change: Change) -> Subject:
    named = {"document": change.document_id, "page": change.page_id}
    if field.level != "case" and named[field.level] is None:
        level = _("a document") if field.level == "document" else _("a page")
        raise NoSuchSubject(field=str(field.label), level=level)
    if field.level == "case":
        return Subject(case.id)
    if field.level == "document":
        return Subject(case.id, document_id=change.document_id)
    return Subject(case.id, page_id=change.page_id)


def _check_count(field: Field, count: int) -> None:
    least = field.least if field.home == "case" else 0  # elsewhere the checks say what is missing
    if count < least or (field.most is not None and count > field.most):
        most = "n" if field.most is None else field.most
        taken = str(least) if least == most else f"{least}–{most}"
        raise WrongCount(field=str(field.label), count=count, taken=digits(taken))


def _record(
    station: Station,
    actor: Actor,
    case: CaseFile,
    ready: Sequence[_Ready],
    *,
    index: bool,
    verb: str,
) -> Iterator[Step]:
    """Keep the acts and their events in one transaction; then index."""
    with storage_faults(station.root):
        with station.database.transaction() as connection:
            for one in ready:
                _keep(connection, actor, case, one, verb)
            if case.state is CaseState.ACCEPTED:  # what was checked is not what would be sealed
                cases.set_state(connection, case.id, CaseState.OPEN)
        if index:
            index_pending(station)
    after = case_by_id(station, case.id)
    yield Changed(
        "describe",
        cases=(case.id,),
        facts={
            "case": after.reference,
            "fields": [
                {
                    "field": one.field.id,
                    "values": [new.value for new in one.change.values],
                    "sources": [str(new.source) for new in one.change.values],
                }
                for one in ready
            ],
            "check_again": case.state is CaseState.ACCEPTED,
        },
        sentence=_told(after, case.state, len(ready)),
    )


def _keep(
    connection: sqlite3.Connection, actor: Actor, case: CaseFile, one: _Ready, verb: str
) -> None:
    before = _before(connection, case, one)
    values = [new.value for new in one.change.values]
    if one.field.home == "case":
        if not fields.history(connection, case.id, one.field.id):
            kept = [NewValue(value, source=ValueSource.KEPT) for value in before]
            fields.say(connection, one.subject, one.field.id, kept, actor.person)
        OWN_ROWS[one.field.id].write(connection, case.id, values)
    number = fields.say(
        connection, one.subject, one.field.id, one.change.values, actor.person, undoes=one.undoes
    )
    audit.append(connection, actor, verb, case_id=case.id, page_id=one.subject.page_id,
                 act=number, field=one.field.id, before=before, after=values,
                 sources=sorted({str(new.source) for new in one.change.values}))  # fmt: skip


def _before(connection: sqlite3.Connection, case: CaseFile, one: _Ready) -> list[Any]:
    if one.field.home == "case":
        return list(OWN_ROWS[one.field.id].read(case))
    return [said.value for said in fields.of_field(connection, one.subject, one.field.id)]


def _told(case: CaseFile, before: CaseState, count: int) -> str:
    words = ngettext(
        "{count} field of {case} was set.", "{count} fields of {case} were set.", count
    ).format(count=digits(count), case=isolate(digits(case.reference)))
    if before is CaseState.ACCEPTED:
        words += " " + _("The case file has to be checked again.")
    return words
