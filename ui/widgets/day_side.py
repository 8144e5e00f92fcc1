"""Beside the jobs of the day: alerts, the newest packages, and what the person did."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from archiver.i18n import digits, isolate
from archiver.model.casefile import CaseSummary
from archiver.model.delivery import DeliveryState
from archiver.workflow.today import LotDay, Today
from ui import counts
from ui.deck import Deck
from ui.steps import DELIVERY_SHAPES, Sign, delivery_word, is_sealed
from ui.theme import Shape
from ui.widgets.day_bars import DayBars
from ui.widgets.flow import Flow
from ui.widgets.keys import KeyButton
from ui.widgets.parts import Chip, Panel, SignMark, rule, words, wrapped, yielding
from ui.words import plate, size, translate

PACKAGES = 4


class Alert(QWidget):
    def __init__(self, kind: Shape, what: str, way_out: str, key: KeyButton | None = None) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(wrapped(words(what, 14, 600)))
        texts.addWidget(wrapped(words(way_out, 13, tone="ink2")))
        if key:
            texts.addSpacing(6)
            texts.addWidget(key, 0, Qt.AlignmentFlag.AlignLeading)
        line.addWidget(SignMark(kind, 18), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)


class DaySide(QScrollArea):
    def __init__(self, deck: Deck) -> None:
        super().__init__()
        self._deck = deck
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self.setWidget(inner)

    def show_day(self, found: Today, cases: Sequence[CaseSummary]) -> None:
        while self._column.count():
            old = self._column.takeAt(0).widget()
            if old:
                old.hide()
                old.deleteLater()
        shown = (
            _alerts(found, self._deck),
            _lots(found.lots),
            _card(found),
            _packages(cases),
            _done(found),
        )
        for part in shown:
            if part:
                self._column.addWidget(part)
        self._column.addStretch(1)


def _alerts(found: Today, deck: Deck) -> Panel | None:
    """R sends the first package again that nobody holds back: its alert has the button."""
    free = next((t for t in found.troubles if not t.delivery.paused), None)
    shown = [
        Alert(
            _shape(t.delivery.state), f"{plate(t.case).sentence}: {t.error}", t.error.way_out(),
            KeyButton(deck, "send_again") if t is free else None,
        )
        for t in found.troubles
    ]  # fmt: skip
    if found.disk_days is not None:
        days = counts.days_of_room(int(found.disk_days))
        left = translate("Today", "%1 left. Masters that the centre signed for can be purged.")
        shown.append(Alert(Shape.DOUBTFUL, days, left.replace("%1", size(found.free_bytes))))
    if not shown:
        return None
    panel = Panel()
    panel.add(words(translate("Today", "Alerts"), 15, 600), *shown)
    return panel


def _lots(lots: Sequence[LotDay]) -> Panel | None:
    """Those that are open, and those that went back with the pages that want mending."""
    if not lots:
        return None
    panel = Panel(gap=8)
    panel.add(words(translate("Today", "Lots"), 15, 600))
    for lot in lots:
        name = translate("Jobs", "Lot %1").replace("%1", isolate(digits(lot.lot.name)))
        panel.add(rule(), Flow(words(name, 13.5), Chip(lot_sign(lot)), apart=True))
        for case, told in lot.pages:
            panel.add(wrapped(words(f"{plate(case).sentence} · {told}", 13, tone="ink2")))
    return panel


def lot_sign(found: LotDay) -> Sign:
    """The worst that is known of a lot."""
    if found.failed:
        return Sign(Shape.WRONG, translate("Sample", "goes back"))
    missing = found.account.missing_sheets
    if missing:
        return Sign(Shape.DOUBTFUL, counts.sheets_missing(missing))
    if found.account.sheets and found.account.closes:
        return Sign(Shape.OK, translate("Today", "all sheets have images"))
    return Sign(Shape.WAITING, translate("Today", "open"))


def _card(found: Today) -> Panel | None:
    """Of the colour card, where one is used."""
    if found.card is None:
        return None
    sign = Sign(Shape.WAITING, translate("Today", "not measured today"))
    if found.card.measured:
        passed, failed = translate("Today", "passed today"), translate("Today", "failed today")
        ok = found.card.passed
        sign = Sign(Shape.OK, passed) if ok else Sign(Shape.WRONG, failed)
    panel, line = Panel(), QHBoxLayout()
    line.addWidget(words(translate("Today", "Colour card"), 15, 600))
    line.addStretch(1)
    line.addWidget(Chip(sign))
    panel.add(line)
    return panel


def _shape(state: DeliveryState) -> Shape:
    return Shape.WRONG if state is DeliveryState.REFUSED else Shape.DOUBTFUL


def _packages(cases: Sequence[CaseSummary]) -> Panel | None:
    sealed = [row for row in cases if is_sealed(row)]
    if not sealed:
        return None
    panel = Panel(gap=8)
    unsigned = sum(row.delivery != DeliveryState.RECEIPTED for row in sealed)
    title = QHBoxLayout()
    title.addWidget(words(translate("Today", "Delivery to the centre"), 15, 600))
    without = counts.without_receipt(unsigned) if unsigned else ""
    title.addWidget(yielding(words(without, 13, tone="ink2")), 1)
    panel.add(title)
    for row in sorted(sealed, key=_done_last)[:PACKAGES]:
        line = QHBoxLayout()
        line.addWidget(wrapped(words(plate(row.case).sentence, 13.5)), 1)
        line.addWidget(Chip(Sign(DELIVERY_SHAPES[row.delivery], delivery_word(row.delivery))))
        panel.add(rule(), line)
    return panel


def _done_last(row: CaseSummary) -> tuple[bool, int]:
    return row.delivery == DeliveryState.RECEIPTED, -row.case.id


def _done(found: Today) -> Panel:
    panel, bars = Panel(), DayBars()
    bars.show_days(found.done)
    texts = QVBoxLayout()
    texts.setSpacing(0)
    texts.addWidget(words(digits(found.done[-1][1]), 30, 600))
    texts.addWidget(words(translate("Today", "pages so far"), 13, tone="ink2"))
    line = QHBoxLayout()
    line.addLayout(texts)
    line.addStretch(1)
    line.addWidget(bars, 0, Qt.AlignmentFlag.AlignBottom)
    hint = wrapped(words(translate("Today", "Only you see your figures."), 13, tone="ink2"))
    panel.add(words(translate("Today", "What you did today"), 15, 600), line, hint)
    return panel
