"""The form of a case file: every field with what stands, what is proposed and what is wrong.

A query for whoever shows it. Each row is one value: a field with several has several rows, behind
them those of the proposals that wait, and one that has neither is one empty row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from archiver.i18n import _, digits, isolate
from archiver.metadata.profiles import Field
from archiver.metadata.validation.finding import Severity
from archiver.metadata.values import ValueRefused, shown
from archiver.metadata.vocabularies import Vocabularies
from archiver.model.description import FieldProposal, FieldValue, NewValue, ValueSource
from archiver.model.keying import ItemState, ItemStatus, Values
from archiver.workflow.carrying import carried
from archiver.workflow.describing import Change, field_of, field_values, proposals, typed
from archiver.workflow.key_readings import critical_fields, status, values_of
from archiver.workflow.profiles import profile_of, vocabularies_of
from archiver.workflow.queries import case_by_id
from archiver.workflow.station import Station
from archiver.workflow.validating import Complaint, complaints, complaints_while_typing

MOST_PROPOSED: Final = 8  # rows of proposals for one empty field


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence beneath a field. mend: what would be right."""

    wrong: str
    mend: str
    blocks: bool  # the case file cannot be sealed with it


@dataclass(frozen=True, slots=True)
class FormRow:
    """field, place: which value of the case file; place from 1.

    shown: the value for people; words: the same, to be typed over; both "" where nothing stands.
    proposal, proposed: what the pages say instead, and its words. before: what the case file
    before says. reading: of what is keyed twice, how far that is. before, remarks and reading:
    only on the first row of a field.
    """

    field: Field
    place: int
    shown: str
    words: str
    source: ValueSource | None
    proposal: FieldProposal | None
    proposed: str
    before: str
    remarks: tuple[Remark, ...]
    reading: ItemState | None = None
    readers: str = ""  # who read what, where two readings differ

    @property
    def key(self) -> tuple[str, int]:
        return self.field.id, self.place

    @property
    def keyed_twice(self) -> bool:
        return bool(self.field.critical)


def form(station: Station, case_id: int) -> tuple[FormRow, ...]:
    """The rows of the case level, in the order of the profile."""
    case, words = case_by_id(station, case_id), vocabularies_of(station)
    profile = profile_of(station, case)
    series = case.keys[0].series if case.keys else station.settings.station.series
    values = _by_field(field_values(station, case_id))
    found = _by_field(proposals(station, case_id))
    before = {change.field: change.values for change in carried(station, case_id)}
    said = remarks(complaints(station, case_id))
    items = status(station, case)
    read = _readings(items)
    rows: list[FormRow] = []
    for field in profile.of_level("case"):
        rows += _rows(field, values.get(field.id, []), found.get(field.id, []),
                      before.get(field.id, ()), said.get(field.id, ()), words, series)  # fmt: skip
    return tuple(
        replace(row, reading=read[row.field.id], readers=_readers(row.field, items, words))
        if row.place == 1 and row.field.id in read
        else row
        for row in rows
    )


def _readings(items: Sequence[ItemStatus]) -> dict[str, ItemState]:
    """For each field that is keyed twice the state of the part that is least far."""
    order = (ItemState.DIFFERS, ItemState.WAITING, ItemState.SETTLED, ItemState.AGREED)
    found: dict[str, ItemState] = {}
    for item in items:
        before = found.get(item.item.field, ItemState.AGREED)
        found[item.item.field] = min(before, item.state, key=order.index)
    return found


def _readers(field: Field, items: Sequence[ItemStatus], words: Vocabularies) -> str:
    """Who read what of the parts that differ: `منى ٩٩٠٠١, سلمى ٩٩٠٠٧`."""
    told = []
    for item in items:
        if item.item.field == field.id and item.state is ItemState.DIFFERS:
            part = field.part(item.item.part)
            vocabulary = part.vocabulary if part else ""
            told += [f"{isolate(who)} {isolate(digits(_part(vocabulary, value, words) or '–'))}"
                     for who, value in item.readings]  # fmt: skip
    return _(", ").join(told)


def settling(station: Station, case_id: int, row: FormRow, words: str) -> Values:
    """What a third person says of a field whose readings differ, with all else that is keyed.

    words: "" for what stands there. Raises NoSuchField, ValueRefused.
    """
    case = case_by_id(station, case_id)
    said: Values = {}
    for field in critical_fields(station, case):
        new = _standing(station, case_id, field)
        if field.id == row.field.id and words.strip():
            (change,) = retold(station, case_id, field.id, row.place, words)
            new = list(change.values)
        for place, value in enumerate(new, 1):
            said.update(values_of(field, value.value, place))
    return said


def _by_field(known: Sequence[Any]) -> dict[str, list[Any]]:
    made: dict[str, list[Any]] = {}
    for each in known:
        made.setdefault(each.field, []).append(each)
    return made


def _rows(
    field: Field,
    values: Sequence[FieldValue],
    found: Sequence[FieldProposal],
    before: Sequence[NewValue],
    said: tuple[Remark, ...],
    words: Vocabularies,
    series: str,
) -> Iterator[FormRow]:
    carried_words = _(", ").join(shown(field, new.value, words) for new in before)
    rests_on = [_proposal_of(value, found, place) for place, value in enumerate(values, 1)]
    rests_on += _waiting(field, values, found)
    for place, proposal in enumerate(rests_on or [None], 1):
        value = values[place - 1] if place <= len(values) else None
        yield FormRow(
            field=field,
            place=place,
            shown=shown(field, value.value, words) if value else "",
            words=retyped(field, value.value, value.as_written, words, series) if value else "",
            source=value.source if value else None,
            proposal=proposal,
            proposed=shown(field, proposal.value, words) if proposal else "",
            before=carried_words if place == 1 else "",
            remarks=said if place == 1 else (),
        )


