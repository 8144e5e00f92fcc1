"""The list below a line that is typed in."""

from PySide6.QtWidgets import QAbstractItemView, QCompleter


def drop_list(completer: QCompleter) -> QAbstractItemView:
    """Its list, with a ground of its own: it is a window, and X11 paints none behind it."""
    found = completer.popup()
    found.setProperty("drop", True)
    return found
