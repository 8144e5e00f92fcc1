"""The window on a real archive: the main path of each screen, by key, mouse and signal."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archiver import app
from archiver.model.casefile import CaseState, PageState
from archiver.model.delivery import DeliveryState
from archiver.store.keys import SigningKey
from archiver.workflow.checking import check
from archiver.workflow.receiving import Desk, receive_packages
from archiver.workflow.sealing import STATION_KEY, seal
from archiver.workflow.station import Station
from archiver.workflow.targets import add_target
from tests.ui_papers import CHECKER, LINES, OPERATOR, paper, settle, soon
from ui.acts import CAPTURE, CASES, DELIVERY, DESCRIBE, PAGES, SEARCH, TEXT
from ui.deck import LETTER_AT
from ui.delegates.page import SLIVER_PX
from ui.screens.cases import CasesScreen
from ui.screens.delivery import DeliveryScreen
from ui.screens.search import SearchScreen
from ui.screens.text import TextScreen
from ui.steps import case_sign, next_verb
from ui.theme import DARK, Shape, tokens
from ui.verbs import Intake
from ui.window import Window

pytest_plugins = ["tests.ui_fixtures"]


def cases(window: Window) -> CasesScreen:
    return window.screens[CASES]


def text(window: Window) -> TextScreen:
    return window.screens[TEXT]


def press(window: Window, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, key)


def test_the_case_file_stands_in_the_list_with_its_pages(window: Window) -> None:
    screen = cases(window)
    assert [row.case.reference for row in screen.cases.rows] == ["99001/93"]
    assert "٩٩٠٠١" in screen.cases.index(0).data()
    assert [row.page.blank for row in screen.strip.pages.rows] == [False, False, True]
    delegate = screen.strip.itemDelegate()
    assert delegate.paper_width(screen.strip.pages.rows[2].page) == SLIVER_PX
    assert screen.strip.pages.rows[0].page.state is PageState.READ


def test_arabic_runs_from_the_right_and_pages_never_do(window: Window) -> None:
    whole = window.centralWidget()
    assert window.rail.mapTo(whole, QPoint(0, 0)).x() > whole.width() // 2
    first, second = (cases(window).strip.visualRect(cases(window).strip.pages.index(n))
                     for n in (0, 1))  # fmt: skip
    assert first.x() > second.x()
    assert text(window).view.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_a_page_opens_with_its_text_tied_word_by_word(window: Window, qtbot: QtBot) -> None:
    strip = cases(window).strip
    strip.go(strip.pages.rows[0].page.id)
    strip.setFocus()
    press(window, qtbot, Qt.Key.Key_Return)
    screen = text(window)
    assert window.screen_name == TEXT
    assert screen.read is not None
    assert len(screen.pane.places) == len(screen.read.words) > 5
    word = screen.read.words[1]
    assert soon(lambda: not screen.view._paper.pixmap().isNull())

    centre = screen.view.mapFromScene(word.box.x + word.box.width / 2,
                                      word.box.y + word.box.height / 2)  # fmt: skip
    qtbot.mouseClick(screen.view.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert screen.pane.current == 1
    assert screen.bench.reading.text() == word.text

    place = screen.pane.places[2]
    cursor = screen.pane._cursor(place)
    cursor.setPosition(place.start + 1)
    there = screen.pane.cursorRect(cursor).center()
    qtbot.mouseClick(screen.pane.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert screen.view.marks.current == 2


def test_page_down_passes_over_the_blank_back(window: Window, qtbot: QtBot) -> None:
    window.open(TEXT)
    screen = text(window)
    first, second, _back = screen.strip.pages.rows
    assert screen.strip.current() == first
    press(window, qtbot, Qt.Key.Key_PageDown)
    assert screen.strip.current() == second
    press(window, qtbot, Qt.Key.Key_PageDown)
    assert screen.strip.current() == second
    press(window, qtbot, Qt.Key.Key_PageUp)
    assert screen.strip.current() == first


def test_search_opens_the_page_with_the_words_boxed(window: Window, qtbot: QtBot) -> None:
    window.open(CASES)
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    screen: SearchScreen = window.screens[SEARCH]
    assert screen.line.hasFocus()
    screen.line.setText("التسبيب")
    qtbot.keyClick(screen.line, Qt.Key.Key_Return)
    assert soon(lambda: screen.hits.rowCount() > 0)
    row = screen.hits.rows[0]
    assert row.hit.words
    view = screen.page.view
    assert soon(lambda: view.marks.found == set(row.hit.words))
    qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    assert window.screen_name == TEXT
    assert text(window).strip.current().page.id == row.hit.page.id
    assert text(window).view.marks.found == set(row.hit.words)
    boxed = {text(window).read.words[n].text for n in row.hit.words}
    assert any("التسبيب" in word for word in boxed)


class Paints(QObject):
    """How often a widget is painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_a_screen_at_rest_is_not_painted(window: Window, qtbot: QtBot) -> None:
    window.open(SEARCH)
    qtbot.wait(300)
    paints = Paints()
    window.screens[SEARCH].line.installEventFilter(paints)
    qtbot.wait(500)
    assert paints.count < 5  # the cursor blinks


