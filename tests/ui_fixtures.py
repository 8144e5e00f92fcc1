"""A small real archive, and the window on it: offscreen, in Arabic, with nothing faked."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archiver import app, i18n
from archiver.model.actor import Actor
from archiver.settings import Identity
from archiver.workflow.importing import import_files
from archiver.workflow.processing import process
from archiver.workflow.station import Station
from tests.papers import let_seal_undescribed
from tests.ui_papers import A5_DPI_200, KEY, LINES, OPERATOR, paper
from ui.acts import CASES
from ui.session import Session
from ui.start import set_up
from ui.window import Window

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def court_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One case file of a statement (two pages) and a blank back, imported and read."""
    folder = tmp_path_factory.mktemp("ui")
    root = folder / "archive"
    operator = Actor(OPERATOR, "operator", "s", "c")
    app.init_archive(root, operator, Identity("s", "c"))
    let_seal_undescribed(root)
    pages = [Image.open(paper(folder / f"{n}.jpg", LINES[n:])) for n in range(2)]
    pages.append(Image.new("L", A5_DPI_200, 251))
    pages[0].save(folder / "صحيفة.tif", save_all=True, append_images=pages[1:], dpi=(200, 200))
    with app.open_station(root) as station:
        for step in import_files(
            station, operator, [folder / "صحيفة.tif"], key=KEY, title="شركة ضد جمعية",
            kind="appeal_statement",
        ):  # fmt: skip
            assert getattr(step, "error", None) is None
        list(process(station, operator))
    return root


@pytest.fixture
def court(court_archive: Path, tmp_path: Path) -> Iterator[Station]:
    root = tmp_path / "archive"
    shutil.copytree(court_archive, root)
    with app.open_station(root) as opened:
        yield opened


@pytest.fixture
def arabic(qapp: QApplication) -> Iterator[None]:
    set_up(qapp, "ar")
    yield
    i18n.set_language("en")


@pytest.fixture
def make_window(
    arabic: None, qtbot: QtBot, qtlog: object, tmp_path: Path
) -> Iterator[Callable[[Station, str], Window]]:
    """Open windows; an unexpected word from Qt fails the test.

    tmp_path: the archives are in it, and what a window does last is done before it goes.
    """
    made: list[Window] = []

    def make(opened: Station, person: str = OPERATOR) -> Window:
        window = Window(Session(opened, app.actor(opened, person)))
        window.resize(1440, 900)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        window.open(CASES)
        made.append(window)
        return window

    yield make
    for window in made:
        qtbot.waitUntil(lambda window=window: not window.session.bridge.busy, timeout=60_000)
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    offscreen = "This plugin does not support"  # sizes, popups: what only a real screen can
    unexpected = [r.message for r in qtlog.records if offscreen not in r.message]
    assert unexpected == []


@pytest.fixture
def window(make_window: Callable[..., Window], court: Station) -> Window:
    return make_window(court)
