"""The Search screen: facets, two tiers, places and pages of a hit, kept searches, the table."""

import csv
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from archiver import app
from archiver.workflow.saving_searches import searches_of
from archiver.workflow.search import FacetValue, search
from archiver.workflow.station import Station
from index.match import Match
from tests.ui_papers import OPERATOR, settle, soon
from ui.acts import SEARCH, TEXT
from ui.models.hits import hit_rows, places
from ui.models.rows import ROW
from ui.screens.search import SearchScreen
from ui.searching import find
from ui.widgets.facets import SHOWN, FacetTree
from ui.window import Window

pytest_plugins = ["tests.ui_fixtures"]
QUERY = "القصور التسبيب"


@pytest.fixture
def found(window: Window, qtbot: QtBot) -> SearchScreen:
    window.open(SEARCH)
    screen: SearchScreen = window.screens[SEARCH]
    screen.line.setText(QUERY)
    qtbot.keyClick(screen.line, Qt.Key.Key_Return)
    assert soon(lambda: screen.page.leaf is not None)
    return screen


def test_a_search_that_takes_long_says_so_and_a_refused_one_gives_the_hits_back(
    found: SearchScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, gate, plain = found._told.text(), Event(), find

    def slow(*asked: object) -> object:
        gate.wait(20)
        return plain(*asked)

    monkeypatch.setattr("ui.screens.search.find", slow)
    found.line.setText("قضية:")
    found.search()
    assert soon(lambda: found._told.text() not in ("", told))
    gate.set()
    assert soon(lambda: found._told.text() == told)
    assert found.hits.rowCount() == 2
    bar = found.window().notices  # type: ignore[attr-defined]  # the window's
    assert bar.isVisible()
    monkeypatch.setattr("ui.screens.search.find", plain)
    found.line.setText(QUERY)
    found.ask_anew()
    assert soon(lambda: not bar.isVisible())


def lines(tree: FacetTree) -> dict[tuple[str, str], object]:
    heads = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
    items = [head.child(n) for head in heads for n in range(head.childCount())]
    return {(i.data(0, ROW).facet, i.data(0, ROW).value): i for i in items}


def test_a_tick_narrows_and_a_second_takes_it_back(found: SearchScreen, qtbot: QtBot) -> None:
    whole = found.hits.rowCount()
    assert whole == 2
    item = lines(found.facets)["kind", "appeal_statement"]
    found.facets.setFocus()
    found.facets.setCurrentItem(item)
    qtbot.keyClick(found.facets, Qt.Key.Key_Space)
    assert soon(lambda: bool(found.found.wanted.choice))
    assert "نوع:" in found.found.wanted.query
    assert found.hits.rowCount() == whole
    assert found.facets.hasFocus()
    here = found.facets.currentItem().data(0, ROW)
    assert (here.facet, here.value, here.ticked) == ("kind", "appeal_statement", True)
    qtbot.keyClick(found.facets, Qt.Key.Key_Space)
    assert soon(lambda: not found.found.wanted.choice)


def test_a_choice_that_finds_nothing_can_be_taken_back(found: SearchScreen) -> None:
    found.facets._ticked = {"checked": {"yes"}}
    found.search()
    assert soon(lambda: found.hits.rowCount() == 0)
    assert ("checked", "no") in lines(found.facets)  # what else there is stays to be chosen
    found.ask_anew()
    assert soon(lambda: found.hits.rowCount() == 2)


def test_a_long_facet_shows_the_rest_when_asked(arabic: None, qtbot: QtBot) -> None:
    tree = FacetTree()
    qtbot.addWidget(tree)
    years = tuple(FacetValue(str(n), str(n), 1) for n in range(70, 90))
    tree.show_facets({"year": years})
    assert len(lines(tree)) == SHOWN + 1
    tree._take(lines(tree)["year", ""])
    assert len(lines(tree)) == len(years)


def test_the_arrows_go_from_place_to_place_as_arabic_runs(
    found: SearchScreen, qtbot: QtBot
) -> None:
    marked = places(found.page.leaf.words)
    assert len(marked) > 1
    assert found.page.view.marks.found == set(found.page.leaf.words)
    found.list.setFocus()
    seen = []
    for _ in marked:
        qtbot.keyClick(found.list, Qt.Key.Key_Left)
        seen.append(found.page.view.marks.current)
    assert seen == [place[0] for place in marked]
    qtbot.keyClick(found.list, Qt.Key.Key_Right)
    assert found.page.view.marks.current == marked[-2][0]


def test_the_pages_around_a_hit_are_turned_and_opened(
    window: Window, found: SearchScreen, qtbot: QtBot
) -> None:
    first = found.page.leaf.row.page
    turned = 1 if first.position == 1 else -1
    found.list.setFocus()
    qtbot.keyClick(found.list, Qt.Key.Key_PageDown if turned > 0 else Qt.Key.Key_PageUp)
    assert soon(lambda: found.page.leaf.row.page.position == first.position + turned)
    assert found.list.currentIndex().row() == 0  # it is still the same hit
    qtbot.keyClick(found.list, Qt.Key.Key_Return)
    assert window.screen_name == TEXT
    assert window.screens[TEXT].strip.current().page.position == first.position + turned


def test_likely_hits_stand_apart(court: Station, arabic: None, qtbot: QtBot) -> None:
    result = search(court, QUERY)
    misread = tuple(replace(hit, why=(Match.SIMILAR.value,)) for hit in result.hits[1:])
    rows = hit_rows(court, replace(result, hits=(*result.hits[:1], *misread)))
    assert [(row.likely, row.parted) for row in rows] == [(False, False), (True, True)]
    assert rows[0].why == ""
    assert "قراءة" in rows[1].why
    further = hit_rows(court, replace(result, hits=misread), parted=True)
    assert [row.parted for row in further] == [False]


def test_the_first_likely_hit_makes_room_for_its_heading(found: SearchScreen, qtbot: QtBot) -> None:
    rows = found.hits.rows
    apart = replace(rows[1], likely=True, parted=True)
    tall = [found.list.visualRect(found.hits.index(1)).height()]
    found.hits.set_rows((rows[0], apart))
    found.list.setResizeMode(QListView.ResizeMode.Adjust)
    found.list.doItemsLayout()
    tall.append(found.list.visualRect(found.hits.index(1)).height())
    assert tall[1] > tall[0]
    assert not found.grab().isNull()


def test_a_search_is_kept_asked_again_and_forgotten(
    window: Window, found: SearchScreen, qtbot: QtBot
) -> None:
    found.sort.setCurrentIndex(1)
    found.exact.click()
    assert soon(lambda: found.found.wanted.exact)
    window.deck.do("save_search")
    assert found.naming.isVisible()
    found.naming.name.setText("قصور")
    qtbot.keyClick(found.naming.name, Qt.Key.Key_Return)
    assert soon(lambda: len(found.kept.rows.rows) == 1)
    (kept,) = searches_of(window.session.station, OPERATOR)
    assert (kept.name, kept.query, kept.sort, kept.exact) == ("قصور", QUERY, "date", True)
    found.exact.click()
    found.line.setText("شيء آخر")
    found.kept.setFocus()
    found.kept.setCurrentIndex(found.kept.rows.index(0))
    qtbot.keyClick(found.kept, Qt.Key.Key_Return)
    assert (found.line.text(), found.exact.isChecked()) == (QUERY, True)
    qtbot.keyClick(found.kept, Qt.Key.Key_Delete)
    assert soon(lambda: not found.kept.isVisible())
    assert searches_of(window.session.station, OPERATOR) == ()


def test_the_hits_leave_as_a_table_and_never_over_another(
    window: Window, found: SearchScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    found.export_to(tmp_path / "نتائج")
    settle(window, qtbot)
    with (tmp_path / "نتائج.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 3
    found.export_to(tmp_path / "نتائج.csv")
    settle(window, qtbot)
    assert "نتائج.csv" in window.notices._title.text()


def test_what_is_typed_brings_suggestions(window: Window, qtbot: QtBot) -> None:
    window.open(SEARCH)
    screen: SearchScreen = window.screens[SEARCH]
    offered = screen.suggesting
    screen.line.setFocus()
    qtbot.keyClicks(screen.line, "990")
    assert soon(offered.list.isVisible)
    (offer,) = offered.offers.rows
    assert "رقم القضية" in offered.list.model().index(0, 0).data()
    qtbot.keyClick(offered.list, Qt.Key.Key_Down)
    qtbot.keyClick(offered.list, Qt.Key.Key_Return)
    assert soon(lambda: screen.hits.rowCount() > 0)
    assert screen.line.text() == screen.found.wanted.typed == offer.query
    assert not offered.list.isVisible()


def test_enter_asks_what_was_typed_and_offers_no_more(window: Window, qtbot: QtBot) -> None:
    window.open(SEARCH)
    screen: SearchScreen = window.screens[SEARCH]
    screen.line.setFocus()
    qtbot.keyClicks(screen.line, "990")
    assert soon(screen.suggesting.list.isVisible)
    assert screen.suggesting.list.grab().toImage().pixelColor(3, 3).alpha() == 255  # else black
    qtbot.keyClick(screen.suggesting.list, Qt.Key.Key_Return)
    assert soon(lambda: screen.found is not None)
    assert screen.found.wanted.typed == "990"
    assert not screen.suggesting.list.isVisible()


def test_the_next_person_sees_nothing_of_it(
    window: Window, found: SearchScreen, qtbot: QtBot
) -> None:
    found.exact.click()
    assert soon(lambda: found.found.wanted.exact)
    found.keep("قصور")
    assert soon(lambda: len(found.kept.rows.rows) == 1)
    found.search()  # still on its way when the next person comes
    window.session.hand_to(app.actor(window.session.station, "samir"))
    found.asker._crew.finish()
    qtbot.wait(50)
    assert (found.line.text(), found.found, found.page.leaf) == ("", None, None)
    assert found.hits.rowCount() == len(found.kept.rows.rows) == 0
    assert not found.exact.isChecked()
    window.session.hand_to(app.actor(window.session.station, OPERATOR))
    assert len(found.kept.rows.rows) == 1


def test_more_hits_come_behind_the_first(found: SearchScreen) -> None:
    found._total = 3
    rows = found.hits.rows
    found.hits.set_rows(rows[:1])
    found._look_on()
    assert soon(lambda: found.hits.rowCount() == 2)
    assert {row.hit.page.id for row in found.hits.rows} == {row.hit.page.id for row in rows}
