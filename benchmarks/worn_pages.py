"""Pages of the demonstration drawn clean, then worn one way at a time; their text is known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from archiver.demo.lettering import px
from archiver.demo.manifest import Face, Mark, faces
from archiver.demo.marks import mark_ink
from archiver.demo.paper import INKS, lay_ink
from archiver.demo.render import draw_face
from archiver.demo.script import truth
from ocr.imaging.arrays import Gray, Image, uint8

DPI: Final = 300
TEXTS: Final = ("10_prosecution_memo", "12_judgment_1", "11_minutes")
TABLE: Final = "08_exhibit_list"
_STAMP: Final = Mark(
    "round_stamp", 0, 0, 46, 12, "blue", ("صورة طبق الأصل",), "قلم كتاب محكمة النقض"
)


@dataclass(frozen=True, slots=True)
class WornPage:
    """wear: which of `WEARS`. image: as a scanner delivers it, at `DPI`."""

    wear: str
    name: str
    image: Image
    text: str


Wear = Callable[[Image], Image]


def worn_pages(texts: tuple[str, ...] = TEXTS) -> Iterator[WornPage]:
    """Each text in each wear, and the ruled table; seeded: the same every time."""
    for name in texts:
        clean = drawn(name, colour=True)
        for wear, worn in WEARS.items():
            yield WornPage(wear, name, worn(clean.copy()), truth(name))
    yield WornPage("ruled table", TABLE, drawn(TABLE, colour=False), truth(TABLE))


def drawn(name: str, *, colour: bool) -> Image:
    """The face as printed, without what people and time put on it."""
    return draw_face(replace(_face(name), wear=(), marks=(), skew_deg=0.0, turn_deg=0), colour)


def _face(name: str) -> Face:
    return next(face for _, face in faces() if face.name == name)


def _skewed(page: Image, clockwise_deg: float) -> Image:
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -clockwise_deg, 1)
    return uint8(cv2.warpAffine(page, turn, (width, height), borderValue=(238, 238, 238)))


def _badly_lit(page: Image) -> Image:
    """A photograph at a desk: a quarter of the light in one corner, the shadow of a hand."""
    grey = _grey(page).astype(np.float32)
    height, width = grey.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    fall = 1 - 0.78 * (0.7 * x / width + 0.5 * y / height - 0.1).clip(0, 1)
    shadow = np.exp(-((x - 0.25 * width) ** 2 + (y - 0.7 * height) ** 2) / (0.03 * width**2))
    return _grainy((0.75 * grey + 40) * fall * (1 - 0.4 * shadow), 3)


def _bled_through(page: Image) -> Image:
    """The print of the other side, mirrored, soft and half as dark as this one's."""
    other = _grey(drawn("03_appeal_statement_2", colour=False))[:, ::-1]
    soft = cv2.GaussianBlur(np.ascontiguousarray(other), (0, 0), 2.5).astype(np.float32)
    back = 1 - 0.45 * (255 - soft) / 255
    return _grainy(_grey(page).astype(np.float32) * back, 3)


def _stamped(page: Image, ink: str) -> Image:
    """Three round stamps over the text."""
    rng = np.random.default_rng(7)
    for x_mm, y_mm in ((60, 90), (140, 150), (80, 215)):
        stamp = mark_ink(rng, replace(_STAMP, ink=ink))
        half = stamp.shape[0] // 2
        lay_ink(page, stamp, INKS[ink], px(x_mm) - half, px(y_mm) - half)
    return page


def _faint(page: Image) -> Image:
    """A dying ribbon on grey paper."""
    return _grainy(150 + _grey(page).astype(np.float32) / 255 * 50, 6)


def _speckled(page: Image) -> Image:
    """A photocopy of a photocopy: black or white, peppered, strokes nibbled."""
    rng = np.random.default_rng(3)
    grey = cv2.GaussianBlur(_grey(page), (0, 0), 1.2).astype(np.float32)
    copied = uint8(np.where(grey + rng.normal(0, 20, grey.shape) < 140, 20, 250))
    for x, y, size in rng.integers(
        (0, 0, 0), (page.shape[1], page.shape[0], 3), (6000, 3)
    ).tolist():
        cv2.circle(copied, (x, y), size, (20,), -1)
    return copied


def _coarse(page: Image) -> Image:
    """Scanned at 100 dpi, sold as 300."""
    small = cv2.resize(_grey(page), None, fx=1 / 3, fy=1 / 3, interpolation=cv2.INTER_AREA)
    large = cv2.resize(small, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_LINEAR)
    return _grainy(large.astype(np.float32), 2)


def _grey(page: Image) -> Gray:
    return page if page.ndim == 2 else uint8(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY))


def _grainy(page: NDArray[np.floating], spread: float) -> Gray:
    rng = np.random.default_rng(1)
    grain = rng.standard_normal(page.shape, dtype=np.float32) * np.float32(spread)
    return uint8((page + grain).clip(0, 255))


WEARS: Final[dict[str, Wear]] = {
    "clean": lambda page: page,
    "skew +3": lambda page: _skewed(page, 3.0),
    "skew -3": lambda page: _skewed(page, -3.0),
    "uneven light": _badly_lit,
    "bleed-through": _bled_through,
    "blue stamps": lambda page: _stamped(page, "blue"),
    "red stamps": lambda page: _stamped(page, "red"),
    "faint": _faint,
    "speckled": _speckled,
    "coarse": _coarse,
}
