"""What the window remembers of each person: their look, where they were, what was half typed.

A file beside the archive, not in it: it is no record, and whoever only reads has one, too.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from platformdirs import user_state_path
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit

WRITE_AFTER_MS = 400
HALF = "half "  # before the name of a screen
LAST = ""  # whose row holds what belongs to nobody in particular


class Memory(QObject):
    """`path`: where it is kept; None keeps nothing beyond this window."""

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._path = path
        self._rows: dict[str, dict[str, Any]] = _read(path)
        self._timer = QTimer(self, singleShot=True, interval=WRITE_AFTER_MS)
        self._timer.timeout.connect(self.save)

    def row(self, person: str) -> dict[str, Any]:
        return dict(self._rows.get(person, {}))

    def get(self, person: str, name: str, default: Any = "") -> Any:
        found = self._rows.get(person, {}).get(name, default)
        return found if isinstance(found, type(default)) else default

    def put(self, person: str, name: str, value: Any) -> None:
        row = self._rows.setdefault(person, {})
        if row.get(name) != value:
            row[name] = value
            self._timer.start()

    def save(self) -> None:
        """A new file in the place of the old one. What cannot be kept is not worth a fault."""
        self._timer.stop()
        if self._path is None:
            return
        part = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(number, "w", encoding="utf-8") as file:
                json.dump(self._rows, file, ensure_ascii=False)
            part.replace(self._path)
        except OSError:
            return

    def half_typed(self, person: str, screen: str, *what: object) -> None:
        """What stands unfinished on that screen: where, and the words; nothing: all is said."""
        self.put(person, HALF + screen, list(what))

    def keep_line(self, line: QLineEdit, name: str) -> None:
        """Bring back what was half typed there, whoever typed it, and keep what will be."""
        line.setText(self.get(LAST, name))
        line.textChanged.connect(lambda text: self.put(LAST, name, text))


def memory_path(archive: Path) -> Path:
    """The file of that archive, for the person at this machine."""
    name = hashlib.sha256(str(archive.resolve()).encode()).hexdigest()[:16]
    return Path(user_state_path("archiving-station")) / f"{name}.json"


def _read(path: Path | None) -> dict[str, dict[str, Any]]:
    try:
        found = json.loads(path.read_text("utf-8")) if path else {}
    except (OSError, ValueError):
        return {}
    rows = found if isinstance(found, dict) else {}
    return {name: row for name, row in rows.items() if isinstance(row, dict)}
