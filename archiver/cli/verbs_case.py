"""Verbs on case files: show, check."""

import click

from archiver.cli.group import Call, series_option, verb
from archiver.i18n import _, digits
from archiver.model.casefile import Page
from archiver.workflow import queries
from archiver.workflow.checking import check
from archiver.workflow.vocabulary import label, state_word


@verb(
    "show",
    _("Show a case file: its documents, pages, checks and deliveries."),
    "  archiver show 99001/93\n  archiver show H-0001 --json\n  archiver show 99001/93 --text",
)
@click.argument("case_text", metavar="CASE")
@series_option
@click.option("--text", "with_text", is_flag=True, help=_("The recognised text as well."))
def show(call: Call, case_text: str, series: str, with_text: bool) -> None:
    with call.station(write=False) as station:
        view = queries.case_view(station, queries.find_case(station, case_text, series).id)
    case, kinds = view.case, {d.id: d for d in view.documents}
    call.voice.say(f"{digits(case.reference)}  {case.title}  [{state_word(case.state)}]")
    heads = (_("Page"), _("Document"), _("State"), _("Sure"), _("Turned"), _("From"))
    call.voice.table(heads, (_row(page, kinds[page.document_id].kind) for page in view.pages))
    if with_text:
        for page in view.pages:
            call.voice.say(f"\n--- {digits(page.position)} ---\n{page.text}")
    call.voice.result(
        {
            "verb": "show",
            "case": case.reference,
            "series": case.keys[0].series if case.keys else "",
            "title": case.title,
            "state": case.state.value,
            "documents": [{"kind": d.kind, "title": d.title} for d in view.documents],
            "pages": [_record(page, with_text) for page in view.pages],
            "seals": [{"name": s.name, "sha256": s.sha256, "size": s.size} for s in view.seals],
            "deliveries": [{"target": d.target, "state": d.state.value} for d in view.deliveries],
            "events": [
                {"at": e.at, "person": e.person, "role": e.role, "verb": e.verb}
                for e in view.events
            ],
        }
    )


def _row(page: Page, kind: str) -> tuple[object, ...]:
    state = _("blank") if page.blank else state_word(page.state)
    sure = f"{page.confidence:.0%}" if page.text else "–"
    turned = f"{page.turn_deg}°" if page.turn_deg else "–"
    return page.position, label("document_kind", kind), state, sure, turned, page.source_name


def _record(page: Page, with_text: bool) -> dict[str, object]:
    facts: dict[str, object] = {
        "position": page.position,
        "state": page.state.value,
        "blank": page.blank,
        "turn_deg": page.turn_deg,
        "confidence": round(page.confidence, 3),
        "source": page.source_name,
        "master": page.master,
        "error": page.error_code,
    }
    return {**facts, "text": page.text} if with_text else facts


@verb(
    "check",
    _("Accept a case file or send it back; not by a person who imported it."),
    "  archiver check 99001/93 --accept --as mona\n"
    "  archiver check 99001/93 --reject 'ص ٤ معتمة' --as mona",
)
@click.argument("case_text", metavar="CASE")
@series_option
@click.option("--accept", is_flag=True, help=_("It is complete and legible."))
@click.option("--reject", metavar="WHY", help=_("What is wrong with it."))
def check_verb(call: Call, case_text: str, series: str, accept: bool, reject: str | None) -> None:
    if accept == (reject is not None):
        raise click.UsageError(_("Say either --accept or --reject WHY."))
    with call.station(write=True) as station:
        case = queries.find_case(station, case_text, series)
        actor = call.actor(station, "checker")
        steps = check(station, actor, case.id, accept=accept, reason=reject or "")
        call.voice.done(call.voice.follow(steps))
