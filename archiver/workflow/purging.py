"""Masters leave the station only after the centre has proved that it has them.

What goes: the masters of the case file that nothing else needs, and its packages. What stays:
the access copies, thumbnails, words and index, so that search and screens go on; the seal, its
signed statement, the receipt and the log.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from archiver.errors import (
    ArchiverError,
    NoReceipt,
    NoSuchTarget,
    ReceiptInvalid,
    StorageFailed,
    WrongState,
)
from archiver.i18n import _, digits, ngettext
from archiver.jobs.pace import Pace
from archiver.model.actor import Actor
from archiver.model.casefile import CaseState
from archiver.model.changes import Changed, Progress, Step
from archiver.model.delivery import Delivery, DeliveryState, Receipt, Seal
from archiver.settings import FILE_NAME
from archiver.store import audit, deliveries, purges
from archiver.store.durable import sync_folder
from archiver.store.keys import PublicKey
from archiver.transfer.receipts import verify_receipt
from archiver.workflow.faults import storage_faults
from archiver.workflow.queries import CaseView, case_view
from archiver.workflow.rights import Right, allowed
from archiver.workflow.station import Station
from archiver.workflow.vocabulary import state_word


@dataclass(frozen=True, slots=True)
class _Proof:
    """The centre's word that it has the newest package of a case file."""

    seal: Seal
    target: str
    receipt: Receipt


def purge(station: Station, actor: Actor, case_id: int, *, dry_run: bool = False) -> Iterator[Step]:
    """Remove the local masters and packages of a case file that the centre has signed for.

    The receipt is verified again now, against the pinned key and every hash that was sealed, and
    every access copy is hashed. The removal is on record before the first byte goes, so that a
    kill leaves nothing unexplained; doing it again removes what was left.
    Raises NotAllowed, WrongState, NoReceipt, ReceiptInvalid, StorageFailed.
    """
    person = allowed(station, actor, Right.PURGE)
    view = case_view(station, case_id)
    if view.case.state is CaseState.SEALED and not view.seals:  # taken in from a station
        raise NoReceipt(case=view.case.reference)
    if view.case.state is not CaseState.SEALED:
        needed = state_word(CaseState.SEALED)
        state = state_word(view.case.state)
        raise WrongState(case=view.case.reference, state=state, needed=needed)
    proof = _proof(station, view)
    keys = purges.masters_only_of(station.database.connection, case_id)
    yield from _check_access_copies(station, view)
    sizes = [_size(station, key) for key in keys]
    if not dry_run:
        with storage_faults(station.root):
            _record(station, person, view, proof, keys)
            for done, key in enumerate(keys, 1):
                station.blobs.remove(key)
                yield Progress(done, len(keys), _("Removing masters"))
            _remove_packages(station, view)
    count, freed = len(keys), sum(sizes)
    words = ngettext("{count} master of {case}", "{count} masters of {case}", count)
    told = words.format(count=digits(count), case=digits(view.case.reference))
    room = _("{count} MB").format(count=digits(f"{freed / 1e6:.1f}"))
    sentence = _("{masters} would be removed ({room}).") if dry_run else _(
        "{masters} were removed ({room}); search goes on with the access copy.")  # fmt: skip
    yield Changed(
        "purge",
        cases=(case_id,),
        pages=tuple(page.id for page in view.pages),
        facts={
            "case": view.case.reference, "package": proof.seal.name, "target": proof.target,
            "receipt_by": proof.receipt.received_by, "receipt_at": proof.receipt.received_at,
            "masters": count, "bytes": freed, "dry_run": dry_run,
        },
        sentence=sentence.format(masters=told, room=room),
    )  # fmt: skip


def _proof(station: Station, view: CaseView) -> _Proof:
    """A receipt for the newest seal that holds today. Raises NoReceipt, ReceiptInvalid."""
    newest = view.seals[-1]
    signed = [
        delivery
        for delivery in view.deliveries
        if delivery.seal_id == newest.id and delivery.state is DeliveryState.RECEIPTED
    ]
    faults: list[ArchiverError] = []
    for delivery in signed:
        try:
            return _verified(station, newest, delivery)
        except (ReceiptInvalid, NoSuchTarget) as error:
            faults.append(error)
    raise faults[0] if faults else NoReceipt(case=view.case.reference)


def _verified(station: Station, seal: Seal, delivery: Delivery) -> _Proof:
    settings = station.settings.targets.get(delivery.target)
    if settings is None:
        raise NoSuchTarget(target=delivery.target)
    try:
        key = PublicKey.from_pem(settings.centre_key)
    except ValueError as error:
        detail = f"{FILE_NAME}: targets.{settings.name}.centre_key"
        raise ReceiptInvalid(name=seal.name, detail=detail) from error
    files = deliveries.sealed_files(station.database.connection, seal.id)
    receipt = verify_receipt(delivery.receipt, key, seal, files)
    if not receipt.accepted:
        raise ReceiptInvalid(name=seal.name, detail=receipt.reason)
    return _Proof(seal, delivery.target, receipt)


def _check_access_copies(station: Station, view: CaseView) -> Iterator[Step]:
    """What search and screens will live on afterwards must be whole. Raises StorageFailed."""
    pace = Pace(len(view.pages))
    for page in view.pages:
        for key in filter(None, (page.access, page.thumbnail, page.alto)):
            if not station.blobs.is_sound(key):
                detail = _("the access copy of page {number} is damaged").format(
                    number=digits(page.position)
                )
                raise StorageFailed(path=station.blobs.path(key), detail=detail)
        pace.step()
        yield Progress(pace.done, pace.total, _("Looking at the access copies"), pace.seconds_left)


def _size(station: Station, key: str) -> int:
    try:
        return station.blobs.size(key)
    except FileNotFoundError:  # an earlier purge was cut off after it was recorded
        return 0


def _record(
    station: Station, actor: Actor, view: CaseView, proof: _Proof, keys: tuple[str, ...]
) -> None:
    with station.database.transaction() as connection:
        already = purges.purged_blobs(connection)
        for seal in view.seals:
            purges.note_purged(connection, seal.id, (), actor.person)
        purges.note_purged(connection, proof.seal.id, keys, actor.person)
        audit.append(
            connection, actor, "purge", case_id=view.case.id, package=proof.seal.name,
            target=proof.target, centre_key=proof.receipt.key_id,
            received_at=proof.receipt.received_at, received_by=proof.receipt.received_by,
            masters=[key for key in keys if key not in already],
        )  # fmt: skip


def _remove_packages(station: Station, view: CaseView) -> None:
    for seal in view.seals:
        (station.sealed / seal.name).unlink(missing_ok=True)
    sync_folder(station.sealed)
