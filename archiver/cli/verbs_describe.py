"""Verbs on the fields of a case file: describe, fields, validate, export metadata."""

from pathlib import Path
from typing import Any

import click

from archiver.cli.describe_rows import (
    complaint_record,
    field_record,
    field_row,
    proposal_record,
    proposal_row,
    say_complaints,
    value_record,
    value_row,
)
from archiver.cli.group import Call, series_option, verb
from archiver.i18n import _, digits, ngettext
from archiver.metadata.profiles import Profile
from archiver.metadata.values import shown
from archiver.model.casefile import CaseFile
from archiver.workflow import describing, proposing, queries, validating
from archiver.workflow.metadata_export import FORMATS, export_metadata
from archiver.workflow.profiles import (
    profile_named,
    profile_of,
    profiles_of,
    vocabularies_of,
)
from archiver.workflow.station import Station


class _Said(click.ParamType[tuple[str, str]]):
    """`FIELD=WORDS`."""

    name = "FIELD=WORDS"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, str]:
        field, sign, words = str(value).partition("=")
        if not sign or not field.strip():
            self.fail(_("{value} is not of the form field=words.").format(value=value), param, ctx)
        return field.strip(), words


@verb(
    "describe",
    _("Show the fields of a case file and what its pages propose; set, accept, take back."),
    "  archiver describe 99001/93\n"
    "  archiver describe 99001/93 --set circuit=civil --set 'hearing_date=٢١/١١/٢٠٢٤'\n"
    "  archiver describe 99001/93 --set 'bench=presiding: أمجد مثال' --set 'bench=حاتم عينة'\n"
    "  archiver describe 99001/93 --set clerk=            (empties the field)\n"
    "  archiver describe 99001/93 --accept --as mona\n"
    "  archiver describe 99001/93 --take 14 --take 15\n"
    "  archiver describe 99001/93 --undo\n"
    "  archiver describe 99001/93 --redo",
)
@click.argument("case_text", metavar="CASE")
@series_option
@click.option("--set", "said", type=_Said(), multiple=True, help=_("Set a field; again for more."))
@click.option("--accept", "accept", is_flag=True, help=_("Accept what fields lack."))
@click.option("--only", multiple=True, metavar="FIELD", help=_("With --accept: this field."))
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=describing.ACCEPTED_FROM,
    show_default=True,
    metavar="P",
    help=_("With --accept: proposals as likely as this."),
)
@click.option("--take", type=int, multiple=True, metavar="N", help=_("Accept proposal N."))
@click.option("--undo", is_flag=True, help=_("Take back the newest act."))
@click.option("--redo", is_flag=True, help=_("Make again what was taken back last."))
@click.option("--document", type=int, metavar="N", help=_("With --set: a field of document N."))
@click.option("--page", type=int, metavar="N", help=_("With --set: a field of page N."))
@click.option("--history", "with_history", is_flag=True, help=_("Who said what, and when."))
def describe_verb(
    call: Call,
    case_text: str,
    series: str,
    said: tuple[tuple[str, str], ...],
    accept: bool,
    only: tuple[str, ...],
    least: float,
    take: tuple[int, ...],
    undo: bool,
    redo: bool,
    document: int | None,
    page: int | None,
    with_history: bool,
) -> None:
    asked = [bool(said), accept, bool(take), undo, redo]
    if sum(asked) > 1:
        raise click.UsageError(_("Say one of --set, --accept, --take, --undo and --redo."))
    with call.station(write=any(asked)) as station:
        case = queries.find_case(station, case_text, series)
        if not any(asked):
            _show(call, station, case, with_history=with_history)
            return
        actor = call.actor(station)
        if said:
            changes = describing.typed(station, case.id, said, document=document, page=page)
            steps = describing.describe(station, actor, case.id, changes)
        elif undo:
            steps = describing.undo(station, actor, case.id)
        elif redo:
            steps = describing.redo(station, actor, case.id)
        else:
            steps = describing.accept(station, actor, case.id, only=only, numbers=take, least=least)
        changed = call.voice.follow(steps)
        left = validating.complaints(station, case.id)
    changed.facts["complaints"] = [complaint_record(complaint) for complaint in left]
    call.voice.done(changed)
    say_complaints(call, left)


