"""Verbs that keep and remove: reopen, purge, backup, restore."""

from pathlib import Path

import click

from archiver import app
from archiver.cli.group import Call, series_option, verb
from archiver.i18n import _
from archiver.workflow import queries
from archiver.workflow.backing_up import backup, restore
from archiver.workflow.faults import storage_faults
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


_passphrase_option = click.option(
    "--passphrase-file",
    "passphrase",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help=_("A file whose first line encrypts the keys; without it they are left out."),
)


def _first_line(path: Path | None) -> bytes | None:
    if path is None:
        return None
    with storage_faults(path):
        return path.read_bytes().split(b"\n")[0].strip() or None


@verb(
    "backup",
    _("Bring a whole copy of the archive up to date, in another place."),
    "  archiver backup /media/disk/station-1 --as sami\n"
    "  archiver backup /media/disk/station-1 --passphrase-file /root/words --prove",
)
@click.argument("to", type=click.Path(path_type=Path, file_okay=False))
@_passphrase_option
@click.option("--prove", is_flag=True, help=_("Hash what was copied earlier, too."))
def backup_verb(call: Call, to: Path, passphrase: Path | None, prove: bool) -> None:
    with call.station(write=True) as station:
        words = _first_line(passphrase)
        steps = backup(station, call.actor(station), to, passphrase=words, prove=prove)
        call.voice.done(call.voice.follow(steps))


@verb(
    "restore",
    _("Bring an archive back from a backup, hashing every byte."),
    "  archiver restore /media/disk/station-1 --archive /data/archive --as sami",
)
@click.argument("source", type=click.Path(path_type=Path, file_okay=False))
@_passphrase_option
def restore_verb(call: Call, source: Path, passphrase: Path | None) -> None:
    person = call.person or app.system_user()
    words = _first_line(passphrase)
    call.voice.done(call.voice.follow(restore(source, call.archive, person, passphrase=words)))
