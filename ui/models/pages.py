"""The pages of one case file, document by document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from archiver.i18n import digits
from archiver.model.casefile import Document, Page
from ui.models.rows import Rows
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


def page_rows(documents: Sequence[Document], pages: Sequence[Page]) -> Iterator[PageRow]:
    """The pages in their order, each with its document."""
    known = {document.id: document for document in documents}
    before = 0
    for page in sorted(pages, key=lambda page: page.position):
        first, before = page.document_id != before, page.document_id
        yield PageRow(page, known[page.document_id], first, len(pages))


def page_list(parent: QObject | None = None) -> Rows[PageRow]:
    return Rows(lambda row: row.page.id, lambda row: row.caption, parent)
