"""Every screen stands in 1366x768, and at 200 % of 1920x1080 none runs out sideways."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.acts import SCREENS
from ui.widgets.flow import Flow
from ui.widgets.look_preview import sample
from ui.widgets.parts import words, yielding
from ui.widgets.screen_stack import ScreenStack
from ui.widgets.text_pane import TextPane
from ui.window import Window

pytest_plugins = ["tests.ui_fixtures"]


@pytest.mark.parametrize(
    ("width_px", "height_px", "scrolls"), [(1366, 768, False), (960, 540, True)]
)
def test_no_screen_is_cut_in_a_small_window(
    window: Window, width_px: int, height_px: int, scrolls: bool, qtbot: QtBot
) -> None:
    window.resize(width_px, height_px)
    stack = window.findChild(ScreenStack)
    area = stack.parentWidget().parentWidget()
    for screen in SCREENS:
        window.open(screen)
        qtbot.waitUntil(lambda: stack.width() <= area.width() + 1, timeout=20_000)
        if not scrolls:
            qtbot.waitUntil(lambda: stack.height() <= area.height() + 1, timeout=20_000)


def test_keys_without_room_go_into_a_second_row(qtbot: QtBot) -> None:
    holder, parts = QWidget(), [QLabel("x") for _ in range(3)]
    qtbot.addWidget(holder)
    for part in parts:
        part.setFixedSize(100, 30)
    flow = Flow(*parts)
    holder.setLayout(flow)
    holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert (flow.minimumSize().width(), flow.heightForWidth(400)) == (100, 30)
    holder.resize(210, flow.heightForWidth(210))
    holder.show()
    assert [part.geometry().getRect()[:2] for part in parts] == [(110, 0), (2, 0), (110, 38)]


def test_what_is_cut_off_says_so(arabic: None, qtbot: QtBot) -> None:
    label = yielding(words("شركة الواحة الافتراضية للتوريدات"))
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    whole = label.grab().toImage()
    label.resize(whole.width() // 2, whole.height())
    cut = label.grab().toImage()
    label.setText(label.fontMetrics().elidedText(
        label.text(), Qt.TextElideMode.ElideRight, label.width())[1:])  # fmt: skip
    assert label.grab().toImage() == cut


def test_a_number_at_the_end_of_a_line_can_be_seen_and_pointed_at(
    arabic: None, qtbot: QtBot
) -> None:
    pane = TextPane()
    qtbot.addWidget(pane)
    pane.resize(320, 130)
    pane.show_text(sample())
    pane.show()
    number = next(n for n, place in enumerate(pane.places) if place.text == "٩٩٠٠١")
    block = pane.document().findBlock(pane.places[number].start)
    (room,) = pane._rects(block, pane.places[number])
    assert room.width() > 30
    with qtbot.waitSignal(pane.word_chosen) as chosen:
        middle = QPoint(round(room.center().x()), round(room.center().y()))
        qtbot.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert chosen.args == [number]
