"""Verbs for the security officer: audit verify, audit export."""

from pathlib import Path

import click

from archiver.cli.group import Call, lang_option, station_command, verb
from archiver.i18n import _
from archiver.workflow.auditing import FORMATS, export_log, verify_log


@station_command.group("audit", help=_("The audit log: verify it, hand it out."))
@lang_option
def audit_group(lang: str | None) -> None:
    """Joined by its verbs."""
    del lang  # main has seen to it


@verb(
    "verify",
    _("Find any change, removal or new order in the audit log."),
    "  archiver audit verify\n"
    "  archiver audit verify --against /media/centre/civil-99001-93-v1-0a1b2c3d.zip",
    group=audit_group,
)
@click.option(
    "--against",
    "packages",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    multiple=True,
    metavar="FILE",
    help=_("A package from the centre: its seal tells how the log stood then."),
)
def audit_verify(call: Call, packages: tuple[Path, ...]) -> None:
    with call.station(write=False) as station:
        changed = call.voice.follow(verify_log(station, packages))
    call.voice.done(changed)
    if changed.facts["problems"]:
        raise SystemExit(7)


@verb(
    "export",
    _("Write the audit log out, for the security officer."),
    "  archiver audit export log.csv --as sami\n"
    "  archiver audit export log.json --format json --from 1200 --as sami",
    group=audit_group,
)
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="csv", show_default=True,
    help=_("What to write."),
)  # fmt: skip
@click.option(
    "--from", "first", type=click.IntRange(1), default=1, help=_("The first event to write.")
)
def audit_export(call: Call, out: Path, form: str, first: int) -> None:
    with call.station(write=True) as station:
        steps = export_log(station, call.actor(station), out, form=form, first=first)
        call.voice.done(call.voice.follow(steps))
