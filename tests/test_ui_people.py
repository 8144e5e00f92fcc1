"""Signing in at the window, locking it, and what a role sees."""

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archiver import app
from archiver.model.changes import Changed, Step
from archiver.workflow.people import add_person
from archiver.workflow.station import Station
from tests.papers import finish
from tests.ui_papers import CHECKER, OPERATOR, soon
from ui.acts import CASES, DELIVERY, DESCRIBE, SEARCH, SETTINGS, TEXT, TODAY
from ui.window import Window

pytest_plugins = ["tests.ui_fixtures"]
WORDS = "نخلة طويلة في الواحة"


@pytest.fixture
def staffed(court: Station) -> Station:
    """A supervisor, an operator, and a librarian who only looks; all sign in."""
    hala = app.actor(court, "هالة")
    for name, role in (("هالة", "supervisor"), (OPERATOR, "operator"), ("ندى", "librarian")):
        finish(add_person(court, hala, name, [role], WORDS))
    finish(add_person(court, hala, CHECKER, ["checker"], WORDS))
    return court


def sign_in(window: Window, name: str, password: str = WORDS) -> None:
    window.sign_in.name.setText(name)
    window.sign_in.password.setText(password)
    QTest.keyClick(window.sign_in.password, Qt.Key.Key_Return)


def test_the_window_opens_locked_and_lets_in_by_password(
    staffed: Station, make_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = make_window(staffed, "")
    assert window.locked
    assert window.sign_in.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    window.open(TEXT)
    assert window.screen_name == ""
    assert not window.deck.actions["accept"].isEnabled()

    sign_in(window, OPERATOR, "خطأ خطأ خطأ")
    assert soon(window.sign_in.bar.isVisible)
    assert window.locked
    sign_in(window, f" {OPERATOR} ")
    assert soon(lambda: not window.locked)
    assert not window.sign_in.isVisible()
    assert window.session.actor.person == OPERATOR
    assert window.session.actor.role == "operator"
    assert window.rail.buttons[CASES].isVisible()
    assert not window.rail.buttons[DESCRIBE].isVisible()
    window.open(DESCRIBE)
    assert window.screen_name == TODAY
    assert not window.deck.actions["accept"].isEnabled()
    assert window.deck.actions["import"].isEnabled()


def test_ctrl_l_and_idleness_lock_and_another_person_goes_on(
    staffed: Station, make_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = make_window(staffed, "")
    sign_in(window, CHECKER)
    assert soon(lambda: not window.locked)
    window.open(TEXT)
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.locked
    assert window.sign_in.name.text() == CHECKER
    assert QApplication.focusWidget() is window.sign_in.password
    sign_in(window, CHECKER)
    assert soon(lambda: not window.locked)
    assert window.screen_name == TEXT
    assert window.deck.actions["accept"].isEnabled()

    ended = Event()

    def work(_cancel: Event) -> Iterator[Step]:
        ended.wait()
        yield Changed("process")

    window.session.bridge.run("قراءة", work)
    window.idle.elapsed.emit()
    assert window.locked
    assert window.sign_in.goes_on.isVisible()
    ended.set()
    assert soon(lambda: not window.sign_in.goes_on.isVisible())
    sign_in(window, "ندى")
    assert soon(lambda: not window.locked)
    assert window.session.actor.role == "librarian"
    assert [n for n, b in window.rail.buttons.items() if b.isVisible()] == [TEXT, SEARCH, SETTINGS]
    assert not window.session.writable
    assert not window.deck.actions["accept"].isEnabled()


def test_where_nobody_has_a_password_the_window_opens_for_everybody(
    window: Window, qtbot: QtBot
) -> None:
    assert not window.locked
    window.idle.elapsed.emit()
    assert not window.locked
    assert window.rail.buttons[DELIVERY].isVisible()
