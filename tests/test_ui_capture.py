"""The Capture screen on a test scanner: seen when safe, stopped, complained of, mended by keys."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archiver.capture import escl
from archiver.model.identity import CaseKey
from archiver.model.scanning import Mode, ScanSettings, Source
from archiver.settings import read_settings
from archiver.workflow import desk, queries, vocabulary
from archiver.workflow.heritage import conditions
from archiver.workflow.lot_samples import lot_samples
from archiver.workflow.lots import declare, find_lot, open_lot
from archiver.workflow.station import Station
from tests.papers import finish
from tests.scanners import DPI, sheets
from tests.servers.escl import EsclServer, Faults, scanner
from tests.ui_papers import settle, soon
from ui.acts import CAPTURE, KINDS, PAGES
from ui.desk_acts import marks_of
from ui.models.captured import document_span
from ui.screens.capture import CaptureScreen
from ui.theme import Shape
from ui.window import Window

pytest_plugins = ["tests.ui_fixtures"]


@pytest.fixture
def server() -> Iterator[EsclServer]:
    with scanner(sheets(2)) as found:
        yield found


def opened(make_window: Callable[..., Window], court: Station, server: EsclServer) -> CaptureScreen:
    """On a scanner that station.toml names."""
    device = escl.PREFIX + server.url
    with (court.root / "station.toml").open("a") as file:
        file.write(
            f'\n[scanners.front-desk]\ndevice = "{device}"\nsource = "duplex"\ndpi = {DPI}\n'
            'mode = "colour"\npaper = "a5"\n'
        )
    court.settings = read_settings(court.root)
    window = make_window(court)
    window.session.show_case(1)
    window.open(CAPTURE)
    found: CaptureScreen = window.screens[CAPTURE]
    assert soon(lambda: found.card.told_well and "جاهز" in found.card._state.text())
    return found


@pytest.fixture
def screen(make_window: Callable[..., Window], court: Station, server: EsclServer) -> CaptureScreen:
    return opened(make_window, court, server)


def tap(screen: CaptureScreen, key: Qt.Key) -> None:
    QTest.keyClick(screen.window().windowHandle(), key)


def scanned(screen: CaptureScreen, qtbot: QtBot) -> None:
    screen.strip.setFocus()
    tap(screen, Qt.Key.Key_Space)
    assert screen.session.bridge.busy
    settle(screen.window(), qtbot)


def test_space_scans_both_faces_into_the_open_case_file(
    screen: CaptureScreen, qtbot: QtBot
) -> None:
    tester = QAbstractItemModelTester(
        screen.rows, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    before = len(queries.case_view(screen.session.station, 1).pages)
    assert screen.card.settings == ScanSettings(Source.DUPLEX, DPI, Mode.COLOUR, "a5")
    screen.card.sheets.setValue(2)
    finish(open_lot(screen.session.station, screen.session.actor))
    screen.refresh()
    screen.card.lot.setCurrentIndex(1)
    tap(screen, Qt.Key.Key_9)
    assert screen.kinds.kind == "minutes"
    scanned(screen, qtbot)
    view = queries.case_view(screen.session.station, 1)
    assert len(view.pages) == before + 4
    assert view.documents[-1].kind == "minutes"
    assert [row.images for row in lot_samples(screen.session.station)] == [4]
    rows = screen.rows.rows
    assert [(row.sheet, row.back) for row in rows] == [(1, False), (1, True), (2, False), (2, True)]
    assert [row.page.id for row in rows] == [page.id for page in view.pages[-4:]]
    assert (screen.paper.sheets, screen.paper.images, screen.paper.expected) == (2, 4, 2)
    assert soon(lambda: not screen.front.empty and not screen.back.empty)
    assert len(screen._pictures) == 4
    assert screen.card.told_well
    assert not screen.grab().isNull()
    assert tester.model() is screen.rows


def test_a_page_just_scanned_is_turned_blanked_rejected_and_taken_back(
    screen: CaptureScreen, qtbot: QtBot
) -> None:
    scanned(screen, qtbot)
    station = screen.session.station
    page = screen.current().page.id
    tap(screen, Qt.Key.Key_T)
    assert soon(lambda: queries.page(station, page).turn_deg == 90)
    assert soon(lambda: screen.current().page.turn_deg == 90)
    tap(screen, Qt.Key.Key_M)
    screen.acts.marking.name.setText("ختم، توقيع")
    qtbot.keyClick(screen.acts.marking.name, Qt.Key.Key_Return)
    assert soon(lambda: marks_of(queries.page(station, page)) == ["ختم", "توقيع"])
    tap(screen, Qt.Key.Key_X)
    assert screen.acts.reasons.isVisible()
    tap(screen, Qt.Key.Key_7)
    assert soon(lambda: queries.page(station, page).aside == "rejected")
    tap(screen, Qt.Key.Key_Z)
    assert soon(lambda: queries.page(station, page).aside == "")


def test_the_strip_names_the_document_over_its_pages(screen: CaptureScreen, qtbot: QtBot) -> None:
    tap(screen, Qt.Key.Key_9)
    scanned(screen, qtbot)
    rows = screen.rows.rows
    assert {row.document.kind for row in rows} == {"minutes"}
    assert document_span(rows, 1) == (0, len(rows) - 1)
    other = [replace(row, document=None) if n < 2 else row for n, row in enumerate(rows)]
    assert document_span(other, len(rows) - 1) == (2, len(rows) - 1)


def test_k_offers_the_kinds_that_have_no_digit(screen: CaptureScreen, qtbot: QtBot) -> None:
    tap(screen, Qt.Key.Key_K)
    menu = QApplication.activePopupWidget()
    codes = list(vocabulary.items("document_kind"))
    assert len(menu.actions()) == len(codes)
    other = next(n for n, code in enumerate(codes) if code not in KINDS.values() and n > 0)
    menu.actions()[other].trigger()
    menu.hide()
    assert screen.kinds.kind == codes[other]


def test_digits_typed_into_the_count_of_sheets_choose_no_kind(
    screen: CaptureScreen, qtbot: QtBot
) -> None:
    screen.card.sheets.setFocus()
    screen.card.sheets.selectAll()
    tap(screen, Qt.Key.Key_5)
    assert screen.card.sheets.value() == 5
    assert screen.kinds.kind == "unsorted"


def test_a_page_is_scanned_anew_in_its_place(
    screen: CaptureScreen, server: EsclServer, qtbot: QtBot
) -> None:
    scanned(screen, qtbot)
    station, old = screen.session.station, screen.current().page
    before = len(queries.case_view(station, 1).pages)
    server.tray[:] = sheets(1)
    tap(screen, Qt.Key.Key_R)
    qtbot.keyClick(screen.acts.reasons, Qt.Key.Key_1)
    settle(screen.window(), qtbot)
    (aside,) = queries.pages_aside(station, 1)
    assert (aside.id, aside.aside_reason) == (old.id, "folded")
    now = queries.case_view(station, 1).pages
    assert len(now) == before
    assert soon(lambda: screen.current().page.instead_of == old.id)
    assert screen.current().page.position == old.position


def test_what_is_scanned_between_stands_in_the_strip_where_it_belongs(
    screen: CaptureScreen, server: EsclServer, qtbot: QtBot
) -> None:
    scanned(screen, qtbot)
    screen.strip.select(0)
    first = screen.current().page.position
    server.tray[:] = sheets(1)
    tap(screen, Qt.Key.Key_I)
    settle(screen.window(), qtbot)
    rows = screen.rows.rows
    assert [row.inserted for row in rows] == [False, True, True, False, False, False]
    assert soon(lambda: [r.page.position for r in screen.rows.rows] == [*range(first, first + 6)])
    assert screen.current() == screen.rows.rows[1]


def test_pages_scans_anew_from_the_scanner_used_last(
    screen: CaptureScreen, server: EsclServer, qtbot: QtBot
) -> None:
    window, station = screen.window(), screen.session.station
    window.open(PAGES)
    desk = window.screens[PAGES]
    assert soon(lambda: desk.current() is not None)
    page = desk.current().row.page
    server.tray[:] = sheets(1)
    tap(screen, Qt.Key.Key_R)
    qtbot.keyClick(desk.side.reasons, Qt.Key.Key_1)
    assert screen.session.bridge.busy
    settle(window, qtbot)
    (aside,) = queries.pages_aside(station, 1)
    assert aside.id == page.id


def test_a_feed_goes_into_the_case_file_that_was_declared(
    screen: CaptureScreen, qtbot: QtBot
) -> None:
    session = screen.session
    finish(open_lot(session.station, session.actor))
    key = CaseKey("civil", 99077, 93)
    finish(
        declare(session.station, session.actor, find_lot(session.station, "1"), key=key, sheets=2)
    )
    screen.refresh()
    assert screen.card.into.count() == 3
    screen.card.into.setCurrentIndex(2)
    scanned(screen, qtbot)
    assert session.view.case.reference == str(key)
    assert len(session.view.pages) == 4
    assert screen.card.into.currentIndex() == 0


def test_the_condition_of_an_item_is_asked_for_before_its_first_image(
    screen: CaptureScreen, qtbot: QtBot
) -> None:
    session = screen.session
    finish(open_lot(session.station, session.actor))
    lot = find_lot(session.station, "1")
    finish(declare(session.station, session.actor, lot, item="H-0009", sheets=1))
    screen.refresh()
    assert not screen.window().deck.actions["note_condition"].isEnabled()  # a file with a number
    screen.card.into.setCurrentIndex(2)
    assert screen.window().deck.actions["note_condition"].isEnabled()
    screen.strip.setFocus()
    tap(screen, Qt.Key.Key_Space)  # refused
    assert soon(screen.condition.isVisible)
    settle(screen.window(), qtbot)
    first = next(iter(screen.condition.boxes.values()))
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert screen.condition.isVisible()  # nothing is ticked
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    qtbot.keyClick(first, Qt.Key.Key_Return)
    settle(screen.window(), qtbot)
    begun = queries.find_case(session.station, "H-0009")
    assert conditions(session.station, begun) == ("good",)
    assert not screen.condition.isVisible()


def test_what_ends_a_feed_stands_on_the_card_with_its_way_out(
    make_window: Callable[..., Window], court: Station, qtbot: QtBot
) -> None:
    with scanner(sheets(3), Faults(jam_before=4)) as server:
        screen = opened(make_window, court, server)
        scanned(screen, qtbot)
    assert screen.rows.rowCount() == 3
    assert not screen.card.told_well
    assert screen.card._told.text()
    assert "front-desk" in screen.card._state.text()  # its name at this site, and once
    assert screen.window().notices.isHidden()


def test_without_a_scanner_the_screen_says_what_to_do(
    make_window: Callable[..., Window], court: Station, monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:  # fmt: skip
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))  # no driver, no scanner
    window = make_window(court)
    window.open(CAPTURE)
    screen: CaptureScreen = window.screens[CAPTURE]
    assert soon(lambda: screen.card._kind is not Shape.CURRENT)
    assert screen.card._told.text()
    assert not window.deck.actions["scan"].isEnabled()


def test_a_page_just_scanned_is_cropped_made_whole_split_and_all_of_it_again(
    screen: CaptureScreen, qtbot: QtBot
) -> None:
    scanned(screen, qtbot)
    screen.strip.select(0)
    numbers = [row.number for row in screen.rows.rows]
    whole = screen.current().page.id
    tap(screen, Qt.Key.Key_C)
    screen.acts.cropping.sides["top"].setValue(10)
    assert not screen.grab().isNull()
    qtbot.keyClick(screen.acts.cropping, Qt.Key.Key_Return)
    assert not screen.acts.cropping.isVisible()
    assert soon(lambda: screen.current().page.instead_of == whole)
    tap(screen, Qt.Key.Key_J)
    assert soon(lambda: screen.current().page.id == whole)
    tap(screen, Qt.Key.Key_S)  # no fold in it
    assert soon(screen.window().notices.isVisible)
    station, actor = screen.session.station, screen.session.actor
    page = screen.current().page
    finish(desk.split(station, actor, page.case_id, page.position, at=0.5))
    screen.session.refresh()
    assert soon(lambda: screen.rows.rowCount() == len(numbers) + 1)
    assert [row.page.instead_of for row in screen.rows.rows[:2]] == [whole, whole]
    assert screen.rows.rows[1].words != screen.rows.rows[0].words
    press(screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert soon(lambda: [row.number for row in screen.rows.rows] == numbers)
    assert screen.current().page.id == whole
    press(screen, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert soon(lambda: screen.rows.rowCount() == len(numbers) + 1)


def press(screen: CaptureScreen, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    QTest.keyClick(screen.window().windowHandle(), key, held)
