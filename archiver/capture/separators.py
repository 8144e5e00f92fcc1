"""Whether the picture of a page is a separator: a slip, a patch sheet, or one that nobody can read.

Every separator has two black bands across the sheet besides its two codes. Whoever sees a band, or
a code of ours, and cannot tell what the codes say, says so: nothing is guessed from half a code.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from archiver.capture.slip import Bars, Broken, NotOurs, Slip, of_bars, of_qr
from ocr.imaging import blank, ink

BAND_MM: Final = (180.0, 9.0)  # length, thickness
_LONG_PX: Final = 1754  # A4 at 150 dpi: a module of the bars is 3 px
_LEAST_LONG_PX: Final = 1170  # A4 at 100 dpi: enough for the QR code and the bands
_BAND_LONG_PX: Final = 400
_FORMATS: Final = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128]
)

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A separator that was seen and not understood. why: bands, broken, partial, contradiction."""

    why: str


Seen = Slip | Unreadable | None


def seen(path: Path) -> Seen:
    """What stands in an image file that was made here, such as an access copy.

    Half of a large one is decoded first: where it shows neither band nor code, that was all.
    """
    half = _grey(path, cv2.IMREAD_REDUCED_GRAYSCALE_2)
    if half is None:
        return None
    if max(half.shape) >= _LEAST_LONG_PX and not count_bands(half) and not any(_codes(half)):
        return None
    whole = _grey(path, cv2.IMREAD_GRAYSCALE)
    return None if whole is None else seen_in(whole)


def _grey(path: Path, how: int) -> Grey | None:
    found = cv2.imread(str(path), how | cv2.IMREAD_IGNORE_ORIENTATION)
    return None if found is None else np.asarray(found, np.uint8)


def seen_in(page: Grey) -> Seen:
    """page: (height, width), 0 = ink, 150 dpi or more, in any of the four directions."""
    small = _at_most(page, _LONG_PX)
    slips, bars, broken = _codes(small)
    bands = count_bands(small)
    if not slips and not bars:
        # A foreign code that is damaged looks like one of ours: bands tell the two apart.
        return Unreadable("broken" if broken else "bands") if broken or bands >= 2 else None
    if len(set(slips)) > 1 or len(set(bars)) > 1:
        return Unreadable("contradiction")
    if slips and bars and not bars[0].agree(slips[0]):
        return Unreadable("contradiction")
    if slips:
        return slips[0]
    return bars[0].slip or Unreadable("partial")


def _codes(page: Grey) -> tuple[list[Slip], list[Bars], bool]:
    """The slips and bars of ours, and whether one of ours did not prove itself."""
    slips: list[Slip] = []
    bars: list[Bars] = []
    broken = False
    found = zxingcpp.read_barcodes(page, _FORMATS, try_invert=False, try_downscale=False)
    for code in found:
        try:
            if code.symbology == zxingcpp.BarcodeFormat.QRCode:
                slips.append(of_qr(code.text))
            else:
                bars.append(of_bars(code.text))
        except NotOurs:
            continue
        except Broken:
            broken = True
    return slips, bars, broken


def count_bands(page: Grey) -> int:
    """How many long black bands lie across the page, skewed or not."""
    step = max(1, max(page.shape) // _BAND_LONG_PX)  # bands are thick: any pixel tells
    small = np.ascontiguousarray(page[::step, ::step])
    _level, ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    outlines, _tree = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return sum(_is_band(outline, min(small.shape)) for outline in outlines)


def _is_band(outline: cv2.typing.MatLike, width_px: int) -> bool:
    _centre, sides, _angle = cv2.minAreaRect(outline)
    long, thick = max(sides), min(sides)
    if not 0.6 * width_px <= long <= 1.1 * width_px:
        return False
    likely = BAND_MM[1] / BAND_MM[0]
    full = cv2.contourArea(outline) / max(1.0, long * thick)
    return 0.6 * likely <= thick / long <= 2 * likely and full > 0.8


def _at_most(page: Grey, long_px: int) -> Grey:
    scale = long_px / max(page.shape)
    if scale >= 1:
        return page
    size = (max(1, round(page.shape[1] * scale)), max(1, round(page.shape[0] * scale)))
    return np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8)


def is_blank(path: Path, dpi: int) -> bool:
    """Whether the picture of a page has no mark on it: the back of a slip, most likely."""
    grey = _grey(path, cv2.IMREAD_GRAYSCALE)
    return grey is not None and blank.face(ink.small(grey, dpi)) == "blank"
