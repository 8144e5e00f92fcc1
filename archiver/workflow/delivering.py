"""Send sealed packages to the information centre and collect its signed receipts."""

import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from typing import Final

from archiver.errors import DeliveryError, PackageRefused
from archiver.i18n import _, digits, ngettext
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Notice, Progress, Step
from archiver.model.delivery import Delivery, DeliveryState, Receipt, Seal
from archiver.store import audit, deliveries
from archiver.store.keys import PublicKey
from archiver.transfer.receipts import fetch_receipt
from archiver.transfer.target import Target
from archiver.workflow.faults import storage_faults
from archiver.workflow.outbox import OutsideHours, SendingPaused, require_open, waiting
from archiver.workflow.reaching import settings_of, target_of
from archiver.workflow.rights import Right, guarded
from archiver.workflow.shipping import ENDS, Shipment
from archiver.workflow.station import Station

_LOOK_EVERY_S: Final = 30.0


@guarded(Right.DELIVER)
def send(
    station: Station,
    actor: Actor,
    target: str,
    *,
    cancel: threading.Event | None = None,
    now: bool = False,
    only: int | None = None,
) -> Iterator[Step]:
    """Send every sealed package that `target` does not have yet, then collect receipts.

    What fails gives a `Notice` and stays in the outbox with its reason; a fault of the target
    itself ends the sending. Nothing new sets off after `cancel`. now: whatever the hours.
    only: the package of this seal and no other.
    Raises NoSuchTarget, KeyUnusable, SendingPaused, OutsideHours, DiskFull.
    """
    settings = settings_of(station, target)
    require_open(station, target, now=now)
    place, key = target_of(station, target)
    with closing(place):
        rows = tuple(
            row
            for row in waiting(station, target)
            if not row[1].paused and only in (None, row[0].id)
        )
        check = partial(require_open, station, target, now=now)
        shipment = Shipment(station, actor, place, settings.encrypt_to, rows, cancel, check)
        stopped = False
        for step in shipment:
            stopped = stopped or _ends(step)
            yield step
    receipts: list[Receipt] = []
    if not stopped:
        place, key = target_of(station, target)
        with closing(place):
            receipts, faults = _collect(station, actor, place, key)
        yield from faults
    yield _changed("send", target, shipment.committed, receipts)


@guarded(Right.DELIVER)
def keep_sending(
    station: Station, actor: Actor, target: str, *, cancel: threading.Event, now: bool = False
) -> Iterator[Step]:
    """`send` again and again until `cancel`: new packages, next tries, hours, pauses.

    Raises NoSuchTarget, KeyUnusable, DiskFull.
    """
    sent: list[int] = []
    while not cancel.is_set():
        try:
            for step in send(station, actor, target, cancel=cancel, now=now):
                if isinstance(step, Changed):
                    sent += step.deliveries
                else:
                    yield step
        except (SendingPaused, OutsideHours) as error:
            yield Progress(0, 0, str(error))
        cancel.wait(_LOOK_EVERY_S)
    yield _changed("send", target, sent, [])


def _ends(step: Step) -> bool:
    return isinstance(step, Notice) and isinstance(step.error, ENDS)


@guarded(Right.DELIVER)
def collect(station: Station, actor: Actor, target: str) -> Iterator[Step]:
    """Fetch and verify the centre's receipts. Raises NoSuchTarget, KeyUnusable."""
    place, key = target_of(station, target)
    with closing(place):
        yield Progress(0, 0, _("Looking for receipts"))
        receipts, faults = _collect(station, actor, place, key)
    yield from faults
    yield _changed("collect", target, [], receipts)


def _collect(
    station: Station, actor: Actor, place: Target, key: PublicKey
) -> tuple[list[Receipt], list[Step]]:
    """Verified answers that are new, and what was wrong with others."""
    receipts: list[Receipt] = []
    faults: list[Step] = []
    rows = deliveries.deliveries(station.database.connection, place.name)
    open_rows = [row for row in rows if row[1].state is DeliveryState.COMMITTED]
    try:
        answered = frozenset(place.receipts()) if open_rows else frozenset()
    except DeliveryError as error:
        return receipts, [Notice(error)]
    for seal, delivery in open_rows:
        if seal.name not in answered:
            continue
        files = deliveries.sealed_files(station.database.connection, seal.id)
        try:
            answer = fetch_receipt(place, key, seal, files, delivery.wire_name)
        except DeliveryError as error:
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
