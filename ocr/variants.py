"""Other ways to show a reader a page that it doubts in grey."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ocr.engine import Layout
from ocr.imaging.arrays import Gray
from ocr.imaging.binary import otsu, sauvola
from ocr.imaging.specks import softened


@dataclass(frozen=True, slots=True)
class Variant:
    """One picture of the page, and how its text is laid out on it. layout None: as before."""

    name: str
    picture: Callable[[Gray, int], Gray]
    layout: Layout | None = None


GREY = Variant("grey", lambda page, dpi: page)
HELPFUL = Variant("Sauvola 0.34", lambda page, dpi: sauvola(page, dpi, 0.34))
"""What helps most pages that are helped at all: print of the other side goes."""

DESPERATE = (
    Variant("despeckled", softened),
    Variant("Otsu", lambda page, dpi: otsu(page)),
    Variant("Sauvola 0.18", lambda page, dpi: sauvola(page, dpi, 0.18)),
    Variant("one column", lambda page, dpi: page, "column"),
    Variant("one block", lambda page, dpi: page, "block"),
)


def others(badly: bool) -> Iterator[Variant]:
    """What else to try, most promising first; all of it only for a page that is read badly."""
    yield HELPFUL
    if badly:
        yield from DESPERATE
