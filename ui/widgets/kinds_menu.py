"""Every kind of document in a menu, for those that have no digit."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from archiver.workflow import vocabulary
from ui.words import document_name


def offer_kinds(beside: QWidget, at: QPoint, choose: Callable[[str], None]) -> QMenu:
    """at: where it opens, in pixels of `beside`. `choose` hears the code."""
    menu = QMenu(beside)
    for code in vocabulary.items("document_kind"):
        action = menu.addAction(document_name(code, ""))
        action.triggered.connect(lambda _=False, code=code: choose(code))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(beside.mapToGlobal(at))
    return menu
