"""Every act: a place in a menu, a key in both layouts, a tooltip that names it, an answer."""

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenuBar, QScrollArea

from ui.acts import ARABIC_KEYS, SCREENS
from ui.deck import LETTER_AT
from ui.widgets.key_map import Cap
from ui.window import Window

pytest_plugins = ["tests.ui_fixtures"]
CODES = {letter: code for code, letter in LETTER_AT.items()}


def menu_actions(window: Window) -> set[QAction]:
    bar = window.findChild(QMenuBar)
    return {action for title in bar.actions() for action in title.menu().actions()}


def test_every_act_has_a_menu_a_key_and_a_tooltip_that_names_it(window: Window) -> None:
    listed = menu_actions(window)
    for act in window.deck.acts():
        action = window.deck.actions[act.name]
        assert action in listed, act.name
        assert act.cap
        assert f"({act.cap})" in action.toolTip(), act.name
        bare = act.bare or act.name == "open"  # lists answer Enter themselves
        assert bare or action.shortcuts(), act.name


def test_no_key_means_two_things_on_a_screen_and_every_act_is_answered(window: Window) -> None:
    unanswered = []
    for screen in SCREENS:
        window.screens[screen]  # builds it
        here = [act for act in window.deck.acts() if screen in act.screens]
        keys = Counter(key for act in here for key in act.keys)
        assert [key for key, times in keys.items() if times > 1] == [], screen
        window.deck.enter(screen)
        unanswered += [(screen, a.name) for a in here if not window.deck._handler(a.name)]
        known = {act.name for act in window.deck.here()}
        assert {act.name for act in here} == known  # what F1 shows
    assert unanswered == []


def test_letters_act_by_their_place_in_the_arabic_layout(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(window.deck, "do", done.append)
    for act in (act for act in window.deck.acts() if act.letter in CODES):
        window.deck.enter(act.screens[0])
        window.deck.actions[act.name].setEnabled(True)
        window.setFocus()
        arabic = ARABIC_KEYS[act.letter]
        event = QKeyEvent(
            QEvent.Type.KeyPress, ord(arabic[0]), Qt.KeyboardModifier.NoModifier,
            CODES[act.letter], 0, 0, arabic,
        )  # fmt: skip
        assert window.deck.eventFilter(window.windowHandle(), event), act.name
        assert done[-1] == act.name


def test_f1_shows_every_key_of_a_screen_whole_in_a_low_window(window: Window) -> None:
    window.resize(1366, 768)
    for screen in SCREENS:
        window.open(screen)
        window.deck.do("key_map")
        shown = {cap._cap for cap in window.key_map.findChildren(Cap) if cap.isVisible()}
        assert {act.cap for act in window.deck.here()} <= shown, screen
        assert not window.key_map.findChildren(QScrollArea), screen  # nothing has to be scrolled
        window.key_map.hide()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
