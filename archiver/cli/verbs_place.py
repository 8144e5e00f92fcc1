"""What stands behind `archiver target`: add of every kind, credential."""

import sys
from pathlib import Path

import click

from archiver.cli.group import Call
from archiver.i18n import _
from archiver.settings import TargetSettings
from archiver.store.keys import PublicKey
from archiver.workflow.targets import add_place, add_target, kind_of, renew_credential


def add(
    call: Call, name: str, place: str, centre_key: Path, *, password: bool, **words: object
) -> None:
    """`archiver target add`."""
    public, kind = PublicKey.load(centre_key), kind_of(place)
    with call.station(write=True) as station:
        actor = call.actor(station)
        if kind == "folder":
            target, told = add_target(station, actor, name, Path(place), public), ""
        else:
            settings = TargetSettings(name, kind, place, public.pem(), **words)  # type: ignore[arg-type]
            secret = _secret(kind, password=password)
            target, told = add_place(station, actor, settings, secret)
    sentence = _("{name} is a target now. Compare the centre's key with the centre: {key}").format(
        name=name, key=public.short_id
    )
    facts: dict[str, object] = {"verb": "target add", "name": name, "location": target.location}
    facts |= {"centre_key_id": public.key_id, "ssh_key": told}
    if told:
        sentence += "\n" + _("Give the centre this key of ours:") + "\n" + told
    call.voice.result(facts, sentence)


def credential(call: Call, name: str, *, password: bool) -> None:
    """`archiver target credential`."""
    with call.station(write=True) as station:
        kind = station.settings.targets[name].kind if name in station.settings.targets else ""
        secret = _secret(kind, password=password)
        told, where = renew_credential(station, call.actor(station), name, secret)
    if password:
        sentence = _("The new password of {name} is kept.").format(name=name)
    else:
        sentence = _("The new key of {name} is kept.").format(name=name)
    if told:
        sentence += "\n" + _("Give the centre this key of ours:") + "\n" + told
    call.voice.result(
        {"verb": "target credential", "name": name, "kept_in": where, "ssh_key": told}, sentence
    )


def _secret(kind: str, *, password: bool) -> dict[str, str]:
    """What a person has to give; for an SFTP key nothing, since it is made."""
    if password and kind not in ("sftp", ""):  # "": no such target, which is told in its place
        raise click.UsageError(_("Only an SFTP target signs in by password."))
    if kind == "s3":
        return _access_keys()
    return _password() if password else {}


def _password() -> dict[str, str]:
    if sys.stdin.isatty():
        return {"password": click.prompt(_("Password"), hide_input=True, err=True)}
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise click.UsageError(_("Give the password on standard input."))
    return {"password": line}


def _access_keys() -> dict[str, str]:
    """Asked for, or two lines of standard input: never words of the command line."""
    if sys.stdin.isatty():
        return {
            "access_key": click.prompt(_("Access key"), err=True),
            "secret_key": click.prompt(_("Secret key"), hide_input=True, err=True),
        }
    lines = [sys.stdin.readline().strip() for _line in range(2)]
    if not all(lines):
        raise click.UsageError(_("Give the access key and the secret key on standard input."))
    return dict(zip(("access_key", "secret_key"), lines, strict=True))
