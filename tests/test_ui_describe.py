"""Describing by keys alone: proposals, typing, what is wrong beneath the field, documents."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from archiver import app
from archiver.model.casefile import CaseState
from archiver.model.description import FieldProposal, ValueSource
from archiver.model.identity import CaseKey
from archiver.model.keying import ItemState
from archiver.store import fields
from archiver.workflow import queries
from archiver.workflow.checking import check
from archiver.workflow.describing import describe, field_values, typed
from archiver.workflow.effort import effort_of
from archiver.workflow.importing import import_files
from archiver.workflow.keying import key, typed_values
from archiver.workflow.proposing import state_of
from archiver.workflow.sealing import seal
from archiver.workflow.station import Station
from ocr.page import Box
from tests.ui_papers import CHECKER, paper, pause, soon
from ui.acts import CASES, DESCRIBE
from ui.screens.describe import DescribeScreen
from ui.theme import Shape
from ui.widgets.field_row import FieldRow
from ui.window import Window

pytest_plugins = ["tests.ui_fixtures"]


def propose(station: Station, field: str, value: object, probability: float = 0.97) -> None:
    """As if the rules had found this on the first page."""
    page = queries.case_view(station, 1).pages[0]
    found = FieldProposal(0, 1, page.id, 1, field, 1, value, "كما ورد", probability, "r", (1,),
                          (0, 1), (Box(600, 100, 300, 60),))  # fmt: skip
    with station.database.transaction() as connection:
        fields.replace_proposals(connection, 1, [found], state_of(station, 1))


@pytest.fixture
def screen(make_window: Callable[..., Window], court: Station) -> DescribeScreen:
    propose(court, "circuit", "civil")
    window = make_window(court)
    window.open(DESCRIBE)
    made: DescribeScreen = window.screens[DESCRIBE]
    return made


def row(screen: DescribeScreen, field: str, place: int = 1) -> FieldRow:
    return screen.form.of_field(field)[place - 1]


def go(screen: DescribeScreen, field: str, place: int = 1) -> FieldRow:
    found = row(screen, field, place)
    found.editor.setFocus()
    assert soon(found.editor.hasFocus)
    return found


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifier or Qt.KeyboardModifier.NoModifier)


def type_in(screen: DescribeScreen, text: str) -> None:
    for letter in text:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(screen.window().windowHandle(), event)


def strike(text: str) -> None:
    """As a keyboard does: to the window that has the keys, an open list too."""
    for letter in text:
        tap(ord(letter.upper()), letter)


def tap(key: int, letter: str = "") -> None:
    for down in (True, False):
        QTest.simulateEvent(QGuiApplication.focusWindow(), down, key,
                            Qt.KeyboardModifier.NoModifier, letter, False)  # fmt: skip


def written(screen: DescribeScreen) -> bool:
    return soon(lambda: not screen.descriptions.waiting)


def values(station: Station, field: str) -> list[object]:
    return [v.value for v in field_values(station, 1) if v.field == field]


def test_enter_accepts_the_proposal_and_goes_on(screen: DescribeScreen, qtbot: QtBot) -> None:
    station = screen.session.station
    circuit = go(screen, "circuit")
    assert "٩٧" in circuit.editor.toolTip()
    assert circuit.editor.text() == ""
    assert circuit.crop.shows
    assert screen.view.marks.found == {0, 1}
    press(qtbot, Qt.Key.Key_Return)
    assert not circuit.editor.hasFocus()
    assert written(screen)
    assert values(station, "circuit") == ["civil"]
    (value,) = [v for v in field_values(station, 1) if v.field == "circuit"]
    assert value.source is ValueSource.PROPOSAL
    assert row(screen, "circuit")._sign._kind is Shape.OK
    go(screen, "clerk")
    press(qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert written(screen)
    assert values(station, "circuit") == []


def test_what_is_typed_is_kept_by_tab_and_found_after_a_restart(
    screen: DescribeScreen, qtbot: QtBot
) -> None:
    go(screen, "clerk")
    strike("عادل قيد الجلسات")
    tap(Qt.Key.Key_Tab)
    assert written(screen)
    go(screen, "disposition")
    strike("رفض الطعن")  # over an open list
    tap(Qt.Key.Key_Return)
    assert written(screen)
    root = screen.session.station.root
    screen.window().close()
    screen.session.station.close()
    with app.open_station(root) as again:
        assert values(again, "clerk")[0]["name_as_written"] == "عادل قيد الجلسات"
        seconds, keys = effort_of(again, 1)
        assert keys == len("عادل قيد الجلسات") + 1 + len("رفض الطعن") + 1
        assert seconds > 0


def test_what_is_wrong_is_said_beneath_the_field_while_typing(
    screen: DescribeScreen, qtbot: QtBot
) -> None:
    date = go(screen, "hearing_date")
    type_in(screen, "٣١/٢/٢٠٢٤")
    assert soon(lambda: bool(date._remark.text()))
    assert date._sign._kind is Shape.WRONG
    press(qtbot, Qt.Key.Key_Escape)
    assert soon(lambda: not date._remark.text() or date._sign._kind is not Shape.WRONG)
    assert date.editor.text() == ""
    type_in(screen, "٣١/٢/٢٠٢٤")
    press(qtbot, Qt.Key.Key_Return)
    assert written(screen)
    window = screen.window()
    assert isinstance(window, Window)
    assert soon(window.notices.isVisible)  # refused in words, nothing stored
    assert values(screen.session.station, "hearing_date") == []


def test_a_word_of_the_list_is_offered(screen: DescribeScreen, qtbot: QtBot) -> None:
    disposition = go(screen, "disposition")
    press(qtbot, Qt.Key.Key_F4)
    assert disposition._words.rowCount() > 5
    disposition._completer.popup().hide()
    type_in(screen, "رفض")
    assert soon(lambda: 0 < disposition._words.rowCount() < 5)
    disposition._completer.popup().hide()


@pytest.mark.parametrize("pause_s", [0.0, 0.4])  # before and behind the moment of thought
def test_an_open_list_takes_no_key_of_the_next_field(
    screen: DescribeScreen, qtbot: QtBot, pause_s: float
) -> None:
    def popup() -> bool:
        return QApplication.activePopupWidget() is not None

    disposition = go(screen, "disposition")
    strike("رفض الطعن")
    assert soon(popup)
    pause(pause_s)
    tap(Qt.Key.Key_Return)
    assert soon(lambda: not disposition.editor.hasFocus())
    assert not popup()
    go(screen, "extent")
    strike("leaves=11; pages=13")
    assert row(screen, "extent").editor.text() == "leaves=11; pages=13"
    tap(Qt.Key.Key_Return)
    assert written(screen)
    assert values(screen.session.station, "disposition") == ["dismiss"]
    assert values(screen.session.station, "extent") == [{"leaves": 11, "pages": 13}]
    go(screen, "disposition")
    press(qtbot, Qt.Key.Key_F4)
    assert soon(popup)
    screen.tree.setFocus()
    assert not popup()
    assert disposition.editor.text().endswith("رفض الطعن")


def test_one_more_value_and_its_place(screen: DescribeScreen, qtbot: QtBot) -> None:
    station = screen.session.station
    go(screen, "bench")
    type_in(screen, "أمجد مثال")
    press(qtbot, Qt.Key.Key_Tab)
    assert written(screen)
    go(screen, "bench")
    press(qtbot, Qt.Key.Key_Insert)
    type_in(screen, "حاتم عينة")
    press(qtbot, Qt.Key.Key_Return)
    assert written(screen)
    assert [v["name_as_written"] for v in values(station, "bench")] == ["أمجد مثال", "حاتم عينة"]
    go(screen, "bench").editor.selectAll()
    press(qtbot, Qt.Key.Key_Delete)
    press(qtbot, Qt.Key.Key_Return)
    assert written(screen)
    assert [v["name_as_written"] for v in values(station, "bench")] == ["حاتم عينة"]


def test_f2_carries_over_from_the_file_before(
    make_window: Callable[..., Window], court: Station, tmp_path: Path, qtbot: QtBot
) -> None:
    actor = app.actor(court, "منى")
    list(describe(court, actor, 1, typed(court, 1, [("circuit", "civil")])))
    file = paper(tmp_path / "ثان.jpg", ("محكمة النقض",))
    list(import_files(court, actor, [file], key=CaseKey("civil", 99002, 93)))
    window = make_window(court)
    window.session.show_case(2)
    window.open(DESCRIBE)
    screen: DescribeScreen = window.screens[DESCRIBE]
    assert "F2" in go(screen, "circuit")._remark.text()
    press(qtbot, Qt.Key.Key_F2)
    assert written(screen)
    assert [v.value for v in field_values(court, 2) if v.field == "circuit"] == ["civil"]


def test_a_third_person_settles_two_readings_over_the_paper(
    make_window: Callable[..., Window], court: Station, qtbot: QtBot
) -> None:
    case = queries.case_by_id(court, 1)
    propose(court, "case_key", {"series": "civil", "number": 99001, "judicial_year": 93})
    values_read = typed_values(court, case, [("case_key", "99007/93")], "civil")
    list(key(court, app.actor(court, "سلمى"), 1, values_read))
    window = make_window(court, "نادر")
    window.open(DESCRIBE)
    screen: DescribeScreen = window.screens[DESCRIBE]
    number = go(screen, "case_key")
    assert number._sign._kind is Shape.DOUBTFUL
    for part in ("منى", "٩٩٠٠١", "سلمى", "٩٩٠٠٧"):
        assert part in number._remark.text()
    assert number.crop.shows
    number.editor.selectAll()
    type_in(screen, "٩٩٠٠٧/٩٣")
    press(qtbot, Qt.Key.Key_Return)
    assert written(screen)
    assert queries.case_by_id(court, 1).keys == (CaseKey("civil", 99007, 93),)
    settled = ItemState.SETTLED
    assert soon(lambda: row(screen, "case_key").row.reading is settled)


def test_the_next_number_is_one_key_away_in_the_import_form(
    make_window: Callable[..., Window], court: Station, qtbot: QtBot
) -> None:
    window = make_window(court)
    cases = window.screens[CASES]
    cases.start_import()
    assert "٩٩٠٠٢/٩٣" in cases.form._next.text()
    assert soon(cases.form.number.hasFocus)
    press(qtbot, Qt.Key.Key_F2)
    assert cases.form.key() == CaseKey("civil", 99002, 93)


def shape(station: Station) -> list[tuple[str, int]]:
    view = queries.case_view(station, 1)
    return [(d.kind, sum(p.document_id == d.id for p in view.pages)) for d in view.documents]


def test_documents_are_split_named_moved_and_put_back_by_keys(
    screen: DescribeScreen, qtbot: QtBot
) -> None:
    station = screen.session.station
    assert shape(station) == [("appeal_statement", 3)]
    second = queries.case_view(station, 1).pages[1].id
    screen.tree.setFocus()
    assert screen.tree.go_to_page(second)
    QTest.keyClick(screen.window().windowHandle(), Qt.Key.Key_S)
    assert written(screen)
    assert shape(station) == [("appeal_statement", 1), ("unsorted", 2)]
    assert screen.tree.topLevelItemCount() == 2
    item = screen.tree.topLevelItem(1)
    assert (item.text(0), item.text(1)) == ("٢  غير مصنّف", "٢–٣")
    assert item.toolTip(0) in item.text(0)
    assert screen.tree.current_page == second
    press(qtbot, Qt.Key.Key_9)
    assert written(screen)
    assert shape(station)[1] == ("minutes", 2)
    press(qtbot, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert written(screen)
    assert shape(station) == [("appeal_statement", 2), ("minutes", 1)]
    screen.tree.go_to_document(2)
    QTest.keyClick(screen.window().windowHandle(), Qt.Key.Key_J)
    assert written(screen)
    assert shape(station) == [("appeal_statement", 3)]
    for _ in range(4):
        press(qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert written(screen)
    assert shape(station) == [("appeal_statement", 3)]
    press(qtbot, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert written(screen)
    assert shape(station) == [("appeal_statement", 1), ("unsorted", 2)]
    press(qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert written(screen)
    QTest.keyClick(screen.window().windowHandle(), Qt.Key.Key_K)
    menu = next(w for w in screen.findChildren(QMenu) if w.isVisible())
    menu.actions()[-1].trigger()
    menu.close()
    assert written(screen)
    assert shape(station) == [("other", 3)]


def test_a_sealed_file_is_shown_and_not_changed(
    make_window: Callable[..., Window], court: Station, qtbot: QtBot
) -> None:
    actor = app.actor(court, CHECKER, "checker")
    list(check(court, actor, 1, accept=True))
    list(seal(court, actor, 1))
    window = make_window(court)
    window.open(DESCRIBE)
    screen: DescribeScreen = window.screens[DESCRIBE]
    assert go(screen, "circuit").editor.isReadOnly()
    press(qtbot, Qt.Key.Key_Return)
    assert not window.deck.actions["split"].isEnabled()
    assert screen.descriptions.waiting == 0
    assert window.session.view.case.state is CaseState.SEALED


def test_another_case_file_brings_its_own_form(screen: DescribeScreen) -> None:
    assert row(screen, "case_key").editor.text() != ""
    window = screen.window()
    assert isinstance(window, Window)
    window.open(CASES)
    window.open(DESCRIBE)
    assert row(screen, "case_key").row.field.id == "case_key"


def test_pages_and_documents_are_dragged_in_the_tree(screen: DescribeScreen) -> None:
    station, tree = screen.session.station, screen.tree
    tree.go_to_page(queries.case_view(station, 1).pages[1].id)
    screen.deck.do("split")
    assert written(screen)
    assert shape(station) == [("appeal_statement", 1), ("unsorted", 2)]
    first, second = tree.topLevelItem(0), tree.topLevelItem(1)
    tree.drop(second.child(1), first, below=False)  # onto the document: to its end
    assert written(screen)
    assert shape(station) == [("appeal_statement", 2), ("unsorted", 1)]
    moved = queries.case_view(station, 1).pages[1].id
    tree.drop(tree.topLevelItem(1).child(0), tree.topLevelItem(0).child(0), below=False)
    assert written(screen)
    assert shape(station) == [("appeal_statement", 3)]
    assert queries.case_view(station, 1).pages[2].id == moved
    tree.go_to_page(moved)
    screen.deck.do("split")
    assert written(screen)
    tree.drop(tree.topLevelItem(1), tree.topLevelItem(0), below=False)
    assert written(screen)
    assert shape(station) == [("unsorted", 1), ("appeal_statement", 2)]
