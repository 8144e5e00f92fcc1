"""The information centre's side: look at every package that came, and sign for it.

The look itself is handed in (`archiver.package.verify.verify_bag`, with the stations' keys):
this room moves and signs. See docs/delivery.md.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from archiver.errors import PackageInvalid, StationUnknown
from archiver.i18n import _
from archiver.model.delivery import BagReport
from archiver.store.keys import SigningKey, StatementError, open_statement, sign_statement
from archiver.transfer.folder import FolderTarget
from archiver.transfer.receipts import ACCEPTED, KIND, REFUSED, VERSION, hash_list
from archiver.transfer.target import ENCRYPTED, PACKAGE_NAME, CentreSide


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
    # The package here, opened; until the next outcome is asked for.
    path: Path | None = field(default=None, compare=False)


Opener = Callable[[Path, Path], None]  # encrypted package, where to write it opened


class NotOpened(Exception):
    """What an `Opener` raises for an envelope that is not ours or is damaged; worded."""


@dataclass(frozen=True, slots=True)
class _Desk:
    place: CentreSide
    key: SigningKey
    verify: Callable[[Path], BagReport]
    person: str
    opener: Opener | None
    wanted: Callable[[str], bool]


def receive(
    place: CentreSide | Path,
    centre_key: SigningKey,
    verify: Callable[[Path], BagReport],
    received_by: str,
    opener: Opener | None = None,
    wanted: Callable[[str], bool] = lambda package: True,
) -> Iterator[Outcome]:
    """Answer every package that waits at `place` and has no accepting receipt yet.

    place: a target, or the folder that is one. `verify` re-computes every hash and raises
    PackageInvalid or StationUnknown. opener: opens what is encrypted, and raises NotOpened.
    wanted: whether the caller wants the file of a package that was signed for earlier, too.
    Accepted packages stay, refused ones go to `quarantine`, each with a signed receipt. A package
    of a station whose key is not pinned is held, unanswered: whose key it is, is a question for a
    person. Can be killed at any point and run again. Raises what `CentreSide` raises.
    """
    if isinstance(place, Path):
        place = FolderTarget(str(place), place)
    desk = _Desk(place, centre_key, verify, received_by, opener, wanted)
    for name in place.waiting():
        yield from _answer(desk, name)


def _answer(desk: _Desk, name: str) -> Iterator[Outcome]:
    """One outcome; its `path` lasts as long as the caller does not ask for more."""
    shown = ascii(name)[1:-1]
    if not PACKAGE_NAME.fullmatch(name):
        yield Outcome(shown, Verdict.HELD, _("it is not a package"))
        return
    package = name.removesuffix(ENCRYPTED)
    earlier = _earlier(desk, package)
    if earlier.get("verdict") == ACCEPTED and not desk.wanted(package):
        yield Outcome(package, Verdict.KNOWN)
        return
    try:
        with desk.place.fetched(name) as copy, TemporaryDirectory(prefix="archiver-") as folder:
            yield _judge(desk, name, copy, Path(folder) / package, earlier)
    except OSError as error:
        yield Outcome(shown, Verdict.HELD, error.strerror or str(error))


def _judge(desk: _Desk, name: str, copy: Path, opened: Path, earlier: dict[str, object]) -> Outcome:
    package = opened.name
    known = earlier.get("verdict") == ACCEPTED
    try:
        path = _opened(desk, name, copy, opened)
        if known:
            return Outcome(package, Verdict.KNOWN, path=path)
        report = desk.verify(path)
    except StationUnknown as error:
        return Outcome(package, Verdict.HELD, str(error), str(error.facts["pem"]))
    except PackageInvalid as error:
        return _refuse(desk, name, copy, str(error.facts["detail"]), earlier)
    except NotOpened as error:
        return _refuse(desk, name, copy, str(error), earlier)
    _sign(desk, _accepted(report))
    return Outcome(package, Verdict.ACCEPTED, path=path)


def _opened(desk: _Desk, name: str, copy: Path, opened: Path) -> Path:
    if not name.endswith(ENCRYPTED):
        return copy
    if desk.opener is None:
        raise OSError(_("it is encrypted, and there is no key here to open it"))
    desk.opener(copy, opened)
    return opened


def _earlier(desk: _Desk, package: str) -> dict[str, object]:
    """The facts of an answer of our own that stands already; empty where there is none."""
    content = desk.place.receipt(package)
    try:
        facts = open_statement(content or b"", KIND, desk.key.public)
    except StatementError:
        return {}
    return facts if facts.get("package") == package else {}


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


def _refuse(desk: _Desk, name: str, copy: Path, reason: str, earlier: dict[str, object]) -> Outcome:
    """Answer first, then move: killed in between, the next run ends the same way."""
    with copy.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    package = name.removesuffix(ENCRYPTED)
    facts = {
        "package": package,
        "verdict": REFUSED,
        "reason": reason,
        "size": copy.stat().st_size,
        "sha256": digest,
        "manifest_sha256": "",
        "station_key_id": "",
        "files": [],
    }
    if not facts.items() <= earlier.items():
        _sign(desk, facts)
    desk.place.quarantine(name, f"{digest[:16]}-{name}")
    return Outcome(package, Verdict.REFUSED, reason)


def _sign(desk: _Desk, facts: dict[str, object]) -> None:
    whole = {
        **facts,
        "version": VERSION,
        "received_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "received_by": desk.person,
        "centre_key_id": desk.key.key_id,
    }
    desk.place.answer(str(facts["package"]), sign_statement(desk.key, KIND, whole))
