"""Correcting words by keys alone: at once on the screen, then in the archive and the index."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archiver import app
from archiver.errors import EmptyFile
from archiver.model.casefile import CaseState
from archiver.model.changes import Changed, Progress, Step
from archiver.store import pages
from archiver.workflow import queries
from archiver.workflow.checking import check
from archiver.workflow.sealing import seal
from archiver.workflow.search import search
from archiver.workflow.station import Station
from ocr import alto
from ocr.page import PageText
from tests.ui_papers import CHECKER, settle, soon
from ui.acts import CASES, TEXT
from ui.bridge import Bridge
from ui.deck import LETTER_AT
from ui.screens.text import TextScreen
from ui.theme import Shape
from ui.widgets.page_view import is_number
from ui.window import Window

pytest_plugins = ["tests.ui_fixtures"]
RARE = "القسطنطينية"
AT_ONCE_SECONDS = 0.05


def doubt(station: Station, *places: int, number: int = -1, text: str = "٩٩٠٠١") -> None:
    """Let the reader doubt these words of the first page, and read the word `number` as `text`."""
    page = queries.case_view(station, 1).pages[0]
    found = pages.machine_reading(station.database.connection, page.id)
    assert found is not None
    read = queries.page_text(station, page)
    assert read is not None
    count, lines = -1, []
    for line in read.lines:
        words = []
        for word in line.words:
            count += 1
            sure = 0.3 if count in places else 0.95
            said = text if count == number else word.text
            words.append(replace(word, confidence=sure, text=said, probability=None))
        lines.append(replace(line, words=tuple(words)))
    changed = replace(read, lines=tuple(lines))
    key = station.blobs.put_bytes(alto.write(changed, image_name=page.master))
    with station.database.transaction() as connection:
        pages.set_reading(
            connection, page.id, replace(found, alto=key, text=changed.text, stage_key="k" * 64)
        )


@pytest.fixture
def doubtful(court: Station) -> Station:
    doubt(court, 1, 3, 4, number=4)
    return court


@pytest.fixture
def screen(make_window: Callable[..., Window], doubtful: Station) -> TextScreen:
    window = make_window(doubtful)
    window.open(TEXT)
    made: TextScreen = window.screens[TEXT]
    assert made.read is not None
    return made


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """To whatever has the focus, as a keyboard does."""
    assert soon(lambda: QApplication.focusWidget() is not None)
    qtbot.keyClick(QApplication.focusWidget(), key, modifier or Qt.KeyboardModifier.NoModifier)


def type_in(screen: TextScreen, text: str) -> None:
    """As an Arabic layout sends letters: no key of Qt's, only the letter itself."""
    assert QApplication.focusWidget() is screen.bench.reading
    for letter in text:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(screen.window().windowHandle(), event)


def written(screen: TextScreen) -> bool:
    return soon(lambda: not screen.corrections.waiting)


def stored(station: Station) -> PageText:
    read = queries.page_text(station, queries.case_view(station, 1).pages[0])
    assert read is not None
    return read


def test_a_word_typed_over_is_there_after_a_restart_and_is_found(
    make_window: Callable[..., Window], doubtful: Station, qtbot: QtBot
) -> None:
    window = make_window(doubtful)
    window.open(TEXT)
    screen: TextScreen = window.screens[TEXT]
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Tab)
    word = screen.pane.current
    assert word == 1
    assert QApplication.focusWidget() is screen.bench.reading
    type_in(screen, RARE)
    press(qtbot, Qt.Key.Key_Return)
    assert screen.pane.places[word].text == RARE
    assert screen.pane.places[word].review == "checked"
    assert RARE in screen.pane.toPlainText()
    assert written(screen)
    window.close()
    doubtful.close()
    with app.open_station(doubtful.root) as again:
        assert stored(again).words[word].text == RARE
        assert [hit.page.position for hit in search(again, RARE).hits] == [1]


