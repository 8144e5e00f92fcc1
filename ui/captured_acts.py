"""What a person does with the page that is chosen at the scanner, and the questions for it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from archiver.errors import ArchiverError
from archiver.model.casefile import Page
from archiver.model.changes import Changed
from archiver.workflow import queries
from archiver.workflow.cropping import Margins
from ui.deck import Handlers
from ui.desk_acts import DeskActs, marks_of, marks_said
from ui.models.captured import CapturedRow
from ui.session import Session
from ui.widgets.crop_form import CropForm
from ui.widgets.name_form import NameForm
from ui.widgets.reasons import Reasons
from ui.words import translate

FREE = (
    "turn_captured", "blank_captured", "mark_captured", "reject_captured", "split_captured",
    "join_captured", "crop_captured",
)  # fmt: skip
"""The acts that need a page and no scanner."""


class CapturedActs(QObject):
    """`chosen` gives the row of the strip; `left` tells that a question is answered or put away,
    `crop_shown` what a crop would leave, None where nobody crops.
    """

    left = Signal()
    crop_shown = Signal(object)  # Margins, or None

    def __init__(self, session: Session, chosen: Callable[[], CapturedRow | None]) -> None:
        super().__init__()
        self._session, self._chosen = session, chosen
        self.reasons, self.cropping = Reasons(), CropForm(drawn=False)
        self.marking = NameForm(translate("Desk", "What else is on the page"), needed=False)
        self._acts = DeskActs(session, self._told)
        self.marking.named.connect(self._mark)
        self.cropping.changed.connect(self.crop_shown)
        self.cropping.cropped.connect(self._crop)
        for form in self.forms:
            form.left.connect(self.put_away)

    @property
    def forms(self) -> tuple[QWidget, ...]:
        return self.reasons, self.marking, self.cropping

    def handlers(self) -> Handlers:
        page, acts = self.with_page, self._acts
        return {
            "turn_captured": page(lambda now: acts.turn(now, 90)),
            "blank_captured": page(acts.blank),
            "split_captured": page(acts.split),
            "join_captured": page(acts.join),
            "crop_captured": page(lambda _now: self.cropping.start()),
            "mark_captured": page(lambda now: self.marking.start("، ".join(marks_of(now)))),
            "reject_captured": page(self._ask_reject),
            "undo_captured": lambda: self._in_case(acts.undo),
            "redo_captured": lambda: self._in_case(acts.redo),
        }

    def put_away(self) -> None:
        self.cropping.hide()
        self.crop_shown.emit(None)
        self.left.emit()

    def with_page(self, act: Callable[[Page], None]) -> Callable[[], None]:
        """`act` on the page as the archive has it now."""

        def on_page() -> None:
            row = self._chosen()
            if row and row.page:
                act(queries.page(self._session.station, row.page.id))

        return on_page

    def _in_case(self, act: Callable[[int], None]) -> None:
        if self._session.view:
            act(self._session.view.case.id)

    def _mark(self, told: str) -> None:
        self.with_page(lambda page: self._acts.mark(page, marks_said(told)))()
        self.left.emit()

    def _crop(self, margins: Margins) -> None:
        self.with_page(lambda page: self._acts.crop(page, margins))()

    def _ask_reject(self, page: Page) -> None:
        title = translate("Desk", "Why is it rejected? The image is kept.")
        self.reasons.ask(title, False, lambda why: self._acts.reject(page, why))

    def _told(self, what: Changed | ArchiverError) -> None:
        if isinstance(what, ArchiverError):
            self._session.told.emit(what)
            return
        self._session.bridge.changed.emit(what)
        self._session.refresh()
