"""The Delivery screen over a real SFTP server: on its way, paused, resumed, looked at, on paper."""

from collections.abc import Callable, Iterator
from pathlib import Path

import asyncssh
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archiver.model.changes import Parcel, Sending
from archiver.model.delivery import DeliveryState
from archiver.settings import TargetSettings
from archiver.store.keys import SigningKey
from archiver.workflow import queries
from archiver.workflow.checking import check
from archiver.workflow.receiving import Desk
from archiver.workflow.sealing import STATION_KEY, seal
from archiver.workflow.station import Station
from archiver.workflow.targets import add_place, add_target
from tests.papers import CHECKER, OPERATOR, finish
from tests.servers.sshd import Sshd, sshd
from tests.ui_papers import settle, soon
from ui import sendings
from ui.acts import DELIVERY
from ui.models.deliveries import PROGRESS, STATE
from ui.screens.delivery import DeliveryScreen
from ui.theme import Shape
from ui.widgets.day_bar import DayBar
from ui.window import Window

pytest_plugins = ["tests.ui_fixtures"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "desk")


@pytest.fixture
def sealed(court: Station, desk: Desk) -> Station:
    """The case file is sealed, and the centre knows our key."""
    finish(check(court, CHECKER, 1, accept=True))
    finish(seal(court, OPERATOR, 1))
    desk.trust(SigningKey.load_or_create(court.keys / STATION_KEY).public)
    return court


@pytest.fixture
def server() -> Iterator[Sshd]:
    with sshd() as found:
        found.start()
        yield found
        found.kill()


def url(server: Sshd) -> str:
    return f"sftp://{server.place().user}@127.0.0.1:{server.port}{server.seen}"


def opened(make_window: Callable[..., Window], station: Station) -> DeliveryScreen:
    window = make_window(station)
    window.open(DELIVERY)
    return window.screens[DELIVERY]


def test_a_package_is_followed_paused_and_goes_on(
    make_window: Callable[..., Window], sealed: Station, desk: Desk, server: Sshd, qtbot: QtBot
) -> None:
    target = TargetSettings(
        "centre", "sftp", url(server), desk.key().public.pem(),
        host_key=server.host_key, patience_seconds=1,
    )  # fmt: skip
    _, public = add_place(sealed, OPERATOR, target, {})
    server.trust(asyncssh.import_public_key(public))
    server.kill()
    screen = opened(make_window, sealed)
    tester = QAbstractItemModelTester(
        screen.packages, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    window = screen.window()
    window.deck.do("send")
    settle(window, qtbot)
    row = screen.packages.rows[0]
    assert row.failed
    assert "المحاولة التالية" in row.progress

    parcel = Parcel(row.delivery.id, row.seal.size // 4, row.seal.size)
    left = row.seal.size - parcel.sent
    step = Sending(0, 1, "", 180.0, (parcel,), left / 180, left)
    window.session.bridge.progress.emit(step)
    assert screen.packages.index(0, PROGRESS).data() == "٢٥٪ · بقيت نحو ٣ دقائق"
    assert screen._speed.isVisible()
    assert not screen.grab().isNull()
    screen._arrived()
    assert not screen._speed.isVisible()

    screen.table.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Space)
    assert soon(lambda: screen.packages.rows[0].paused)
    assert screen.packages.index(0, STATE).data() == "موقوفة مؤقتًا"
    assert not window.deck.actions["resend"].isEnabled()
    server.start()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Space)
    assert soon(lambda: not screen.packages.rows[0].paused)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_R)
    settle(window, qtbot)
    assert screen.packages.rows[0].state == DeliveryState.COMMITTED
    assert tester.model() is screen.packages


def test_a_drop_box_is_added_by_the_form_and_looked_at(
    make_window: Callable[..., Window], sealed: Station, desk: Desk, server: Sshd, qtbot: QtBot,
    tmp_path: Path,
) -> None:  # fmt: skip
    desk.key()
    (tmp_path / "host.pub").write_text(f"drop.example {server.host_key}\n")
    screen = opened(make_window, sealed)
    window = screen.window()
    assert not window.deck.actions["send"].isEnabled()
    window.deck.do("add_target")
    form = screen.form
    form.kind.setCurrentIndex(form.kind.findData("sftp"))
    form.name.setText("centre")
    form.place.setText(url(server))
    form.centre_key.line.setText(str(tmp_path / "desk" / "centre.pem"))
    form.host_key.line.setText(str(tmp_path / "host.pub"))
    form.hours.setText("٢٠:٠٠")
    assert not form.go.isEnabled()
    assert form.why.text()
    form.hours.setText("٠٠:٠٠-٢٣:٥٩")
    assert not form.access_key.isVisible()
    form.go.click()
    assert soon(screen.key.isVisible)
    assert screen.target.currentData() == "centre"
    assert sealed.settings.targets["centre"].hours == "00:00-23:59"
    server.trust(asyncssh.import_public_key(screen.key.key.text()))

    window.deck.do("examine")
    assert soon(screen.findings.isVisible)
    qtbot.keyClick(screen.findings.close_button, Qt.Key.Key_Escape)
    assert not screen.findings.isVisible()
    window.deck.do("send")
    settle(window, qtbot)
    assert screen.packages.rows[0].state == DeliveryState.COMMITTED


