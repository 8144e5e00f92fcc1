"""The verb for copies outside the archive: export."""

from pathlib import Path

import click

from archiver.cli.group import Call, series_option, verb
from archiver.i18n import _
from archiver.workflow import queries
from archiver.workflow.exporting import FORMATS, export


@verb(
    "export",
    _("Write a case file out as a searchable PDF, plain text, hOCR or ALTO."),
    "  archiver export 99001/93 --format pdf --out ~/copies\n"
    "  archiver export H-0001 --format alto --out ~/copies --as mona",
)
@click.argument("case_text", metavar="CASE")
@series_option
@click.option(
    "--format", "form", type=click.Choice(FORMATS), required=True, help=_("What to write.")
)
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help=_("The folder to write in; it is made where it is missing."),
)
def export_verb(call: Call, case_text: str, series: str, form: str, folder: Path) -> None:
    with call.station(write=True) as station:
        case = queries.find_case(station, case_text, series)
        steps = export(station, call.actor(station), case.id, form=form, folder=folder)
        call.voice.done(call.voice.follow(steps))
