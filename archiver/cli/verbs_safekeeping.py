"""Verbs on what was sealed: reopen, purge."""

import click

from archiver.cli.group import Call, series_option, verb
from archiver.i18n import _
from archiver.workflow import queries
from archiver.workflow.purging import purge
from archiver.workflow.reopening import reopen


@verb(
    "reopen",
    _("Open a sealed case file for a correction; its next package names the one before."),
    "  archiver reopen 99001/93 --reason 'page 4 was missing' --as mona",
)
@click.argument("case_text", metavar="CASE")
@series_option
@click.option("--reason", required=True, metavar="TEXT", help=_("Why; it is kept in the log."))
def reopen_verb(call: Call, case_text: str, series: str, reason: str) -> None:
    with call.station(write=True) as station:
        case = queries.find_case(station, case_text, series)
        steps = reopen(station, call.actor(station), case.id, reason)
        call.voice.done(call.voice.follow(steps))


@verb(
    "purge",
    _("Remove local masters that the centre has signed for; the access copy stays."),
    "  archiver purge 99001/93 --dry-run --as sami\n  archiver purge 99001/93 --as sami",
)
@click.argument("case_text", metavar="CASE")
@series_option
@click.option("--dry-run", is_flag=True, help=_("Say what would be removed, and remove nothing."))
def purge_verb(call: Call, case_text: str, series: str, dry_run: bool) -> None:
    with call.station(write=True) as station:
        case = queries.find_case(station, case_text, series)
        steps = purge(station, call.actor(station), case.id, dry_run=dry_run)
        call.voice.done(call.voice.follow(steps))
