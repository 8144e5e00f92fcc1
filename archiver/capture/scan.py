"""Whether a PDF page is one scanned image and nothing else, read from its content stream.

Everything that is not understood here makes the page an ordinary one, which is rasterised:
a wrong "no" costs time, a wrong "yes" would lose what stands on the paper.
Source of the operators and the graphics state: ISO 32000-1, 8.4 to 8.10, 9.3.6.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Any, Final

import pikepdf
from pikepdf import Dictionary, Name, Page, Stream

from archiver.capture.plane import (
    IDENTITY,
    Box,
    Matrix,
    box_of,
    is_upright,
    matrix_of,
    meet,
    rectangle,
    spans,
    times,
    transformed,
)

_DEEPEST_FORM: Final = 5
_LEAST_COVER: Final = 0.9  # of the page's width and height, by the image
_FULL_COVER: Final = 0.995
_LEAST_SHOWN: Final = 0.97  # of the image's width and height, by the page and the clip


_GRAPHICS: Final = ("w", "J", "j", "M", "d", "ri", "i")
_COLOUR: Final = ("CS", "cs", "SC", "SCN", "sc", "scn", "G", "g", "RG", "rg", "K", "k")
_TEXT: Final = ("BT", "ET", "Tc", "Tw", "Tz", "TL", "Ts", "Td", "TD", "Tm", "T*")
_MARKED: Final = ("MP", "DP", "BMC", "EMC", "BX", "EX")
_NO_MARK: Final = frozenset([*_GRAPHICS, *_COLOUR, *_TEXT, *_MARKED])
_PATH: Final = frozenset(["m", "l", "c", "v", "y", "h"])
_PAINT: Final = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh"])
_CLIP: Final = frozenset(["W", "W*"])
_SHOW_TEXT: Final = frozenset(["Tj", "TJ", "'", '"'])
_INVISIBLE: Final = 3  # text rendering mode
_STILL_LINKS: Final = frozenset(["/Link", "/Popup"])  # annotations that draw nothing
# What reading an object of the wrong shape raises.
MALFORMED: Final = (
    *(pikepdf.PdfError, AttributeError, TypeError, ValueError),
    *(LookupError, ArithmeticError),
)


class NotOneScan(Exception):
    """The page shows more, or other, than one image."""


@dataclass(frozen=True, slots=True)
class Scan:
    image: Stream  # the image XObject
    dpi: float
    turn_deg: int  # clockwise, as viewers show it


@dataclass(frozen=True, slots=True)
class _State:
    matrix: Matrix
    clip: Box
    invisible_text: bool = False


def scan_of(page: Page) -> Scan:
    """The one image that this page shows. Raises NotOneScan."""
    if any(str(note.get("/Subtype")) not in _STILL_LINKS for note in page.get("/Annots", [])):
        raise NotOneScan
    walk = _Walk(shown_box(page))
    resources = page.get("/Resources", Dictionary())
    _Reader(walk, resources, _State(IDENTITY, walk.page), 0).read(page)
    if walk.image is None:
        raise NotOneScan
    return _placed(walk.image, walk.matrix, page)


def shown_box(page: Page) -> Box:
    crop, media = box_of(page.cropbox), box_of(page.mediabox)
    return meet(crop, media)


class _Walk:
    """One page's marks, read through its content stream and the forms it draws."""

    def __init__(self, page: Box) -> None:
        self.page = page
        self.image: Stream | None = None
        self.matrix: Matrix = IDENTITY
        self._marked = False  # something visible was painted before the image

    def mark(self) -> None:
        if self.image is not None:
            raise NotOneScan
        self._marked = True

    def place(self, image: Any, state: _State) -> None:
        if image.get("/Subtype") != Name.Image or self.image is not None:
            raise NotOneScan
        drawn = transformed((0, 0, 1, 1), state.matrix)
        shown = meet(meet(drawn, state.clip), self.page)
        least = _FULL_COVER if self._marked else _LEAST_COVER
        if not (spans(shown, self.page, least) and spans(shown, drawn, _LEAST_SHOWN)):
            raise NotOneScan
        self.image, self.matrix = image, state.matrix


