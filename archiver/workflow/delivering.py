"""Send sealed packages to the information centre and collect its signed receipts."""

import threading
from collections.abc import Iterator
from pathlib import Path

from archiver.errors import (
    ArchiverError,
    DiskFull,
    KeyUnusable,
    NoSuchTarget,
    PackageRefused,
    ReceiptInvalid,
    SettingsWrong,
    TargetUnreachable,
)
from archiver.i18n import _, digits, ngettext
from archiver.jobs.pace import Pace
from archiver.jobs.watched import Watched
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Notice, Progress, Step
from archiver.model.delivery import Delivery, DeliveryState, Receipt, Seal
from archiver.settings import FILE_NAME, TargetSettings
from archiver.store import audit, deliveries
from archiver.store.keys import PublicKey
from archiver.transfer.folder import FolderTarget
from archiver.transfer.receipts import fetch_receipt
from archiver.transfer.target import Target
from archiver.workflow.faults import storage_faults
from archiver.workflow.station import Station

_UNSENT = frozenset(DeliveryState) - {DeliveryState.STORED, DeliveryState.RECEIPTED}


def target_of(station: Station, name: str) -> tuple[Target, PublicKey]:
    """The configured target and the centre's key pinned for it. Raises NoSuchTarget."""
    settings = station.settings.targets.get(name)
    if settings is None:
        raise NoSuchTarget(target=name)
    return _connect(station, settings), _pinned(station, settings)


def _connect(station: Station, settings: TargetSettings) -> Target:
    if settings.kind != "folder":
        path = station.root / FILE_NAME
        raise SettingsWrong(path=path, detail=f"targets.{settings.name}.kind = {settings.kind}")
    return FolderTarget(settings.name, Path(settings.location))


def _pinned(station: Station, settings: TargetSettings) -> PublicKey:
    try:
        return PublicKey.from_pem(settings.centre_key)
    except ValueError as error:
        path = station.root / FILE_NAME
        raise KeyUnusable(path=path, detail=f"targets.{settings.name}.centre_key") from error


def send(
    station: Station, actor: Actor, target: str, *, cancel: threading.Event | None = None
) -> Iterator[Step]:
    """Send every sealed package that `target` does not have yet, then collect receipts.

    What fails gives a `Notice` and stays in the outbox with its reason. After `cancel` the
    package under way is finished. Raises NoSuchTarget, KeyUnusable, DiskFull.
    """
    place, key = target_of(station, target)
    work = _outbox(station, target)
    sent: list[int] = []
    pace = Pace(len(work))
    for seal, delivery in work:
        if cancel and cancel.is_set():
            break
        try:
            yield from _send_one(station, actor, place, (seal, delivery), pace)
            sent.append(delivery.id)
        except ArchiverError as error:
            _hold(station, delivery, error)
            yield Notice(error, seal.name)
            if isinstance(error, TargetUnreachable | DiskFull):
                break  # the next package would fare no better
        pace.step()
    receipts, faults = _collect(station, actor, place, key)
    yield from faults
    yield _changed("send", target, sent, receipts)


def collect(station: Station, actor: Actor, target: str) -> Iterator[Step]:
    """Fetch and verify the centre's receipts. Raises NoSuchTarget, KeyUnusable."""
    place, key = target_of(station, target)
    yield Progress(0, 0, _("Looking for receipts"))
    receipts, faults = _collect(station, actor, place, key)
    yield from faults
    yield _changed("collect", target, [], receipts)


def _outbox(station: Station, target: str) -> tuple[tuple[Seal, Delivery], ...]:
    """What has to be sent to `target`; new seals are put into the outbox here."""
    with storage_faults(station.root), station.database.transaction() as connection:
        for seal in deliveries.seals(connection):
            deliveries.enqueue(connection, seal.id, target)
        rows = deliveries.deliveries(connection, target)
    return tuple(row for row in rows if row[1].state in _UNSENT)


def _send_one(
    station: Station, actor: Actor, place: Target, row: tuple[Seal, Delivery], pace: Pace
) -> Iterator[Step]:
    seal, delivery = row
    with storage_faults(station.root):
        with station.database.transaction() as connection:
            deliveries.set_state(connection, delivery.id, DeliveryState.SENDING)
        path = station.sealed / seal.name
        for count in Watched(lambda report: place.send(path, seal.name, seal.sha256, report)):
            told = f"{seal.name} {digits(f'{count / max(seal.size, 1):.0%}')}"
            yield Progress(pace.done, pace.total, told, pace.seconds_left)
        with station.database.transaction() as connection:
            deliveries.set_state(connection, delivery.id, DeliveryState.STORED)
            audit.append(connection, actor, "send", case_id=seal.case_id,
                         package=seal.name, target=delivery.target)  # fmt: skip


def _hold(station: Station, delivery: Delivery, error: ArchiverError) -> None:
    state = DeliveryState.SENDING if error.retry else DeliveryState.HELD
    with storage_faults(station.root), station.database.transaction() as connection:
        deliveries.set_state(connection, delivery.id, state, error=error)


def _collect(
    station: Station, actor: Actor, place: Target, key: PublicKey
) -> tuple[list[Receipt], list[Step]]:
    """Verified answers that are new, and what was wrong with others."""
    receipts: list[Receipt] = []
    faults: list[Step] = []
    rows = deliveries.deliveries(station.database.connection, place.name)
    for seal, delivery in rows:
        if delivery.state is not DeliveryState.STORED:
            continue
        files = deliveries.sealed_files(station.database.connection, seal.id)
        try:
            answer = fetch_receipt(place, key, seal, files)
        except (ReceiptInvalid, TargetUnreachable) as error:
            faults.append(Notice(error, seal.name))
            continue
        if answer is None:
            continue
        receipt, text = answer
        _keep(station, actor, seal, delivery, receipt, text)
        receipts.append(receipt)
        if not receipt.accepted:
            faults.append(Notice(PackageRefused(name=seal.name, detail=receipt.reason), seal.name))
    return receipts, faults


def _keep(
    station: Station, actor: Actor, seal: Seal, delivery: Delivery, receipt: Receipt, text: str
) -> None:
    state = DeliveryState.RECEIPTED if receipt.accepted else DeliveryState.REFUSED
    with storage_faults(station.root), station.database.transaction() as connection:
        deliveries.set_state(connection, delivery.id, state, receipt=text)
        audit.append(connection, actor, "receipt", case_id=seal.case_id, package=seal.name,
                     verdict=state.value, centre_key=receipt.key_id)  # fmt: skip


def _changed(verb: str, target: str, sent: list[int], receipts: list[Receipt]) -> Changed:
    accepted = [receipt.package for receipt in receipts if receipt.accepted]
    refused = [receipt.package for receipt in receipts if not receipt.accepted]
    words = [
        ngettext("{count} package sent", "{count} packages sent", len(sent)).format(
            count=digits(len(sent))
        ),
        ngettext("{count} receipt verified", "{count} receipts verified", len(accepted)).format(
            count=digits(len(accepted))
        ),
    ]
    return Changed(
        verb,
        deliveries=tuple(sent),
        facts={"target": target, "sent": len(sent), "receipts": accepted, "refused": refused},
        sentence=_(", ").join(words) + ".",
    )
