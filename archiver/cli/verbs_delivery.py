"""Verbs on the way to the information centre: seal, collect, receive, key, target."""

from contextlib import ExitStack, closing
from pathlib import Path

import click
from platformdirs import user_data_path

from archiver import app
from archiver.cli import verbs_place
from archiver.cli.group import Call, lang_option, series_option, station_command, verb
from archiver.cli.stopping import stopped_by_signal
from archiver.errors import DeliveryError
from archiver.i18n import _, isolate
from archiver.settings import FILE_NAME
from archiver.store.keys import PublicKey, SigningKey
from archiver.transfer.target import CentreSide
from archiver.workflow import delivering, queries
from archiver.workflow.reaching import connect
from archiver.workflow.receiving import Desk, receive_packages, watch_packages
from archiver.workflow.sealing import STATION_KEY, seal
from archiver.workflow.searchable import Waiver
from archiver.workflow.targets import host_key_of, move_target, prepare_target, set_hours
from archiver.workflow.two_people import confirm_key, propose_key


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
    "  archiver receive /media/drop --desk /secure/centre --as sami\n"
    "  archiver receive /media/drop --into /data/centre --watch 60",
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
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=_("An archive of the centre's own that takes in what is accepted."),
)
@click.option(
    "--watch",
    type=click.FloatRange(0.1),
    metavar="SECONDS",
    help=_("Look again every so many seconds, until it is stopped."),
)
def receive(
    call: Call,
    target: Path,
    desk: Path,
    trust: tuple[Path, ...],
    prepare: bool,
    into: Path | None,
    watch: float | None,
) -> None:
    place = Desk(desk)
    if prepare:
        prepare_target(target)
        place.envelope_key()
    for path in trust:
        place.trust(PublicKey.load(path))
    person = call.person or app.system_user()
    with ExitStack() as stack:
        archive = stack.enter_context(app.open_station(into, holder=person)) if into else None
        far = _far_side(call, target)
        side = stack.enter_context(closing(far)) if far else None
        if watch is None:
            steps = receive_packages(place, target, person, into=archive, side=side)
        else:
            stop = stack.enter_context(stopped_by_signal())
            steps = watch_packages(
                place, target, person, every_s=watch, stop=stop, into=archive, side=side
            )
        call.voice.done(call.voice.follow(steps))
    _end(call)


def _far_side(call: Call, target: Path) -> CentreSide | None:
    """The target of that name in the archive at hand, where `target` is no folder."""
    if target.exists() or not (call.archive / FILE_NAME).is_file():
        return None
    with call.station(write=False) as station:
        settings = station.settings.targets.get(str(target))
        return connect(station, settings) if settings else None


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


_host_key = click.option(
    "--host-key",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=_("SFTP: the server's public key, as the centre handed it over."),
)
_password = click.option(
    "--password",
    is_flag=True,
    help=_("SFTP: by password, asked for or on standard input, where the centre takes no keys."),
)


@verb(
    "add",
    _("Add a folder, an SFTP drop box or an S3 bucket as a target; pin the centre's public key."),
    "  archiver target add centre /mnt/centre --centre-key centre.pem\n"
    "  archiver target add centre sftp://station@drop.example/ --host-key host.pub"
    " --centre-key centre.pem\n"
    "  archiver target add centre https://s3.example/bucket --centre-key centre.pem < keys",
    group=target_group,
)
@click.argument("name")
@click.argument("place")
@click.option(
    "--centre-key",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=_("The centre's public key (centre.pem of its desk)."),
)
@_host_key
@_password
@click.option("--encrypt-to", default="", metavar="KEY", help=_("The centre's age key (age1…)."))
@click.option("--authorities", default="", metavar="FILE", help=_("S3: who vouches for the store."))
@click.option("--certificate", default="", metavar="FILE", help=_("S3: our certificate and key."))
@click.option("--region", default="us-east-1", show_default=True, help=_("S3: the region."))
@click.option("--retain-days", default=0, help=_("S3 with object lock: days nothing may vanish."))
@click.option("--streams", default=4, show_default=True, help=_("Connections at once."))
@click.option("--kilobytes-per-second", default=0, help=_("No faster than this; 0: no limit."))
@click.option("--hours", default="", metavar="20:00-06:00", help=_("Send only in these hours."))
def target_add(
    call: Call,
    name: str,
    place: str,
    centre_key: Path,
    host_key: Path | None,
    password: bool,
    **words: object,
) -> None:
    words["host_key"] = host_key_of(host_key)
    verbs_place.add(call, name, place, centre_key, password=password, **words)


@verb(
    "credential",
    _("Change the key or the password by which a target lets us in."),
    "  archiver target credential centre\n  archiver target credential centre --password",
    group=target_group,
)
@click.argument("name")
@_password
def target_credential(call: Call, name: str, password: bool) -> None:
    verbs_place.credential(call, name, password=password)


@verb(
    "key",
    _("Change the centre's pinned key of a target: one person proposes, another confirms."),
    "  archiver target key centre --centre-key new.pem --as sami\n"
    "  archiver target key centre --confirm --as hala",
    group=target_group,
)
@click.argument("name")
@click.option(
    "--centre-key",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=_("The centre's public key (centre.pem of its desk)."),
)
@click.option("--confirm", is_flag=True, help=_("Confirm the key that another person proposed."))
def target_key(call: Call, name: str, centre_key: Path | None, confirm: bool) -> None:
    if confirm == (centre_key is not None):
        raise click.UsageError(_("Give either --centre-key or --confirm."))
    with call.station(write=True) as station:
        actor = call.actor(station)
        if centre_key is not None:
            steps = propose_key(station, actor, name, PublicKey.load(centre_key))
        else:
            steps = confirm_key(station, actor, name)
        call.voice.done(call.voice.follow(steps))


@verb(
    "hours",
    _("Change the hours in which packages set off to a target."),
    "  archiver target hours centre 20:00-06:00\n  archiver target hours centre any",
    group=target_group,
)
@click.argument("name")
@click.argument("hours", metavar="HH:MM-HH:MM|any")
def target_hours(call: Call, name: str, hours: str) -> None:
    said = "" if hours == "any" else hours
    with call.station(write=True) as station:
        target = set_hours(station, call.actor(station), name, said)
    words = _("{target} is sent to at any hour.") if not said else _(
        "{target} is sent to between {hours}.")  # fmt: skip
    call.voice.result({"verb": "target hours", "name": name, "hours": target.hours},
                      words.format(target=isolate(name), hours=isolate(said)))  # fmt: skip


@verb(
    "move",
    _("Name the place where a target lies now; what waits for it goes there."),
    "  archiver target move centre /mnt/new\n"
    "  archiver target move centre sftp://station@new.example/ --host-key host.pub",
    group=target_group,
)
@click.argument("name")
@click.argument("place")
@_host_key
def target_move(call: Call, name: str, place: str, host_key: Path | None) -> None:
    with call.station(write=True) as station:
        target = move_target(station, call.actor(station), name, place, host_key_of(host_key))
    words = _("{target} is at {place} now.").format(
        target=isolate(name), place=isolate(target.location)
    )
    call.voice.result({"verb": "target move", "name": name, "location": target.location}, words)


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
