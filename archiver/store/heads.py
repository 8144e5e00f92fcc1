"""The signed head of the audit log: who cuts off its end has to explain where it went.

A chain of hashes shows a change in its middle, never that its tail is missing. So its head is
signed with the station's key when a writer leaves the archive, and signed into every package,
which the centre then holds. Whoever has the station's key could sign a shorter log; the heads
in the packages that have left are out of that person's reach.
"""

from pathlib import Path
from typing import Final

from archiver.store.audit import NO_EVENTS, Head, now
from archiver.store.durable import write_bytes
from archiver.store.keys import PublicKey, SigningKey, open_statement, sign_statement

FILE_NAME: Final = "audit.head.json"
STATION_KEY: Final = "station.key"  # in the folder `keys`
KIND: Final = "audit"
VERSION: Final = "audit/1"


def sign_head(root: Path, key: SigningKey, head: Head) -> None:
    """Write `head` beside the log, unless that is what stands there. Raises OSError."""
    path = root / FILE_NAME
    facts = {"version": VERSION, "seq": head.seq, "hash": head.hash, "key_id": key.key_id}
    if head != NO_EVENTS and not _says(path, facts):
        write_bytes(path, sign_statement(key, KIND, {**facts, "signed_at": now()}))


def _says(path: Path, facts: dict[str, object]) -> bool:
    text = path.read_bytes() if path.exists() else b""
    return f'"hash":"{facts["hash"]}"'.encode() in text


def signed_head(root: Path, key: PublicKey) -> Head | None:
    """The head that `key` signed; None where there is no file.

    Raises StatementError where it is not what was signed, OSError.
    """
    path = root / FILE_NAME
    if not path.exists():
        return None
    return head_of(open_statement(path.read_bytes(), KIND, key))


def head_of(facts: dict[str, object]) -> Head:
    """From the facts of a statement; an empty log where they are not as they should be."""
    seq, digest = facts.get("seq"), facts.get("hash")
    if isinstance(seq, int) and isinstance(digest, str):
        return Head(seq, digest)
    return NO_EVENTS
