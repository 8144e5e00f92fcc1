"""What a person does with the documents in the tree: keys, drops, the menu of kinds."""

from PySide6.QtCore import QObject

from archiver.model.casefile import CaseState
from archiver.workflow import arrangement as change
from archiver.workflow.rights import Right
from ui.deck import Handlers
from ui.descriptions import Descriptions
from ui.session import Session
from ui.widgets.document_tree import DocumentTree
from ui.widgets.kinds_menu import offer_kinds


class DocumentActs(QObject):
    """Each is an act of the arrangement, worked out on the command thread."""

    def __init__(self, session: Session, tree: DocumentTree, descriptions: Descriptions) -> None:
        super().__init__(tree)
        self._session, self._descriptions, self.tree = session, descriptions, tree
        tree.kind_chosen.connect(self._set_kind)
        tree.page_dropped.connect(self._drop_page)
        tree.document_dropped.connect(self._drop_document)

    def handlers(self) -> Handlers:
        return {
            "split": self._split,
            "join": self._join,
            "kind": self._choose_kind,
            "earlier": lambda: self._move(-1),
            "later": lambda: self._move(1),
        }

    @property
    def _may(self) -> bool:
        view = self._session.view
        free = view is not None and view.case.state is not CaseState.SEALED
        return free and self._session.may(Right.DESCRIBE)

    def _arrange(self, act: str, made: change.Arrangement) -> None:
        if self._session.view:
            self._descriptions.arrange(self._session.view.case.id, act, made)

    def _split(self) -> None:
        place = self.place_of(self.tree.current_page)
        if place:
            self._arrange("split", lambda now: change.split(now, place))

    def _join(self) -> None:
        document = self.tree.current_document
        if document:
            self._arrange("merge", lambda now: change.merge(now, document))

    def _move(self, by: int) -> None:
        """A page into the document before or behind its own, a document past its neighbour."""
        document, place = self.tree.current_document, self.place_of(self.tree.current_page)
        view = self._session.view
        if not document or view is None or not self.tree.hasFocus():
            return
        if not 1 <= document + by <= len(view.documents):
            return
        if not place:
            self._arrange("place", lambda now: change.place(now, document, document + by))
        elif by < 0:
            self._arrange("move", lambda now: change.move(now, place, place, to=document - 1))
        else:
            other = next(d for d in view.documents if d.position == document + 1)
            first = next(p.position for p in view.pages.outline if p.document_id == other.id)
            self._arrange("move", lambda now: change.move(now, place, place, before=first))

    def _drop_page(self, page_id: int, document: int, before_id: int) -> None:
        place, before = self.place_of(page_id), self.place_of(before_id)
        if not (self._may and place) or before == place:
            return
        if before:
            self._arrange("move", lambda now: change.move(now, place, place, before=before))
        else:
            self._arrange("move", lambda now: change.move(now, place, place, to=document))

    def _drop_document(self, document: int, at: int) -> None:
        if self._may and document != at:
            self._arrange("place", lambda now: change.place(now, document, at))

    def place_of(self, page_id: int) -> int:
        """The number of a page in its case file, 0 where it is none."""
        return self._session.view.pages.place(page_id) + 1 if self._session.view else 0

    def _set_kind(self, kind: str) -> None:
        document = self.tree.current_document
        if document and self._may:
            self._arrange("describe", lambda now: change.describe(now, document, kind=kind))

    def _choose_kind(self) -> None:
        """K: all kinds, in a menu beside the tree."""
        item = self.tree.currentItem()
        corner = self.tree.visualItemRect(item).bottomLeft() if item else self.tree.rect().topLeft()
        offer_kinds(self.tree.viewport(), corner, self._set_kind)
