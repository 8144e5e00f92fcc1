"""Plain text: a line of paper is a line, a page ends with a form feed, digits as printed."""

from collections.abc import Iterable, Iterator

from ocr.page import PageText


def write(pages: Iterable[PageText]) -> Iterator[str]:
    """The file piece by piece, a page at a time; in logical order, without direction marks."""
    for text in pages:
        yield "".join(f"{line.text}\n" for line in text.lines) + "\f"
