"""What the verbs on fields show: rows of their tables, records of their JSON."""

from collections.abc import Sequence
from typing import Any

from archiver.cli.group import Call
from archiver.i18n import _
from archiver.metadata.profiles import ALWAYS, Field, Profile
from archiver.metadata.validation.finding import Severity
from archiver.metadata.values import shown
from archiver.model.description import FieldProposal, FieldValue, ValueSource
from archiver.workflow.validating import Complaint

_SOURCES = {
    ValueSource.TYPED: lambda: _("typed"),
    ValueSource.PROPOSAL: lambda: _("proposed"),
    ValueSource.CASE_LIST: lambda: _("case list"),
    ValueSource.CARRIED: lambda: _("carried forward"),
    ValueSource.KEYED: lambda: _("keyed twice"),
    ValueSource.KEPT: lambda: _("with the file"),
}


def value_row(profile: Profile, value: FieldValue, words: Any) -> tuple[object, ...]:
    told = _told(profile, value.field, value.value, words)
    return *told, _SOURCES[value.source](), value.person or "–"


def proposal_row(profile: Profile, found: FieldProposal, words: Any) -> tuple[object, ...]:
    told = _told(profile, found.field, found.value, words)
    return found.id, *told, f"{found.probability:.0%}", found.page, found.rule


def _told(profile: Profile, name: str, value: Any, words: Any) -> tuple[str, str]:
    """A field's label and its value in words; as they are where the profile has no such field."""
    field = profile.field(name)
    return (str(field.label), shown(field, value, words)) if field else (name, str(value))


def value_record(value: FieldValue) -> dict[str, object]:
    return {
        "field": value.field,
        "position": value.position,
        "value": value.value,
        "as_written": value.as_written,
        "source": str(value.source),
        "person": value.person,
        "at": value.at,
        "document": value.subject.document_id,
        "page": value.subject.page_id,
    }


def proposal_record(found: FieldProposal) -> dict[str, object]:
    return {
        "id": found.id,
        "field": found.field,
        "value": found.value,
        "as_written": found.as_written,
        "probability": round(found.probability, 4),
        "rule": found.rule,
        "page": found.page,
        "pages": list(found.pages),
        "words": list(found.words),
        "boxes": [[b.x, b.y, b.width, b.height] for b in found.boxes],
    }


def complaint_record(complaint: Complaint) -> dict[str, object]:
    found = complaint.finding
    return {
        "id": found.key,
        "rule": found.rule,
        "severity": str(found.severity),
        "fields": list(found.fields),
        "wrong": found.wrong,
        "right": found.right,
        "reason": complaint.reason,
        "let_stand_by": complaint.person,
    }


def say_complaints(call: Call, left: Sequence[Complaint]) -> None:
    for complaint in left:
        sign = "✗" if complaint.finding.severity is Severity.ERROR else "!"
        if complaint.reason:
            sign = "·"
        call.voice.say(f"  {sign} {complaint.finding.key[:4]}  {complaint.finding}")
        if complaint.reason:
            why = _("It stands: {reason} ({person})")
            call.voice.say("      " + why.format(reason=complaint.reason, person=complaint.person))


def field_row(field: Field) -> tuple[object, ...]:
    most = "n" if field.most is None else str(field.most)
    many = most if str(field.least) == most else f"{field.least}..{most}"
    needed = _("always") if ALWAYS in field.required else " ".join(field.required)
    lists = " ".join(dict.fromkeys(part.vocabulary for part in field.parts if part.vocabulary))
    return field.id, str(field.label), field.type, many, needed, lists


def field_record(field: Field) -> dict[str, object]:
    return {
        "id": field.id,
        "level": field.level,
        "label": {"ar": field.label.ar, "en": field.label.en},
        "type": field.type,
        "least": field.least,
        "most": field.most,
        "required": list(field.required),
        "parts": [
            {"id": part.id, "type": part.type, "vocabulary": part.vocabulary, "open": part.open}
            for part in field.parts
        ],
        "critical": list(field.critical),
        "default": field.default,
        "crosswalk": dict(field.crosswalk),
    }
