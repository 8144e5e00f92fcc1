"""The fictional case and the heritage papers, drawn so that they look scanned."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from archiver.demo.encode import write
from archiver.demo.layout import print_ink, set_text
from archiver.demo.lettering import Ink, need_raqm, px
from archiver.demo.manifest import Face, faces, scan_files
from archiver.demo.marks import mark_ink, waver
from archiver.demo.paper import INKS, Picture, lay_ink, punch_holes, sheet, spread, uint8
from archiver.demo.script import source
from archiver.demo.wear import LID, fold, fold_corner, scan, skew, staple, tear_edge, uneven_light


@dataclass(frozen=True, slots=True)
class DemoFile:
    """A file that was written, and what a person would say of it when importing it."""

    path: Path
    kind: str  # code of vocabularies/document_kind
    title: str
    language: str  # ISO 639-2
    profile: str  # case_file | heritage_item
    faces: tuple[str, ...]  # its pages in order; `truth` knows what is printed on each


def render_case(folder: Path) -> Iterator[DemoFile]:
    """Write the files of appeal 99001/93 into `folder`, one after the other.

    13 faces and a blank back at 300 dpi. Seeded: the same bytes every time on one machine.
    Raises ToolMissing where Arabic cannot be shaped, OSError where the folder cannot be written.
    """
    return _render("case", folder)


def render_heritage(folder: Path) -> Iterator[DemoFile]:
    """Write the two heritage papers into `folder`; otherwise as `render_case`."""
    return _render("heritage", folder)


def _render(bundle: str, folder: Path) -> Iterator[DemoFile]:
    need_raqm()
    folder.mkdir(parents=True, exist_ok=True)
    for file in scan_files(bundle):
        path = folder / file.name
        write(path, [draw_face(face, file.colour) for face in file.faces])
        names = tuple(face.name for face in file.faces)
        yield DemoFile(path, file.kind, file.title, file.language, file.profile, names)


def draw_face(face: Face, colour: bool) -> Picture:
    """One face as the scanner saw it: uint8, (height, width, 3) RGB or (height, width) grey."""
    rng = np.random.default_rng(zlib.crc32(face.name.encode()))
    page = sheet(rng, face.paper, (px(face.size_mm[1]), px(face.size_mm[0])), face.wear, colour)
    if face.back_of:
        _shine_through(page, face.back_of)
    else:
        _write_on(rng, page, face)
    _age(rng, page, face.wear)
    page = skew(page, face.skew_deg)
    if "uneven_light" in face.wear:
        page = uneven_light(page)
    return scan(rng, page, face.turn_deg)


def _printed(rng: np.random.Generator, face: Face) -> Ink:
    ink = print_ink(face, set_text(face, source(face.name)))
    return spread(rng, waver(rng, ink, 5) if "by_hand" in face.wear else ink)


def _write_on(rng: np.random.Generator, page: Picture, face: Face) -> None:
    if "ruled" in face.wear:
        _rule_lines(page, face)
    lay_ink(page, _printed(rng, face), INKS[face.ink])
    for mark in face.marks:
        ink = mark_ink(rng, mark)
        x, y = px(mark.x_mm) - ink.shape[1] // 2, px(mark.y_mm) - ink.shape[0] // 2
        lay_ink(page, ink, INKS[mark.ink], x, y)


def _shine_through(page: Picture, front: str) -> None:
    """The other side, mirrored and faint, as thin paper shows it."""
    face = next(face for _, face in faces() if face.name == front)
    ink = np.fliplr(_printed(np.random.default_rng(0), face))
    small = cv2.resize(ink, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    faint = cv2.resize(cv2.GaussianBlur(small, (0, 0), 1.2), ink.shape[::-1])
    lay_ink(page, uint8(np.multiply(faint, 0.11)), (120, 112, 112))


def _rule_lines(page: Picture, face: Face) -> None:
    galley = set_text(face, source(face.name))
    red_line = page.shape[1] - galley.left // 2 - px(6)
    lines: Ink = np.zeros(page.shape[:2], np.uint8)
    for row in range(40):
        y = round(galley.top + galley.pitch() * (row + 0.77))
        lines[y : y + 3] = 110
    lay_ink(page, lines, (112, 128, 150))
    margin: Ink = np.zeros(page.shape[:2], np.uint8)
    margin[:, red_line : red_line + 4] = 150
    lay_ink(page, margin, (176, 84, 74))


def _age(rng: np.random.Generator, page: Picture, wear: tuple[str, ...]) -> None:
    if "fold" in wear:
        fold(page, 0.5)
    if "holes" in wear:
        punch_holes(page, LID)
    if "staple" in wear:
        staple(page)
    if "folded_corner" in wear:
        fold_corner(page)
    if "torn_edge" in wear:
        tear_edge(rng, page)
