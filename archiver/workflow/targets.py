"""Where packages may be sent: targets, each with the centre's pinned key."""

import re
from pathlib import Path
from typing import Final

from archiver.errors import RequestRefused
from archiver.i18n import N_
from archiver.model.actor import Actor
from archiver.settings import FILE_NAME, TargetSettings, read_settings, target_table
from archiver.store import audit
from archiver.store.durable import write_bytes
from archiver.store.keys import PublicKey
from archiver.transfer.folder import prepare_folder
from archiver.workflow.faults import storage_faults
from archiver.workflow.station import Station

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class TargetExists(RequestRefused):
    what = N_("There is a target named {target} already.")
    advice = N_("Choose another name; a target's key is changed only by two people.")


class BadTargetName(RequestRefused):
    what = N_("{target} cannot be the name of a target.")
    advice = N_("Use small Latin letters, digits and hyphens.")


def prepare_target(folder: Path) -> None:
    """Lay `folder` out as a target; safe to do again. Raises StorageFailed, DiskFull.

    Apart from sending and receiving, which must not write into the empty place of a disk that
    is not attached.
    """
    with storage_faults(folder):
        prepare_folder(folder)


def add_target(
    station: Station, actor: Actor, name: str, folder: Path, centre_key: PublicKey
) -> TargetSettings:
    """Add the folder as a target and pin the centre's key for it.

    Raises TargetExists, BadTargetName, StorageFailed.
    """
    if not _NAME.fullmatch(name):
        raise BadTargetName(target=name)
    if name in station.settings.targets:
        raise TargetExists(target=name)
    target = TargetSettings(name, "folder", str(folder.absolute()), centre_key.pem())
    path = station.root / FILE_NAME
    prepare_target(folder)
    with storage_faults(path):
        # Logged first: a kill in between leaves a line too many, never a target nobody added.
        with station.database.transaction() as connection:
            audit.append(connection, actor, "target", name=name, location=target.location,
                         centre_key=centre_key.key_id)  # fmt: skip
        write_bytes(path, path.read_bytes() + target_table(target).encode())
    station.settings = read_settings(station.root)
    return target
