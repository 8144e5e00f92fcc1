"""How many pixels the reader gets for a letter."""

from ocr.imaging.arrays import Image, Size, resize, size

LONG_SIDE_INCH = 11.69  # A4: what a page is taken for when its resolution is not believable
SHEET_INCH = (3.0, 24.0)  # long side of anything a court files, receipt to plan


def believable_dpi(page: Image, dpi: int) -> int:
    """The stated resolution, or the one that makes the page an A4 sheet.

    Viewers and converters write 72 or 96 where they know nothing; a page that would then be a
    poster or a stamp is taken for A4.
    """
    long_side = max(size(page))
    if dpi > 0 and SHEET_INCH[0] <= long_side / dpi <= SHEET_INCH[1]:
        return dpi
    return max(50, round(long_side / LONG_SIDE_INCH))


def to_dpi(page: Image, dpi: int, lowest: int, highest: int) -> tuple[Image, float]:
    """The page within lowest..highest dpi, and the factor it was scaled by."""
    factor = min(max(1.0, lowest / dpi), highest / dpi)
    if abs(factor - 1.0) < 0.02:
        return page, 1.0
    before = size(page)
    after = Size(max(1, round(before.width * factor)), max(1, round(before.height * factor)))
    return resize(page, after), factor
