"""The models over plain rows, under Qt's own tester."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester

from archiver.model.casefile import CaseState
from archiver.workflow import queries
from archiver.workflow.open_case import open_case
from archiver.workflow.search import search
from archiver.workflow.station import Station
from ui.models.cases import case_list
from ui.models.deliveries import DeliveryTable
from ui.models.hits import hit_list, hit_rows
from ui.models.pages import page_list, page_rows
from ui.models.rows import ROW

pytest_plugins = ["tests.ui_fixtures"]


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


@pytest.fixture
def rows(court: Station, arabic: None) -> dict[str, tuple]:
    return {
        "cases": queries.list_cases(court),
        "pages": tuple(page_rows(open_case(court, 1))),
        "hits": hit_rows(court, search(court, "التسبيب")),
    }


@pytest.mark.parametrize(
    ("name", "make"), [("cases", case_list), ("pages", page_list), ("hits", hit_list)]
)
def test_a_list_model_holds_its_rows(
    rows: dict[str, tuple], name: str, make: Callable[[], QAbstractItemModel]
) -> None:
    model = make()
    tester = watched(model)
    model.set_rows(rows[name])
    assert model.rowCount() == len(rows[name]) > 0
    assert model.index(0).data(ROW) == rows[name][0]
    assert model.index(0).data()
    model.set_rows(())
    assert model.rowCount() == 0
    assert tester.model() is model


def test_the_same_rows_are_an_update_and_no_reset(rows: dict[str, tuple], qtbot: object) -> None:
    model = case_list()
    tester = watched(model)
    model.set_rows(rows["cases"])
    row = rows["cases"][0]
    accepted = replace(row, case=replace(row.case, state=CaseState.ACCEPTED))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_rows((accepted, *rows["cases"][1:]))
    assert model.index(0).data(ROW) == accepted
    assert tester.model() is model


def test_a_page_tells_its_place_in_the_case_file(rows: dict[str, tuple]) -> None:
    assert [row.first for row in rows["pages"]] == [True, False, False]
    assert rows["pages"][1].caption == "صحيفة الطعن بالنقض · صفحة ٢ من ٣"


def test_a_hit_shows_the_strip_of_the_page_with_its_words(rows: dict[str, tuple]) -> None:
    hit = rows["hits"][0]
    assert hit.strip is not None
    assert all(0 <= share <= 1 for share in hit.strip.part)
    assert any(0 < box.center().x() < 1 and 0 < box.center().y() < 1 for box in hit.boxes)


def test_the_table_of_packages_is_sound_when_empty(arabic: None) -> None:
    table = DeliveryTable()
    tester = watched(table)
    table.set_rows(())
    assert table.rowCount() == 0
    assert table.columnCount() == 6
    assert tester.model() is table


def test_a_long_case_file_is_fetched_when_somebody_looks(court: Station, arabic: None) -> None:
    view = open_case(court, 1)
    rows, model = page_rows(view), page_list()
    tester = watched(model)
    model.set_rows(rows)
    assert tuple(view.pages) == queries.case_view(court, 1).pages
    assert [rows.span(place) for place in range(len(rows))] == [(0, 2)] * 3
    assert model.place(view.pages[1].id) == view.pages.place(view.pages[1].id) == 1
    assert tester.model() is model


def test_a_page_that_turned_blank_is_one_row_that_changes(court: Station, qtbot: object) -> None:
    model = page_list()
    model.set_rows(page_rows(open_case(court, 1)))
    with court.database.transaction() as connection:
        connection.execute("UPDATE page SET blank = 1 WHERE position = 2 AND case_id = 1")
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_rows(page_rows(open_case(court, 1)))
    assert told == [1]
    assert model.rows[1].page.blank
