"""What resources/demo/manifest.json says of each file and each face."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

A4_MM: Final = (210, 297)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something put on the printed paper: a stamp, a signature, a note by hand."""

    kind: str  # round_stamp | frame_stamp | signature | handwriting
    x_mm: float  # its centre, from the left edge of the upright sheet
    y_mm: float
    size_mm: float  # its width
    angle_deg: float  # anticlockwise
    ink: str
    lines: tuple[str, ...] = ()
    ring: str = ""  # the words round a round stamp


@dataclass(frozen=True, slots=True)
class Face:
    """One side of one sheet."""

    name: str
    font: str
    size_pt: float  # the largest; a page that would not hold its text is set smaller
    paper: str
    skew_deg: float = 0.0  # clockwise positive
    turn_deg: int = 0  # 180: it was fed upside down
    ink: str = "toner"
    back_of: str = ""  # the face that shines through this blank back
    size_mm: tuple[int, int] = A4_MM
    margin_mm: int = 24
    wear: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class ScanFile:
    """One file as a scanner delivers it."""

    name: str
    kind: str  # code of vocabularies/document_kind
    title: str
    faces: tuple[Face, ...]
    profile: str  # case_file | heritage_item
    language: str = "ara"  # ISO 639-2
    colour: bool = False


@dataclass(frozen=True, slots=True)
class Typeface:
    regular: str  # file names in resources/fonts
    bold: str
    leading: float  # line pitch over letter size


def demo_folder() -> Traversable:
    return files("resources") / "demo"


@cache
def _read() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((demo_folder() / "manifest.json").read_text("utf-8"))
    return found


def typeface(name: str) -> Typeface:
    return Typeface(**_read()["fonts"][name])


def scan_files(bundle: str) -> tuple[ScanFile, ...]:
    """The files of `case` or `heritage`, in the order of the paper."""
    found = _read()[bundle]
    return tuple(_scan_file(entry, found["profile"]) for entry in found["files"])


def _scan_file(entry: dict[str, Any], profile: str) -> ScanFile:
    known = {
        key: entry[key] for key in ("name", "kind", "title", "language", "colour") if key in entry
    }
    return ScanFile(faces=tuple(map(_face, entry["faces"])), profile=profile, **known)


def _face(entry: dict[str, Any]) -> Face:
    lists: dict[str, Any] = {key: tuple(entry[key]) for key in ("wear", "size_mm") if key in entry}
    marks = tuple(map(_mark, entry.get("marks", ())))
    return Face(**{**entry, **lists, "marks": marks})


def _mark(entry: dict[str, Any]) -> Mark:
    return Mark(**{**entry, "lines": tuple(entry.get("lines", ()))})


def faces() -> Iterator[tuple[str, Face]]:
    """Every face of both bundles, with the name of its bundle."""
    for bundle in ("case", "heritage"):
        for file in scan_files(bundle):
            yield from ((bundle, face) for face in file.faces)
