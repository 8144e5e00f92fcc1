"""Verbs on the way to the information centre: seal, send, collect, receive, key, target."""

from pathlib import Path

import click
from platformdirs import user_data_path

from archiver import app
from archiver.cli.group import Call, lang_option, series_option, station_command, verb
from archiver.errors import DeliveryError
from archiver.i18n import _
from archiver.store.keys import PublicKey, SigningKey
from archiver.workflow import delivering, queries
from archiver.workflow.receiving import Desk, receive_packages
from archiver.workflow.sealing import STATION_KEY, seal
from archiver.workflow.searchable import Waiver
from archiver.workflow.targets import add_target, prepare_target


@verb(
    "seal",
    _("Put a checked case file into a signed package that cannot change any more."),
    "  archiver seal 99001/93\n"
    '  archiver seal 99001/93 --without-text 7 --reason "a table, read rightly"',
)
@click.argument("case_text", metavar="CASE")
@series_option
@click.option(
    "--without-text",
    type=int,
    multiple=True,
    metavar="PAGE",
    help=_("Show this page in the PDF without its words, if it cannot give them back."),
)
@click.option("--reason", default="", help=_("Why its words may be left out."))
def seal_verb(
    call: Call, case_text: str, series: str, without_text: tuple[int, ...], reason: str
) -> None:
    with call.station(write=True) as station:
        case = queries.find_case(station, case_text, series)
        waiver = Waiver(frozenset(without_text), reason)
        steps = seal(station, call.actor(station), case.id, waiver=waiver)
        call.voice.done(call.voice.follow(steps))


@verb(
    "send",
    _("Send sealed packages to a target, and collect its receipts."),
    "  archiver send --to centre",
)
@click.option("--to", "target", required=True, metavar="TARGET", help=_("The name of the target."))
def send(call: Call, target: str) -> None:
    with call.station(write=True) as station:
        steps = delivering.send(station, call.actor(station), target)
        call.voice.done(call.voice.follow(steps))
    _end(call)


@verb(
    "collect",
    _("Fetch the centre's signed receipts and verify them."),
    "  archiver collect --from centre",
)
@click.option(
    "--from", "target", required=True, metavar="TARGET", help=_("The name of the target.")
)
def collect(call: Call, target: str) -> None:
    with call.station(write=True) as station:
        steps = delivering.collect(station, call.actor(station), target)
        call.voice.done(call.voice.follow(steps))
    _end(call)


@verb(
    "receive",
    _("The centre's side: re-hash what came, verify it and sign a receipt."),
    "  archiver receive /media/drop --desk /secure/centre --prepare\n"
    "  archiver receive /media/drop --desk /secure/centre --trust station-1.pem\n"
    "  archiver receive /media/drop --desk /secure/centre --as sami",
)
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--desk",
    type=click.Path(path_type=Path, file_okay=False),
    default=lambda: user_data_path("archiving-station") / "centre",
    metavar="DIR",
    help=_("Where the centre keeps its key and the stations' keys."),
)
@click.option(
    "--trust",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    metavar="FILE",
    help=_("A station's public key (from “archiver key”) to accept from now on."),
)
@click.option(
    "--prepare", is_flag=True, help=_("Lay the folder out as a target first; once, at the start.")
)
def receive(call: Call, target: Path, desk: Path, trust: tuple[Path, ...], prepare: bool) -> None:
    place = Desk(desk)
    if prepare:
        prepare_target(target)
    for path in trust:
        place.trust(PublicKey.load(path))
    person = call.person or app.system_user()
    call.voice.done(call.voice.follow(receive_packages(place, target, person)))
    _end(call)


@verb(
    "key",
    _("Print this station's public key, for the centre to trust."),
    "  archiver key > station-1.pem",
)
def key(call: Call) -> None:
    with call.station(write=True) as station:
        public = SigningKey.load_or_create(station.keys / STATION_KEY).public
    facts: dict[str, object] = {"verb": "key", "key_id": public.key_id, "pem": public.pem()}
    call.voice.result(facts, public.pem().rstrip())


@station_command.group("target", help=_("Where packages are sent: add, list."))
@lang_option
def target_group(lang: str | None) -> None:
    """Joined by its verbs."""
    del lang  # main has seen to it


@verb(
    "add",
    _("Add a folder or disk as a target, and pin the centre's public key for it."),
    "  archiver target add centre /mnt/centre --centre-key centre.pem",
    group=target_group,
)
@click.argument("name")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--centre-key",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=_("The centre's public key (centre.pem of its desk)."),
)
def target_add(call: Call, name: str, folder: Path, centre_key: Path) -> None:
    public = PublicKey.load(centre_key)
    with call.station(write=True) as station:
        target = add_target(station, call.actor(station), name, folder, public)
    words = _("{name} is a target now. Compare the centre's key with the centre: {key}").format(
        name=name, key=public.short_id
    )
    facts: dict[str, object] = {"verb": "target add", "name": name, "location": target.location}
    call.voice.result({**facts, "centre_key_id": public.key_id}, words)


@verb("list", _("List the targets."), "  archiver target list", group=target_group)
def target_list(call: Call) -> None:
    with call.station(write=False) as station:
        targets = tuple(station.settings.targets.values())
    rows = [
        (t.name, t.kind, t.location, PublicKey.from_pem(t.centre_key).short_id) for t in targets
    ]
    call.voice.table((_("Name"), _("Kind"), _("Place"), _("Centre's key")), rows)
    names = ("name", "kind", "location", "centre_key")
    facts = [dict(zip(names, row, strict=True)) for row in rows]
    call.voice.result({"verb": "target list", "targets": facts})


def _end(call: Call) -> None:
    if call.voice.notices:
        raise SystemExit(DeliveryError.exit_code)
