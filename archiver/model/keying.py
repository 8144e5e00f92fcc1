"""Readings of what must not be wrong, by people who do not see each other's."""

from dataclasses import dataclass, field
from enum import StrEnum


class Look(StrEnum):
    BLIND = "blind"
    SETTLE = "settle"  # the third look, which decides


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """One thing to read: a part of a field, at a place (from 1) among the field's values."""

    field: str
    part: str  # the field's own id where it has no parts
    position: int = 1


Values = dict[Item, str]


@dataclass(frozen=True, slots=True)
class Keying:
    id: int
    case_id: int
    at: str  # ISO 8601, UTC
    person: str
    look: Look
    values: Values


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader found on the paper."""

    reader: str  # a person, or MACHINE
    values: Values
    at: str


MACHINE = "machine"


class ItemState(StrEnum):
    WAITING = "waiting"  # fewer than two readings
    AGREED = "agreed"
    DIFFERS = "differs"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class ItemStatus:
    item: Item
    state: ItemState
    value: str  # what counts where it is agreed or settled, else ""
    readings: tuple[tuple[str, str], ...]  # (reader, value or "" where it was not there)


@dataclass(frozen=True, slots=True)
class LookAt:
    """Where on the paper the numbers stand; what was read there is not told.

    box: left, top, width, height in pixels of the upright page; None: the whole page.
    """

    page_id: int
    position: int
    box: tuple[int, int, int, int] | None


@dataclass(frozen=True, slots=True)
class BlindSheet:
    """All that the second keyer sees: no reading of anybody, no proposal, not even the title."""

    case_id: int
    handle: str  # names the case file without its number
    fields: tuple[str, ...]  # ids of the fields to key
    look_at: tuple[LookAt, ...] = field(default=())
