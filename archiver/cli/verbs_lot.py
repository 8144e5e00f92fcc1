"""Verbs on lots and the account of the paper: lot open, declare, close, show, list."""

from collections.abc import Sequence

import click

from archiver.cli.group import Call, lang_option, series_option, station_command, verb
from archiver.i18n import _, digits
from archiver.model.identity import CaseKey
from archiver.model.lot import Account
from archiver.workflow import lots
from archiver.workflow.lots import LotRow, LotView


@station_command.group(
    "lot", help=_("Lots and the account of their paper: open, declare, close, show, list.")
)
@lang_option
def lot_group(lang: str | None) -> None:
    """Joined by its verbs."""
    del lang  # main has seen to it


@verb(
    "open",
    _("Open a lot, the next of this year; or one again that was closed."),
    "  archiver lot open --box 7 --shelf 'B 12'\n  archiver lot open 118/2026",
    group=lot_group,
)
@click.argument("name", required=False, default="", metavar="[LOT]")
@click.option("--company", default="", help=_("Who works on it (else the station's company)."))
@click.option("--box", default="", help=_("The box the paper lies in."))
@click.option("--shelf", default="", help=_("The shelf it came from."))
@click.option("--note", default="", help=_("What else is to be known of it."))
def open_verb(call: Call, name: str, company: str, box: str, shelf: str, note: str) -> None:
    with call.station(write=True) as station:
        steps = lots.open_lot(
            station, call.actor(station), name, company=company, box=box, shelf=shelf, note=note
        )
        call.voice.done(call.voice.follow(steps))


@verb(
    "declare",
    _("Say how many sheets of a case file are in a lot; said again, with a reason."),
    "  archiver lot declare 118/2026 --case 99001/93 --sheets 10\n"
    "  archiver lot declare 118/2026 --case 99001/93 --sheets 10 --faces 13\n"
    "  archiver lot declare 118 --case 99001/93 --sheets 9 --reason 'counted again'",
    group=lot_group,
)
@click.argument("name", metavar="LOT")
@click.option("--case", "number", metavar="NUMBER/YEAR", help=_("The appeal number and year."))
@series_option
@click.option("--item", default="", metavar="REFERENCE", help=_("A heritage item."))
@click.option("--sheets", type=int, required=True, help=_("Sheets of paper; 0 takes it out."))
@click.option(
    "--faces",
    type=int,
    help=_("Images they must give, blank backs too (else capture.faces_per_sheet)."),
)
@click.option("--reason", default="", help=_("Why it is declared anew."))
def declare_verb(
    call: Call,
    name: str,
    number: str | None,
    series: str,
    item: str,
    sheets: int,
    faces: int | None,
    reason: str,
) -> None:  # fmt: skip
    with call.station(write=True) as station:
        steps = lots.declare(
            station,
            call.actor(station),
            lots.find_lot(station, name),
            key=CaseKey.parse(number, series) if number else None,
            item=item,
            sheets=sheets,
            faces=faces,
            reason=reason,
        )
        call.voice.done(call.voice.follow(steps))


@verb(
    "close",
    _("Close a lot whose paper is all accounted for."),
    "  archiver lot close 118/2026 --as mona",
    group=lot_group,
)
@click.argument("name", metavar="LOT")
def close_verb(call: Call, name: str) -> None:
    with call.station(write=True) as station:
        steps = lots.close_lot(station, call.actor(station), lots.find_lot(station, name))
        call.voice.done(call.voice.follow(steps))


@verb(
    "show",
    _("The account of the paper of a lot: declared = images + blank backs + rejects."),
    "  archiver lot show 118/2026\n  archiver lot show 118 --json",
    group=lot_group,
)
@click.argument("name", metavar="LOT")
def show_verb(call: Call, name: str) -> None:
    with call.station(write=False) as station:
        view = lots.lot_view(station, lots.find_lot(station, name))
    heads = (_("Case"), _("Sheets"), _("Declared faces"), _("Images"), _("Blank backs"),
             _("Rejects"), _("Missing"), _("State"))  # fmt: skip
    shown = [(row.declared.reference, *_cells(row.account), _state(row)) for row in view.rows]
    shown += [(case.reference, "–", "–", "–", "–", "–", "–", _("not declared"))
              for case in view.undeclared]  # fmt: skip
    call.voice.table(heads, [*shown, (_("Together"), *_cells(view.account), "")])
    call.voice.result({"verb": "lot show", **_facts(view), "cases": _rows(view)}, _sentence(view))


@verb(
    "list",
    _("All lots, the newest first."),
    "  archiver lot list\n  archiver lot list --open",
    group=lot_group,
)
@click.option("--open", "only_open", is_flag=True, help=_("Only those that are open."))
def list_verb(call: Call, only_open: bool) -> None:
    with call.station(write=False) as station:
        found = [view for view in lots.all_lots(station) if view.lot.is_open or not only_open]
    heads = (_("Lot"), _("Box"), _("Shelf"), _("Company"), _("Case files"), _("Sheets"),
             _("Missing"), _("State"))  # fmt: skip
    rows = (
        (v.lot.name, v.lot.box, v.lot.shelf, v.lot.company, len(v.rows), v.account.sheets,
         v.account.missing, _("open for pages") if v.lot.is_open else _("closed"))
        for v in found
    )  # fmt: skip
    call.voice.table(heads, rows)
    call.voice.result({"verb": "lot list", "lots": [_facts(view) for view in found]})


def _cells(account: Account) -> tuple[int, ...]:
    return (account.sheets, account.faces, account.images, account.blanks, account.rejects,
            account.missing)  # fmt: skip


def _state(row: LotRow) -> str:
    if row.account.closes:
        return _("accounted for")
    return _("not all there") if row.account.missing > 0 else _("more than declared")


def _sentence(view: LotView) -> str:
    if view.open_rows or view.undeclared:
        words = _("The account of lot {lot} does not close yet.")
    else:
        words = _("The account of lot {lot} closes.")
    return words.format(lot=digits(view.lot.name))


def _facts(view: LotView) -> dict[str, object]:
    lot = view.lot
    return {
        "lot": lot.name, "open": lot.is_open, "company": lot.company, "box": lot.box,
        "shelf": lot.shelf, "note": lot.note, "opened_at": lot.opened_at,
        "opened_by": lot.opened_by, "closed_at": lot.closed_at, "closed_by": lot.closed_by,
        "account": lots.account_facts(view.account),
    }  # fmt: skip


def _rows(view: LotView) -> Sequence[dict[str, object]]:
    told = [
        {
            "case": row.declared.reference, "series": row.declared.series, "here": bool(row.case),
            "declared_by": row.declared.person, "declared_at": row.declared.at,
            "times": row.declared.times, "reason": row.declared.reason,
            **lots.account_facts(row.account),
        }
        for row in view.rows
    ]  # fmt: skip
    return [*told, *({"case": case.reference, "declared": False} for case in view.undeclared)]
