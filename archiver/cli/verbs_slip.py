"""Verbs on separators: slip print, list, settle."""

from collections.abc import Iterator
from pathlib import Path

import click

from archiver.capture.slip import Slip, of_qr
from archiver.cli.group import Call, lang_option, series_option, station_command, verb
from archiver.i18n import _
from archiver.model.identity import CaseKey
from archiver.model.separator import Separator
from archiver.workflow import settling
from archiver.workflow import slips as printing
from archiver.workflow.destination import Destination
from archiver.workflow.lots import find_lot
from archiver.workflow.queries import case_by_id
from archiver.workflow.station import Station
from archiver.workflow.vocabulary import label


@station_command.group("slip", help=_("Separators between the papers: print, list, settle."))
@lang_option
def slip_group(lang: str | None) -> None:
    """Joined by its verbs."""
    del lang  # main has seen to it


@verb(
    "print",
    _("Print slips that begin a case file or a document when they are scanned; one A4 each."),
    "  archiver slip print --case 99001/93 --case 99002/93 --pdf slips.pdf\n"
    "  archiver slip print --list 1 --pdf slips.pdf\n"
    "  archiver slip print --lot 118/2026 --pdf slips.pdf\n"
    "  archiver slip print --kind defence_memo --patch --pdf slips.pdf",
    group=slip_group,
)
@click.option("--case", "numbers", multiple=True, metavar="NUMBER/YEAR", help=_("A case file."))
@series_option
@click.option("--item", "items", multiple=True, metavar="REFERENCE", help=_("A heritage item."))
@click.option("--list", "number", type=int, help=_("All case files of this case list."))
@click.option("--lot", default="", metavar="LOT", help=_("Their lot; alone, all it declares."))
@click.option("--kind", "kinds", multiple=True, help=_("The next document, and its kind."))
@click.option("--patch", is_flag=True, help=_("The next document, of any kind."))
@click.option(
    "--pdf",
    "out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=_("The PDF to write."),
)
def print_verb(
    call: Call,
    numbers: tuple[str, ...],
    series: str,
    items: tuple[str, ...],
    number: int | None,
    lot: str,
    kinds: tuple[str, ...],
    patch: bool,
    out: Path,
) -> None:  # fmt: skip
    def wanted(station: Station) -> Iterator[Slip]:
        for text in numbers:
            yield printing.slip_for(station, key=CaseKey.parse(text, series), lot=lot)
        for item in items:
            yield printing.slip_for(station, item=item, lot=lot)
        if number is not None:
            yield from printing.slips_of_list(station, number, lot)
        for kind in kinds:
            yield printing.slip_for(station, kind=kind)
        if patch:
            yield printing.slip_for(station)
        if lot and not (numbers or items or kinds or patch) and number is None:
            yield from printing.slips_of_lot(station, find_lot(station, lot))

    with call.station(write=False) as station:
        call.voice.done(call.voice.follow(printing.print_slips(station, [*wanted(station)], out)))


@verb(
    "list",
    _("The separators that came with the paper, and those that nobody could read."),
    "  archiver slip list\n  archiver slip list --unread",
    group=slip_group,
)
@click.option("--unread", is_flag=True, help=_("Only those that wait for a person."))
def list_verb(call: Call, unread: bool) -> None:
    with call.station(write=False) as station:
        found = settling.slips(station, unread=unread)
        names = {s.case_id or 0: _name(station, s) for s in found}
    heads = (_("Number"), _("What"), _("Case"), _("File"), _("Page"), _("Says"))
    rows = (
        (s.id, KINDS[s.kind], names[s.case_id or 0] or "–", s.source_name, s.source_page, _says(s))
        for s in found
    )
    call.voice.table(heads, rows)
    facts = [
        {
            "slip": s.id, "kind": s.kind, "case": names[s.case_id or 0], "payload": s.payload,
            "why": s.why, "page": s.page_id, "file": s.source_name, "file_page": s.source_page,
            "at": s.at, "person": s.person, "settled_as": s.settled_as,
        }
        for s in found
    ]  # fmt: skip
    call.voice.result({"verb": "slip list", "slips": facts})


@verb(
    "settle",
    _("Say what a slip is that could not be read, once its pages are where they belong."),
    "  archiver slip settle 7 --was slip --case 99002/93\n"
    "  archiver slip settle 8 --was slip --item H-0001\n"
    "  archiver slip settle 7 --was page --as mona",
    group=slip_group,
)
@click.argument("number", type=int, metavar="SLIP")
@click.option(
    "--was", "as_what", type=click.Choice((settling.SLIP, settling.PAGE)), required=True,
    help=_("A slip, which leaves the case file; or a page of it."),
)  # fmt: skip
@click.option(
    "--case", "case_text", metavar="NUMBER/YEAR",
    help=_("The case file that it names: the pages behind it go there."),
)  # fmt: skip
@series_option
@click.option("--item", default="", metavar="REFERENCE",
              help=_("The heritage item that it names, in place of a case file."))  # fmt: skip
def settle_verb(
    call: Call, number: int, as_what: str, case_text: str | None, series: str, item: str
) -> None:
    key = CaseKey.parse(case_text, series) if case_text else None
    profile = "heritage_item" if item else "case_file"
    into = Destination(key, item, profile=profile) if key or item else None
    with call.station(write=True) as station:
        steps = settling.settle(station, call.actor(station), number, as_what, into=into)
        call.voice.done(call.voice.follow(steps))


KINDS = {
    "slip": _("slip"),
    "patch": _("patch sheet"),
    "back": _("back of a slip"),
    "unreadable": _("unreadable"),
}


def _says(found: Separator) -> str:
    if found.kind != "unreadable":
        slip = of_qr(found.payload)
        kind = label("document_kind", slip.kind) if slip.kind else ""
        return _(", ").join(filter(None, (slip.reference, kind, slip.lot))) or "–"
    if found.settled_as:
        return _("settled")
    return _(settling.WHYS[found.why])


def _name(station: Station, found: Separator) -> str:
    return case_by_id(station, found.case_id).reference if found.case_id else ""
