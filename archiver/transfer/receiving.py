"""The information centre's side: look at every package that came, and sign for it.

The look itself is handed in (`archiver.package.verify.verify_bag`, with the stations' keys):
this room moves and signs. See docs/delivery.md.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from archiver.errors import PackageInvalid, StationUnknown
from archiver.i18n import _
from archiver.model.delivery import BagReport
from archiver.store.durable import write_bytes
from archiver.store.keys import SigningKey, StatementError, open_statement, sign_statement
from archiver.transfer.folder import reached, require_prepared, sync_names
from archiver.transfer.receipts import ACCEPTED, KIND, REFUSED, VERSION, hash_list
from archiver.transfer.target import INCOMING, PACKAGE_NAME, PART, QUARANTINE, RECEIPT, RECEIPTS


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"  # quarantined, with a signed refusal
    KNOWN = "known"  # accepted earlier
    HELD = "held"  # left where it is: a person must look first


@dataclass(frozen=True, slots=True)
class Outcome:
    package: str
    verdict: Verdict
    detail: str = ""  # why it was refused or held, worded
    new_key: str = ""  # PEM of the station's key, where it is held because that is not pinned


@dataclass(frozen=True, slots=True)
class _Desk:
    root: Path
    key: SigningKey
    verify: Callable[[Path], BagReport]
    person: str

    def receipt_path(self, name: str) -> Path:
        return self.root / RECEIPTS / (name + RECEIPT)


def receive(
    root: Path, centre_key: SigningKey, verify: Callable[[Path], BagReport], received_by: str
) -> Iterator[Outcome]:
    """Answer every package in `root`/incoming that has no accepting receipt yet.

    `verify` re-computes every hash and raises PackageInvalid or StationUnknown. Accepted
    packages stay, refused ones go to `root`/quarantine, each with a signed receipt. A package of
    a station whose key is not pinned is held, unanswered: whose key it is, is a question for a
    person. Can be killed at any point and run again. Raises
    TargetUnreachable or DiskFull where `root` fails or is no target.
    """
    desk = _Desk(root, centre_key, verify, received_by)
    with reached(str(root), root):
        require_prepared(str(root), root)
        paths = sorted((root / INCOMING).iterdir())
    for path in paths:
        if not path.name.endswith(PART):
            with reached(str(root), root):
                outcome = _answer(desk, path)
            yield outcome


def _answer(desk: _Desk, path: Path) -> Outcome:
    shown = ascii(path.name)[1:-1]
    if not PACKAGE_NAME.fullmatch(path.name) or path.is_symlink() or not path.is_file():
        return Outcome(shown, Verdict.HELD, _("it is not a package"))
    earlier = _earlier(desk, path.name)
    if earlier.get("verdict") == ACCEPTED:
        return Outcome(shown, Verdict.KNOWN)
    try:
        report = desk.verify(path)
    except StationUnknown as error:
        return Outcome(shown, Verdict.HELD, str(error), str(error.facts["pem"]))
    except PackageInvalid as error:
        return _refuse(desk, path, str(error.facts["detail"]), earlier)
    except OSError as error:
        return Outcome(shown, Verdict.HELD, error.strerror or str(error))
    _sign(desk, _accepted(report))
    return Outcome(shown, Verdict.ACCEPTED)


def _earlier(desk: _Desk, name: str) -> dict[str, object]:
    """The facts of an answer of our own that stands already; empty where there is none."""
    try:
        facts = open_statement(desk.receipt_path(name).read_bytes(), KIND, desk.key.public)
    except (FileNotFoundError, StatementError):
        return {}
    return facts if facts.get("package") == name else {}


def _accepted(report: BagReport) -> dict[str, object]:
    return {
        "package": report.name,
        "verdict": ACCEPTED,
        "reason": "",
        "size": report.size,
        "sha256": report.sha256,
        "manifest_sha256": report.manifest_sha256,
        "station_key_id": report.key_id,
        "files": hash_list(report.files),
    }


def _refuse(desk: _Desk, path: Path, reason: str, earlier: dict[str, object]) -> Outcome:
    """Answer first, then move: killed in between, the next run ends the same way."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    facts = {
        "package": path.name,
        "verdict": REFUSED,
        "reason": reason,
        "size": path.stat().st_size,
        "sha256": digest,
        "manifest_sha256": "",
        "station_key_id": "",
        "files": [],
    }
    if not facts.items() <= earlier.items():
        _sign(desk, facts)
    path.replace(desk.root / QUARANTINE / f"{digest[:16]}-{path.name}")
    sync_names(desk.root / QUARANTINE)
    sync_names(desk.root / INCOMING)
    return Outcome(path.name, Verdict.REFUSED, reason)


def _sign(desk: _Desk, facts: dict[str, object]) -> None:
    whole = {
        **facts,
        "version": VERSION,
        "received_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "received_by": desk.person,
        "centre_key_id": desk.key.key_id,
    }
    path = desk.receipt_path(str(facts["package"]))
    write_bytes(path, sign_statement(desk.key, KIND, whole))