def test_a_form_that_is_refused_stays_with_the_reason(
    make_window: Callable[..., Window], sealed: Station, tmp_path: Path
) -> None:
    screen = opened(make_window, sealed)
    screen.ask_target()
    screen.form.name.setText("Centre!")
    screen.form.place.setText(str(tmp_path / "drop"))
    screen.form.centre_key.line.setText(str(tmp_path / "none.pem"))
    screen.form.go.click()
    assert soon(lambda: "none.pem" in screen.form.why.text())
    assert screen.form.isVisible()
    assert sealed.settings.targets == {}


def test_what_failed_is_found_hurried_paused_and_put_on_paper(
    make_window: Callable[..., Window], sealed: Station, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    drop = tmp_path / "drop"
    add_target(sealed, OPERATOR, "centre", drop, desk.key().public)
    drop.rename(tmp_path / "away")
    screen = opened(make_window, sealed)
    window = screen.window()
    window.deck.do("send")
    settle(window, qtbot)
    row = screen.packages.rows[0]
    assert row.failed
    assert row.sign.shape is Shape.DOUBTFUL
    assert screen.side._bar.isVisible()
    qtbot.keyClick(screen.table, Qt.Key.Key_F3)
    assert screen.current() == row
    window.deck.do("sooner")
    assert soon(lambda: screen.packages.rows[0].delivery.priority == 1)
    assert "١" in screen.packages.rows[0].urgency
    window.deck.do("pause_all")
    assert soon(lambda: screen.packages.rows[0].paused)
    window.deck.do("send")
    settle(window, qtbot)
    assert window.notices._kind is Shape.WRONG
    window.deck.do("pause_all")
    assert soon(lambda: not screen.packages.rows[0].paused)

    (tmp_path / "away").rename(drop)
    window.deck.do("resend")
    settle(window, qtbot)
    assert screen.packages.rows[0].state == DeliveryState.COMMITTED
    screen.write_record(tmp_path / "محضر.pdf")
    settle(window, qtbot)
    assert window.deck.actions["delivery_report"].isEnabled()
    sendings.report(window.session, tmp_path / "تقرير.pdf")
    settle(window, qtbot)
    for name in ("محضر.pdf", "تقرير.pdf"):
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")
    events = [event.verb for event in queries.case_view(sealed, 1).events]
    assert {"send", "priority"} <= set(events)


def test_space_presses_the_button_that_has_the_focus(
    make_window: Callable[..., Window], sealed: Station, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    add_target(sealed, OPERATOR, "centre", tmp_path / "drop", desk.key().public)
    screen = opened(make_window, sealed)
    screen.examine()
    assert soon(screen.findings.isVisible)
    assert QApplication.focusWidget() is screen.findings.close_button
    QTest.keyClick(screen.window().windowHandle(), Qt.Key.Key_Space)
    assert not screen.findings.isVisible()


def test_hours_that_pass_midnight_are_two_spans(arabic: None, qtbot: QtBot) -> None:
    day = DayBar()
    qtbot.addWidget(day)
    day.show_hours("20:00-06:00", 0)
    assert day.spans() == [(0, 360), (1200, 1440)]
    assert "٢٠:٠٠" in day.accessibleName()
    day.show_hours("", 500)
    assert day.spans() == [(0, 1440)]
    assert "٥٠٠ ك.ب" in day.accessibleName()
    assert day.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_the_hours_of_a_target_are_changed_in_place(
    make_window: Callable[..., Window], court: Station, tmp_path: Path, qtbot: QtBot
) -> None:
    key = SigningKey.load_or_create(tmp_path / "centre.pem").public
    add_target(court, OPERATOR, "centre", tmp_path / "centre", key)
    window = make_window(court)
    window.open(DELIVERY)
    screen: DeliveryScreen = window.screens[DELIVERY]
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_H)
    assert screen.asking.isVisible()
    screen.asking.name.setText("٢٠:٠٠-٠٦:٠٠")
    qtbot.keyClick(screen.asking.name, Qt.Key.Key_Return)
    assert soon(lambda: court.settings.targets["centre"].hours == "20:00-06:00")
    told: list[object] = []
    window.session.told.connect(told.append)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_H)
    screen.asking.name.setText("at night")
    qtbot.keyClick(screen.asking.name, Qt.Key.Key_Return)
    assert soon(lambda: bool(told))
    assert court.settings.targets["centre"].hours == "20:00-06:00"
