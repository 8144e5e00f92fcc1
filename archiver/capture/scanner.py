"""What every driver of scanners offers, and the images that come out of it.

Drivers run in a process of their own (`scanner_process`): they crash, hang and lie.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from archiver.model.scanning import Capabilities, Device, ScanSettings


@dataclass(frozen=True, slots=True)
class Scanned:
    """One face of a sheet, as the scanner gave it.

    data: rows of pixels without padding, 1 or 3 bytes each (0 is black, RGB); or, with
    `encoded`, the scanner's own JPEG. rows_promised: 0 where the driver does not say.
    """

    data: bytes | bytearray
    width_px: int
    height_px: int
    channels: int  # 1 or 3
    dpi: int
    encoded: bool = False
    bilevel: bool = False  # all bytes are 0 or 255
    rows_promised: int = 0


class OpenScanner(Protocol):
    """Raises a `ScannerProblem` of `archiver.errors` for each named condition."""

    def capabilities(self) -> Capabilities: ...

    def images(self, settings: ScanSettings) -> Iterator[Scanned]:
        """Until the feeder is empty, at once the first; from a flatbed one image.

        Raises NoPaper only where not one image came.
        """
        ...

    def close(self) -> None: ...


class Driver(Protocol):
    def devices(self) -> list[Device]: ...

    def open(self, name: str) -> OpenScanner:
        """The scanner that `devices` names so. Raises NoScanner, ScannerBusy."""
        ...
