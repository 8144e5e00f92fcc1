"""Look at a target: reach, rights, clock, room, and what it really verifies."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import disk_usage
from typing import Final

from archiver.errors import DeliveryError
from archiver.i18n import _, digits
from archiver.settings import TargetSettings
from archiver.transfer.folder import FolderTarget
from archiver.transfer.s3 import S3Target
from archiver.transfer.s3_probe import clock_offset_s, probe
from archiver.transfer.sftp import SftpTarget
from archiver.workflow.doctor import Finding
from archiver.workflow.outbox import OutsideHours, SendingPaused, require_open
from archiver.workflow.reaching import Place, connect, settings_of
from archiver.workflow.station import Station

_ENOUGH_BYTES: Final = 5_000_000_000
_MOST_SECONDS: Final = 60


def examine_target(station: Station, name: str) -> tuple[Finding, ...]:
    """Every finding, sound or not; what cannot be reached ends it.

    Raises NoSuchTarget, SettingsWrong, KeyUnusable.
    """
    settings = settings_of(station, name)
    with closing(connect(station, settings)) as place:
        found: list[Finding] = []
        try:
            found.extend(_findings(settings, place))
        except DeliveryError as error:
            found.append(Finding(_("reach"), str(error), sound=False, mend=error.way_out()))
        return (*found, _open(station, name))


def _findings(settings: TargetSettings, place: Place) -> Iterator[Finding]:
    waiting = len(place.waiting())
    found = _("it answers; {count} packages lie there").format(count=digits(waiting))
    yield Finding(_("reach"), found, sound=True, mend="")
    match place:
        case FolderTarget():
            yield _room(disk_usage(Path(settings.location)).free)
        case SftpTarget():
            place.try_writing()
            yield Finding(_("rights"), _("we may write"), sound=True, mend="")
            yield _room(place.free_bytes())
        case S3Target():
            yield _clock(clock_offset_s(place.place, place.login))
            for what, sound in probe(place.place, place.login):
                yield _verified(what, sound=sound, locked=settings.retain_days > 0)


def _room(free: int | None) -> Finding:
    if free is None:
        return Finding(_("room"), _("it does not tell"), sound=True, mend="")
    sound = free > _ENOUGH_BYTES
    found = _("{count} GB free").format(count=digits(f"{free / 1e9:.1f}"))
    return Finding(_("room"), found, sound, "" if sound else _("Ask the centre to make room."))


def _clock(ahead_s: float) -> Finding:
    sound = abs(ahead_s) < _MOST_SECONDS
    found = _("{count} s apart").format(count=digits(f"{abs(ahead_s):.0f}"))
    return Finding(_("clock"), found, sound, "" if sound else _("Set the clock (timedatectl)."))


def _verified(what: str, *, sound: bool, locked: bool) -> Finding:
    words = {
        "write": _("rights"),
        "wrong_md5": _("a wrong MD5 is refused"),
        "wrong_body": _("a body that changed on the way is refused"),
        "overwrite": _("nothing is overwritten"),
        "lock": _("object lock"),
    }
    told = _("yes") if sound else _("no")
    if what == "lock" and not locked:
        return Finding(words[what], told, sound=True, mend="")
    mend = "" if sound else _("Tell the centre: its store does not protect what it holds.")
    return Finding(words[what], told, sound, mend)


def _open(station: Station, name: str) -> Finding:
    try:
        require_open(station, name, now=False)
    except (SendingPaused, OutsideHours) as error:
        return Finding(_("sending"), str(error), sound=True, mend="")
    return Finding(_("sending"), _("allowed now"), sound=True, mend="")
