"""Where packages may be sent: targets, each with the centre's pinned key."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Final

from archiver.errors import KeyUnusable, RequestRefused
from archiver.i18n import N_, _
from archiver.model.actor import Actor
from archiver.settings import (
    FILE_NAME,
    TargetSettings,
    read_settings,
    target_table,
    with_hours,
    with_place,
)
from archiver.store import audit
from archiver.store.durable import write_bytes
from archiver.store.keys import PublicKey
from archiver.transfer.envelope import is_recipient
from archiver.transfer.folder import prepare_folder
from archiver.transfer.s3_place import S3Place
from archiver.transfer.sftp_place import SftpPlace
from archiver.workflow.faults import storage_faults
from archiver.workflow.outbox import HOURS
from archiver.workflow.reaching import credentials_of, settings_of
from archiver.workflow.rights import Right, guarded
from archiver.workflow.station import Station

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class TargetExists(RequestRefused):
    what = N_("There is a target named {target} already.")
    advice = N_("Choose another name; a target's key is changed only by two people.")


class BadTargetName(RequestRefused):
    what = N_("{target} cannot be the name of a target.")
    advice = N_("Use small Latin letters, digits and hyphens.")


class TargetUnclear(RequestRefused):
    what = N_("This cannot be a target: {detail}.")
    advice = N_("“archiver target add --help” shows how each kind is written.")


class HoursUnclear(TargetUnclear):
    what = N_("These are no hours of sending: {detail}.")
    advice = N_("Write them with four digits each, such as 20:00-06:00.")


def kind_of(place: str) -> str:
    """A folder has no scheme."""
    if place.startswith("sftp://"):
        return "sftp"
    return "s3" if place.startswith(("https://", "http://")) else "folder"


def host_key_of(path: Path | None) -> str:
    """A server's public key in a file, as `type base64`, whatever stands around it.

    Raises KeyUnusable.
    """
    if path is None:
        return ""
    try:
        words = path.read_text("utf-8").split()
    except OSError as error:
        raise KeyUnusable(path=path, detail=error.strerror or error) from error
    for kind, key in pairwise(words):
        if kind.startswith(("ssh-", "ecdsa-")) and key.startswith("AAAA"):
            return f"{kind} {key}"
    raise KeyUnusable(path=path, detail=_("it holds no SSH public key"))


def prepare_target(folder: Path) -> None:
    """Lay `folder` out as a target; safe to do again. Raises StorageFailed, DiskFull.

    Apart from sending and receiving, which must not write into the empty place of a disk that
    is not attached.
    """
    with storage_faults(folder):
        prepare_folder(folder)


@guarded(Right.TARGETS)
def add_target(
    station: Station, actor: Actor, name: str, folder: Path, centre_key: PublicKey
) -> TargetSettings:
    """Add the folder as a target and pin the centre's key for it.

    Raises TargetExists, BadTargetName, StorageFailed.
    """
    _require_free(station, name)
    target = TargetSettings(name, "folder", str(folder.absolute()), centre_key.pem())
    prepare_target(folder)
    _write(station, actor, target)
    return target


@guarded(Right.TARGETS)
def add_place(
    station: Station, actor: Actor, target: TargetSettings, secret: Mapping[str, str]
) -> tuple[TargetSettings, str]:
    """Add an SFTP drop box or a bucket. Its credential goes into the safe and nowhere else.

    secret: for S3 `access_key` and `secret_key`; for SFTP `password`, or nothing, and a key is made
    here. The second value is that key's public half, for the centre. Raises TargetExists,
    BadTargetName, TargetUnclear, StorageFailed.
    """
    _require_free(station, target.name)
    _require_clear(target)
    told = ""
    if target.kind == "sftp" and not secret:
        secret, told = _new_ssh_key({})
    with storage_faults(station.keys):
        credentials_of(station).keep(target.name, secret)
    _write(station, actor, target)
    return target, told


@guarded(Right.TARGETS)
def renew_credential(
    station: Station, actor: Actor, name: str, secret: Mapping[str, str]
) -> tuple[str, str]:
    """Take a new credential for a target, as `add_place` does. An SFTP key is tried beside the key
    or the password before it, since the centre does not know it yet; a new password replaces all.

    The new public key, where we made it, and where the secret is: `keyring` or `file`.
    Raises NoSuchTarget, KeyUnusable, TargetUnclear.
    """
    target, told = settings_of(station, name), ""
    if target.kind == "folder":
        raise TargetUnclear(detail=_("a folder asks for no key"))
    credentials = credentials_of(station)
    if target.kind == "sftp" and not secret:
        secret, told = _new_ssh_key(credentials.find(name))
    with storage_faults(station.keys):
        where = credentials.keep(name, secret)
        with station.database.transaction() as connection:
            audit.append(connection, actor, "credential", name=name, kept_in=where)
    return told, where


@guarded(Right.TARGETS)
def set_hours(station: Station, actor: Actor, name: str, hours: str) -> TargetSettings:
    """When packages may set off to a target, such as 20:00-06:00; "" for at any hour.

    What is on its way then stops at the next block. Raises NoSuchTarget, TargetUnclear,
    SettingsWrong, StorageFailed.
    """
    target = settings_of(station, name)
    if hours and not HOURS.fullmatch(hours):
        raise HoursUnclear(detail=hours)
    return _rewrite(station, actor, "target hours", target,
                    lambda text: with_hours(text, target, hours),
                    before=target.hours, after=hours)  # fmt: skip


@guarded(Right.TARGETS)
def move_target(
    station: Station, actor: Actor, name: str, place: str, host_key: str = ""
) -> TargetSettings:
    """Name the place where a target of the same kind and the same centre lies now.

    What was sent before and not yet signed for is answered there only if the centre took it along.
    host_key: of an SFTP server; "" where it is the same. Raises NoSuchTarget, TargetUnclear,
    SettingsWrong, StorageFailed.
    """
    target = settings_of(station, name)
    if kind_of(place) != target.kind:
        raise TargetUnclear(detail=place)
    location = str(Path(place).absolute()) if target.kind == "folder" else place
    moved = replace(target, location=location, host_key=host_key or target.host_key)
    if target.kind != "folder":
        _require_clear(moved)
    return _rewrite(station, actor, "target move", target,
                    lambda text: with_place(text, target, location, moved.host_key),
                    before=target.location, after=location)  # fmt: skip


def _rewrite(
    station: Station,
    actor: Actor,
    verb: str,
    target: TargetSettings,
    change: Callable[[str], str],
    *,
    before: str,
    after: str,
) -> TargetSettings:
    path = station.root / FILE_NAME
    with storage_faults(path):
        told = change(path.read_text("utf-8"))
        # Logged first, as in `_write`.
        with station.database.transaction() as connection:
            audit.append(connection, actor, verb, name=target.name, before=before, after=after)
        write_bytes(path, told.encode())
    station.settings = read_settings(station.root)
    return settings_of(station, target.name)


def _new_ssh_key(old: Mapping[str, str]) -> tuple[dict[str, str], str]:
    import asyncssh  # noqa: PLC0415 - half a second, for those who make keys

    key = asyncssh.generate_private_key("ssh-ed25519", comment="archiving-station")
    secret = {
        "private_key": key.export_private_key("openssh").decode(),
        "previous_key": old.get("private_key", ""),
        "password": "" if "private_key" in old else old.get("password", ""),
    }
    return secret, key.export_public_key("openssh").decode().strip()


def _require_free(station: Station, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise BadTargetName(target=name)
    if name in station.settings.targets:
        raise TargetExists(target=name)


def _require_clear(target: TargetSettings) -> None:
    import asyncssh  # noqa: PLC0415 - as above

    try:
        if target.kind == "sftp":
            SftpPlace.parse(target.name, target.location, target.host_key)
            asyncssh.import_public_key(target.host_key)
        else:
            S3Place.parse(target.name, target.location)
    except asyncssh.KeyImportError as error:
        detail = _("the server's host key is missing (--host-key)")
        raise TargetUnclear(detail=detail) from error
    except ValueError as error:
        raise TargetUnclear(detail=target.location) from error
    if target.encrypt_to and not is_recipient(target.encrypt_to):
        raise TargetUnclear(detail=target.encrypt_to)
    if target.hours and not HOURS.fullmatch(target.hours):
        raise HoursUnclear(detail=target.hours)


def _write(station: Station, actor: Actor, target: TargetSettings) -> None:
    path = station.root / FILE_NAME
    key_id = PublicKey.from_pem(target.centre_key).key_id
    with storage_faults(path):
        # Logged first: a kill in between leaves a line too many, never a target nobody added.
        with station.database.transaction() as connection:
            audit.append(connection, actor, "target", name=target.name,
                         location=target.location, centre_key=key_id)  # fmt: skip
        write_bytes(path, path.read_bytes() + target_table(target).encode())
    station.settings = read_settings(station.root)
