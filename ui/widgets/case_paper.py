"""The paper beside the form: the page that a value was read on, or that the tree has."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from archiver.i18n import digits
from archiver.model.casefile import Page
from archiver.workflow.queries import page_text
from ui.deck import Handlers
from ui.session import Session
from ui.widgets.page_view import PageView
from ui.widgets.parts import words
from ui.words import document_name, translate


class CasePaper(QWidget):
    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.view, self.page_id = PageView(session.images), 0
        self._caption = words("", 13, tone="ink2")
        title = QHBoxLayout()
        title.setContentsMargins(4, 2, 4, 0)
        title.addWidget(words(translate("Describe", "On the paper"), 14, 600))
        title.addWidget(self._caption, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(title)
        column.addWidget(self.view, 1)

    def handlers(self) -> Handlers:
        return {
            "next_page": lambda: self._turn(1),
            "last_page": lambda: self._turn(-1),
            "boxes": lambda: self.view.show_boxes(not self.view.boxed),
            **self.view.handlers(),
        }

    def page(self, page_id: int) -> Page | None:
        return self._session.view.pages.find(page_id) if self._session.view else None

    def clear(self) -> None:
        self.page_id = 0
        self.view.show_page(None, None)

    def show_page(self, page_id: int, found: tuple[int, ...] = ()) -> None:
        """found: indices of the words to mark."""
        page = self.page(page_id)
        if page is None:
            return
        if page_id != self.page_id:
            self.page_id = page_id
            self.view.show_page(page, page_text(self._session.station, page))
            document = next(d for d in self._session.view.documents if d.id == page.document_id)
            place = translate("Describe", "page %1").replace("%1", digits(page.position))
            self._caption.setText(f"{document_name(document.kind, document.title)} · {place}")
        self.view.mark(found=found)
        if found:
            self.view.reveal(found[0])

    def _turn(self, by: int) -> None:
        pages = self._session.view.pages if self._session.view else None
        if pages and 0 <= (place := pages.place(self.page_id) + by) < len(pages):
            self.show_page(pages[place].id)
