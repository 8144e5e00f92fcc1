"""Overview: figures, charts and the table of a real archive, and its export."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.ui_papers import OPERATOR, soon
from ui.acts import OVERVIEW
from ui.screens.overview import OverviewScreen
from ui.theme import Shape
from ui.widgets.chart import BacklogChart, Bar, Line, LineChart, ParetoChart, ceiling
from ui.window import Window

pytest_plugins = ["tests.ui_fixtures"]


def test_the_overview_shows_the_work_and_exports_it(window: Window, tmp_path: Path) -> None:
    window.open(OVERVIEW)
    screen: OverviewScreen = window.screens[OVERVIEW]
    assert soon(lambda: screen.shown is not None)
    assert screen.people.item(0, 0).text().strip("\u2068\u2069") == OPERATOR
    assert screen.people.item(0, 1).text() == "٣"
    assert "قراءة" in screen.lines.accessibleName()
    screen.choose(0)
    assert soon(lambda: screen.shown.first == screen.shown.last)
    screen.write(tmp_path / "work.csv")
    assert soon((tmp_path / "work.png").exists)
    assert OPERATOR in (tmp_path / "work.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(("most", "top"), [(0, 2), (1, 2), (5, 6), (7, 10), (142, 200), (375, 400)])
def test_the_scale_ends_with_a_round_number(most: int, top: int) -> None:
    assert ceiling(most) == top


def _painted(chart: LineChart | ParetoChart | BacklogChart) -> QImage:
    chart.resize(600, 260)
    return chart.grab().toImage()


def test_charts_paint_what_they_are_given(arabic: None, qtbot: object) -> None:
    lines, pareto, backlog = LineChart(), ParetoChart(), BacklogChart()
    for chart in (lines, pareto, backlog):
        qtbot.addWidget(chart)
        assert not _painted(chart).isNull()  # empty
    series = [Line("قراءة", (5.0, 7.0), Shape.SENDING), Line("فحص", (5.0, 7.0), Shape.DOUBTFUL)]
    lines.show_lines(["٨", "٩"], series)
    first, second = (y for _, y in lines._named())
    assert abs(first - second) >= 20  # names of equal ends do not cover each other
    pareto.show_bars([Bar("ميل", 8), Bar("إعتام", 1), Bar("أخرى", 1)])
    backlog.show_backlog([30, 20, 10], (1, 2, 900), ("١", "اليوم", "٩"))
    empty = {type(chart): _painted(type(chart)()) for chart in (lines, pareto, backlog)}
    for chart in (lines, pareto, backlog):
        assert _painted(chart) != empty[type(chart)]
