"""Sample check and second keying in the window, by keys, on a real case file."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from archiver import app
from archiver.model.casefile import CaseState
from archiver.model.keying import ItemState
from archiver.model.lot import Lot
from archiver.store import lots
from archiver.workflow import queries
from archiver.workflow.key_readings import status
from archiver.workflow.lot_samples import sample_of
from archiver.workflow.lots import find_lot, open_lot
from archiver.workflow.sampling import draw
from archiver.workflow.station import Station
from tests.papers import finish
from tests.ui_papers import CHECKER, OPERATOR, settle, soon
from ui.acts import KEYING, SAMPLE, TODAY
from ui.screens.keying import KeyingScreen
from ui.screens.sample import SampleScreen
from ui.session import Session
from ui.window import Window

pytest_plugins = ["tests.ui_fixtures"]


@pytest.fixture
def lot(court: Station) -> Lot:
    """The case file of three images, in a lot of its own."""
    operator = app.actor(court, OPERATOR)
    finish(open_lot(court, operator))
    found = find_lot(court, "1")
    with court.database.transaction() as connection:
        ids = [page.id for page in queries.case_view(court, 1).pages]
        lots.put_into(connection, found.id, ids)
        connection.execute("DELETE FROM page_check")
    return found


@pytest.fixture
def screen(make_window: Callable[..., Window], court: Station, lot: Lot) -> SampleScreen:
    window = make_window(court, CHECKER)
    window.open(SAMPLE)
    found: SampleScreen = window.screens[SAMPLE]
    assert soon(lambda: found.chosen is not None)
    return found


def tap(widget: SampleScreen | KeyingScreen, key: Qt.Key) -> None:
    QTest.keyClick(widget.window().windowHandle(), key)


def drawn(screen: SampleScreen, qtbot: QtBot) -> None:
    tap(screen, Qt.Key.Key_D)
    settle(screen.window(), qtbot)
    assert soon(lambda: screen.rows.rowCount() == 3)


def test_a_sample_is_drawn_judged_and_ended_by_keys(
    screen: SampleScreen, court: Station, lot: Lot, qtbot: QtBot
) -> None:
    tester = QAbstractItemModelTester(
        screen.rows, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    assert tester.model() is screen.rows
    drawn(screen, qtbot)
    assert soon(lambda: "الدائرة" in screen.pane.toPlainText())
    assert not screen.deck.actions["close_sample"].isEnabled()
    qtbot.keyClick(screen.window(), Qt.Key.Key_Return)  # good
    assert screen.list.currentIndex().row() == 1
    tap(screen, Qt.Key.Key_3)  # too dark
    assert screen.list.currentIndex().row() == 2
    qtbot.keyClick(screen.window(), Qt.Key.Key_Return)
    assert soon(lambda: not sample_of(court, lot).left)
    assert [i.defect for i in sample_of(court, lot).images] == ["", "dark", ""]
    assert soon(screen.deck.actions["close_sample"].isEnabled)
    assert not screen.grab().isNull()
    qtbot.keyClick(screen.window(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(screen.window(), qtbot)
    assert queries.case_by_id(court, 1).state is CaseState.REJECTED
    assert soon(lambda: screen.shown.sample.outcome == "failed")
    assert "معتمة" in screen._what.text()
    assert screen.deck.actions["draw_sample"].isEnabled()


def test_nobody_judges_what_they_took_in(
    make_window: Callable[..., Window], court: Station, lot: Lot
) -> None:
    finish(draw(court, app.actor(court, CHECKER), lot))
    window = make_window(court, OPERATOR)
    window.open(SAMPLE)
    screen: SampleScreen = window.screens[SAMPLE]
    assert soon(lambda: screen.rows.rowCount() == 3)
    assert screen._own.isVisible()
    assert not window.deck.actions["accept_image"].isEnabled()
    tap(screen, Qt.Key.Key_3)
    assert len(sample_of(court, lot).left) == 3


def test_an_open_sample_is_a_job_of_today(
    make_window: Callable[..., Window], court: Station, lot: Lot, qtbot: QtBot
) -> None:
    finish(draw(court, app.actor(court, CHECKER), lot))
    window = make_window(court, CHECKER)
    window.open(TODAY)
    today = window.screens[TODAY]
    assert soon(lambda: today.shown is not None)
    assert today.shown.jobs[-1].lots[0].left == 3
    today.job_opened.emit(SAMPLE, lot.id)
    assert window.screen_name == SAMPLE
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.screen_name == SAMPLE


# --- second keying ------------------------------------------------------------------------------


@pytest.fixture
def keying(make_window: Callable[..., Window], court: Station, qtbot: QtBot) -> KeyingScreen:
    window = make_window(court, "سلمى")
    window.open(TODAY)
    assert soon(lambda: window.screens[TODAY].shown is not None)
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert window.screen_name == KEYING
    found: KeyingScreen = window.screens[KEYING]
    assert soon(lambda: found.sheet is not None)
    return found


def words_of(screen: KeyingScreen) -> str:
    labels = [each for each in screen.children() if hasattr(each, "text")]
    return " ".join(each.text() for each in labels)


def test_the_number_is_keyed_blind_and_the_next_file_comes(
    keying: KeyingScreen, court: Station, qtbot: QtBot
) -> None:
    assert keying.series.currentData() == ""
    (line,) = keying.lines
    assert line.hasFocus()
    assert "99001" not in words_of(keying)
    qtbot.keyClicks(line, "99001/93")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert keying._wrong.text()  # the series was not read
    keying.series.setCurrentIndex(keying.series.findData("civil"))
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    case = queries.case_by_id(court, 1)
    agreed = {ItemState.AGREED}
    assert soon(lambda: {item.state for item in status(court, case)} == agreed)
    assert soon(lambda: keying.sheet is None)  # nothing is left for this person
    assert keying._stack.currentIndex() == 1


def test_what_is_half_keyed_comes_back(keying: KeyingScreen, qtbot: QtBot, court: Station) -> None:
    qtbot.keyClicks(keying.lines[0], "9900")
    session: Session = keying.session
    again = KeyingScreen(session, keying.deck)
    qtbot.addWidget(again)
    again.next_sheet()
    assert soon(lambda: bool(again.lines))
    assert again.lines[0].text() == "9900"
    again.leave()
    keying.deck.answer(KEYING, keying.handlers())
