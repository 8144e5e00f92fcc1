"""A bug in the painting of one widget is that widget's alone."""

from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import ui
from ui.paint import painting

pytest_plugins = ["tests.ui_fixtures"]
RED = QColor("#FF0000")


class Painted(QWidget):
    """Red; with a bug at its second painting."""

    times = 0

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        self.times += 1
        with painting(self) as (painter, _of):
            painter.fillRect(self.rect(), RED)
            assert self.times != 2


def test_a_painter_ends_though_a_traceback_is_kept(qtbot: QtBot, qtlog: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column, parts = QVBoxLayout(window), [Painted(), Painted()]
    for part in parts:
        column.addWidget(part)
    window.resize(200, 200)
    window.show()
    qtbot.waitUntil(lambda: all(part.times == 1 for part in parts), timeout=60_000)
    with qtbot.capture_exceptions() as kept:
        for part in parts:
            part.update()
        qtbot.waitUntil(lambda: all(part.times == 2 for part in parts), timeout=60_000)
        assert [kind for kind, _bug, _traceback in kept] == [AssertionError, AssertionError]
        for size in (300, 100, 400):
            window.resize(size, size)
            window.repaint()
    assert [said.message for said in qtlog.records if "active painter" in said.message] == []
    assert window.grab().toImage().pixelColor(200, 100) == RED


def test_nothing_paints_with_a_painter_of_its_own() -> None:
    files = sorted(Path(ui.__file__).parent.rglob("*.py"))
    assert [path.name for path in files if "QPainter(" in path.read_text()] == ["paint.py"]
