"""Verbs on who works here: person add, list, password, roles, remove."""

import sys
from pathlib import Path

import click

from archiver.cli.group import Call, lang_option, station_command, verb
from archiver.i18n import _
from archiver.workflow.faults import storage_faults
from archiver.workflow.people import (
    add_person,
    give_roles,
    people_of,
    remove_person,
    set_password,
)
from archiver.workflow.rights import role_name


@station_command.group("person", help=_("Who works here: add, list, roles, password, remove."))
@lang_option
def person_group(lang: str | None) -> None:
    """Joined by its verbs."""
    del lang  # main has seen to it


password_option = click.option(
    "--password-file",
    "file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help=_("A file whose first line is the password; else it is asked for."),
)


@verb(
    "add",
    _("Name somebody who works here, with their roles; the first is one who is in charge."),
    "  archiver person add هالة --role supervisor\n"
    "  archiver person add منى --role operator --role indexer --as هالة\n"
    "  archiver person add سامي --role checker --password-file words --as هالة\n"
    "  archiver person add nightly --role it --no-password --as هالة",
    group=person_group,
)
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, help=_("What they are here."))
@password_option
@click.option("--no-password", is_flag=True, help=_("They do not sign in at the window."))
def add_verb(
    call: Call, name: str, roles: tuple[str, ...], file: Path | None, no_password: bool
) -> None:
    password = "" if no_password else _password(file)
    with call.station(write=True) as station:
        steps = add_person(station, call.actor(station), name, roles, password)
        call.voice.done(call.voice.follow(steps))


@verb(
    "list",
    _("List who works here, what they are and whether they sign in."),
    "  archiver person list\n  archiver person list --json",
    group=person_group,
)
def list_verb(call: Call) -> None:
    with call.station(write=False) as station:
        found = people_of(station)
    heads = (_("Name"), _("Roles"), _("Signs in"))
    call.voice.table(
        heads,
        (
            (p.name, _(", ").join(map(role_name, p.roles)), _("yes") if p.password else _("no"))
            for p in found
        ),
    )
    call.voice.result(
        {
            "verb": "person list",
            "people": [
                {"name": p.name, "roles": list(p.roles), "signs_in": bool(p.password)}
                for p in found
            ],
        },
        "" if found else _("Nobody was named yet: whoever is at the machine does everything."),
    )


@verb(
    "roles",
    _("Give somebody other roles; the first is the one they work in."),
    "  archiver person roles منى operator indexer --as هالة",
    group=person_group,
)
@click.argument("name")
@click.argument("roles", nargs=-1, required=True, metavar="ROLE…")
def roles_verb(call: Call, name: str, roles: tuple[str, ...]) -> None:
    with call.station(write=True) as station:
        steps = give_roles(station, call.actor(station), name, roles)
        call.voice.done(call.voice.follow(steps))


@verb(
    "password",
    _("Give yourself, or as somebody in charge another one, a new password."),
    "  archiver person password منى --as منى\n"
    "  archiver person password منى --password-file words --as هالة",
    group=person_group,
)
@click.argument("name")
@password_option
def password_verb(call: Call, name: str, file: Path | None) -> None:
    password = _password(file)
    with call.station(write=True) as station:
        steps = set_password(station, call.actor(station), name, password)
        call.voice.done(call.voice.follow(steps))


@verb(
    "remove",
    _("Shut out somebody who works here no more; what they did keeps their name."),
    "  archiver person remove منى --as هالة",
    group=person_group,
)
@click.argument("name")
def remove_verb(call: Call, name: str) -> None:
    with call.station(write=True) as station:
        steps = remove_person(station, call.actor(station), name)
        call.voice.done(call.voice.follow(steps))


def _password(file: Path | None) -> str:
    if file is None:
        asked: str = click.prompt(
            _("Password"), hide_input=True, confirmation_prompt=True, err=True
        )
        return asked
    if str(file) == "-":
        return str(sys.stdin.readline().rstrip("\n"))
    with storage_faults(file):
        return file.read_text("utf-8").partition("\n")[0].rstrip("\r")
