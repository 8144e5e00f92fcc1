"""Scanners, what they can, and what is asked of them. Plain values: they travel as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal

Option = str | int | float | bool
Face = Literal["front", "back"]

PAPER_MM: Final = MappingProxyType(
    {
        "a3": (297.0, 420.0),
        "a4": (210.0, 297.0),
        "a5": (148.0, 210.0),
        "folio": (210.0, 330.0),
        "legal": (215.9, 355.6),
        "letter": (215.9, 279.4),
    }
)
LARGEST: Final = "largest"  # all that the scanner sees


class Source(StrEnum):
    FLATBED = "flatbed"
    FEEDER = "feeder"
    DUPLEX = "duplex"  # a feeder that sees both faces of a sheet


class Mode(StrEnum):
    COLOUR = "colour"
    GREY = "grey"
    LINEART = "lineart"


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """options: the driver's own, by the names it has for them, set after all others."""

    source: Source = Source.FEEDER
    dpi: int = 300
    mode: Mode = Mode.COLOUR
    paper: str = "a4"  # a key of PAPER_MM, or LARGEST
    options: Mapping[str, Option] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Device:
    name: str  # with its driver before it: sane:…, escl:http://…
    vendor: str
    model: str
    kind: str  # what the driver calls it


@dataclass(frozen=True, slots=True)
class Capabilities:
    sources: tuple[Source, ...]
    modes: tuple[Mode, ...]
    dpis: tuple[int, ...]  # all, or the least and the most where any between will do
    any_dpi: bool
    width_mm: float  # of the largest page; 0 where the driver does not tell
    height_mm: float
    options: tuple[str, ...]  # names of the driver's own


def face_of(number: int, source: Source) -> tuple[int, Face]:
    """Sheet (from 1) and face of image `number` (from 1) of a feed."""
    if source is not Source.DUPLEX:
        return number, "front"
    return (number + 1) // 2, "front" if number % 2 else "back"
