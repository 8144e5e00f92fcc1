"""A hand that rests on a page, and a key that is held down."""

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ui import leafing
from ui.leafing import RESTED_MS, STOPPED_MS, Leafing

pytest_plugins = ["tests.ui_fixtures"]


def test_behind_a_held_key_the_surroundings_of_a_page_wait_longer(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leafing, "HELD_MS", 60_000)
    parent = QObject()
    pages = Leafing(parent)
    pages.turn()
    assert (pages.held, pages.interval()) == (False, RESTED_MS)  # the first page of all
    pages.turn()
    assert (pages.held, pages.interval()) == (True, STOPPED_MS)
    monkeypatch.setattr(leafing, "HELD_MS", 0)  # so much later
    pages.turn()
    assert (pages.held, pages.interval()) == (False, RESTED_MS)
    assert pages.isActive()
