"""Verbs on the court's own lists: case-list import, show, match, next; and carry."""

from collections.abc import Sequence
from pathlib import Path

import click

from archiver.cli.group import Call, lang_option, series_option, station_command, verb
from archiver.errors import InputError
from archiver.i18n import _, digits
from archiver.model.case_list import CaseList, ListedCase
from archiver.model.casefile import CaseFile
from archiver.model.identity import CaseKey
from archiver.workflow import case_lists, queries
from archiver.workflow.carrying import carry
from archiver.workflow.vocabulary import label, state_word


@station_command.group(
    "case-list", help=_("Lists from the court's own system: import, show, match, next.")
)
@lang_option
def case_list_group(lang: str | None) -> None:
    """Joined by its verbs."""
    del lang  # main has seen to it


@verb(
    "import",
    _("Take in a list of cases: CSV in any encoding, or a spreadsheet (xlsx, xls, ods)."),
    "  archiver case-list import cases.csv\n"
    "  archiver case-list import cases.xlsx --column number='No.' --column year='JY'",
    group=case_list_group,
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    help=_("Which column says number, year, series, key or a field, where its name does not."),
)
def import_verb(call: Call, file: Path, columns: tuple[str, ...]) -> None:
    said = {}
    for text in columns:
        field, sign, name = text.partition("=")
        if not sign or not name.strip():
            raise click.UsageError(_("Say --column FIELD=NAME."))
        said[field.strip()] = name.strip()
    with call.station(write=True) as station:
        steps = case_lists.import_list(station, call.actor(station), file, columns=said)
        call.voice.done(call.voice.follow(steps))
    if call.voice.notices:
        raise SystemExit(InputError.exit_code)


@verb(
    "show",
    _("Show the lists, or the rows of one and which of them have a case file here."),
    "  archiver case-list show\n  archiver case-list show 1 --missing",
    group=case_list_group,
)
@click.argument("number", required=False, type=int)
@click.option("--missing", is_flag=True, help=_("Only rows without a case file."))
def show_verb(call: Call, number: int | None, missing: bool) -> None:
    with call.station(write=False) as station:
        if number is None and not missing:
            _lists(call, case_lists.lists(station))
        else:
            found = case_lists.rows_of(station, number)
            _rows(call, [(row, case) for row, case in found if not (missing and case)])


def _lists(call: Call, found: Sequence[CaseList]) -> None:
    heads = (_("Number"), _("Name"), _("Rows"), _("With a case file"), _("Taken in by"))
    call.voice.table(heads, ((f.id, f.name, f.rows, f.matched, f.person) for f in found))
    facts = [
        {
            "list": f.id,
            "name": f.name,
            "rows": f.rows,
            "matched": f.matched,
            "at": f.at,
            "person": f.person,
        }
        for f in found
    ]
    call.voice.result({"verb": "case-list show", "lists": facts})


def _rows(call: Call, found: Sequence[tuple[ListedCase, CaseFile | None]]) -> None:
    heads = (_("Row"), _("Series"), _("Case"), _("Here"))
    shown = (
        (
            row.row,
            label("docket_series", row.key.series),
            row.key.canonical,
            state_word(case.state) if case else "–",
        )
        for row, case in found
    )
    call.voice.table(heads, shown)
    facts = [
        {
            "row": row.row,
            "series": row.key.series,
            "case": row.key.canonical,
            "fields": row.fields,
            "state": case.state.value if case else "",
        }
        for row, case in found
    ]
    call.voice.result({"verb": "case-list show", "rows": facts})


@verb(
    "match",
    _("Fill what case files do not say yet with what the lists say of them."),
    "  archiver case-list match\n  archiver case-list match --case 99001/93",
    group=case_list_group,
)
@click.option("--case", "case_text", metavar="CASE", help=_("Only this case file."))
@series_option
def match_verb(call: Call, case_text: str | None, series: str) -> None:
    with call.station(write=True) as station:
        case_id = queries.find_case(station, case_text, series).id if case_text else None
        steps = case_lists.match(station, call.actor(station), case_id=case_id)
        call.voice.done(call.voice.follow(steps))


@verb(
    "next",
    _("The number that probably comes next: the first in the list without a case file."),
    "  archiver case-list next\n  archiver case-list next --after 99001/93",
    group=case_list_group,
)
@click.option("--after", metavar="NUMBER/YEAR", help=_("Behind this case (else the newest)."))
@series_option
def next_verb(call: Call, after: str | None, series: str) -> None:
    with call.station(write=False) as station:
        found = case_lists.next_key(station, CaseKey.parse(after, series) if after else None)
    words = digits(found.canonical) if found else _("Nothing to go by: no list, no case file.")
    facts = {"case": found.canonical, "series": found.series} if found else {}
    call.voice.result({"verb": "case-list next", **facts}, words)


@verb(
    "carry",
    _("Say of a case file what the one before it says, where it says nothing yet."),
    "  archiver carry 99002/93\n  archiver carry 99002/93 circuit hearing_date --as mona",
)
@click.argument("case_text", metavar="CASE")
@click.argument("names", nargs=-1, metavar="[FIELD…]")
@series_option
def carry_verb(call: Call, case_text: str, names: tuple[str, ...], series: str) -> None:
    with call.station(write=True) as station:
        case = queries.find_case(station, case_text, series)
        call.voice.done(call.voice.follow(carry(station, call.actor(station), case.id, names)))
