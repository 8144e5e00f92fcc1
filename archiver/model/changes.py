"""What a command tells while it works, and what it changed when it is done.

A command is a generator: `Progress` and `Notice` as it goes, one `Changed` at the end.
"""

from dataclasses import dataclass, field
from pathlib import Path

from archiver.errors import ArchiverError


@dataclass(frozen=True, slots=True)
class Progress:
    done: int
    total: int  # 0 where it is not known yet
    what: str  # already worded, one short sentence
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A package on its way."""

    delivery: int  # its id
    sent: int  # bytes at the target
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Sending(Progress):
    """Progress that also tells of each package on its way."""

    parcels: tuple[Parcel, ...] = ()
    bytes_per_second: float | None = None  # None until there is a pace to speak of
    bytes_left: int = 0  # of all that is to be sent now


@dataclass(frozen=True, slots=True)
class Arrived(Progress):
    """A page from a scanner is on the disk for good and may be shown; it is no row yet."""

    session: str = ""
    number: int = 0  # in the session, from 1
    sheet: int = 0
    face: str = "front"  # or back
    image: Path = Path()  # until `Taken`
    thumbnail: Path = Path()
    width_px: int = 0
    height_px: int = 0
    own_ms: float = 0.0  # from the driver's last row until it was on the disk
    own_cpu_ms: float = 0.0  # of a processor in that time


@dataclass(frozen=True, slots=True)
class Taken(Progress):
    """The page `number` of `session` is in the archive now."""

    session: str = ""
    number: int = 0
    page: int = 0  # its id; 0 where it is no page of a case file but a separator


@dataclass(frozen=True, slots=True)
class Notice:
    """Something was refused or set aside; the rest goes on."""

    error: ArchiverError
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    verb: str
    cases: tuple[int, ...] = ()
    pages: tuple[int, ...] = ()
    deliveries: tuple[int, ...] = ()
    facts: dict[str, object] = field(default_factory=dict)  # JSON-able summary
    sentence: str = ""  # the summary as one worded sentence


Step = Progress | Notice | Changed
