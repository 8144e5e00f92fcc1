"""Inside the child: one file in, its pages out, each with its master, access copy and thumbnail."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from archiver.capture import pdf, single, tiff
from archiver.capture.copies import write_copies
from archiver.capture.formats import JP2, JPEG, PDF, PNG, TIFF
from archiver.capture.page_image import Bounds, Sheet
from archiver.errors import ArchiverError


@dataclass(frozen=True, slots=True)
class Request:
    """What the child is asked: plain values only, they travel as JSON."""

    folder: str  # the child's own; nothing outside it is read or written
    source: str  # the file, a name in it
    media_type: str
    seconds: int
    pages: int
    megapixels: int
    file_megabytes: int
    memory_megabytes: int


_OPENERS: Final[dict[str, Callable[[str, Bounds], Iterator[Sheet]]]] = {
    JPEG: single.jpeg,
    PNG: single.png,
    JP2: single.jp2,
    TIFF: tiff.pages,
    PDF: pdf.pages,
}


def sheets(request: Request) -> Iterator[dict[str, Any]]:
    """One answer for each page, in order. Raises the errors of `archiver.errors`.

    The copies of a page are made while the next page is decoded: Pillow lets go of the
    interpreter in both. So two pages are held at once.
    """
    bounds = Bounds(request.pages, request.megapixels, request.seconds)
    opened = enumerate(_OPENERS[request.media_type](request.source, bounds), 1)
    before: tuple[int, Sheet, Future[tuple[str, str]]] | None = None
    with ThreadPoolExecutor(1) as copier:
        try:
            for number, sheet in opened:
                copies = copier.submit(write_copies, sheet.image, number)
                if before is not None:
                    yield _answer(*before)
                before = number, sheet, copies
        except ArchiverError:
            if before is not None:  # the pages before a damaged one are answered, too
                yield _answer(*before)
            raise
        if before is not None:
            yield _answer(*before)


def _answer(number: int, sheet: Sheet, copies: Future[tuple[str, str]]) -> dict[str, Any]:
    access, thumbnail = copies.result()
    return {
        "master": sheet.master,
        "media_type": sheet.media_type,
        "access": access,
        "thumbnail": thumbnail,
        "width_px": sheet.width_px,
        "height_px": sheet.height_px,
        "dpi": sheet.dpi,
        "turn_deg": sheet.turn_deg,
        "source_page": number,
        "pages": sheet.pages,
    }
