"""What the rest of the library asks of a reader."""

from dataclasses import dataclass
from typing import Literal, Protocol

from ocr.imaging.arrays import Gray
from ocr.imaging.orientation import Turn
from ocr.page import PageText

Layout = Literal["page", "column", "block", "line", "raw line"]
"""How text lies on a picture: columns to be found, one column, one block, one line; a raw line
is read as it is, without looking for its words first."""


@dataclass(frozen=True, slots=True)
class Orientation:
    """How a page must be turned clockwise to be upright, and how sure the reader is (0 and up)."""

    turn_deg: Turn
    confidence: float


class Engine(Protocol):
    """A reader of prepared pages. Built in the process that uses it, from picklable settings."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def check(self) -> None:
        """Raises EngineMissing where the reader or its model is not there or not suitable."""

    def recognise(self, image: Gray, dpi: int, language: str, layout: Layout = "page") -> PageText:
        """The text of `image` in pixels of `image`; language is ISO 639-2.

        Raises EngineMissing, EngineFailed, EngineTimeout.
        """

    def orientation(self, image: Gray, dpi: int) -> Orientation | None:
        """Which way up `image` is; None where there is too little text to tell.

        Raises EngineTimeout; a reader that cannot tell is no failure.
        """