def test_enter_accepts_and_numbers_come_first(screen: TextScreen, qtbot: QtBot) -> None:
    assert screen.pane.doubts() == [4, 1, 3]
    press(qtbot, Qt.Key.Key_Return)  # nothing is chosen yet: the first doubt
    assert screen.pane.current == 4
    assert is_number(screen.bench.reading.text())
    seen = []
    for _ in range(3):
        begun = time.thread_time()  # others may hold the machine
        press(qtbot, Qt.Key.Key_Return)
        assert time.thread_time() - begun < AT_ONCE_SECONDS
        seen.append(screen.pane.current)
    assert seen[:2] == [1, 3]
    assert screen.pane.doubts() == []
    assert screen.bench._chip._sign.shape is Shape.OK
    assert written(screen)
    reviews = [word.review for word in stored(screen.session.station).words]
    assert [n for n, review in enumerate(reviews) if review == "checked"] == [1, 3, 4]
    assert soon(lambda: screen.strip.current().page.alto == screen._row.page.alto)
    assert screen.pane.current == seen[-1]  # the lists were told, and the eye stays where it was


def test_shift_tab_goes_back_and_tab_begins_anew(screen: TextScreen, qtbot: QtBot) -> None:
    seen = []
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_F3, Qt.Key.Key_Tab):
        press(qtbot, key)
        seen.append(screen.pane.current)
    press(qtbot, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert [*seen, screen.pane.current] == [4, 1, 3, 4, 4]


def test_an_illegible_word_is_marked_and_an_undo_takes_it_back(
    screen: TextScreen, qtbot: QtBot
) -> None:
    station = screen.session.station
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_F8)
    assert screen.pane.places[4].review == "illegible"
    assert screen.pane.current == 1
    press(qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert written(screen)
    assert screen.pane.places[4].review == ""
    assert screen.pane.current == 4
    assert stored(station).words[4].review == ""
    press(qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert written(screen)
    assert soon(screen.window().notices.isVisible)  # nothing is left to take back
    press(qtbot, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert written(screen)
    assert screen.pane.places[4].review == "illegible"
    assert stored(station).words[4].review == "illegible"


def test_typing_is_taken_back_before_corrections(screen: TextScreen, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Tab)
    reading = screen.bench.reading.text()
    type_in(screen, "س")
    press(qtbot, Qt.Key.Key_Escape)
    assert screen.bench.reading.text() == reading
    type_in(screen, "س")
    press(qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert screen.bench.reading.text() == reading
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(qtbot, Qt.Key.Key_Z, both)
    assert screen.bench.reading.text() == "س"
    assert screen.corrections.waiting == 0


def test_the_undo_key_works_by_its_place_in_the_arabic_layout(
    screen: TextScreen, qtbot: QtBot
) -> None:
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Return)
    held = Qt.KeyboardModifier.ControlModifier
    for letter, arabic, review in (("Z", "ئ", ""), ("Y", "غ", "checked")):
        code = next(code for code, known in LETTER_AT.items() if known == letter)
        event = QKeyEvent(QEvent.Type.KeyPress, ord(arabic), held, code, 0, 0, arabic)
        QApplication.sendEvent(screen.window().windowHandle(), event)
        assert written(screen)
        assert screen.pane.places[4].review == review


def test_what_was_typed_is_kept_when_the_page_is_turned(screen: TextScreen, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Tab)
    type_in(screen, "٩٩٠٠٢")
    press(qtbot, Qt.Key.Key_PageDown)
    assert screen.strip.current().page.position == 2
    assert written(screen)
    assert stored(screen.session.station).words[4].text == "٩٩٠٠٢"
    press(qtbot, Qt.Key.Key_PageUp)
    assert screen.pane.places[4].text == "٩٩٠٠٢"


def test_a_word_may_become_two_or_none(screen: TextScreen, qtbot: QtBot) -> None:
    count = len(screen.pane.places)
    press(qtbot, Qt.Key.Key_Tab)
    type_in(screen, "رقم ٩٩٠٠١")
    press(qtbot, Qt.Key.Key_Return)
    assert len(screen.pane.places) == count + 1
    assert [place.text for place in screen.pane.places[4:6]] == ["رقم", "٩٩٠٠١"]
    screen.bench.reading.clear()
    press(qtbot, Qt.Key.Key_Return)
    assert len(screen.pane.places) == count
    assert written(screen)
    assert [w.text for w in stored(screen.session.station).words] == [
        place.text for place in screen.pane.places
    ]


def test_a_sealed_file_offers_no_correction(
    make_window: Callable[..., Window], doubtful: Station, qtbot: QtBot
) -> None:
    window = make_window(doubtful, CHECKER)
    for step in check(doubtful, window.session.actor, 1, accept=True):
        assert step
    for step in seal(doubtful, window.session.actor, 1):
        assert step
    window.session.refresh()
    window.open(TEXT)
    screen: TextScreen = window.screens[TEXT]
    press(qtbot, Qt.Key.Key_Tab)
    assert screen.bench.reading.isReadOnly()
    assert not window.deck.actions["accept_word"].isEnabled()
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_F8)
    assert screen.corrections.waiting == 0
    assert window.session.view.case.state is CaseState.SEALED


def test_words_that_changed_meanwhile_are_told_and_shown(screen: TextScreen, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Tab)
    doubt(screen.session.station, 4, number=4, text="٩٩٠٠٥")
    press(qtbot, Qt.Key.Key_Return)
    assert written(screen)
    window = screen.window()
    assert isinstance(window, Window)
    assert soon(window.notices.isVisible)
    assert "٩٩٠٠٥" in window.notices._title.text()
    assert screen.read == stored(screen.session.station)
    assert screen.pane.places[screen.pane.current].line == screen.pane.places[4].line


def test_corrections_go_between_the_pages_that_are_being_read(qtbot: QtBot) -> None:
    bridge, gate, order = Bridge(), threading.Event(), []
    bridge.errand_done.connect(lambda done: order.append(type(done).__name__))
    bridge.progress.connect(lambda step: order.append(step.done))

    def steps(_cancel: threading.Event) -> Iterator[Step]:
        assert gate.wait(10)
        yield Progress(1, 2, "")
        yield Progress(2, 2, "")

    def errand() -> Iterator[Step]:
        yield Changed("correct")

    def refused() -> Iterator[Step]:
        yield Progress(0, 0, "")
        raise EmptyFile(name="a")

    with qtbot.waitSignal(bridge.finished):
        bridge.run("x", steps)
        bridge.errand(errand)
        bridge.errand(refused)
        gate.set()
    assert order == [1, "Changed", "EmptyFile", 2]
    with qtbot.waitSignal(bridge.errand_done):
        bridge.errand(errand)
    bridge.wait()


def test_the_cases_screen_keeps_enter_for_its_lists(screen: TextScreen, qtbot: QtBot) -> None:
    window = screen.window()
    assert isinstance(window, Window)
    window.open(CASES)
    assert not window.deck.actions["accept_word"].isEnabled()
    settle(window, qtbot)


def test_alt_and_a_digit_pick_another_reading_of_a_number(screen: TextScreen, qtbot: QtBot) -> None:
    window = screen.window()
    window.resize(1440, 900)
    assert soon(screen.readings.isVisible)
    press(qtbot, Qt.Key.Key_Tab)
    assert not window.deck.actions["pick_1"].isEnabled()
    screen.readings._offer(
        ("٩٩٠٠١", "٩٩٠١١")
    )  # what the second reader says of real paper: its own tests
    assert not window.deck.actions["pick_3"].isEnabled()
    press(qtbot, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert screen.bench.reading.text() == "٩٩٠١١"
    assert screen.bench.reading.typed
    press(qtbot, Qt.Key.Key_Return)
    assert written(screen)
    assert stored(screen.session.station).words[4].text == "٩٩٠١١"
