"""The pages of one case file, document by document."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from archiver.i18n import digits
from archiver.model.casefile import Document, Page
from archiver.workflow.open_case import CasePages, OpenCase
from ui.models.rows import MadeRows, Rows
from ui.words import document_name, translate


@dataclass(frozen=True, slots=True)
class PageRow:
    page: Page
    document: Document
    first: bool  # of its document
    count: int  # pages of the case file

    @property
    def name(self) -> str:
        return document_name(self.document.kind, self.document.title)

    @property
    def caption(self) -> str:
        """`Minutes · page 11 of 13`."""
        words = translate("Pages", "page %1 of %2")
        place = words.replace("%1", str(self.page.position)).replace("%2", str(self.count))
        return f"{self.name} · {digits(place)}"


class PageRows(MadeRows[PageRow]):
    """The pages of a case file in their order, each with its document."""

    def __init__(self, documents: Sequence[Document], pages: CasePages) -> None:
        self._documents = {document.id: document for document in documents}
        self.pages, self.outline = pages, pages.outline
        self._ends: list[int] = []  # of each document: the row behind its last page

    def __len__(self) -> int:
        return len(self.outline)

    def __getitem__(self, place: int) -> PageRow:
        place = range(len(self))[place]
        document, (first, _last) = self.document_of(place), self.span(place)
        return PageRow(self.pages[place], document, place == first, len(self))

    def document_of(self, place: int) -> Document:
        return self._documents[self.outline[place].document_id]

    def span(self, place: int) -> tuple[int, int]:
        """First and last row of the document that the page in this row belongs to."""
        if not self._ends:
            ids = [row.document_id for row in self.outline]
            last = [n for n in range(1, len(ids)) if ids[n] != ids[n - 1]]
            self._ends = [*last, len(ids)]
        number = bisect_right(self._ends, place)
        return self._ends[number - 1] if number else 0, self._ends[number] - 1

    @property
    def identities(self) -> list[int]:
        return [row.id for row in self.outline]

    @property
    def looks(self) -> list[Any]:
        names = {each.id: (each.kind, each.title) for each in self._documents.values()}
        return [(row, names[row.document_id]) for row in self.outline]


def page_rows(view: OpenCase | None) -> Sequence[PageRow]:
    return PageRows(view.documents, view.pages) if view else ()


def page_list(parent: QObject | None = None) -> Rows[PageRow]:
    return Rows(lambda row: row.page.id, lambda row: row.caption, parent)