def _show(call: Call, station: Station, case: CaseFile, *, with_history: bool) -> None:
    profile, words = profile_of(station, case), vocabularies_of(station)
    values = describing.field_values(station, case.id)
    open_proposals = describing.proposals(station, case.id)
    fresh = proposing.is_fresh(station, case.id)
    left = validating.complaints(station, case.id)
    call.voice.say(f"{digits(case.reference)}  {case.title}  [{profile.label}]")
    rows = [value_row(profile, value, words) for value in values]
    call.voice.table((_("Field"), _("Value"), _("From"), _("Person")), rows)
    said = {value.field for value in values}
    free = [p for p in open_proposals if p.field not in said]
    if free:
        call.voice.say()
        heads = (_("Proposal"), _("Field"), _("Value"), _("Sure"), _("Page"), _("Rule"))
        call.voice.table(heads, [proposal_row(profile, p, words) for p in free])
    if not fresh:
        call.voice.say(_("The proposals are older than the words; --accept finds them anew."))
    say_complaints(call, left)
    facts: dict[str, object] = {
        "verb": "describe",
        "case": case.reference,
        "profile": profile.id,
        "values": [value_record(value) for value in values],
        "proposals": [proposal_record(proposal) for proposal in open_proposals],
        "proposals_fresh": fresh,
        "complaints": [complaint_record(complaint) for complaint in left],
    }
    if with_history:
        facts["history"] = _history(call, station, case, profile)
    call.voice.result(facts)


def _history(
    call: Call, station: Station, case: CaseFile, profile: Profile
) -> list[dict[str, object]]:
    words = vocabularies_of(station)
    acts = describing.history(station, case.id)
    call.voice.say()
    rows = []
    for act in acts:
        field = profile.field(act.field)
        texts = [shown(field, new.value, words) if field else str(new.value) for new in act.values]
        label = str(field.label) if field else act.field
        rows.append((act.at[:16], act.person, label, _(", ").join(texts) or "–"))
    call.voice.table((_("Time"), _("Person"), _("Field"), _("Value")), rows)
    return [
        {
            "act": act.id,
            "at": act.at,
            "person": act.person,
            "field": act.field,
            "values": [new.value for new in act.values],
            "undoes": act.undoes,
        }
        for act in acts
    ]


@verb(
    "fields",
    _("List the fields of a profile, or the words of a vocabulary."),
    "  archiver fields\n"
    "  archiver fields heritage_item\n"
    "  archiver fields --vocabulary circuit --json",
)
@click.argument("profile_name", metavar="[PROFILE]", default="case_file")
@click.option("--vocabulary", metavar="NAME", help=_("Its codes and words."))
def fields_verb(call: Call, profile_name: str, vocabulary: str | None) -> None:
    with call.station(write=False) as station:
        if vocabulary is not None:
            _vocabulary(call, station, vocabulary)
            return
        known, words = profiles_of(station), vocabularies_of(station)
        profile = profile_named(station, profile_name)
    call.voice.say(f"{profile.label} ({profile.id} {digits(profile.version)})")
    heads = (_("Field"), _("Label"), _("Type"), _("Values"), _("Needed"), _("Vocabulary"))
    call.voice.table(heads, [field_row(field) for field in profile.fields])
    call.voice.result(
        {
            "verb": "fields",
            "profile": profile.id,
            "version": profile.version,
            "shipped": profile.shipped,
            "profiles": list(known),
            "vocabularies": sorted(words.names),
            "fields": [field_record(field) for field in profile.fields],
        }
    )


