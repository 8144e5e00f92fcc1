"""`metadata.csv` as Archivematica reads it: one row a file or folder, Dublin Core in its columns.

It moves what is in the bag's `data/` to `objects/`, so that is how the paths begin.
Source: https://www.archivematica.org/en/docs/ (importing metadata).
"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Final

from archiver.model.casefile import Page
from archiver.package.dublin_core import elements
from archiver.package.source import BagSource

_PAGE_TITLE: Final = "{document}، صفحة {number}"


def metadata_csv(source: BagSource, masters: Mapping[int, str]) -> bytes:
    """`masters`: page id -> path inside the bag. A master that two pages show gets both titles."""
    rows = [("objects/representations", elements(source)), *_pages(source, masters)]
    width: dict[str, int] = {}  # an element may be repeated, and its column with it
    for _path, pairs in rows:
        for name, _text in pairs:
            width[name] = max(width.get(name, 0), sum(other == name for other, _ in pairs))
    heads = [name for name, times in width.items() for _ in range(times)]
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["filename", *(f"dc.{name}" for name in heads)])
    for path, pairs in rows:
        table.writerow([path, *_cells(heads, pairs)])
    return out.getvalue().encode()


def _cells(heads: list[str], pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    left = list(pairs)
    for head in heads:
        place = next((i for i, (name, _text) in enumerate(left) if name == head), None)
        yield " ".join(left.pop(place)[1].split()) if place is not None else ""


def _pages(
    source: BagSource, masters: Mapping[int, str]
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    shown: dict[str, list[tuple[str, str]]] = {}
    for document in source.documents:
        for page in source.pages_of(document):
            path = "objects/" + masters[page.id].removeprefix("data/")
            shown.setdefault(path, []).extend(_said(source.document_label(document), page))
    for path in sorted(shown):
        yield path, tuple(shown[path])


def _said(document: str, page: Page) -> Iterator[tuple[str, str]]:
    yield "title", _PAGE_TITLE.format(document=document, number=page.position)
    yield "identifier", page.uid
    if page.language:
        yield "language", page.language
