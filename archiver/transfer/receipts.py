"""Receipts: what the centre signs for, and how a station satisfies itself of it."""

from collections.abc import Iterable, Mapping
from typing import Final

from archiver.errors import ReceiptInvalid
from archiver.i18n import _
from archiver.model.delivery import BagReport, Receipt, Seal
from archiver.store.keys import PublicKey, StatementError, open_statement
from archiver.transfer.target import Target

KIND: Final = "receipt"
VERSION: Final = "receipt/1"
ACCEPTED: Final = "accepted"
REFUSED: Final = "refused"


def hash_list(files: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"path": path, "sha256": files[path]} for path in sorted(files)]


def verify_receipt(
    receipt: bytes | str, centre_key: PublicKey, seal: Seal | BagReport, files: Mapping[str, str]
) -> Receipt:
    """The centre's word on the package `seal`, held to everything the station knows of it.

    centre_key: the key pinned for the target. files: path inside the bag -> SHA-256, as sealed.
    A refusal speaks of the bytes that arrived, which may not be those that were sent: it is
    held to the name only. Raises ReceiptInvalid.
    """
    content = receipt.encode() if isinstance(receipt, str) else receipt
    try:
        facts = open_statement(content, KIND, centre_key)
    except StatementError as error:
        raise ReceiptInvalid(name=seal.name, detail=error) from error
    for label, value in _expected(facts, centre_key, seal, files):
        if facts.get(label) != value:
            detail = _("it speaks of something else ({label})").format(label=label)
            raise ReceiptInvalid(name=seal.name, detail=detail)
    return Receipt(
        package=seal.name,
        accepted=facts["verdict"] == ACCEPTED,
        reason=str(facts.get("reason", "")),
        received_at=str(facts.get("received_at", "")),
        received_by=str(facts.get("received_by", "")),
        key_id=centre_key.key_id,
    )


def _expected(
    facts: Mapping[str, object],
    centre_key: PublicKey,
    seal: Seal | BagReport,
    files: Mapping[str, str],
) -> Iterable[tuple[str, object]]:
    yield "version", VERSION
    yield "package", seal.name
    yield "centre_key_id", centre_key.key_id
    if facts.get("verdict") == REFUSED:
        return
    yield "verdict", ACCEPTED
    yield "size", seal.size
    yield "sha256", seal.sha256
    yield "manifest_sha256", seal.manifest_sha256
    yield "station_key_id", seal.key_id
    yield "files", hash_list(files)


def fetch_receipt(
    target: Target,
    centre_key: PublicKey,
    seal: Seal | BagReport,
    files: Mapping[str, str],
    wire_name: str = "",
) -> tuple[Receipt, str] | None:
    """The verified answer to `seal` and its text; None while the centre has not answered.

    wire_name: under which it was sent, where that is not its own. A refused package leaves
    `incoming`: where it stands there again, an old refusal no longer counts. Raises
    ReceiptInvalid, and what the target raises.
    """
    content = target.receipt(seal.name)
    if content is None:
        return None
    receipt = verify_receipt(content, centre_key, seal, files)
    if not receipt.accepted and target.size(wire_name or seal.name) is not None:
        return None
    return receipt, content.decode()