def _waiting(
    field: Field, values: Sequence[FieldValue], found: Sequence[FieldProposal]
) -> Sequence[FieldProposal]:
    """What is still proposed. A value in other words stands for the first that it could be."""
    if not field.repeats:
        return () if values else sorted(found, key=lambda p: -p.probability)[:1]
    waiting = [p for p in found if not any(_agree(value, p) for value in values)]
    in_other_words = sum(not any(_agree(value, p) for p in found) for value in values)
    return waiting[in_other_words:][: max(0, MOST_PROPOSED - len(values))]


def _agree(value: FieldValue, proposal: FieldProposal) -> bool:
    return proposal.id == value.proposal_id or proposal.value == value.value


def _proposal_of(
    value: FieldValue, found: Sequence[FieldProposal], place: int
) -> FieldProposal | None:
    """What a value rests on or agrees with; where there is but one, the first is its reading."""
    agreeing = next((proposal for proposal in found if _agree(value, proposal)), None)
    return agreeing or (found[0] if place == 1 and len(found) == 1 else None)


def retyped(field: Field, value: Any, written: str, words: Vocabularies, series: str = "") -> str:
    """Words that mean `value` when they are typed again, where `series` goes without saying."""
    if not field.composite:
        return shown(field, value, words)
    match field.type:
        case "case_key":
            plain = f"{value['number']}/{value['judicial_year']}"
            return digits(plain if value["series"] == series else f"{value['series']}:{plain}")
        case "date":
            return str(value.get("written") or written or value["edtf"])
        case "name":
            role = _label(field, "role", value, words)
            name = str(value["name_as_written"])
            return f"{role}: {name}" if role else name
        case _:
            said = [(part, value.get(part.id)) for part in field.parts if part.id != "name_sort"]
            pieces = [f"{part.label}={_part(part.vocabulary, text, words)}"
                      for part, text in said if text not in (None, "")]  # fmt: skip
            return "؛ ".join(pieces)


def _label(field: Field, name: str, value: Mapping[str, Any], words: Vocabularies) -> str:
    part, code = field.part(name), value.get(name)
    return _part(part.vocabulary, code, words) if part and code else ""


def _part(vocabulary: str, value: Any, words: Vocabularies) -> str:
    term = words[vocabulary].terms.get(str(value)) if vocabulary else None
    return term.label if term else str(value)


def remarks(found: Sequence[Complaint | ValueRefused]) -> dict[str, tuple[Remark, ...]]:
    """Complaints that nobody let stand, by the first field each is about."""
    made: dict[str, list[Remark]] = {}
    for complaint in found:
        if isinstance(complaint, Complaint) and not complaint.reason:
            finding = complaint.finding
            field = finding.fields[0] if finding.fields else ""
            remark = Remark(finding.wrong, finding.right, finding.severity is Severity.ERROR)
            made.setdefault(field, []).append(remark)
    return {field: tuple(said) for field, said in made.items()}


def remarks_while_typing(
    station: Station, case_id: int, field: str, words: Sequence[str]
) -> tuple[Remark, ...]:
    """What would be wrong if the field said these words."""
    said = []
    for found in complaints_while_typing(station, case_id, field, words):
        if isinstance(found, ValueRefused):
            said.append(Remark(str(found), str(found.facts.get("mend", "")), blocks=True))
        elif not found.reason:
            finding = found.finding
            blocks = finding.severity is Severity.ERROR
            said.append(Remark(finding.wrong, finding.right, blocks))
    return tuple(said)


def suggestions(station: Station, field: Field, words: str) -> tuple[str, ...]:
    """Words of the field's list for somebody who types; all of it where nothing is typed."""
    if field.composite or not field.vocabulary:
        return ()
    vocabulary = vocabularies_of(station)[field.vocabulary]
    terms = vocabulary.like(words, 12) if words.strip() else tuple(vocabulary.terms.values())
    return tuple(term.label for term in terms)


def retold(station: Station, case_id: int, name: str, place: int, words: str) -> tuple[Change, ...]:
    """The change that makes the value at `place` of a field say `words`; "" takes it out.

    The other values of the field stay as they are. Raises NoSuchField, ValueRefused.
    """
    field = field_of(profile_of(station, case_by_id(station, case_id)), name)
    standing = _standing(station, case_id, field)
    (change,) = typed(station, case_id, [(name, words)])
    return (Change(name, (*standing[: place - 1], *change.values, *standing[place:])),)


def accepting(station: Station, case_id: int, row: FormRow) -> tuple[Change, ...]:
    """The change that takes the proposal of a row; the other values of its field stay."""
    found = row.proposal
    if found is None:
        return ()
    taken = NewValue(found.value, found.as_written, ValueSource.PROPOSAL, found.id)
    if not row.field.repeats:
        return (Change(row.field.id, (taken,)),)
    standing = _standing(station, case_id, row.field)
    place = row.place if row.source is not None else len(standing) + 1
    return (Change(row.field.id, (*standing[: place - 1], taken, *standing[place:])),)


def _standing(station: Station, case_id: int, field: Field) -> list[NewValue]:
    """What was said of a field, without what counts where nothing was said."""
    return [
        NewValue(value.value, value.as_written, value.source, value.proposal_id)
        for value in field_values(station, case_id)
        if value.field == field.id and (value.act_id or field.home == "case")
    ]
