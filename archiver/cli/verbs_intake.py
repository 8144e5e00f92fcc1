"""Verbs that take pages in: import, process."""

from pathlib import Path
from uuid import uuid4

import click

from archiver.cli.group import Call, series_option, verb
from archiver.errors import InputError
from archiver.i18n import _
from archiver.model.identity import CaseKey
from archiver.workflow import queries
from archiver.workflow.importing import import_files
from archiver.workflow.lots import open_lot_named
from archiver.workflow.processing import process


@verb(
    "import",
    _("Take scanned files (PDF, TIFF, JPEG, PNG, JPEG 2000) into a case file."),
    "  archiver import scans/*.jpg --case 99001/93\n"
    "  archiver import file.pdf --case '٩٩٠٠١ لسنة ٩٣' --series civil --title 'شركة الواحة'\n"
    "  archiver import register.tif --item H-0001 --language ara\n"
    "  archiver import photo.tif --item P-0001 --profile photograph\n"
    "  archiver import batch.tif --separators --lot 118/2026",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--case", "number", metavar="NUMBER/YEAR", help=_("The appeal number and year."))
@series_option
@click.option("--item", metavar="REFERENCE", help=_("A heritage item without such a number."))
@click.option(
    "--profile", metavar="NAME", help=_("With --item: what is known of it (“archiver fields”).")
)
@click.option("--title", default="", help=_("The parties, or the item's title."))
@click.option("--kind", default="unsorted", help=_("The kind of document (a vocabulary code)."))
@click.option(
    "--language",
    type=click.Choice(("ara", "fra", "ita", "eng")),
    default="ara",
    show_default=True,
    help=_("The language of the print."),
)
@click.option("--lot", "lot_name", metavar="LOT", help=_("The lot that the paper belongs to."))
@click.option("--separators", is_flag=True, help=_("Slips among the pages begin case files."))
def import_verb(
    call: Call,
    files: tuple[Path, ...],
    number: str | None,
    series: str,
    item: str | None,
    profile: str | None,
    title: str,
    kind: str,
    language: str,
    lot_name: str | None,
    separators: bool,
) -> None:
    with call.station(write=True) as station:
        steps = import_files(
            station,
            call.actor(station),
            files,
            key=CaseKey.parse(number, series) if number else None,
            reference=item or "",
            title=title,
            kind=kind,
            language=language,
            profile=profile or ("heritage_item" if item else "case_file"),
            lot=open_lot_named(station, lot_name) if lot_name else None,
            stream=f"import {uuid4().hex}" if separators else "",
        )
        call.voice.done(call.voice.follow(steps))
    if call.voice.notices:
        raise SystemExit(InputError.exit_code)


@verb(
    "process",
    _("Prepare, recognise and index the pages that wait."),
    "  archiver process\n  archiver process --case 99001/93\n  archiver process --again",
)
@click.option("--case", "case_text", metavar="CASE", help=_("Only this case file."))
@series_option
@click.option("--again", is_flag=True, help=_("Try the pages that were set aside again."))
def process_verb(call: Call, case_text: str | None, series: str, again: bool) -> None:
    with call.station(write=True) as station:
        case_id = queries.find_case(station, case_text, series).id if case_text else None
        steps = process(station, call.actor(station), case_id=case_id, again=again)
        changed = call.voice.follow(steps)
    call.voice.done(changed)
    if changed.facts["failed"]:
        raise SystemExit(5)
