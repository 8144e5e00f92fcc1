"""The bytes that go over the line: the sealed package as it is, or in its envelope."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from archiver.errors import ArchiveDamaged, StorageFailed
from archiver.i18n import _
from archiver.model.delivery import Delivery, Seal
from archiver.store.durable import sync_folder
from archiver.transfer.envelope import close_envelope
from archiver.transfer.pieces import file_sha256
from archiver.transfer.target import ENCRYPTED
from archiver.workflow.station import Station


@dataclass(frozen=True, slots=True)
class Wire:
    path: Path
    name: str  # at the target
    size: int  # bytes
    sha256: str


def make_wire(station: Station, seal: Seal, delivery: Delivery, recipient: str) -> Wire:
    """What is sent of `seal`, proved to be what was sealed.

    Encrypting gives other bytes each time: an envelope that is on its way is kept and used again.
    Raises ArchiveDamaged, StorageFailed, OSError.
    """
    package = station.sealed / seal.name
    if not recipient:
        return Wire(package, seal.name, seal.size, _proved(package, seal.sha256, seal.size))
    path = _envelope(station, seal, delivery)
    if not (delivery.wire_sha256 and path.exists() and file_sha256(path) == delivery.wire_sha256):
        _proved(package, seal.sha256, seal.size)
        _sweep(path.parent)
        close_envelope(package, path, recipient)
    return Wire(path, path.name, path.stat().st_size, file_sha256(path))


def drop_envelope(station: Station, seal: Seal, delivery: Delivery) -> None:
    """It has arrived, and is made again where it should be wanted again."""
    path = _envelope(station, seal, delivery)
    if path.exists():
        path.unlink()
        sync_folder(path.parent)


def _envelope(station: Station, seal: Seal, delivery: Delivery) -> Path:
    return station.root / "outgoing" / delivery.target / (seal.name + ENCRYPTED)


def _sweep(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob(".part-*"):  # of a killed sender
        path.unlink(missing_ok=True)


def _proved(path: Path, sha256: str, size: int) -> str:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        same = found == sha256 and path.stat().st_size == size
    except OSError as error:
        raise StorageFailed(path=path, detail=error.strerror or error) from error
    if not same:
        raise ArchiveDamaged(detail=_("{name} is no longer what was sealed").format(name=path.name))
    return sha256
