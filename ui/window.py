"""The window: rail, menu and status, head and screen, key strip. It only assembles."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenuBar,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from archiver import app as station_app
from archiver.errors import ArchiverError, ScannerProblem
from archiver.i18n import digits, language
from archiver.model.actor import Actor
from archiver.model.changes import Notice
from archiver.workflow.rights import Right, signs_in
from ui.acts import (
    CAPTURE,
    CASES,
    DELIVERY,
    DESCRIBE,
    KEYING,
    PAGES,
    SAMPLE,
    SEARCH,
    SETTINGS,
    TEXT,
    TODAY,
    menus,
)
from ui.deck import Deck, both_layouts
from ui.idle import Idle
from ui.look import Look, keep_look, look_of
from ui.place import Place
from ui.roles import screens_of
from ui.rooms import Rooms
from ui.screens.screen import Screen
from ui.session import Session
from ui.sheet import sheet
from ui.steps import UNSENT, is_sealed, next_verb
from ui.tabs import tabs
from ui.theme import DARK, LIGHT, Tokens, palette, tokens
from ui.widgets.bars import NoticeBar, WorkBar
from ui.widgets.key_map import KeyMap
from ui.widgets.keys import KeyStrip
from ui.widgets.name_form import NameForm
from ui.widgets.rail import Rail
from ui.widgets.screen_stack import ScreenStack
from ui.widgets.sign_in import SignInSheet
from ui.widgets.status import StatusLine
from ui.words import translate

_RIGHTS: Final = {
    "process": Right.READ,
    "check": Right.CHECK,
    "seal": Right.SEAL,
    "send": Right.DELIVER,
    "collect": Right.DELIVER,
}


class Window(QMainWindow):
    again = Signal(object)  # Look: make the window anew, in this language and size

    def __init__(self, session: Session, *, signed_in: bool = False) -> None:
        super().__init__()
        self.session = session
        session.setParent(self)
        session.refresh()
        self.deck = Deck(self)
        institution = session.station.settings.station.institution
        self.rail = Rail(tabs(), institution, session.actor.person)
        self.notices, self.work = NoticeBar(), WorkBar(session.bridge)
        self.naming = NameForm(translate("Window", "Name of the person who goes on:"))
        self._held: QWidget | None = None  # had the keyboard before somebody was named
        self.screens = Rooms(self._build)
        self.sign_in = SignInSheet(session, self)
        self.idle = Idle(session.station.settings.window.lock_minutes, self)
        self.place = Place(self)
        self._assemble()
        self._connect()
        self.setWindowTitle(translate("Window", "Archiving station"))
        self._person_changed()
        self._judge()
        if signs_in(session.station) and not signed_in:
            self.lock()
        else:
            self._begin()

    def _assemble(self) -> None:
        self._stack = ScreenStack()
        top = QHBoxLayout()
        top.setContentsMargins(14, 2, 14, 0)
        top.addWidget(self._menu(), 1)
        top.addWidget(StatusLine(self.session))
        inner = QVBoxLayout()
        inner.setContentsMargins(14, 0, 14, 10)
        inner.setSpacing(8)
        for part in (self.notices, self.work, self.naming):
            inner.addWidget(part)
        area = QScrollArea()  # a screen that needs more room than a small window has is scrolled
        area.setWidget(self._stack)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        inner.addWidget(area, 1)
        file = QVBoxLayout()
        file.setSpacing(0)
        file.addLayout(top)
        file.addLayout(inner, 1)
        file.addWidget(KeyStrip(self.deck))
        self.whole = whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.rail)
        line.addLayout(file, 1)
        self.setCentralWidget(whole)
        screens = [(tab.keys, tab.words) for tab in tabs()]
        self.key_map = KeyMap(self.deck, screens, whole)

    def _menu(self) -> QMenuBar:
        bar = QMenuBar()
        # Its size hint is its present width: without this the window could only grow.
        bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        made = [bar.addMenu(title) for title in menus()]
        self.tab_actions: dict[str, QAction] = {}
        for act in self.deck.acts():
            made[act.menu].addAction(self.deck.actions[act.name])
        view = made[4]
        view.addSeparator()
        for tab in tabs():
            action = view.addAction(tab.words)
            action.setShortcuts(both_layouts(tab.keys.replace(" ", "+")))
            action.triggered.connect(lambda _=False, name=tab.name: self.open(name))
            self.addAction(action)
            self.tab_actions[tab.name] = action
        return bar

    def _connect(self) -> None:
        session, bridge = self.session, self.session.bridge
        self.rail.chosen.connect(self.open)
        session.told.connect(self.notices.refused)
        session.past.connect(self.notices.withdraw)
        session.person_changed.connect(self._person_changed)
        self.sign_in.signed_in.connect(self._signed_in)
        self.naming.named.connect(self._hand_to)
        self.naming.left.connect(self._take_back_focus)
        self.idle.elapsed.connect(self._rest)
        session.case_shown.connect(self._judge)
        session.cases_listed.connect(self._judge)
        session.page_asked.connect(self._open_page)
        bridge.started.connect(self._started)
        bridge.failed.connect(self._refused)
        bridge.notice.connect(self._noticed)
        bridge.changed.connect(self.notices.done)
        keying = {"key_blind": lambda: self.open(KEYING)}
        self.deck.answer(TODAY, {"import": self._import, **keying})
        self.deck.answer(DESCRIBE, keying)
        steps = {name: self._in_cases(name) for name in ("next_step", "accept", "reject")}
        for screen in (CAPTURE, PAGES):
            self.deck.answer(screen, {"next_step": steps["next_step"]})
        for screen in (TEXT, DESCRIBE):
            self.deck.answer(screen, steps)
        self.deck.answer(
            "",
            {
                "find": lambda: self.open(SEARCH),
                "next_pane": self.next_pane,
                "full_screen": lambda: self.setWindowState(
                    self.windowState() ^ Qt.WindowState.WindowFullScreen
                ),
                "dark": self._turn_light,
                "hand_over": self.hand_over,
                "quit": self.close,
                "key_map": self.key_map.open,
            },
        )

    def _build(self, kind: type[Screen]) -> Screen:
        screen = kind(self.session, self.deck)
        self._stack.addWidget(screen)
        self.place.watch(screen)
        if screen.name == TODAY:
            screen.job_opened.connect(self._open_job)
        elif screen.name == CASES:
            screen.rejecting_asked.connect(lambda: self.open(CASES))
            screen.delivery_asked.connect(lambda: self.open(DELIVERY))
        elif screen.name == SETTINGS:
            screen.look_chosen.connect(self._look_chosen)
        return screen

    def _in_cases(self, act: str) -> Callable[[], None]:
        """What that screen does, from wherever it is asked for."""

        def do() -> None:
            self.screens[CASES].handlers()[act]()

        return do

    def _open_page(self, page_id: int, found: tuple[int, ...]) -> None:
        self.screens[TEXT].open_page(page_id, found)
        self.open(TEXT)

    def open(self, name: str) -> None:
        """Show a screen: its tab, its keys, its first pane."""
        if name not in self.seen or self.locked:
            return
        self._stack.setCurrentWidget(self.screens[name])
        self.place.screen(name)
        self.rail.show_screen(DESCRIBE if name == KEYING else name)  # a mode of that work
        self.deck.enter(name)
        self.screens[name].arrive()

    def _open_job(self, screen: str, wanted: int) -> None:
        """wanted: the case file, or the lot; 0 where there is neither or it is not shown."""
        if screen == SAMPLE:
            self.screens[SAMPLE].show_lot(wanted)
        elif wanted:
            self.session.show_case(wanted)
        self.open(screen)

    def _import(self) -> None:
        self.open(CASES)
        self.screens[CASES].start_import()

    @property
    def screen_name(self) -> str:
        shown = self._stack.currentWidget()
        return shown.name if shown else ""

    def _judge(self) -> None:
        """Which acts make sense for the case file on the screen."""
        row, may = self.session.summary, self.session.writable and not self.session.bridge.busy
        verb = next_verb(row) if row else ""
        unsealed = row is not None and not is_sealed(row)
        can = self.session.may
        checks = can(Right.CHECK)
        self.deck.allow(
            next_step=bool(verb) and self._may_next(verb, may and can(_RIGHTS[verb])),
            process=may and can(Right.READ) and row is not None and row.read < row.pages,
            accept=may and checks and unsealed and row.read == row.pages > 0,
            reject=may and checks and unsealed and row.pages > 0,
            seal=may and can(Right.SEAL) and verb == "seal",
            hand_over=self.session.station.lock is not None,
            key_blind=KEYING in self.seen,
            **dict.fromkeys(("import", "measure_card"), may and can(Right.TAKE_IN)),
        )
        waiting = sum(row.delivery in UNSENT for row in self.session.cases if is_sealed(row))
        self.rail.buttons[DELIVERY].set_badge(digits(waiting) if waiting else "")

    def _may_next(self, verb: str, may: bool) -> bool:
        return DELIVERY in self.seen if verb in ("send", "collect") else may

    def _refused(self, error: ArchiverError) -> None:
        if not self._stands_on_the_card(error):
            self.notices.refused(error)

    def _noticed(self, notice: Notice) -> None:
        if not self._stands_on_the_card(notice.error):
            self.notices.set_aside(notice)

    def _stands_on_the_card(self, error: ArchiverError) -> bool:
        """A condition of the scanner is said once, on its card, while that is looked at."""
        return self.screen_name == CAPTURE and isinstance(error, ScannerProblem)

    def _started(self) -> None:
        self.notices.clear()
        self._judge()

    @property
    def locked(self) -> bool:
        return not self.whole.isEnabled()

    def lock(self) -> None:
        """Cover everything until somebody signs in; what runs goes on behind it."""
        self.whole.setEnabled(False)
        self.deck.enter("")
        for action in self.tab_actions.values():
            action.setEnabled(False)
        self.sign_in.open(self.session.actor.person)

    def _signed_in(self, actor: Actor) -> None:
        self.whole.setEnabled(True)
        if actor.person == self.place.person:
            self.session.hand_to(actor)
            self.open(self.screen_name if self.screen_name in self.seen else self.seen[0])
            return
        for screen in self.screens.values():
            screen.empty()
        self.session.hand_to(actor)
        self._begin()
        self._dress_for(actor.person)

    def _begin(self) -> None:
        """Where this person was when the window died, else with what comes next."""
        if not self.place.restore() or self.screen_name not in self.seen:
            self.open(self.seen[0])

    def _person_changed(self) -> None:
        self.seen = screens_of(self.session.roles)
        self.rail.set_person(self.session.actor.person)
        self.rail.show_tabs(self.seen)
        for name, action in self.tab_actions.items():
            action.setEnabled(name in self.seen)
        self.session.refresh()

    def _rest(self) -> None:
        if not self.locked and signs_in(self.session.station):
            self.lock()

    def hand_over(self) -> None:
        """Another person goes on at this station: what they do carries their name.

        Asked in the window itself: a dialog gets the keyboard when the desktop gives it, and
        what is typed until then is lost.
        """
        if signs_in(self.session.station):
            self.lock()
            return
        self._held = QApplication.focusWidget()
        self.naming.start("")

    def _hand_to(self, name: str) -> None:
        self.session.hand_to(station_app.actor(self.session.station, name))
        self._take_back_focus()

    def _take_back_focus(self) -> None:
        (self._held or self.screens[self.screen_name]).setFocus()

    def next_pane(self) -> None:
        panes = self.screens[self.screen_name].panes()
        here = next((n for n, pane in enumerate(panes) if pane.hasFocus()), -1)
        panes[(here + 1) % len(panes)].setFocus()

    def light(self, of: Tokens) -> None:
        dress(of)

    def _turn_light(self) -> None:
        look = self._look_of(self.session.actor.person)
        turned = "light" if tokens(self.palette()).dark else "dark"
        keep_look(self.session.memory, self.session.actor.person, replace(look, light=turned))
        self.light(LIGHT if turned == "light" else DARK)

    def _look_of(self, person: str) -> Look:
        return look_of(self.session.memory, person, Look(language()))

    def _dress_for(self, person: str) -> None:
        """Another person may read another language."""
        look = self._look_of(person)
        self.light(look.tokens)
        if look.language != language():
            self.again.emit(look)

    def _look_chosen(self, look: Look, before: Look) -> None:
        self.light(look.tokens)
        if replace(look, light=before.light) != before and not self.session.bridge.busy:
            self.again.emit(look)

    def refuse(self, error: ArchiverError) -> None:
        """Say something as soon as the window stands."""
        QTimer.singleShot(0, self, lambda: self.notices.refused(error))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.deck.watch()
        self.idle.watch(self.windowHandle())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sign_in.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.session.bridge.busy:
            # What is begun is finished first; the work bar says so, and then the window closes.
            event.ignore()
            self.session.bridge.finished.connect(self.close)
            self.session.bridge.cancel()
            return
        for screen in self.screens.values():
            screen.leave()
        self.place.leave()
        self.sign_in.stop()
        self.session.close()
        super().closeEvent(event)


def dress(of: Tokens) -> None:
    """Give the whole application the palette and style sheet of `of`."""
    application = QApplication.instance()
    application.setPalette(palette(of))
    application.setStyleSheet(sheet(of))
