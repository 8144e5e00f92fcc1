"""Today: the next job on its card, the others below, Enter opens one."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from archiver import app
from archiver.capture.colour import srgb
from archiver.capture.target_card import REFERENCE
from archiver.demo.card import card, photographed
from archiver.demo.encode import write
from archiver.errors import TargetFull
from archiver.model.delivery import DeliveryState
from archiver.store import deliveries
from archiver.store.keys import SigningKey
from archiver.workflow.checking import check
from archiver.workflow.sealing import seal
from archiver.workflow.station import Station
from archiver.workflow.targets import add_target
from archiver.workflow.today import JobKind
from tests.papers import finish
from tests.ui_papers import CHECKER, settle, soon
from ui.acts import CASES, DESCRIBE, SCREENS, TODAY
from ui.jobs import ICON_OF, SCREEN_OF, sentence, title
from ui.screens.today import TodayScreen
from ui.widgets.keys import KeyButton
from ui.window import Window

pytest_plugins = ["tests.ui_fixtures"]


def opened(window: Window) -> TodayScreen:
    window.open(TODAY)
    screen: TodayScreen = window.screens[TODAY]
    assert soon(lambda: screen.shown is not None)
    return screen


def test_every_job_is_worded_and_leads_somewhere(arabic: None) -> None:
    for kind in JobKind:
        assert title(kind) != sentence(kind)
        assert SCREEN_OF[kind] in SCREENS
        assert kind in ICON_OF


def test_enter_opens_the_next_job(window: Window) -> None:
    screen = opened(window)
    assert [job.kind for job in screen.shown.jobs] == [JobKind.DESCRIBE]
    assert screen.card.open_button.hasFocus()
    QTest.keyClick(screen.card.open_button, Qt.Key.Key_Return)
    assert window.screen_name == DESCRIBE


def test_what_came_back_stands_first_and_others_are_chosen(
    window: Window, court: Station, qtbot: QtBot
) -> None:
    checker = app.actor(court, CHECKER, "checker")
    finish(check(court, checker, 1, accept=False, reason="ص ٢ معتمة"))
    screen = opened(window)
    back = [JobKind.SENT_BACK]
    assert soon(lambda: [job.kind for job in screen.shown.jobs] == back)
    assert screen.stack.currentIndex() == 0
    finish(check(court, checker, 1, accept=True))
    window.session.refresh()
    assert soon(lambda: screen.shown.jobs[0].kind is JobKind.SEAL)
    qtbot.keyClick(window, Qt.Key.Key_Return)
    assert window.screen_name == CASES


def test_r_sends_again_what_did_not_arrive(
    window: Window, court: Station, qtbot: QtBot, tmp_path: Path
) -> None:
    checker = app.actor(court, CHECKER, "checker")
    finish(check(court, checker, 1, accept=True))
    finish(seal(court, checker, 1))
    key = SigningKey.load_or_create(tmp_path / "key").public
    add_target(court, checker, "centre", tmp_path / "centre", key)
    with court.database.transaction() as connection:
        deliveries.enqueue(connection, 1, "centre")
        error = TargetFull(target="centre", detail="0 B")
        deliveries.set_state(connection, 1, DeliveryState.HELD, error=error)
    screen = opened(window)
    window.session.refresh()
    assert soon(window.deck.actions["send_again"].isEnabled)
    assert soon(lambda: any(b.isVisible() for b in screen.side.findChildren(KeyButton)))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_R)
    settle(window, qtbot)
    assert soon(lambda: not screen.shown.troubles)
    assert not window.deck.actions["send_again"].isEnabled()


def test_the_colour_card_is_measured_from_its_photograph(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opened(window)
    photograph = tmp_path / "card.png"
    write(photograph, [photographed(card(srgb(REFERENCE)), blur_px=0.5)])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(photograph), ""))
    window.deck.do("measure_card")
    assert soon(lambda: screen.shown.card is not None and screen.shown.card.measured)
    assert screen.shown.card.passed


def test_import_begins_from_today(window: Window, qtbot: QtBot) -> None:
    opened(window)
    window.deck.do("import")
    assert window.screen_name == CASES
    assert window.screens[CASES].form.isVisible()
