"""Sealed packages and their way to the information centre."""

from dataclasses import dataclass
from enum import StrEnum


class DeliveryState(StrEnum):
    SEALED = "sealed"  # in the outbox, nothing sent
    HASHED = (
        "hashed"  # the bytes to be sent are made (encrypted, or as sealed) and their hash taken
    )
    SENDING = "sending"
    STORED = "stored"  # every byte is at the target, not yet under its name
    COMMITTED = "committed"  # under its name at the target, no receipt yet
    RECEIPTED = "receipted"  # the centre's signed receipt was verified here
    REFUSED = "refused"  # the centre's signed refusal was verified here
    HELD = "held"  # stopped for a reason a person must mend


@dataclass(frozen=True, slots=True)
class Seal:
    id: int
    case_id: int
    version: int  # from 1
    name: str  # file name of the package, ASCII: civil-99001-93-v1-<uid>.zip
    size: int  # bytes
    sha256: str  # of the package file
    manifest_sha256: str  # of manifest-sha256.txt inside, which the signature covers
    signature: str  # base64 Ed25519 by the station's key
    key_id: str  # fingerprint of that key
    sealed_at: str
    sealed_by: str


@dataclass(frozen=True, slots=True)
class BagReport:
    """What a whole look at a package found, every hash computed anew from its bytes."""

    name: str  # file name of the package
    size: int
    sha256: str
    manifest_sha256: str
    files: dict[str, str]  # path inside the bag folder -> SHA-256
    signature: str
    key_id: str
    station_key: str  # the sealing key, PEM
    sealed_at: str
    sealed_by: str
    statement: str  # signature.json, as it stands in the bag


@dataclass(frozen=True, slots=True)
class Receipt:
    """The centre's signed word on one package, verified."""

    package: str
    accepted: bool
    reason: str  # why it was refused, in the centre's words; "" where it was accepted
    received_at: str
    received_by: str
    key_id: str  # of the centre


@dataclass(frozen=True, slots=True)
class Delivery:
    id: int
    seal_id: int
    target: str
    state: DeliveryState
    error_code: str
    error_facts: str  # JSON
    updated_at: str
    receipt: str  # the signed receipt or refusal as it came, JSON text, "" before
    priority: int = 0  # the higher, the sooner
    paused: bool = False
    tries: int = 0  # that failed since anything of it was last acknowledged
    next_try_at: str = ""  # "" at once
    wire_name: str = ""  # file name at the target, "" before it is hashed
    wire_size: int = 0  # bytes
    wire_sha256: str = ""