def test_a_lost_index_is_made_anew_and_the_search_follows(
    make_window: Callable[..., Window], court: Station, qtbot: QtBot
) -> None:
    for index in (court.root / "index").iterdir():
        shutil.rmtree(index)
    window = make_window(court)
    window.open(SEARCH)
    screen: SearchScreen = window.screens[SEARCH]
    screen.line.setText("التسبيب")
    screen.search()
    assert soon(lambda: screen.hits.rowCount() > 0)
    assert window.notices.isHidden() or window.notices._kind is Shape.OK


def test_a_query_that_cannot_be_understood_is_answered_in_a_bar(
    window: Window, qtbot: QtBot
) -> None:
    window.open(SEARCH)
    screen: SearchScreen = window.screens[SEARCH]
    screen.line.setText('"القصور')
    screen.search()
    assert soon(window.notices.isVisible)
    assert window.notices._kind is Shape.WRONG
    assert "الموضع ١" in window.notices._title.text()


def test_import_and_read_new_pages(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    bad = tmp_path / "فارغ.pdf"
    bad.write_bytes(b"")
    form = cases(window).form
    window.deck.do("import")
    assert form.number.text() == "٩٩٠٠١/٩٣"
    form.number.setText("٩٩٠٠٢/٩٣")
    form.set_files([paper(tmp_path / "a.jpg", LINES[1:]), bad])
    form.go.click()
    settle(window, qtbot)
    assert [row.case.reference for row in window.session.cases] == ["99001/93", "99002/93"]
    assert window.notices._kind is Shape.DOUBTFUL
    assert "فارغ.pdf" in window.notices._title.text()

    window.session.show_case(window.session.cases[1].case.id)
    assert next_verb(window.session.summary) == "process"
    seen = []
    window.session.bridge.progress.connect(seen.append)
    window.deck.do("next_step")
    assert window.work.isVisible()
    settle(window, qtbot)
    assert not window.work.isVisible()
    assert seen
    assert window.session.summary.read == 1
    assert next_verb(window.session.summary) == "check"


def test_a_stop_finishes_what_was_begun_and_says_so(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    files = tuple(paper(tmp_path / f"{n}.jpg", (*LINES, str(n))) for n in range(4))
    window.screens[CASES]._import(Intake(files, window.session.view.case.keys[0], "unsorted", ""))
    settle(window, qtbot)
    with qtbot.waitSignal(window.session.bridge.progress, timeout=60_000):
        window.deck.do("process")
    window.work.stop.click()
    assert not window.work.stop.isEnabled()
    settle(window, qtbot)
    summary = window.session.summary
    assert summary.pages == 7
    assert 3 <= summary.read < 7
    assert next_verb(summary) == "process"


def test_nobody_checks_their_own_work(window: Window, qtbot: QtBot) -> None:
    window.deck.do("accept")
    settle(window, qtbot)
    assert window.session.summary.case.state is CaseState.OPEN
    assert window.notices._kind is Shape.WRONG
    assert OPERATOR in window.notices._title.text()
    assert window.notices._advice.text()


def test_sending_back_needs_a_reason(make_window: object, court: Station, qtbot: QtBot) -> None:
    window = make_window(court, CHECKER)
    window.deck.do("reject")
    reason = cases(window).card.reason
    assert reason.isVisible()
    qtbot.keyClick(reason, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert window.notices._kind is Shape.WRONG
    window.deck.do("reject")
    reason.setText("صفحة ناقصة")
    qtbot.keyClick(reason, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert window.session.summary.case.state is CaseState.REJECTED
    assert case_sign(window.session.summary).shape is Shape.WRONG


def test_from_the_check_to_the_receipt(
    make_window: object, court: Station, qtbot: QtBot, tmp_path: Path
) -> None:
    desk, drop = Desk(tmp_path / "centre"), tmp_path / "drop"
    desk.trust(SigningKey.load_or_create(court.keys / STATION_KEY).public)
    window = make_window(court, CHECKER)
    add_target(court, window.session.actor, "centre", drop, desk.key().public)
    window.session.refresh()

    window.deck.do("next_step")
    settle(window, qtbot)
    assert window.session.summary.case.state is CaseState.ACCEPTED
    for step in seal(court, window.session.actor, 1):
        assert step
    window.session.refresh()
    assert next_verb(window.session.summary) == "send"

    window.deck.do("next_step")
    assert window.screen_name == DELIVERY
    screen: DeliveryScreen = window.screens[DELIVERY]
    assert [row.delivery for row in screen.packages.rows] == [None]
    window.deck.do("send")
    settle(window, qtbot)
    assert screen.packages.rows[0].state == DeliveryState.COMMITTED
    for step in receive_packages(desk, drop, "المركز"):
        assert step
    window.deck.do("collect")
    settle(window, qtbot)
    assert screen.packages.rows[0].state == DeliveryState.RECEIPTED
    assert [moment.shape for moment in screen.side.timeline.moments][-1] is Shape.SIGNED
    assert case_sign(window.session.summary).shape is Shape.SIGNED
    assert next_verb(window.session.summary) == ""


def test_sealing_asks_first(make_window: object, court: Station, qtbot: QtBot) -> None:
    window = make_window(court, CHECKER)
    for step in check(court, window.session.actor, 1, accept=True):
        assert step
    window.session.refresh()
    answered = []

    def answer(choice: int) -> None:
        box = QApplication.activeModalWidget()
        answered.append(box.text())
        box.buttons()[choice].click()

    QTimer.singleShot(200, lambda: answer(1))
    cases(window).seal()
    assert window.session.summary.case.state is CaseState.ACCEPTED
    QTimer.singleShot(200, lambda: answer(0))
    cases(window).seal()
    settle(window, qtbot)
    assert window.session.summary.case.state is CaseState.SEALED
    assert all("٩٩٠٠١" in text for text in answered)


def test_letters_act_by_their_place_and_only_outside_fields(window: Window, qtbot: QtBot) -> None:
    window.open(CASES)
    code = next(code for code, letter in LETTER_AT.items() if letter == "N")

    def type_n() -> None:
        """As an Arabic layout sends it: the letter is ى, the place is N."""
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier,
                          code, 0, 0, "ى")  # fmt: skip
        QApplication.sendEvent(window.windowHandle(), event)

    cases(window).list.setFocus()
    type_n()
    form = cases(window).form
    assert cases(window).desk.currentWidget() is form
    form.dismissed.emit()
    window.open(SEARCH)
    type_n()
    assert window.screen_name == SEARCH
    assert window.screens[SEARCH].line.text() == "ى"


@pytest.mark.parametrize("name", [CASES, CAPTURE, PAGES, TEXT, SEARCH, DELIVERY])
def test_each_screen_fits_a_small_display_in_both_lights(window: Window, name: str) -> None:
    window.open(name)
    window.resize(1366, 768)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (1366, 768)
    window.deck.do("dark")
    assert tokens(window.palette()) is DARK
    assert not window.grab().isNull()
    window.deck.do("dark")


def test_another_person_goes_on_in_a_window_that_may_only_read(
    make_window: object, court: Station
) -> None:
    with app.open_station(court.root, write=False) as reading:
        window = make_window(reading, CHECKER)
        assert not window.deck.actions["accept"].isEnabled()
        assert not window.deck.actions["import"].isEnabled()
        assert window.deck.actions["open"].isEnabled()


@pytest.mark.parametrize("name", [CASES, DESCRIBE])
def test_who_goes_on_is_named_without_a_pause(window: Window, name: str) -> None:
    """What follows Ctrl L at once is the name, also where Enter means something else."""
    window.open(name)
    held = QApplication.focusWidget()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), "Nadia")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    assert window.session.actor.person == "Nadia"
    assert QApplication.focusWidget() is held


def test_the_entry_says_what_is_wrong_and_loads_qt_only_when_called(tmp_path: Path) -> None:
    code = "import sys, ui.main; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0
    done = subprocess.run(
        [sys.executable, "-m", "ui.main", "--archive", tmp_path, "--lang", "ar"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "لا أرشيف" in done.stderr
