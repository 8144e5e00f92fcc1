"""What every way of delivery can do: a folder, an SFTP server, an object store."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol

INCOMING: Final = "incoming"
RECEIPTS: Final = "receipts"
QUARANTINE: Final = "quarantine"
PART: Final = ".part"
RECEIPT: Final = ".receipt.json"
ENCRYPTED: Final = ".age"
PACKAGE_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}\.zip(\.age)?")

Report = Callable[[int], None]  # bytes of the file that are at the target by now


class Target(Protocol):
    """A place that takes packages and gives receipts; both sides keep to docs/delivery.md.

    Every method raises TargetUnreachable where trying again may help, and DiskFull, TargetFull,
    TargetRefusesKey, TargetNotTrusted, TargetReadOnly, TargetGone or ClockWrong where a person
    has to mend something first; what was sent before stays. May be used by several threads.
    """

    @property
    def name(self) -> str: ...

    @property
    def abreast(self) -> int:
        """How many packages are best sent at once."""

    def send(
        self, file: Path, name: str, sha256: str, report: Report = ..., *, fresh: bool = False
    ) -> None:
        """Bring `file` to the target as `name`, whole, or not at all under that name.

        Goes on where an earlier, cut-off sending stopped. Returns at once where the same
        content is already there (its acknowledgement was lost). `sha256`: what `file` is; the
        caller has just looked. `fresh`: it never set off before, so the target is not asked for it
        first; wrongly said, that costs bytes and nothing else. Raises TargetConflict where `name`
        holds other content (it is never overwritten), and ArchiveDamaged where the file changes
        meanwhile.
        """

    def size(self, name: str) -> int | None:
        """Bytes of the package `name` waiting at the target; None where it is not there."""

    def receipts(self) -> tuple[str, ...]:
        """Names of the packages the centre has answered."""

    def receipt(self, name: str) -> bytes | None:
        """The centre's newest answer to the package `name`, as it came, not yet verified.

        None before it answered. See `receipts.fetch_receipt`, which judges it.
        """

    def stop(self) -> None:
        """Break off what is being sent, soon: each `send` under way raises SendingStopped."""

    def close(self) -> None: ...


class CentreSide(Protocol):
    """The same place as the information centre uses it; raises what `Target` raises."""

    @property
    def name(self) -> str: ...

    def waiting(self) -> tuple[str, ...]:
        """Everything that lies in `incoming` under its final name, sorted."""

    def fetched(self, name: str) -> AbstractContextManager[Path]:
        """A local file with the bytes of `name`, as long as the block lasts."""

    def receipt(self, name: str) -> bytes | None: ...

    def answer(self, name: str, content: bytes) -> None:
        """Put the receipt of the package `name` in its place, whole and durable."""

    def quarantine(self, name: str, as_name: str) -> None:
        """Take `name` out of `incoming`, never to be delivered, and keep it as `as_name`."""

    def close(self) -> None: ...


class SendingStopped(Exception):
    """We were asked to stop; what is at the target by now stays there."""
