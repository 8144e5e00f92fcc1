"""Where a person was: screen, case file, page and what was half typed, kept against a crash."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from ui.acts import CASES, DESCRIBE, TEXT
from ui.memory import HALF
from ui.screens.screen import Screen

SHOWN_MS = 150

if TYPE_CHECKING:
    from ui.widgets.import_form import ImportForm
    from ui.window import Window


class Place(QObject):
    """A window that closes in order forgets the screen, and keeps what was half typed."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self.person = ""  # whose place it is; nobody's before they are where they were
        self._session.case_shown.connect(self._case)

    def watch(self, screen: Screen) -> None:
        """A screen that has just been built, if it has anything worth keeping."""
        if screen.name == TEXT:
            screen.strip.page_selected.connect(lambda page: self._put("page", page))
        elif screen.name == CASES:
            form = screen.form
            for line in (form.number, form.title):
                line.textChanged.connect(lambda _: self._half(form))
            form.submitted.connect(self._sent)
            form.dismissed.connect(self._sent)

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

    def _half(self, form: "ImportForm") -> None:
        if form.isVisible():
            files = [str(path) for path in form.files]
            self._put("import", [form.number.text(), form.title.text(), *files])

    def _sent(self, *_: object) -> None:
        self._put("import", [])

    def restore(self) -> bool:
        """After a crash: the screen, case file and page; in any case what was half typed.

        Whether there was anything.
        """
        screen, case, page = self._get("screen", ""), self._get("case", 0), self._get("page", 0)
        half = self._get("import", [])
        typed = {name: self._get(HALF + name, []) for name in (TEXT, DESCRIBE)}
        self.person = self._session.actor.person
        self._case()
        known = {row.case.id for row in self._session.cases}
        if screen and case in known:
            self._session.show_case(case)
            if page:
                self._window.screens[TEXT].strip.go(page)
        if screen:
            self._window.open(screen)
            if typed.get(screen):  # the page and the focus are there once the window is
                room, what = self._window.screens[screen], typed[screen]
                QTimer.singleShot(SHOWN_MS, room, lambda: room.go_on(*what))
        if len(half) > 1 and any(half[:2]):
            cases = self._window.screens[CASES]
            cases.start_import(tuple(map(Path, half[2:])))
            cases.form.number.setText(half[0])
            cases.form.title.setText(half[1])
        return bool(screen or half)

    def leave(self) -> None:
        self._put("screen", "")
        self._session.memory.save()
