"""Zip files of scans: what is in them comes out under safe names, one after the other."""

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from archiver.capture.names import check_name, visible
from archiver.errors import DamagedFile, FileTooLarge, InputError, TooManyPages
from archiver.i18n import N_, _
from archiver.settings import Limits

_FIRST_BYTES: Final = (b"PK\x03\x04", b"PK\x05\x06")
_MOST_NAME_BYTES: Final = 255
_PIECE: Final = 1 << 20


class UnsafeName(InputError):
    what = N_("{name} holds a file whose name leads out of it or is too long: {member}.")
    advice = N_("Unpack it, give that file a short plain name, and take it in.")


class LockedZip(InputError):
    what = N_("{member} in {name} is locked with a password.")
    advice = N_("Unpack it with the password and take in what was inside.")


def is_zip(path: Path) -> bool:
    """By its first bytes, whatever its name says; False for what cannot be read, or is no file."""
    try:
        if not path.is_file():  # a pipe must not keep anybody waiting
            return False
        with path.open("rb") as file:
            return file.read(4) in _FIRST_BYTES
    except (OSError, ValueError):
        return False


def members(path: Path, into: Path, limits: Limits) -> Iterator[Path | InputError]:
    """The files inside, each in a folder of its own under `into`, in the order of the zip.

    A member that is not to be had comes as the error it is; the rest goes on. Each is there until
    the next is asked for. Raises DamagedFile, TooManyPages, FileTooLarge, and OSError.
    """
    name = visible(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            found = [info for info in archive.infolist() if not info.is_dir()]
            _check_size(name, found, limits)
            for number, info in enumerate(found):
                yield from _member(archive, info, into / str(number), name)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise DamagedFile(name=name, detail=_("it is no whole zip file")) from error


def _check_size(name: str, found: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(found) > limits.pages_per_file:
        raise TooManyPages(name=name, pages=len(found), limit=limits.pages_per_file)
    megabytes = round(sum(info.file_size for info in found) / 1_000_000)
    if megabytes > limits.file_megabytes:
        raise FileTooLarge(name=name, megabytes=megabytes, limit=limits.file_megabytes)


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path, name: str
) -> Iterator[Path | InputError]:
    try:
        inside = _safe(info, name)
    except InputError as error:
        yield error
        return
    folder.mkdir()
    to = folder / inside
    try:
        _copy(archive, info, to)
    except (zipfile.BadZipFile, EOFError):
        yield DamagedFile(name=visible(inside), detail=_("it is no whole zip file"))
    else:
        yield to
    finally:
        to.unlink(missing_ok=True)


def _safe(info: zipfile.ZipInfo, name: str) -> str:
    """The last part of the member's name. Raises UnsafeName, HostileName, LockedZip."""
    path = PurePosixPath(info.filename.replace("\\", "/"))
    member = visible(path.name)[:80]
    leads_out = path.is_absolute() or ".." in path.parts or not path.name
    link = stat.S_ISLNK(info.external_attr >> 16)
    if leads_out or link or len(path.name.encode("utf-8", "replace")) > _MOST_NAME_BYTES:
        raise UnsafeName(name=name, member=member)
    check_name(Path(path.name))
    if info.flag_bits & 0x1:
        raise LockedZip(name=name, member=member)
    return path.name


def _copy(archive: zipfile.ZipFile, info: zipfile.ZipInfo, to: Path) -> None:
    """No more than the member says it has: zipfile checks length and CRC at its end."""
    with archive.open(info) as source, to.open("xb") as out:
        while piece := source.read(_PIECE):
            out.write(piece)
