"""Verbs for scanners: devices, capture, compact."""

from dataclasses import asdict

import click

from archiver.cli.group import Call, series_option, verb
from archiver.cli.scanner_options import Scanner, scanner_options, stopping
from archiver.errors import ScannerProblem
from archiver.i18n import _, digits
from archiver.model.identity import CaseKey
from archiver.workflow import capturing
from archiver.workflow.archive_form import NotEncoded, compact
from archiver.workflow.destination import Destination
from archiver.workflow.lots import open_lot_named
from archiver.workflow.station import Station


@verb(
    "devices",
    _("List the scanners that answer, or tell what one of them can."),
    "  archiver devices\n"
    "  archiver devices --seek\n"
    "  archiver devices --device 'sane:airscan:e0:Front desk'\n"
    "  archiver devices --json",
)
@click.option("--device", metavar="NAME", help=_("What this scanner can do."))
@click.option(
    "--seek", is_flag=True,
    help=_("Seek eSCL scanners on the network, too; without SANE that is done anyhow."),
)  # fmt: skip
def devices_verb(call: Call, device: str | None, seek: bool) -> None:
    with call.station(write=False) as station:
        if device:
            _tell_capabilities(call, station, device)
            return
        found = capturing.devices(station, seek=seek)
        named = {s.device: s.name for s in station.settings.scanners.values()}
    rows = [(named.get(d.name, ""), d.name, f"{d.vendor} {d.model}".strip()) for d in found.devices]
    call.voice.table((_("Name here"), _("Scanner"), _("Model")), rows)
    if not rows:
        call.voice.say(_("No scanner answers. Is it on, and on the same network?"))
        if not seek and not found.missing:
            call.voice.say(_("“archiver devices --seek” seeks eSCL scanners without SANE's help."))
    if found.missing:
        call.voice.say(_("SANE is not installed: {detail}").format(detail=found.missing))
    devices = [{**asdict(d), "here": named.get(d.name, "")} for d in found.devices]
    call.voice.result({"devices": devices, "missing": found.missing})


def _tell_capabilities(call: Call, station: Station, device: str) -> None:
    can = capturing.capabilities(station, device)
    lines = (
        (_("Sources"), ", ".join(can.sources)),
        (_("Modes"), ", ".join(can.modes)),
        (_("Resolutions"), ", ".join(digits(dpi) for dpi in can.dpis)),
        (_("Largest page"), f"{digits(can.width_mm)} × {digits(can.height_mm)} mm"),
        (_("Its own options"), ", ".join(can.options)),
    )
    call.voice.table((_("What"), _("Values")), lines)
    call.voice.result({"device": device, **asdict(can)})


@verb(
    "capture",
    _("Scan paper into a case file; every page is on the disk before it is told."),
    "  archiver capture --device front-desk --case 99001/93\n"
    "  archiver capture --device 'sane:airscan:e0:Front desk' --source duplex --dpi 300 \\\n"
    "      --mode colour --paper a4 --case 99001/93 --lot 118/2026 --sheets 40\n"
    "  archiver capture --device escl:http://192.0.2.7/eSCL/ --source flatbed --item H-0001\n"
    "  archiver capture --device front-desk --lot 118/2026\n"
    "  archiver capture --resume",
)
@scanner_options
@click.option("--case", "number", metavar="NUMBER/YEAR", help=_("The appeal number and year."))
@series_option
@click.option("--item", metavar="REFERENCE", help=_("A heritage item without such a number."))
@click.option("--title", default="", help=_("The parties, or the item's title."))
@click.option("--kind", default="unsorted", help=_("The kind of document (a vocabulary code)."))
@click.option("--document", default="", help=_("The title of the document."))
@click.option(
    "--language",
    type=click.Choice(("ara", "fra", "ita", "eng")),
    default="ara",
    show_default=True,
    help=_("The language of the print."),
)
@click.option("--lot", metavar="NUMBER", help=_("The open lot the sheets belong to."))
@click.option(
    "--sheets", type=click.IntRange(0), default=0, help=_("How many sheets were counted.")
)
@click.option(
    "--separators/--no-separators", default=True, help=_("Slips among the paper begin case files.")
)
@click.option("--resume", is_flag=True, help=_("Only take in what a killed scan left."))
def capture_verb(
    call: Call,
    scanner: Scanner,
    number: str | None,
    series: str,
    item: str | None,
    title: str,
    kind: str,
    document: str,
    language: str,
    lot: str | None,
    sheets: int,
    separators: bool,
    resume: bool,
) -> None:
    into = None
    if number or item:
        key = CaseKey.parse(number, series) if number else None
        profile = "heritage_item" if item else "case_file"
        into = Destination(key, item or "", title, kind, document, language, profile)
    with call.station(write=True) as station, stopping() as stop:
        if resume:
            call.voice.done(call.voice.follow(capturing.resume(station, into=into)))
            return
        steps = capturing.capture(
            station,
            call.actor(station),
            device=scanner.device,
            settings=scanner.settings(station),
            into=into,
            separators=separators,
            sheets=sheets,
            lot=open_lot_named(station, lot).id if lot else 0,
            stop=stop,
        )
        call.voice.done(call.voice.follow(steps))
    if call.voice.notices:
        raise SystemExit(ScannerProblem.exit_code)


@verb(
    "compact",
    _("Bring captured pages into their archive form: the same pixels in less room."),
    "  archiver compact\n  archiver compact --json",
)
def compact_verb(call: Call) -> None:
    with call.station(write=True) as station:
        call.voice.done(call.voice.follow(compact(station, call.actor(station))))
    if call.voice.notices:
        raise SystemExit(NotEncoded.exit_code)
