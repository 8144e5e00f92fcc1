"""Where a person was: screen, case file, page and a half-filled import, kept against a crash."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from ui.acts import CASES, TEXT

if TYPE_CHECKING:
    from ui.window import Window


class Place(QObject):
    """A window that closes in order forgets the screen, and keeps what was half typed."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._form = window.screens[CASES].form
        self.person = ""  # whose place it is; nobody's before they are where they were
        self._session.case_shown.connect(self._case)
        window.screens[TEXT].strip.page_selected.connect(lambda page: self._put("page", page))
        for line in (self._form.number, self._form.title):
            line.textChanged.connect(self._half)
        self._form.submitted.connect(self._sent)
        self._form.dismissed.connect(self._sent)

    def _put(self, name: str, value: object) -> None:
        if self.person == self._session.actor.person:
            self._session.memory.put(self.person, name, value)

    def _get(self, name: str, default: Any) -> Any:
        return self._session.memory.get(self._session.actor.person, name, default)

    def screen(self, name: str) -> None:
        self._put("screen", name)

    def _case(self) -> None:
        if self._session.view:
            self._put("case", self._session.view.case.id)

    def _half(self) -> None:
        if self._form.isVisible():
            files = [str(path) for path in self._form.files]
            self._put("import", [self._form.number.text(), self._form.title.text(), *files])

    def _sent(self, *_: object) -> None:
        self._put("import", [])

    def restore(self) -> bool:
        """After a crash: the screen, case file and page; in any case what was half typed.

        Whether there was anything.
        """
        screen, case, page = self._get("screen", ""), self._get("case", 0), self._get("page", 0)
        half = self._get("import", [])
        self.person = self._session.actor.person
        self._case()
        known = {row.case.id for row in self._session.cases}
        if screen and case in known:
            self._session.show_case(case)
            self._window.screens[TEXT].strip.go(page)
        if screen:
            self._window.open(screen)
        if len(half) > 1 and any(half[:2]):
            self._window.screens[CASES].start_import(tuple(map(Path, half[2:])))
            self._form.number.setText(half[0])
            self._form.title.setText(half[1])
        return bool(screen or half)

    def leave(self) -> None:
        self._put("screen", "")
        self._session.memory.save()
