"""Verbs on what waits to be sent: send, pause, resume, priority."""

import click

from archiver.cli.group import Call, series_option, verb
from archiver.cli.stopping import stopped_by_signal
from archiver.errors import DeliveryError
from archiver.i18n import _, digits, ngettext
from archiver.workflow import delivering, queries
from archiver.workflow.lots import find_lot
from archiver.workflow.outbox import Planned, plan, set_paused, set_priority
from archiver.workflow.vocabulary import state_word

_to = click.option(
    "--to", "target", default="", metavar="TARGET", help=_("Only to this target; else to all.")
)

_lot = click.option(
    "--lot", default="", metavar="LOT", help=_("The packages of this lot's case files.")
)


@verb(
    "send",
    _("Send sealed packages to a target, and collect its receipts."),
    "  archiver send --to centre\n"
    "  archiver send --to centre --dry-run\n"
    "  archiver send --to centre --watch",
)
@click.option("--to", "target", required=True, metavar="TARGET", help=_("The name of the target."))
@click.option("--dry-run", is_flag=True, help=_("Only say what would be sent."))
@click.option("--now", is_flag=True, help=_("Send outside the target's hours, too."))
@click.option("--watch", is_flag=True, help=_("Go on until it is stopped (Ctrl-C)."))
def send(call: Call, target: str, dry_run: bool, now: bool, watch: bool) -> None:
    with call.station(write=not dry_run) as station:
        if dry_run:
            _tell_plan(call, target, plan(station, target))
            return
        with stopped_by_signal() as stop:
            sending = delivering.keep_sending if watch else delivering.send
            steps = sending(station, call.actor(station), target, cancel=stop, now=now)
            call.voice.done(call.voice.follow(steps))
    if call.voice.notices:
        raise SystemExit(DeliveryError.exit_code)


@verb(
    "pause",
    _("Send nothing for now: of a case file, of a lot, to a target, or at all."),
    "  archiver pause --to centre\n  archiver pause 99001/93\n  archiver pause --lot 118/2026",
)
@click.argument("case_text", metavar="[CASE]", required=False, default="")
@series_option
@_lot
@_to
def pause(call: Call, case_text: str, series: str, lot: str, target: str) -> None:
    _set(call, case_text, series, lot, target, paused=True)


@verb(
    "resume",
    _("Let go on what was paused."),
    "  archiver resume --to centre\n  archiver resume 99001/93\n  archiver resume --lot 118/2026",
)
@click.argument("case_text", metavar="[CASE]", required=False, default="")
@series_option
@_lot
@_to
def resume(call: Call, case_text: str, series: str, lot: str, target: str) -> None:
    _set(call, case_text, series, lot, target, paused=False)


@verb(
    "priority",
    _("Say how urgent the packages of a case file are; the higher, the sooner."),
    "  archiver priority 99001/93 10",
)
@click.argument("case_text", metavar="CASE")
@click.argument("priority", type=int)
@series_option
@_to
def priority_verb(call: Call, case_text: str, priority: int, series: str, target: str) -> None:
    with call.station(write=True) as station:
        case = queries.find_case(station, case_text, series)
        count = set_priority(station, call.actor(station), case.id, priority, target)
    words = _concerned(count)
    call.voice.result({"verb": "priority", "case": case.reference, "packages": count}, words)


def _set(
    call: Call, case_text: str, series: str, lot_name: str, target: str, *, paused: bool
) -> None:
    if case_text and lot_name:
        raise click.UsageError(_("Name a case file or a lot, not both."))
    with call.station(write=True) as station:
        lot = find_lot(station, lot_name) if lot_name else None
        case = queries.find_case(station, case_text, series) if case_text else None
        count = set_paused(
            station,
            call.actor(station),
            paused=paused,
            target=target,
            case_id=case.id if case else None,
            lot=lot,
        )
    facts: dict[str, object] = {
        "verb": "pause" if paused else "resume",
        "case": case.reference if case else "",
        "lot": lot.name if lot else "",
        "target": target,
        "packages": count,
    }
    told = _("Paused.") if paused else _("It may go on.")
    call.voice.result(facts, f"{told} {_concerned(count)}")


def _concerned(count: int) -> str:
    words = ngettext("{count} package is concerned.", "{count} packages are concerned.", count)
    return words.format(count=digits(count))


def _tell_plan(call: Call, target: str, rows: tuple[Planned, ...]) -> None:
    reasons = {"": _("now"), "paused": _("paused"), "later": _("later")}
    call.voice.table(
        (_("Package"), _("Size"), _("State"), _("Goes")),
        [
            (
                row.seal.name,
                row.seal.size,
                state_word(row.delivery.state),
                reasons[row.why_not],
            )
            for row in rows
        ],
    )
    ready = [row for row in rows if not row.why_not]
    size = sum(row.seal.size for row in ready)
    words = ngettext(
        "{count} package would be sent, {size} MB.", "{count} packages would be sent, {size} MB.",
        len(ready),
    ).format(count=digits(len(ready)), size=digits(f"{size / 1e6:.1f}"))  # fmt: skip
    facts: dict[str, object] = {
        "verb": "send",
        "dry_run": True,
        "target": target,
        "packages": [
            {
                "name": row.seal.name,
                "size": row.seal.size,
                "state": row.delivery.state.value,
                "why_not": row.why_not,
            }
            for row in rows
        ],
        "bytes": size,
    }
    call.voice.result(facts, words)
