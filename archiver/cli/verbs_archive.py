"""Verbs on the archive as a whole: init, status."""

from pathlib import Path

import click
from click.core import ParameterSource

from archiver import app
from archiver.cli.group import Call, verb
from archiver.i18n import _, digits, ngettext
from archiver.model.actor import Actor
from archiver.settings import Identity
from archiver.workflow import queries
from archiver.workflow.vocabulary import state_word

_HERE = Identity()


@verb(
    "init",
    _("Make an empty archive."),
    "  archiver init /data/archive\n"
    "  archiver init /data/archive --station hall-2 --company 'Nile Archiving'",
)
@click.argument(
    "folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False)
)
@click.option("--station", default=_HERE.name, help=_("The name of this station."))
@click.option("--company", default="", help=_("The contractor that runs it."))
@click.option("--institution", default=_HERE.institution, help=_("The court or house."))
def init(call: Call, folder: Path | None, station: str, company: str, institution: str) -> None:
    """DIR, else --archive; not both."""
    said = click.get_current_context().get_parameter_source("archive")
    if folder and said is ParameterSource.COMMANDLINE:
        raise click.UsageError(_("Name the folder once: as DIR or by --archive."))
    root = (folder or call.archive).absolute()
    person = call.person or app.system_user()
    identity = Identity(station, company, institution)
    app.init_archive(root, Actor(person, "operator", station, company), identity)
    words = _("An empty archive was made in {path}.").format(path=root)
    call.voice.result({"verb": "init", "archive": str(root)}, words)


@verb(
    "status",
    _("Say what is in the archive and what waits."),
    "  archiver status\n  archiver status --json",
)
def status(call: Call) -> None:
    with call.station(write=False) as station:
        report = queries.status(station)
    rows = [
        {
            "case": row.case.reference,
            "series": row.case.keys[0].series if row.case.keys else "",
            "title": row.case.title,
            "state": row.case.state.value,
            "pages": row.pages,
            "read": row.read,
            "failed": row.failed,
            "blank": row.blank,
            "delivery": row.delivery,
        }
        for row in report.cases
    ]
    heads = (_("Case"), _("State"), _("Pages"), _("Read"), _("Set aside"), _("Delivery"))
    call.voice.table(
        heads,
        (
            (
                row.case.reference,
                state_word(row.case.state),
                row.pages,
                row.read,
                row.failed,
                state_word(row.delivery) if row.delivery else "–",
            )
            for row in report.cases
        ),
    )
    gigabytes = digits(f"{report.free_bytes / 1e9:.1f}")
    words = ngettext("{count} page", "{count} pages", report.pages).format(
        count=digits(report.pages)
    )
    waiting = _("{count} waiting to be read").format(count=digits(report.waiting))
    failed = _("{count} set aside").format(count=digits(report.failed))
    free = _("{count} GB free").format(count=gigabytes)
    call.voice.result(
        {
            "verb": "status",
            "cases": rows,
            "pages": report.pages,
            "waiting": report.waiting,
            "failed": report.failed,
            "unindexed": report.unindexed,
            "deliveries": report.deliveries,
            "free_bytes": report.free_bytes,
        },
        " · ".join((words, waiting, failed, free)),
    )
