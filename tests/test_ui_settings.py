"""Settings take effect at once, are remembered, and a crash loses neither place nor words."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archiver import app
from archiver.i18n import digits, language
from archiver.workflow.people import people_of
from archiver.workflow.station import Station
from tests.dying_window import WORDS as WORDS_TYPED
from tests.ui_papers import OPERATOR, settle, soon
from ui.acts import CASES, DESCRIBE, SETTINGS, TEXT
from ui.look import Look, keep_look, look_of
from ui.memory import Memory
from ui.screens.settings import SettingsScreen
from ui.session import Session
from ui.start import Opening, arguments, first_look
from ui.theme import DARK, LIGHT, tokens
from ui.window import Window

pytest_plugins = ["tests.ui_fixtures"]
WORDS = "نخلة طويلة في الواحة"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "state" / "window.json"


@pytest.fixture
def opening(arabic: None, qapp: QApplication, court: Station, kept: Path) -> Iterator[Opening]:
    made = Opening(qapp, court, Memory(kept))
    yield made
    for window in [w for w in qapp.topLevelWidgets() if isinstance(w, Window)]:
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()


def settings(window: Window) -> SettingsScreen:
    window.open(SETTINGS)
    screen: SettingsScreen = window.screens[SETTINGS]
    return screen


def test_a_look_is_kept_for_the_person_and_for_whoever_comes_next(kept: Path) -> None:
    memory = Memory(kept)
    assert look_of(memory, OPERATOR, Look()) == Look()
    chosen = Look("en", "plain", "dark", 150)
    keep_look(memory, OPERATOR, chosen)
    memory.put(OPERATOR, "light", "purple")
    memory.save()
    assert kept.stat().st_mode & 0o077 == 0
    again = Memory(kept)
    assert look_of(again, "سامي", Look()) == chosen
    assert look_of(again, OPERATOR, Look("ar", "arabic", "light")).light == "light"
    assert first_look(arguments(["--lang", "ar"]), again).language == "ar"
    kept.write_text("{broken", "utf-8")
    assert look_of(Memory(kept), OPERATOR, Look()) == Look()


def test_light_turns_at_once_and_language_makes_the_window_anew(
    opening: Opening, court: Station, qtbot: QtBot
) -> None:
    window = opening.open(app.actor(court, OPERATOR), Look())
    window.show()
    screen = settings(window)
    qtbot.mouseClick(screen.form.choices["light", "dark"], Qt.MouseButton.LeftButton)
    assert tokens(window.palette()) is DARK
    window.deck.do("dark")
    assert tokens(window.palette()) is LIGHT
    assert digits("12") == "١٢"
    qtbot.mouseClick(screen.form.choices["digits", "plain"], Qt.MouseButton.LeftButton)
    assert opening.window is not window
    assert digits("12") == "12"
    screen = opening.window.screens[SETTINGS]
    assert opening.window.screen_name == SETTINGS
    qtbot.mouseClick(screen.form.choices["language", "en"], Qt.MouseButton.LeftButton)
    assert language() == "en"
    assert opening.window.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert opening.window.session.actor.person == OPERATOR
    assert not window.isVisible()


def test_people_are_added_in_the_window(window: Window, court: Station) -> None:
    screen = settings(window)
    screen.sections.setCurrentRow(1)
    form = screen.people
    form.name.setText("هالة")
    form.password.setText(WORDS)
    form.roles["supervisor"].setChecked(True)
    form.add.click()
    assert soon(lambda: bool(people_of(court)) and not window.session.bridge.busy)
    assert soon(lambda: form.list.count() == 1)
    (hala,) = people_of(court)
    assert (hala.name, hala.roles) == ("هالة", ("supervisor",))
    assert hala.password
    assert form.password.text() == ""
    assert not form.name.isEnabled()  # we are not in charge
    form.name.setText("منى")
    form.add.click()
    assert len(people_of(court)) == 1


def test_a_crash_loses_neither_place_nor_half_typed_words(
    make_window: Callable[..., Window], court: Station, kept: Path, qtbot: QtBot
) -> None:
    window = make_window(court)
    window.session.memory._path = kept
    page = window.session.view.pages[1]
    window.session.open_page(page.case_id, page.id)
    assert window.screen_name == TEXT
    window.open(CASES)
    window.screens[CASES].start_import()
    form = window.screens[CASES].form
    form.number.setText("99002/93")
    form.title.setText("شركة ضد")
    window.session.memory.save()

    later = Window(Session(court, app.actor(court, OPERATOR), memory=Memory(kept)))
    qtbot.addWidget(later)
    later.show()
    assert later.screen_name == CASES
    assert later.screens[CASES].form.isVisible()
    assert later.screens[CASES].form.number.text() == "99002/93"
    assert later.screens[CASES].form.title.text() == "شركة ضد"
    assert later.screens[TEXT].strip.current().page.id == page.id
    later.screens[CASES].form.dismissed.emit()
    later.close()
    settle(later, qtbot)
    assert Memory(kept).get(OPERATOR, "import", ["x"]) == []
    assert Memory(kept).get(OPERATOR, "screen", "x") == ""


@pytest.mark.parametrize("screen", [TEXT, DESCRIBE])
def test_a_killed_window_opens_with_the_word_that_was_half_typed(
    court_archive: Path, arabic: None, kept: Path, tmp_path: Path, qtbot: QtBot, screen: str
) -> None:
    root = shutil.copytree(court_archive, tmp_path / "archive")
    dying = [sys.executable, "-m", "tests.dying_window", str(root), str(kept), screen]
    assert subprocess.run(dying, check=False, timeout=120).returncode == -signal.SIGKILL
    with app.open_station(root) as station:
        later = Window(Session(station, app.actor(station, OPERATOR), memory=Memory(kept)))
        qtbot.addWidget(later)
        later.show()
        later.activateWindow()
        assert later.screen_name == screen
        room = later.screens[screen]
        field = room.bench.reading if screen == TEXT else room.form.rows[1].editor
        assert soon(lambda: field.text() == WORDS_TYPED)
        later.close()
