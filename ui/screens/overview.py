"""Overview: how the work goes, for those who plan it."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from archiver.i18n import digits, isolate
from archiver.workflow.overview import GOAL, Overview, Stage, overview
from archiver.workflow.overview_table import heads, rows, write_table
from archiver.workflow.page_reasons import reason_word
from ui import counts
from ui.acts import OVERVIEW
from ui.ask import Ask
from ui.deck import Deck, Handlers
from ui.screens.screen import Screen
from ui.session import Session
from ui.steps import Sign
from ui.theme import Shape
from ui.widgets.chart import BacklogChart, Bar, Line, LineChart, ParetoChart
from ui.widgets.keys import KeyButton
from ui.widgets.parts import Panel, SignMark, words, wrapped
from ui.words import translate

_TONES: Final = {
    Stage.SCAN: Shape.CURRENT,
    Stage.READ: Shape.SENDING,
    Stage.DESCRIBE: Shape.SIGNED,
    Stage.CHECK: Shape.DOUBTFUL,
}
_CAUSES: Final = 7  # bars; the rest is one bar


def periods() -> tuple[tuple[int, str], ...]:
    """(days, words); 0 for all."""
    return (
        (1, translate("Overview", "Today")),
        (7, translate("Overview", "Week")),
        (30, translate("Overview", "Month")),
        (0, translate("Overview", "All")),
    )


class Card(Panel):
    """One figure with what it says."""

    def __init__(self, title: str) -> None:
        super().__init__(gap=2)
        self._figure, self._unit = words("", 30, 600), words("", 14, tone="ink2")
        self._mark, self._told = SignMark(px=16), wrapped(words("", 13, tone="ink2"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._figure)
        line.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._mark)
        below.addWidget(self._told, 1)
        self.add(words(title, 13, tone="ink2"), line, below)

    def tell(self, figure: str, unit: str, sign: Sign) -> None:
        self._figure.setText(figure)
        self._unit.setText(unit)
        self._mark.set_shape(sign.shape)
        self._told.setText(sign.word)


class OverviewScreen(Screen):
    name = OVERVIEW

    def __init__(self, session: Session, deck: Deck) -> None:
        super().__init__(session, deck)
        self.days, self.shown = 7, None
        self._ask = Ask(self)
        self.lines, self.pareto, self.backlog = LineChart(), ParetoChart(), BacklogChart()
        self.people = QTableWidget()
        self._span, self._back = words("", 14, tone="ink2"), wrapped(words("", 14, 500, "wrong"))
        self._cards = [Card(title) for title in _cards()]
        self._assemble()
        self._ask.answered.connect(self.show_overview)
        self._ask.failed.connect(session.told)

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 8, 0, 2)
        head.setSpacing(14)
        head.addWidget(words(translate("Overview", "Overview"), 22, 600))
        head.addWidget(self._span)
        head.addStretch(1)
        self.group = QButtonGroup(self)
        segments = QHBoxLayout()
        segments.setSpacing(2)
        for days, title in periods():
            button = QPushButton(title)
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.setChecked(days == self.days)
            self.group.addButton(button, days)
            segments.addWidget(button)
        head.addLayout(segments)
        self.group.idClicked.connect(self.choose)
        head.addWidget(KeyButton(self.deck, "export_overview"))
        cards = QHBoxLayout()
        cards.setSpacing(10)
        for card in self._cards:
            cards.addWidget(card, 1)
        grid = QGridLayout()
        grid.setSpacing(10)
        by_hour = translate("Overview", "Pages an hour, by stage")
        grid.addWidget(_framed(by_hour, self.lines), 0, 0)
        grid.addWidget(_framed(translate("Overview", "Images rejected"), self.pareto), 0, 1)
        left = translate("Overview", "Pages not sealed yet, and the forecast")
        grid.addWidget(_framed(left, self.backlog), 1, 0)
        self._set_up_people()
        grid.addWidget(_framed(translate("Overview", "By person"), self.people), 1, 1)
        grid.setRowStretch(0, 3)
        grid.setRowStretch(1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(head)
        self.column.addLayout(cards)
        self.column.addWidget(self._back)
        self._back.hide()
        self.column.addLayout(grid, 1)

    def _set_up_people(self) -> None:
        table = self.people
        table.setAccessibleName(translate("Overview", "By person"))
        table.setShowGrid(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(34)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header = table.horizontalHeader()
        header.setProperty("tight", True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(36)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def handlers(self) -> Handlers:
        return {"export_overview": self.export}

    def panes(self) -> list[QWidget]:
        return [self.group.checkedButton() or self.group.buttons()[0], self.people]

    def arrive(self) -> None:
        super().arrive()
        self.look()

    def choose(self, days: int) -> None:
        self.days = days
        self.look()

    def look(self) -> None:
        self._ask.ask(partial(overview, self.session.station, self.days))

    def empty(self) -> None:
        self.people.setRowCount(0)

    def leave(self) -> None:
        self._ask.stop()

    def show_overview(self, found: Overview) -> None:
        self.shown = found
        self._span.setText(f"{_day(found.first)} – {_day(found.last)}")
        for card, told in zip(self._cards, _figures(found), strict=True):
            card.tell(*told)
        self._back.setText("\n".join(_sent_back(found)))
        self._back.setVisible(bool(found.sent_back))
        hours = sorted({hour for by_hour in found.hours.values() for hour in by_hour})
        clock = list(range(hours[0], hours[-1] + 1)) if hours else []
        series = [
            Line(_word(stage), tuple(found.hours[stage].get(h, 0.0) for h in clock), tone)
            for stage, tone in _TONES.items()
            if found.hours.get(stage)
        ]
        self.lines.show_lines([digits(hour) for hour in clock], series)
        self.pareto.show_bars(_bars(found))
        self._show_backlog(found)
        self._show_people(found)

    def _show_backlog(self, found: Overview) -> None:
        ahead, ends, end = found.forecast, None, ""
        if ahead:
            latest = ahead.latest or ahead.done_on
            days = [(day - found.last).days for day in (ahead.earliest, ahead.done_on, latest)]
            ends, end = (days[0], days[1], days[2]), _day(ahead.done_on)
        names = (_day(found.first), translate("Overview", "today"), end)
        self.backlog.show_backlog([count for _, count in found.backlog], ends, names)

    def _show_people(self, found: Overview) -> None:
        titles, told = heads(), list(rows(found))
        self.people.setColumnCount(len(titles))
        self.people.setHorizontalHeaderLabels(titles)
        self.people.setRowCount(len(told))
        for line, row in enumerate(told):
            for column, value in enumerate(row):
                shown = isolate(value) if column == 0 else digits(value)
                self.people.setItem(line, column, QTableWidgetItem(shown))

    def export(self) -> None:
        """What each person did as a table, and the charts as a picture beside it."""
        title = translate("Overview", "Where the table and the picture go")
        chosen, _ = QFileDialog.getSaveFileName(self, title, "overview.csv", "*.csv")
        if chosen and self.shown:
            self.write(Path(chosen))

    def write(self, path: Path) -> None:
        picture = self.grab()
        found, file = self.shown, path.with_suffix(".png")

        def both() -> Overview:
            write_table(found, path)
            picture.toImage().save(str(file))
            return found

        self._ask.ask(both)


def _cards() -> tuple[str, ...]:
    return (
        translate("Overview", "Scanned on a day of work"),
        translate("Overview", "Critical fields, two readings agree"),
        translate("Overview", "Images rejected"),
        translate("Overview", "Until the backlog is done"),
    )


def _figures(found: Overview) -> list[tuple[str, str, Sign]]:
    """(figure, unit, what it says) of each card."""
    fields, defects = found.accuracy, sum(count for _, count in found.defects)
    left = found.backlog[-1][1] if found.backlog else 0
    goal = translate("Overview", "goal %1").replace("%1", _share(GOAL, 2))
    met = fields.count > 0 and fields.rate >= GOAL
    days = (found.forecast.done_on - found.last).days if found.forecast else 0
    pages = translate("Overview", "pages", "unit after a figure")
    return [
        (digits(round(found.scanned_a_day)), pages,
         Sign(Shape.WAITING, counts.days_of_work(found.worked_days))),
        (_share(fields.rate, 2) if fields.count else "–", "",
         Sign((Shape.OK if met else Shape.DOUBTFUL) if fields.count else Shape.WAITING, goal)),
        (_share(defects / (found.images + defects), 1) if found.images else "–", "",
         Sign(Shape.WAITING, counts.images(defects))),
        (digits(days) if found.forecast else "–",
         counts.days_unit(days) if found.forecast else "",
         Sign(Shape.WAITING, counts.pages_left(left))),
    ]  # fmt: skip


def _sent_back(found: Overview) -> Iterator[str]:
    """A line for each lot that waits to be mended."""
    for lot, pages in found.sent_back:
        told = translate("Overview", "Lot %1 went back: %2").replace("%1", isolate(digits(lot)))
        yield told.replace("%2", pages or "–")


def _word(stage: Stage) -> str:
    return {
        Stage.SCAN: translate("Overview", "scanning"),
        Stage.READ: translate("Overview", "reading"),
        Stage.DESCRIBE: translate("Overview", "describing"),
        Stage.CHECK: translate("Overview", "checking"),
    }[stage]


def _share(share: float, places: int) -> str:
    sign = translate("Words", "%1%", "a share in percent")
    return sign.replace("%1", QLocale().toString(100 * share, "f", places))


def _bars(found: Overview) -> list[Bar]:
    bars = [Bar(reason_word(code), count) for code, count in found.defects[:_CAUSES]]
    rest = sum(count for _, count in found.defects[_CAUSES:])
    return [*bars, Bar(translate("Overview", "others"), rest)] if rest else bars


def _day(day: date) -> str:
    form = "d MMMM" if day.year == date.today().year else "d MMMM yyyy"
    return digits(QLocale().toString(day, form))


def _framed(title: str, inner: QWidget) -> Panel:
    panel = Panel(gap=4)
    panel.add(words(title, 15, 600))
    panel.column.addWidget(inner, 1)
    return panel
