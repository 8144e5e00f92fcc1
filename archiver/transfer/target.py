"""What every way of delivery can do, be it a folder, and later an object store or SFTP."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

INCOMING: Final = "incoming"
RECEIPTS: Final = "receipts"
QUARANTINE: Final = "quarantine"
PART: Final = ".part"
RECEIPT: Final = ".receipt.json"
PACKAGE_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}\.zip")

Report = Callable[[int], None]  # bytes of the file that are at the target by now


class Target(Protocol):
    """A place that takes packages and gives receipts; both sides keep to docs/delivery.md.

    Every method raises TargetUnreachable or DiskFull; what was sent before stays.
    """

    @property
    def name(self) -> str: ...

    def send(self, file: Path, name: str, sha256: str, report: Report = ...) -> None:
        """Bring `file` to the target as `name`, whole, or not at all under that name.

        Goes on where an earlier, cut-off sending stopped. Returns at once where the same
        content is already there (its acknowledgement was lost). `sha256`: what `file` must be.
        Raises TargetConflict where `name` holds other content (it is never overwritten) and
        ArchiveDamaged where the local file is no longer what was sealed.
        """

    def size(self, name: str) -> int | None:
        """Bytes of the package `name` waiting at the target; None where it is not there."""

    def sha256(self, name: str) -> str:
        """Hash of the package `name`, computed from the bytes at the target."""

    def receipts(self) -> tuple[str, ...]:
        """Names of the packages the centre has answered."""

    def receipt(self, name: str) -> bytes | None:
        """The centre's newest answer to the package `name`, as it came, not yet verified.

        None before it answered. See `receipts.fetch_receipt`, which judges it.
        """
