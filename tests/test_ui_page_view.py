"""The picture of a page: as fine as the screen shows it, and no finer."""

from pathlib import Path

from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from archiver.workflow.open_case import open_case
from archiver.workflow.queries import blob_path
from archiver.workflow.station import Station
from ui.images import GLANCE_PX, Images, full, glance
from ui.widgets.long_list import LongList
from ui.widgets.page_view import PageView

pytest_plugins = ["tests.ui_fixtures"]


def shown(court: Station, qtbot: QtBot) -> tuple[PageView, Images]:
    images = Images(lambda key: blob_path(court, key))
    view = PageView(images)
    qtbot.addWidget(view)
    view.resize(500, 600)
    view.show()
    view.show_page(open_case(court, 1).pages[0], None)
    qtbot.waitUntil(lambda: view.sharp, timeout=30_000)
    return view, images


def test_a_fitted_page_is_decoded_at_half_its_size(court: Station, qtbot: QtBot) -> None:
    _view, images = shown(court, qtbot)
    page = open_case(court, 1).pages[0]
    pixmap = images.at_hand(glance(page))
    assert pixmap is not None
    assert max(pixmap.width(), pixmap.height()) <= GLANCE_PX
    assert images.at_hand(full(page)) is None
    images.stop()


def test_an_enlarged_page_is_seen_from_the_full_picture(court: Station, qtbot: QtBot) -> None:
    view, images = shown(court, qtbot)
    view.zoom(20)
    assert not view.sharp
    assert not view._paper.pixmap().isNull()  # the coarse one stays until the fine one is there
    qtbot.waitUntil(lambda: view.sharp, timeout=30_000)
    view.fit()
    assert view.sharp
    images.stop()


def test_a_page_that_cannot_be_read_stays_empty_paper(
    court: Station, qtbot: QtBot, tmp_path: Path
) -> None:
    images = Images(lambda key: tmp_path / key)
    view = PageView(images)
    qtbot.addWidget(view)
    view.show_page(open_case(court, 1).pages[0], None)
    qtbot.waitUntil(lambda: not images.busy, timeout=30_000)
    assert not view.sharp
    assert view._paper.pixmap().isNull()
    images.stop()


def test_a_scrolled_list_paints_only_what_came_into_sight(qtbot: QtBot) -> None:
    painted: list[int] = []

    class Watched(LongList):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
            painted.append(sum(rect.height() for rect in event.region()))
            super().paintEvent(event)

    listing = Watched()
    qtbot.addWidget(listing)
    listing.setModel(QStringListModel([str(n) for n in range(200)]))
    listing.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    listing.resize(200, 400)
    listing.show()
    qtbot.waitUntil(lambda: bool(painted), timeout=30_000)
    painted.clear()
    listing.verticalScrollBar().setValue(10)
    qtbot.waitUntil(lambda: bool(painted), timeout=30_000)
    assert max(painted) < listing.viewport().height() / 2


def test_a_list_that_lags_behind_a_turned_page_is_painted_all_the_same(qtbot: QtBot) -> None:
    listing = LongList()
    qtbot.addWidget(listing)
    listing.show()
    for _ in range(3):  # a key held down
        listing.lag()
    assert not listing.viewport().updatesEnabled()
    qtbot.waitUntil(listing.viewport().updatesEnabled, timeout=30_000)
