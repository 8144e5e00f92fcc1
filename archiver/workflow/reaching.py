"""From a target's settings to the target itself, with its credentials and the centre's key."""

from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from archiver.errors import KeyUnusable, NoSuchTarget, SettingsWrong
from archiver.settings import FILE_NAME, TargetSettings
from archiver.store.credentials import Credentials
from archiver.store.keys import PublicKey
from archiver.transfer.folder import FolderTarget
from archiver.transfer.s3_place import S3Login, S3Place
from archiver.transfer.sftp_place import SftpLogin, SftpPlace
from archiver.transfer.throttle import Throttle
from archiver.workflow.station import Station

if TYPE_CHECKING:
    from archiver.transfer.s3 import S3Target
    from archiver.transfer.sftp import SftpTarget

KINDS: Final = ("folder", "sftp", "s3")
Place: TypeAlias = "FolderTarget | SftpTarget | S3Target"


def settings_of(station: Station, name: str) -> TargetSettings:
    """Raises NoSuchTarget."""
    found = station.settings.targets.get(name)
    if found is None:
        raise NoSuchTarget(target=name)
    return found


def pinned_key(station: Station, settings: TargetSettings) -> PublicKey:
    """The centre's key as a person pinned it for the target. Raises KeyUnusable."""
    try:
        return PublicKey.from_pem(settings.centre_key)
    except ValueError as error:
        path = station.root / FILE_NAME
        raise KeyUnusable(path=path, detail=f"targets.{settings.name}.centre_key") from error


def credentials_of(station: Station) -> Credentials:
    """Archives that share a safe are told apart by where they lie."""
    return Credentials(station.keys, str(station.root.resolve()))


def connect(station: Station, settings: TargetSettings) -> Place:
    """The target, not yet asked for anything; close it after use.

    Raises SettingsWrong, KeyUnusable.
    """
    match settings.kind:
        case "folder":
            return FolderTarget(settings.name, Path(settings.location), _throttle(settings))
        case "sftp":
            return _sftp(station, settings)
        case "s3":
            return _s3(station, settings)
        case other:
            raise _wrong(station, settings, f"kind = {other}")


def target_of(station: Station, name: str) -> tuple[Place, PublicKey]:
    """The configured target and the centre's key pinned for it. Raises NoSuchTarget."""
    settings = settings_of(station, name)
    return connect(station, settings), pinned_key(station, settings)


def _sftp(station: Station, settings: TargetSettings) -> "SftpTarget":
    from archiver.transfer.sftp import SftpTarget  # noqa: PLC0415 - brings asyncssh

    try:
        place = SftpPlace.parse(settings.name, settings.location, settings.host_key)
    except ValueError as error:
        raise _wrong(station, settings, f"location = {settings.location}") from error
    login = SftpLogin(**credentials_of(station).find(settings.name))
    return SftpTarget(
        place,
        login,
        streams=settings.streams,
        throttle=_throttle(settings),
        patience_s=settings.patience_seconds,
    )


def _s3(station: Station, settings: TargetSettings) -> "S3Target":
    from archiver.transfer.s3 import S3Target  # noqa: PLC0415 - brings boto3

    try:
        place = S3Place.parse(
            settings.name,
            settings.location,
            region=settings.region,
            authorities=Path(settings.authorities) if settings.authorities else None,
            certificate=Path(settings.certificate) if settings.certificate else None,
            retain_days=settings.retain_days,
        )
    except ValueError as error:
        raise _wrong(station, settings, f"location = {settings.location}") from error
    login = S3Login(**credentials_of(station).find(settings.name))
    return S3Target(
        place,
        login,
        streams=settings.streams,
        throttle=_throttle(settings),
        patience_s=settings.patience_seconds,
    )


def _throttle(settings: TargetSettings) -> Throttle:
    return Throttle(settings.kilobytes_per_second * 1000)


def _wrong(station: Station, settings: TargetSettings, line: str) -> SettingsWrong:
    path = station.root / FILE_NAME
    return SettingsWrong(path=path, detail=f"targets.{settings.name}.{line}")