def _vocabulary(call: Call, station: Station, name: str) -> None:
    words = vocabularies_of(station)
    if name not in words.names:
        raise validating.NoSuchVocabulary(
            name=name, known=" ".join(sorted(words.names)), folder=station.root / "vocabularies"
        )
    found = words[name]
    call.voice.say(f"{found.title} ({found.name} {digits(found.version)})")
    rows = [
        (term.code, term.ar, term.en, "" if term.shipped else _("of the site"))
        for term in found.terms.values()
    ]
    call.voice.table((_("Code"), _("Arabic"), _("English"), _("From")), rows)
    call.voice.result(
        {
            "verb": "fields",
            "vocabulary": found.name,
            "version": found.version,
            "site_version": found.site_version,
            "terms": [
                {"code": term.code, "ar": term.ar, "en": term.en, "shipped": term.shipped}
                for term in found.terms.values()
            ],
        }
    )


@verb(
    "validate",
    _("Say what is wrong in the fields of case files and what would be right."),
    "  archiver validate 99001/93\n"
    "  archiver validate\n"
    "  archiver validate 99001/93 --let-stand 3f2a --reason 'كذا في الأصل' --as mona\n"
    "  archiver validate 99001/93 --take-up 3f2a",
)
@click.argument("case_text", metavar="[CASE]", required=False)
@series_option
@click.option("--let-stand", metavar="ID", help=_("Let this complaint stand, with --reason."))
@click.option("--reason", default="", metavar="WHY", help=_("Why it stands."))
@click.option("--take-up", metavar="ID", help=_("This complaint counts again."))
def validate_verb(
    call: Call,
    case_text: str | None,
    series: str,
    let_stand: str | None,
    reason: str,
    take_up: str | None,
) -> None:
    if (let_stand or take_up) and not case_text:
        raise click.UsageError(_("Name the case file."))
    with call.station(write=bool(let_stand or take_up)) as station:
        if case_text and (let_stand or take_up):
            case = queries.find_case(station, case_text, series)
            actor = call.actor(station)
            number = validating.chosen(station, case.id, let_stand or take_up or "")
            if let_stand:
                steps = validating.let_stand(station, actor, case.id, number, reason)
            else:
                steps = validating.take_up(station, actor, case.id, number)
            call.voice.done(call.voice.follow(steps))
            return
        if case_text:
            found = [queries.find_case(station, case_text, series)]
        else:
            found = [row.case for row in queries.list_cases(station)]
        checked = [(case, validating.complaints(station, case.id)) for case in found]
    errors = sum(complaint.blocks for _case, left in checked for complaint in left)
    for case, left in checked:
        if left:
            call.voice.say(f"{digits(case.reference)}  {case.title}")
            say_complaints(call, left)
    words = ngettext("{count} error in {cases}", "{count} errors in {cases}", errors)
    many = ngettext("{count} case file", "{count} case files", len(checked))
    call.voice.result(
        {
            "verb": "validate",
            "errors": errors,
            "cases": [
                {"case": case.reference, "complaints": [complaint_record(c) for c in left]}
                for case, left in checked
            ],
        },
        words.format(count=digits(errors), cases=many.format(count=digits(len(checked)))) + ".",
    )
    if errors:
        raise SystemExit(1)


@verb(
    "export metadata",
    _("Write the fields of case files as CSV, JSON, Dublin Core, MODS or ISAD(G)."),
    "  archiver export metadata --format csv --excel --out ~/fields.csv\n"
    "  archiver export metadata --format json --out ~/fields.json\n"
    "  archiver export metadata --format mods --case 99001/93 --out ~/case.xml --as mona",
)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), required=True, help=_("What to write.")
)
@click.option(
    "--case", "case_texts", multiple=True, metavar="CASE", help=_("Only this one; again for more.")
)
@series_option
@click.option(
    "--out",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help=_("The file to write; it must not be there."),
)
@click.option("--excel", is_flag=True, help=_("CSV that Excel opens as UTF-8."))
def export_metadata_verb(
    call: Call, form: str, case_texts: tuple[str, ...], series: str, path: Path, excel: bool
) -> None:
    with call.station(write=True) as station:
        chosen = [queries.find_case(station, text, series).id for text in case_texts]
        steps = export_metadata(
            station, call.actor(station), form=form, path=path, case_ids=chosen or None, excel=excel
        )
        call.voice.done(call.voice.follow(steps))