class _Reader:
    """Reads one content stream, of the page or of a form, operator by operator."""

    def __init__(self, walk: _Walk, resources: Any, state: _State, depth: int) -> None:
        self._walk, self._resources, self._state, self._depth = walk, resources, state, depth
        self._stack: list[_State] = []
        self._path: list[Box | None] = []  # None for anything but a rectangle
        self._clipping = False
        self._steps: dict[str, Callable[[Sequence[Any]], None]] = {
            "q": lambda _: self._stack.append(self._state),
            "Q": self._restore,
            "cm": self._concatenate,
            "re": lambda o: self._path.append(rectangle(o, self._state.matrix)),
            "n": self._end_path,
            "Tr": self._text_mode,
            "Tf": lambda o: _check_font(self._named("/Font", o[0])),
            "gs": lambda o: _check_graphics(self._named("/ExtGState", o[0])),
            "BDC": _check_content,
            "Do": self._draw,
            **dict.fromkeys(_NO_MARK, lambda _: None),
            **dict.fromkeys(_PATH, lambda _: self._path.append(None)),
            **dict.fromkeys(_PAINT, self._paint),
            **dict.fromkeys(_CLIP, self._clip),
            **dict.fromkeys(_SHOW_TEXT, self._show_text),
        }

    def read(self, content: Any) -> None:
        for instruction in pikepdf.parse_content_stream(content):
            step = self._steps.get(str(instruction.operator))
            if step is None:
                raise NotOneScan
            step(list(instruction.operands))

    def _named(self, kind: str, name: Any) -> Any:
        return self._resources.get(kind, {}).get(str(name))

    def _restore(self, _: Sequence[Any]) -> None:
        self._state = self._stack.pop() if self._stack else self._state

    def _concatenate(self, operands: Sequence[Any]) -> None:
        matrix = times(matrix_of(operands), self._state.matrix)
        self._state = replace(self._state, matrix=matrix)

    def _clip(self, _: Sequence[Any]) -> None:
        self._clipping = True

    def _paint(self, operands: Sequence[Any]) -> None:
        self._walk.mark()
        self._end_path(operands)

    def _end_path(self, _: Sequence[Any]) -> None:
        if self._clipping:
            if len(self._path) != 1 or self._path[0] is None:
                raise NotOneScan
            self._state = replace(self._state, clip=meet(self._state.clip, self._path[0]))
        self._path, self._clipping = [], False

    def _text_mode(self, operands: Sequence[Any]) -> None:
        self._state = replace(self._state, invisible_text=int(operands[0]) == _INVISIBLE)

    def _show_text(self, _: Sequence[Any]) -> None:
        if not self._state.invisible_text:
            self._walk.mark()

    def _draw(self, operands: Sequence[Any]) -> None:
        drawn = self._named("/XObject", operands[0])
        if drawn is None or "/OC" in drawn or self._depth > _DEEPEST_FORM:
            raise NotOneScan
        if drawn.get("/Subtype") != Name.Form:
            self._walk.place(drawn, self._state)
            return
        matrix = times(matrix_of(drawn.get("/Matrix", IDENTITY)), self._state.matrix)
        if not is_upright(matrix):
            raise NotOneScan
        clip = meet(self._state.clip, transformed(box_of(drawn.BBox), matrix))
        state = replace(self._state, matrix=matrix, clip=clip)
        resources = drawn.get("/Resources", self._resources)
        _Reader(self._walk, resources, state, self._depth + 1).read(drawn)


def _placed(image: Stream, matrix: Matrix, page: Page) -> Scan:
    a, b, c, d, _, _ = matrix
    if a * d - b * c <= 0 or not is_upright(matrix):
        raise NotOneScan  # mirrored, or turned by a few degrees
    along_x = abs(a) > abs(b)
    drawn_deg = (0 if a > 0 else 180) if along_x else (90 if b < 0 else 270)
    inches = hypot(a, b) * float(page.get("/UserUnit", 1)) / 72
    turn_deg = (drawn_deg + int(page.get("/Rotate", 0))) % 360
    return Scan(image, int(image.Width) / inches, turn_deg)


def _check_content(operands: Sequence[Any]) -> None:
    if str(operands[0]) == "/OC":  # a layer that may be switched off
        raise NotOneScan


def _check_font(font: Any) -> None:
    if (
        font is not None and font.get("/Subtype") == Name.Type3
    ):  # its glyphs are drawn whatever the text mode says
        raise NotOneScan


def _check_graphics(state: Any) -> None:
    if state is None:
        raise NotOneScan
    plain = (
        str(state.get("/SMask", "/None")) == "/None"
        and float(state.get("/ca", 1)) == 1
        and float(state.get("/CA", 1)) == 1
        and str(state.get("/BM", "/Normal")) in ("/Normal", "/Compatible")
        and not {"/Font", "/TR"} & set(state.keys())
        and str(state.get("/TR2", "/Default")) == "/Default"
    )
    if not plain:
        raise NotOneScan
