"""Sample check: the images drawn of a lot one by one, with their text and what is said of them."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListView,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from archiver.errors import ArchiverError
from archiver.i18n import digits, isolate
from archiver.model.changes import Changed
from archiver.model.lot import Lot
from archiver.model.sample import FAILED, PASSED
from archiver.workflow.lot_samples import (
    LotSample,
    SampleView,
    lot_samples,
    page_list,
    sample_of,
)
from archiver.workflow.page_reasons import reason_word
from archiver.workflow.rights import Right
from archiver.workflow.sampling import fails, judge
from ui import counts, verbs
from ui.acts import DEFECT_KEYS, SAMPLE
from ui.ask import Ask
from ui.deck import Deck, Handlers
from ui.delegates.sampled import SampledDelegate
from ui.images import full
from ui.models.rows import ROW
from ui.models.sampled import Looked, SampledRow, looked_at, sampled_list, sampled_rows
from ui.screens.screen import Screen
from ui.session import Session
from ui.steps import Sign
from ui.theme import Shape
from ui.widgets.flow import Flow
from ui.widgets.key_choice import KeyChoice
from ui.widgets.keys import KeyButton
from ui.widgets.page_view import PageView
from ui.widgets.parts import Chip, Empty, Panel, between, rule, scrolled, words, wrapped, yielding
from ui.widgets.said_fields import SaidFields
from ui.widgets.text_pane import TextPane
from ui.words import plate, translate

LIST_PX, SIDE_PX = (176, 272), (252, 330)  # least and most
SEED_SHOWN: Final = 8  # letters
Found = tuple[tuple[LotSample, ...], LotSample | None, SampleView | None, tuple[SampledRow, ...]]


class SampleScreen(Screen):
    name = SAMPLE

    def __init__(self, session: Session, deck: Deck) -> None:
        self.lots, self.list, self.rows = QComboBox(), QListView(), sampled_list()
        self.view, self.pane, self.fields = PageView(session.images), TextPane(), SaidFields()
        self.defects: dict[str, KeyChoice] = {}
        self.known: tuple[LotSample, ...] = ()
        self.chosen: LotSample | None = None
        self.shown: SampleView | None = None
        self._wanted, self._page_id, self._stale = 0, 0, True
        super().__init__(session, deck)
        self.rows.setParent(self)
        self._asker, self._reader = Ask(self), Ask(self)
        self._chip = Chip(None)
        self._count, self._place = yielding(words("", 13, tone="ink2")), words("", 14, 600)
        self._what = wrapped(words("", 15))
        self._own = wrapped(words("", 14, 600, tone="doubtful"))
        self._assemble()
        self._connect()
        self._judge()

    # --- how it looks ----------------------------------------------------------------------------

    def _assemble(self) -> None:
        self.list.setModel(self.rows)
        self.list.setItemDelegate(SampledDelegate(self.list))
        self.list.setAccessibleName(translate("Sample", "Images of the sample"))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.lots.setAccessibleName(translate("Sample", "Lot"))
        self.lots.setMinimumWidth(100)
        head = QHBoxLayout()
        head.setContentsMargins(0, 8, 0, 2)
        head.setSpacing(12)
        head.addWidget(words(translate("Sample", "Sample check"), 22, 600))
        head.addWidget(words(translate("Sample", "Lot"), 14, tone="ink2"))
        head.addWidget(self.lots)
        head.addWidget(self._chip)
        head.addWidget(self._count, 1)
        head.addWidget(KeyButton(self.deck, "draw_sample"))
        head.addWidget(KeyButton(self.deck, "close_sample", primary=True))
        listing = Panel(padding=0, gap=0)
        listing.add(self.list)
        body, whole, nothing = QHBoxLayout(), QWidget(), Panel()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(10)
        body.addWidget(between(listing, LIST_PX), 18)
        body.addWidget(self._page(), 57)
        body.addWidget(between(self._side(), SIDE_PX), 25)
        whole.setLayout(body)
        nothing.add(Empty(translate("Sample", "No lot waits to be sealed. Lots are opened when "
                                    "their paper is counted.")))  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(whole)
        self._stack.addWidget(nothing)
        self.column.addLayout(head)
        self.column.addWidget(self._stack, 1)

    def _page(self) -> QWidget:
        image, column = QWidget(), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._place)
        column.addWidget(self.view, 1)
        image.setLayout(column)
        text = Panel(padding=0, gap=0)
        title = words(translate("Text", "Text as written"), 14, 600)
        title.setContentsMargins(14, 9, 14, 8)
        text.add(title, rule(), self.pane)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setHandleWidth(10)
        both.addWidget(image)
        both.addWidget(text)
        both.setSizes([540, 420])
        return both

    def _side(self) -> QWidget:
        side, column = QWidget(), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        verdict = Panel(padding=12, gap=8)
        keys = Flow(
            KeyButton(self.deck, "accept_image", primary=True), KeyButton(self.deck, "reject_image")
        )
        verdict.add(self._what, self._own, keys)
        listed = QVBoxLayout()
        listed.setSpacing(1)
        for key, code in DEFECT_KEYS.items():
            button = KeyChoice(key, reason_word(code))
            button.clicked.connect(partial(self.say, code))
            listed.addWidget(button)
            self.defects[code] = button
        verdict.add(listed)
        said = Panel(padding=12, gap=6)
        said.add(words(translate("Sample", "What is said of the file"), 14, 600), self.fields)
        column.addWidget(verdict)
        column.addWidget(said, 1)
        side.setLayout(column)
        return scrolled(side)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show())
        self.lots.activated.connect(lambda _: self.show_lot(self.lots.currentData()))
        self.session.cases_listed.connect(self.refresh)
        self.session.bridge.started.connect(lambda *_: self._judge())
        self.session.bridge.finished.connect(self._judge)
        self._asker.answered.connect(self._list_images)
        self._asker.failed.connect(self.session.told)
        self._reader.answered.connect(self._show_looked)
        self._reader.failed.connect(self.session.told)
        self.view.word_pointed.connect(self.pane.point_at)
        self.pane.word_pointed.connect(self.view.point_at)

    def handlers(self) -> Handlers:
        return {
            "accept_image": lambda: self.say(""),
            "reject_image": self._choose,
            **{f"defect_{key}": partial(self.say, code) for key, code in DEFECT_KEYS.items()},
            "draw_sample": lambda: self._with_lot(verbs.draw_sample),
            "close_sample": lambda: self._with_lot(verbs.close_sample),
            "next_problem": self.next_unjudged,
            "next_page": lambda: self._step(1),
            "last_page": lambda: self._step(-1),
            "boxes": lambda: self.view.show_boxes(not self.view.boxed),
            **self.view.handlers(),
        }

    def panes(self) -> list[QWidget]:
        return [self.list, self.lots, self.view, self.pane]

    def arrive(self) -> None:
        super().arrive()
        if self._stale:
            self.refresh()

    def empty(self) -> None:
        self.known, self.chosen, self.shown, self._page_id = (), None, None, 0
        self.rows.set_rows(())
        self._show()

    def leave(self) -> None:
        self._asker.stop()
        self._reader.stop()

    # --- what is there ---------------------------------------------------------------------------

    def show_lot(self, lot_id: int) -> None:
        self._wanted = lot_id
        self.refresh()

    def refresh(self) -> None:
        self._stale = not self.isVisible()
        if not self._stale:
            self._asker.ask(partial(self._found, self._wanted))

    def _found(self, wanted: int) -> Found:
        """On a thread. The lot asked for, else one whose sample is open, else the newest."""
        station, known = self.session.station, lot_samples(self.session.station)
        ranked = sorted(known, key=lambda row: (row.lot.id != wanted, not row.is_open))
        chosen = ranked[0] if ranked else None
        if chosen is None or chosen.sample is None:
            return known, chosen, None, ()
        view = sample_of(station, chosen.lot)
        return known, chosen, view, tuple(sampled_rows(station, view))

    def current(self) -> SampledRow | None:
        return self.list.currentIndex().data(ROW)

    def _list_images(self, answer: Found) -> None:
        known, self.chosen, self.shown, rows = answer
        if known != self.known:
            self.known = known
            self.lots.clear()
            for found in known:
                self.lots.addItem(isolate(digits(found.lot.name)), found.lot.id)
        if self.chosen:
            self._wanted = self.chosen.lot.id
            self.lots.setCurrentIndex(self.lots.findData(self._wanted))
        self._stack.setCurrentIndex(0 if known else 1)
        self.rows.set_rows(rows)
        if rows and not self.list.currentIndex().isValid():
            self._select(next((n for n, row in enumerate(rows) if not row.image.judged), 0))
        self._show()

    def _select(self, place: int) -> None:
        index = self.rows.index(place)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(index, flags)
        self.list.scrollTo(index)

    def _show(self) -> None:
        row = self.current()
        self._tell_lot()
        self._place.setText(row.place if row else "")
        own = row is not None and row.image.imported_by == self.session.actor.person
        told = translate("Sample", "You took this image in: somebody else judges it.")
        self._own.setText(told)
        self._own.setVisible(own)
        for code, button in self.defects.items():
            button.setChecked(row is not None and row.image.defect == code)
        page_id = row.page.id if row else 0
        if page_id != self._page_id:
            self._page_id = page_id
            self.view.show_page(row.page if row else None, None)
            self.pane.show_text(None)
            self.fields.show_fields(())
            if row:
                station = self.session.station
                self._reader.ask(lambda: looked_at(station, row))
                self._fetch_next()
        self._judge()

    def _fetch_next(self) -> None:
        """Decode the image behind this one, so that Enter shows it at once."""
        place = self.list.currentIndex().row() + 1
        if place < self.rows.rowCount():
            self.session.images.get(full(self.rows.rows[place].page))

    def _show_looked(self, found: Looked) -> None:
        row = self.current()
        if row and row.page.id == found.page_id:
            self.view.marks.correct_words(found.read.words if found.read else ())
            self.pane.show_text(found.read)
            self.fields.show_fields(found.fields)

    def _tell_lot(self) -> None:
        view, images = self.shown, self.chosen.images if self.chosen else 0
        self._chip.set_sign(_sign(view) if self.chosen else None)
        self._count.setText(_drawn(view) if view else counts.images(images) if images else "")
        if view is None:
            self._what.setText(translate("Sample", "No sample of this lot was drawn yet."))
        elif view.sample.outcome:
            self._what.setText(_result(view, dict(self._names())))
        elif view.left:
            self._what.setText(counts.images_to_judge(len(view.left)))
        else:
            back = fails(self.session.station, view)
            self._what.setText(
                translate("Sample", "All were looked at: the lot goes back.")
                if back
                else translate("Sample", "All were looked at: the lot passes.")
            )

    def _names(self) -> Iterator[tuple[int, str]]:
        """Case file -> what it is called here."""
        for row in self.rows.rows:
            yield row.case.id, plate(row.case).sentence

    def _judge(self) -> None:
        """Which acts make sense, and that nobody judges their own images."""
        session, row, view = self.session, self.current(), self.shown
        may = session.may(Right.CHECK)
        idle = may and not session.bridge.busy
        going = view is not None and not view.sample.outcome
        own = row is not None and row.image.imported_by == session.actor.person
        says = may and going and row is not None and not own
        names = ("accept_image", "reject_image", *(f"defect_{key}" for key in DEFECT_KEYS))
        self.deck.allow(
            draw_sample=idle and self.chosen is not None and not going,
            close_sample=idle and view is not None and going and not view.left,
            **dict.fromkeys(names, says),
        )
        for button in self.defects.values():
            button.setEnabled(says)

    # --- acts ------------------------------------------------------------------------------------

    def say(self, defect: str) -> None:
        """What is wrong with the image, "" for nothing; then the next. The last word counts."""
        row, chosen = self.current(), self.chosen
        if row is None or chosen is None:
            return
        station, actor = self.session.station, self.session.actor
        self.session.bridge.errand(
            lambda: judge(station, actor, chosen.lot, row.image.number, defect), self._told
        )
        self._step(1)
        self.list.setFocus()

    def _told(self, what: Changed | ArchiverError) -> None:
        if isinstance(what, ArchiverError):
            self.session.told.emit(what)
        self.refresh()

    def _choose(self) -> None:
        """X: the list of what can be wrong, for arrows and Space; digits say it at once."""
        next(iter(self.defects.values())).setFocus()

    def _with_lot(self, verb: Callable[[Session, Lot], object]) -> None:
        if self.chosen:
            verb(self.session, self.chosen.lot)

    def _step(self, by: int) -> None:
        place = self.list.currentIndex().row() + by
        if 0 <= place < self.rows.rowCount():
            self._select(place)

    def next_unjudged(self) -> None:
        rows, here = self.rows.rows, self.list.currentIndex().row()
        order = [*range(here + 1, len(rows)), *range(here + 1)]
        found = next((n for n in order if not rows[n].image.judged), None)
        if found is not None:
            self._select(found)


def _sign(view: SampleView | None) -> Sign:
    if view is None:
        return Sign(Shape.WAITING, translate("Sample", "not drawn"))
    return {
        "": Sign(Shape.CURRENT, translate("Sample", "being checked")),
        PASSED: Sign(Shape.OK, translate("Sample", "passed")),
        FAILED: Sign(Shape.WRONG, translate("Sample", "goes back")),
    }[view.sample.outcome]


def _drawn(view: SampleView) -> str:
    """How many of the lot's images are looked at, and the seed that drew them."""
    of = translate("Sample", "%1 drawn of %2, %3 flagged besides · seed %4")
    figures = (view.drawn, view.sample.images, len(view.images) - view.drawn)
    for place, figure in enumerate(figures, 1):
        of = of.replace(f"%{place}", digits(figure))
    return of.replace("%4", isolate(view.sample.seed[:SEED_SHOWN]))


def _result(view: SampleView, names: Mapping[int, str]) -> str:
    """The lot's fate, and the pages that were found wanting."""
    passed = view.sample.outcome == PASSED
    told = [
        translate("Sample", "The lot passed.")
        if passed
        else translate("Sample", "The lot went back to be mended.")
    ]
    told += [f"{names.get(case, '')} · {pages}" for case, pages in page_list(view).items()]
    return "\n".join(told)
