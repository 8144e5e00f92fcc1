"""The demo verb: everything once, on a fictional case."""

from pathlib import Path

import click

from archiver import app
from archiver.cli.group import Call, verb
from archiver.errors import DeliveryError
from archiver.i18n import _
from archiver.model.actor import Actor
from archiver.settings import FILE_NAME, Identity


@verb(
    "demo",
    _("Take a fictional case file the whole way, from scans to the centre's receipt."),
    "  archiver demo /tmp/demo\n  archiver demo /tmp/demo --lang en",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def demo(call: Call, folder: Path) -> None:
    from archiver.workflow.journey import journey  # noqa: PLC0415 - brings everything

    root = folder.absolute() / "archive"
    if not (root / FILE_NAME).exists():
        identity = Identity(company="شركة الأرشفة التجريبية")
        person = call.person or app.system_user()
        app.init_archive(root, Actor(person, "operator", identity.name, identity.company), identity)
    with app.open_station(root) as station:
        changed = call.voice.follow(journey(station, folder.absolute()))
    call.voice.done(changed)
    for name, words in (
        ("archive", _("the archive")),
        ("scans", _("the scanned files, to import yourself")),
        ("drop", _("the drop box with packages and signed receipts")),
        ("centre", _("the centre's desk with its key")),
    ):
        call.voice.say(f"  {changed.facts[name]}  {words}")
    if not changed.facts["signed"]:
        raise SystemExit(DeliveryError.exit_code)
