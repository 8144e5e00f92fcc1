"""The documents of a case file and their pages, to be moved, split and joined by keys."""

from collections import defaultdict

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from archiver.i18n import digits
from archiver.model.casefile import Outline
from archiver.workflow.open_case import OpenCase
from ocr.digits import fold_digits
from ui.acts import KINDS
from ui.fonts import font
from ui.widgets.document_item import DOCUMENT_ROLE, PAGE_ROLE, DocumentItem
from ui.words import translate

NUMBERS_PX = 56


class DocumentTree(QTreeWidget):
    page_chosen = Signal(int)  # page id
    kind_chosen = Signal(str)  # by a digit, for the current document
    page_dropped = Signal(int, int, int)  # page id, document, page id behind it (0: its end)
    document_dropped = Signal(int, int)  # its number, the number it gets

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(2)
        self.setFont(font(13))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(18)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.header().setStretchLastSection(False)
        self.header().setMinimumSectionSize(NUMBERS_PX)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.header().resizeSection(1, NUMBERS_PX)
        self.setAccessibleName(translate("Describe", "Documents of the file"))
        self.itemExpanded.connect(self._fill)
        self.currentItemChanged.connect(self._choose)
        self.setDragDropMode(QTreeWidget.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    def show_case(self, view: OpenCase | None) -> None:
        """The documents anew; what was open and chosen stays so, as far as it is there."""
        opened = {item.number for item in self._documents() if item.isExpanded()}
        page, at = self.current_page, self.current_document
        self.blockSignals(True)
        self.clear()
        pages: defaultdict[int, list[Outline]] = defaultdict(list)  # by document
        for row in view.pages.outline if view else ():
            pages[row.document_id].append(row)
        documents = view.documents if view else ()
        self.addTopLevelItems([DocumentItem(each, pages[each.id]) for each in documents])
        for item in self._documents():
            if item.number in opened:
                self._open(item)
        self._return_to(page, at)
        self.blockSignals(False)

    def _open(self, item: DocumentItem) -> None:
        self._fill(item)
        item.setExpanded(True)

    def _fill(self, item: DocumentItem) -> None:
        """The pages of a document, when somebody looks at them."""
        if item.childCount():
            return
        for page in item.pages:
            child = QTreeWidgetItem(item)
            words = translate("Describe", "page %1").replace("%1", digits(page.position))
            blank = translate("Describe", "blank")
            child.setText(0, f"{words} · {blank}" if page.blank else words)
            child.setData(0, DOCUMENT_ROLE, item.number)
            child.setData(0, PAGE_ROLE, page.id)

    def _documents(self) -> list[DocumentItem]:
        return [self.topLevelItem(n) for n in range(self.topLevelItemCount())]

    @property
    def current_document(self) -> int:
        """The number of the document that the cursor is in, 0 for none."""
        item = self.currentItem()
        return item.data(0, DOCUMENT_ROLE) if item else 0

    @property
    def current_page(self) -> int:
        """The id of the page under the cursor, 0 on a document."""
        item = self.currentItem()
        return item.data(0, PAGE_ROLE) if item else 0

    def go_to_page(self, page_id: int) -> bool:
        for item in self._documents():
            place = next((n for n, page in enumerate(item.pages) if page.id == page_id), -1)
            if place >= 0:
                self._open(item)
                self.setCurrentItem(item.child(place))
                return True
        return False

    def go_to_document(self, number: int) -> None:
        items = self._documents()
        if items:
            self.setCurrentItem(items[max(0, min(number, len(items)) - 1)])

    def _return_to(self, page: int, document: int) -> None:
        if not (page and self.go_to_page(page)):
            self.go_to_document(document or 1)

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if isinstance(item, DocumentItem):
            self.page_chosen.emit(item.pages[0].id)
        elif item:
            self.page_chosen.emit(item.data(0, PAGE_ROLE))

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what was dropped where; the rows move when the archive has it."""
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the view itself takes nothing away
        event.accept()
        onto, moved = self.itemAt(event.position().toPoint()), self.currentItem()
        if onto is None or moved is None or onto is moved:
            return
        below = self.dropIndicatorPosition() is QTreeWidget.DropIndicatorPosition.BelowItem
        self.drop(moved, onto, below=below)

    def drop(self, moved: QTreeWidgetItem, onto: QTreeWidgetItem, *, below: bool) -> None:
        """A page goes to the end of a document or beside a page; a document past another."""
        page, document = moved.data(0, PAGE_ROLE), onto.data(0, DOCUMENT_ROLE)
        if not page:
            self.document_dropped.emit(moved.data(0, DOCUMENT_ROLE), document)
        elif not onto.data(0, PAGE_ROLE):
            self.page_dropped.emit(page, document, 0)
        else:
            beside = self.itemBelow(onto) if below else onto
            before = beside.data(0, PAGE_ROLE) if beside else 0
            self.page_dropped.emit(page, document, before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        kind = KINDS.get(fold_digits(event.text()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if kind and plain:
            self.kind_chosen.emit(kind)
        else:
            super().keyPressEvent(event)
