"""The Pages screen: what the checks complain of first, every mend by one key, and taken back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archiver.model.casefile import Page
from archiver.workflow import queries
from archiver.workflow.importing import import_files
from archiver.workflow.measuring import measure_pending
from archiver.workflow.station import Station
from tests.papers import OPERATOR, finish
from tests.ui_papers import KEY, LINES, paper, settle, soon
from ui.acts import PAGES, TEXT
from ui.screens.pages import PagesScreen
from ui.theme import Shape
from ui.widgets.desk_view import upright
from ui.widgets.reasons import ACCEPTING, LEAVING
from ui.window import Window

pytest_plugins = ["tests.ui_fixtures"]


def folded(path: Path) -> Path:
    """A page with a dark folded corner."""
    with Image.open(paper(path, LINES)) as opened:
        page = opened.convert("L")
    ImageDraw.Draw(page).polygon([(0, 0), (300, 0), (0, 300)], fill=30)
    page.save(path, dpi=(200, 200), quality=90)
    return path


@pytest.fixture
def screen(make_window: Callable[..., Window], court: Station, tmp_path: Path) -> PagesScreen:
    finish(import_files(court, OPERATOR, [folded(tmp_path / "f.jpg")], key=KEY, kind="cover"))
    measure_pending(court, 1)
    limits = replace(court.settings.checks, dpi=200)  # what the small papers have
    court.settings = replace(court.settings, checks=limits)
    window = make_window(court)
    window.session.show_case(1)
    window.open(PAGES)
    found: PagesScreen = window.screens[PAGES]
    assert soon(lambda: found.rows.rowCount() == 4)
    return found


def tap(screen: PagesScreen, key: Qt.Key) -> None:
    QTest.keyClick(screen.window().windowHandle(), key)


def page_of(screen: PagesScreen) -> int:
    return screen.current().row.page.id


def test_what_needs_a_look_stands_first_and_says_why(screen: PagesScreen) -> None:
    tester = QAbstractItemModelTester(
        screen.rows, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    first = screen.rows.rows[0]
    assert first.complaints
    assert first.shape is not Shape.OK
    assert screen.rows.rows[-1].complaints == ()
    assert [bool(row.heading) for row in screen.rows.rows].count(True) == 1
    assert screen.side.checks.checks[0].needs_a_look
    assert soon(lambda: not screen.after.empty)
    assert not screen.grab().isNull()
    assert tester.model() is screen.rows


def test_a_reason_lets_a_page_stand_and_the_next_one_comes(
    screen: PagesScreen, qtbot: QtBot
) -> None:
    needy = sum(bool(row.complaints) for row in screen.rows.rows)
    page = page_of(screen)
    tap(screen, Qt.Key.Key_Space)
    assert screen.side.reasons.isVisible()
    qtbot.keyClick(screen.side.reasons, Qt.Key.Key_1)
    assert soon(lambda: sum(bool(row.complaints) for row in screen.rows.rows) == needy - 1)
    kept = next(p for p in queries.case_view(screen.session.station, 1).pages if p.id == page)
    assert kept.accepted_reason == ACCEPTING[0]
    assert not screen.side.reasons.isVisible()
    tap(screen, Qt.Key.Key_Z)
    assert soon(lambda: sum(bool(row.complaints) for row in screen.rows.rows) == needy)


def test_a_page_is_turned_marked_blanked_and_rejected_and_all_taken_back(
    screen: PagesScreen, qtbot: QtBot
) -> None:
    station = screen.session.station
    read = next(n for n, row in enumerate(screen.rows.rows) if row.row.page.text)
    screen._select(read)
    page = page_of(screen)

    def now() -> object:
        return next((p for p in queries.case_view(station, 1).pages if p.id == page), None)

    before = now()
    tap(screen, Qt.Key.Key_T)
    assert soon(lambda: now().turn_deg == 90)
    assert soon(lambda: screen.current() and screen.current().row.page.turn_deg == 90)
    tap(screen, Qt.Key.Key_B)
    assert soon(lambda: now().blank)
    tap(screen, Qt.Key.Key_M)
    assert screen.marking.isVisible()
    screen.marking.name.setText("ختم، توقيع")
    qtbot.keyClick(screen.marking.name, Qt.Key.Key_Return)
    assert soon(lambda: "ختم" in now().marks)
    assert soon(lambda: screen.current() and "ختم" in screen.current().row.page.marks)
    tap(screen, Qt.Key.Key_X)
    tap(screen, Qt.Key.Key_3)  # the third reason, no kind of document
    assert soon(lambda: now() is None)
    (aside,) = queries.pages_aside(station, 1)
    assert aside.aside_reason == LEAVING[2]
    for _ in range(4):
        tap(screen, Qt.Key.Key_Z)
    assert soon(lambda: now() is not None and now().turn_deg == before.turn_deg)
    assert (now().blank, now().marks) == (before.blank, before.marks)
    QTest.keyClick(screen.window().windowHandle(), Qt.Key.Key_Y,
                   Qt.KeyboardModifier.ControlModifier)  # fmt: skip
    assert soon(lambda: now().turn_deg == 90)
    QTest.keyClick(screen.window().windowHandle(), Qt.Key.Key_Z,
                   Qt.KeyboardModifier.ControlModifier)  # fmt: skip
    assert soon(lambda: now().turn_deg == before.turn_deg)
    tap(screen, Qt.Key.Key_9)
    assert soon(lambda: "minutes" in {d.kind for d in queries.case_view(station, 1).documents})


def test_another_image_takes_the_place_of_a_page(
    screen: PagesScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    page = screen.current().row.page
    better = paper(tmp_path / "better.jpg", (*LINES, "نسخة أوضح"))
    screen.acts.rescan(page, better, "folded")
    settle(screen.window(), qtbot)
    assert soon(lambda: all(row.row.page.id != page.id for row in screen.rows.rows))
    (aside,) = queries.pages_aside(screen.session.station, 1)
    assert (aside.id, aside.aside_reason) == (page.id, "folded")
    screen.acts.insert(screen.current().row.page, paper(tmp_path / "n.jpg", LINES[:1]), before=True)
    settle(screen.window(), qtbot)
    assert soon(lambda: screen.rows.rowCount() == 5)


def test_pages_are_gone_through_and_opened_by_keys(screen: PagesScreen, qtbot: QtBot) -> None:
    window = screen.window()
    qtbot.keyClick(screen.list, Qt.Key.Key_PageDown)
    assert screen.list.currentIndex().row() == 1
    qtbot.keyClick(screen.list, Qt.Key.Key_F3)
    assert screen.current().complaints
    page = page_of(screen)
    qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    assert window.screen_name == TEXT
    assert window.screens[TEXT].strip.current().page.id == page


def test_a_flagged_place_is_enlarged_before_and_after(screen: PagesScreen, qtbot: QtBot) -> None:
    assert screen.crops.isVisible()
    assert soon(lambda: not screen.after.empty)
    whole = screen.after._part
    x, y, wide, high = screen.crops.parts[0]
    qtbot.keyClick(screen.list, Qt.Key.Key_F7)
    seen = screen.after._part
    assert seen.width() < whole.width()
    assert seen.contains(x + wide / 2, y + high / 2)
    for _ in screen.crops.parts:
        qtbot.keyClick(screen.list, Qt.Key.Key_F7)
    assert screen.after._part.width() == pytest.approx(whole.width(), abs=0.02)
    assert not screen.crops.grab().isNull()


def test_a_place_turns_with_its_page() -> None:
    corner = (0.0, 0.0, 0.1, 0.2)
    assert upright(corner, 0) == corner
    assert upright(corner, 90) == pytest.approx((0.8, 0.0, 0.2, 0.1))
    assert upright(corner, 180) == pytest.approx((0.9, 0.8, 0.1, 0.2))
    assert upright(corner, 270) == pytest.approx((0.0, 0.9, 0.2, 0.1))


def test_a_page_is_cropped_by_keys_or_by_drawing_and_taken_back(
    screen: PagesScreen, qtbot: QtBot
) -> None:
    whole = screen.current().row.page
    tap(screen, Qt.Key.Key_C)
    form = screen.cropping
    assert form.isVisible()
    assert screen.view.frame.isVisible()
    QTest.keyClicks(form.sides["top"], "5")
    assert form.margins.top == pytest.approx(0.05)
    page = screen.view.spots.size
    view = screen.view
    start, end = (view.mapFromScene(page.width() * at, page.height() * at) for at in (0.1, 0.9))
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    there = view.viewport().mapToGlobal(end)
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton  # QTest moves without a button
    QApplication.sendEvent(
        view.viewport(),
        QMouseEvent(QEvent.Type.MouseMove, end, there, none, left, Qt.KeyboardModifier.NoModifier),
    )
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert form.margins.left == pytest.approx(0.1, abs=0.02)
    assert form.margins.foot == pytest.approx(0.1, abs=0.02)
    qtbot.keyClick(form.sides["left"], Qt.Key.Key_Return)

    def there_now() -> Page:
        return queries.case_view(screen.session.station, 1).pages[whole.position - 1]

    assert soon(lambda: there_now().id != whole.id)
    assert there_now().width_px == pytest.approx(0.8 * whole.width_px, rel=0.03)
    assert not form.isVisible()
    assert not view.frame.isVisible()
    tap(screen, Qt.Key.Key_Z)
    assert soon(lambda: there_now().id == whole.id)
    tap(screen, Qt.Key.Key_C)
    qtbot.keyClick(form.sides["top"], Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert not view.frame.isVisible()
