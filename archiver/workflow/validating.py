"""Check the fields of a case file, and let a complaint stand with a reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from archiver.errors import RequestRefused
from archiver.i18n import N_, _, digits
from archiver.metadata.validation import checks
from archiver.metadata.validation.finding import Finding, Severity
from archiver.metadata.validation.record import Record, Seen, Twin
from archiver.metadata.values import ValueRefused, parsed
from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile
from archiver.model.changes import Changed, Step
from archiver.model.description import FieldValue
from archiver.store import audit, cases, fields
from archiver.workflow.describing import field_of, field_values, opened
from archiver.workflow.faults import storage_faults
from archiver.workflow.profiles import profile_of, vocabularies_of
from archiver.workflow.proposing import UNSORTED
from archiver.workflow.queries import case_by_id
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station


class ReasonNeeded(RequestRefused):
    what = N_("A complaint stands only with a reason.")
    advice = N_("Say why, in a few words: --reason '…'.")


class NoSuchFinding(RequestRefused):
    what = N_("There is no complaint {finding} of {case}.")
    advice = N_("“archiver validate” lists them.")


class NoSuchVocabulary(RequestRefused):
    what = N_("There is no vocabulary {name}.")
    advice = N_("The vocabularies are: {known}. One of the site's own goes into {folder}.")


class FieldsWrong(RequestRefused):
    what = N_("{case} cannot be sealed: {finding}")
    advice = N_(
        "{more} “archiver validate {case}” lists them. Mend them with “archiver describe”, or let"
        " one stand with a reason."
    )


@dataclass(frozen=True, slots=True)
class Complaint:
    """A finding, and why a person lets it stand; an empty reason where nobody does."""

    finding: Finding
    reason: str = ""
    person: str = ""

    @property
    def blocks(self) -> bool:
        """Whether it keeps the case file from being sealed."""
        return self.finding.severity is Severity.ERROR and not self.reason


def complaints(station: Station, case_id: int) -> tuple[Complaint, ...]:
    """What is wrong with the fields of a case file, errors first."""
    case = case_by_id(station, case_id)
    said = fields.overrides(station.database.connection, case_id)
    found = checks.findings(_record(station, case, field_values(station, case_id)))
    return tuple(Complaint(finding, *said.get(finding.key, ("", ""))) for finding in found)


def complaints_while_typing(
    station: Station, case_id: int, field: str, words: Sequence[str]
) -> tuple[Complaint | ValueRefused, ...]:
    """What would be wrong with `field` if it said these words: for a sentence beneath it."""
    case = case_by_id(station, case_id)
    known = field_of(profile_of(station, case), field)
    series = case.keys[0].series if case.keys else station.settings.station.series
    try:
        values = [parsed(known, text, vocabularies_of(station), series) for text in words]
    except ValueRefused as error:
        return (error,)
    record = _record(station, case, field_values(station, case_id))
    record = replace(
        record,
        values={**record.values, field: tuple(value for value, _written in values)},
        written={**record.written, field: tuple(written for _value, written in values)},
    )
    if field == "case_key":
        record = replace(record, twins=_twins(station, case, record.all("case_key")))
    said = fields.overrides(station.database.connection, case_id)
    return tuple(
        Complaint(finding, *said.get(finding.key, ("", "")))
        for finding in checks.findings(record)
        if field in finding.fields
    )


def chosen(station: Station, case_id: int, start: str) -> str:
    """The complaint whose id begins like that. Raises NoSuchFinding where none or several do."""
    known = {complaint.finding.key for complaint in complaints(station, case_id)}
    found = [key for key in known if start and key.startswith(start)]
    if len(found) != 1:
        raise NoSuchFinding(finding=start, case=case_by_id(station, case_id).reference)
    return found[0]


@guarded(Right.DESCRIBE)
def let_stand(
    station: Station, actor: Actor, case_id: int, finding: str, reason: str
) -> Iterator[Step]:
    """Let a complaint stand, with the reason. Raises ReasonNeeded, NoSuchFinding, CaseSealed."""
    yield from _override(station, actor, case_id, finding, reason.strip(), "let stand")


@guarded(Right.DESCRIBE)
def take_up(station: Station, actor: Actor, case_id: int, finding: str) -> Iterator[Step]:
    """A complaint that somebody let stand counts again. Raises NoSuchFinding, CaseSealed."""
    yield from _override(station, actor, case_id, finding, "", "take up")


def _override(
    station: Station, actor: Actor, case_id: int, finding: str, reason: str, verb: str
) -> Iterator[Step]:
    case = opened(station, case_id)
    if verb == "let stand" and not reason:
        raise ReasonNeeded
    known = {c.finding.key: c.finding for c in complaints(station, case_id)}
    if finding not in known:
        raise NoSuchFinding(finding=finding, case=case.reference)
    found = known[finding]
    with storage_faults(station.root), station.database.transaction() as connection:
        fields.override(connection, case_id, finding, found.rule, reason, actor.person)
        audit.append(connection, actor, verb, case_id=case_id, finding=finding, rule=found.rule,
                     facts=dict(found.facts), reason=reason)  # fmt: skip
    words = _("The complaint stands with its reason: {finding}")
    if not reason:
        words = _("The complaint counts again: {finding}")
    yield Changed(
        "validate",
        cases=(case_id,),
        facts={"case": case.reference, "finding": finding, "rule": found.rule, "reason": reason},
        sentence=words.format(finding=found.wrong),
    )


def check_sealable(station: Station, case_id: int) -> None:
    """Raises FieldsWrong where an error is in the fields that nobody let stand."""
    blocking = [complaint for complaint in complaints(station, case_id) if complaint.blocks]
    if not station.settings.description.required:
        blocking = [c for c in blocking if c.finding.rule not in ("required", "required_in")]
    if blocking:
        case = case_by_id(station, case_id)
        more = len(blocking) - 1
        words = _("{count} more of the kind.").format(count=digits(more)) if more else ""
        raise FieldsWrong(case=case.reference, finding=blocking[0].finding.wrong, more=words)


# --- what the checks look at --------------------------------------------------------------------


def _record(station: Station, case: CaseFile, values: Sequence[FieldValue]) -> Record:
    connection = station.database.connection
    kinds = [document.kind for document in cases.documents(connection, case.id)]
    (images,) = connection.execute(
        "SELECT count(*) FROM page WHERE case_id = ? AND position > 0", (case.id,)
    ).fetchone()
    own = [value for value in values if value.subject.document_id is None]
    own = [value for value in own if value.subject.page_id is None]
    by_field: dict[str, list[FieldValue]] = {}
    for value in own:
        by_field.setdefault(value.field, []).append(value)
    said: Mapping[str, tuple[Any, ...]] = {
        name: tuple(value.value for value in found) for name, found in by_field.items()
    }
    return Record(
        profile=profile_of(station, case),
        vocabularies=vocabularies_of(station),
        values=said,
        written={name: tuple(v.as_written for v in found) for name, found in by_field.items()},
        today=datetime.now(UTC).date(),
        twins=_twins(station, case, said.get("case_key", ())),
        seen=_seen(station, case),
        images=images,
        unsorted=kinds.count(UNSORTED),
    )


def _twins(station: Station, case: CaseFile, keys: Sequence[Any]) -> tuple[Twin, ...]:
    """Other case files with the same number and year, in any series: by their index."""
    connection = station.database.connection
    return tuple(
        Twin(other, key["number"], key["judicial_year"], own, twin.reference, twin.title)
        for key in keys
        for other, own, twin in cases.with_number(connection, key["number"], key["judicial_year"])
        if twin.id != case.id
    )


def _seen(station: Station, case: CaseFile) -> tuple[Seen, ...]:
    found = fields.proposals(station.database.connection, case.id, "case_key")
    return tuple(
        Seen(p.value["number"], p.value["judicial_year"], p.probability, p.pages) for p in found
    )
