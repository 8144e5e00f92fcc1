"""What a command tells while it works, and what it changed when it is done.

A command is a generator: `Progress` and `Notice` as it goes, one `Changed` at the end.
"""

from dataclasses import dataclass, field

from archiver.errors import ArchiverError


@dataclass(frozen=True, slots=True)
class Progress:
    done: int
    total: int  # 0 where it is not known yet
    what: str  # already worded, one short sentence
    seconds_left: float | None = None


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
